import hashlib
import os

import pytest

from closedmesh.models.blocks import BLOCK, STEP
from closedmesh.node.fetching import part_file
from closedmesh.node.fetching.part_file import PartFile

DATA = os.urandom(2 * BLOCK + 12345)
SHA = hashlib.sha256(DATA).hexdigest()


def names(target):
    """What lies where the file arrives."""
    return [path.name for path in target.parent.iterdir()]


@pytest.fixture
def target(tmp_path):
    return tmp_path / "model.gguf"


def opened(target, sha=SHA):
    return PartFile(target, len(DATA), sha)


def land(part, block, count=None, start=0):
    data = DATA[block * BLOCK :][: part.map.length(block)]
    landing = part.land(block)
    assert landing.length == start
    for place in range(start, len(data) if count is None else start + count, STEP):
        landing.write(
            data[place : place + STEP][: None if count is None else start + count - place]
        )
        landing.note()


def hash_all(part):
    while part.hash_forward():
        pass


def test_a_file_arrives_in_any_order_and_gets_its_name_at_the_end(target):
    with opened(target) as part:
        for block in (2, 0, 1):
            assert not target.exists()
            land(part, block)
        hash_all(part)
        assert part.is_right
        part.finish()
    assert target.read_bytes() == DATA
    assert names(target) == [target.name]


def test_after_an_end_at_any_moment_it_goes_on_behind_the_last_record(target):
    with opened(target) as part:
        land(part, 1, 3 * STEP)
        land(part, 0)
    with opened(target) as part:
        assert part.check(0)
        assert part.check(1)
        assert part.map.total == BLOCK + 3 * STEP
        land(part, 1, start=3 * STEP)
        land(part, 2)
        hash_all(part)
        assert part.is_right


def test_bytes_that_never_reached_the_disk_are_found_missing(target):
    with opened(target) as part:
        land(part, 0)
        land(part, 1)
    with (target.parent / "model.gguf.part").open("r+b") as file:
        file.seek(BLOCK + 100)
        file.write(b"\0" * 4096)
    with opened(target) as part:
        assert part.check(0)
        assert not part.check(1)
        assert part.map.total == BLOCK


def test_a_map_that_was_half_written_costs_its_last_record(target):
    with opened(target) as part:
        land(part, 0)
        land(part, 1)
    path = target.parent / "model.gguf.part.map"
    path.write_bytes(path.read_bytes()[:-10])
    with opened(target) as part:
        assert part.check(1)
        assert part.map.landed(1) == BLOCK - STEP


def test_what_landed_of_another_file_is_not_used(target):
    with opened(target) as part:
        land(part, 0)
    with opened(target, "00" * 32) as part:
        assert part.map.total == 0


def test_a_wrong_file_is_never_finished(target):
    with opened(target, "00" * 32) as part:
        for block in range(3):
            land(part, block)
        hash_all(part)
        assert not part.is_right
        with pytest.raises(RuntimeError):
            part.finish()
    assert not target.exists()


def test_a_replaced_block_is_hashed_anew(target):
    with opened(target) as part:
        for block in range(3):
            land(part, block)
        part.replace(1, bytes(BLOCK))
        hash_all(part)
        assert not part.is_right
        part.replace(1, DATA[BLOCK : 2 * BLOCK])
        hash_all(part)
        assert part.is_right


def test_an_incomplete_file_is_not_right(target):
    with opened(target) as part:
        land(part, 0)
        land(part, 2)
        hash_all(part)
        assert not part.is_right


def test_what_should_be_there_is_known_without_reading_it(target):
    assert part_file.landed(target, len(DATA), SHA) == 0
    with opened(target) as part:
        land(part, 0)
    assert part_file.landed(target, len(DATA), SHA) == BLOCK
    part_file.discard(target)
    assert names(target) == []
