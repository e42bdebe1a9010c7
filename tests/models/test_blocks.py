import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models import blocks
from closedmesh.models.blocks import BLOCK, RUN, BlockMap, Record, read_map

SHA = "ab" * 32
SIZE = 10 * BLOCK + 100
DIGEST = hashlib.sha256(b"").digest()


def landed(*lengths):
    """A map with so many bytes of block 0, 1, …"""
    found = BlockMap(SIZE)
    for block, length in enumerate(lengths):
        if length:
            found.note(Record(block, length, DIGEST))
    return found


def test_the_last_block_is_as_long_as_what_is_left():
    found = BlockMap(SIZE)
    assert found.count == 11
    assert found.length(0) == BLOCK
    assert found.length(10) == 100
    assert BlockMap(BLOCK).count == 1


def test_a_run_is_from_the_front_and_no_longer_than_the_limit():
    run = BlockMap(SIZE).next_run(set())
    assert run is not None
    assert (run.blocks, run.start, run.end) == (range(RUN), 0, RUN * BLOCK)


def test_what_is_being_asked_for_is_not_asked_for_again():
    run = BlockMap(SIZE).next_run({0, 1, 3})
    assert run is not None
    assert run.blocks == range(2, 3)


def test_a_run_goes_on_where_its_first_block_stopped():
    run = landed(BLOCK, 5).next_run(set())
    assert run is not None
    assert run.start == BLOCK + 5
    assert run.blocks == range(1, 5)


def test_a_run_ends_before_a_block_that_is_there_in_part():
    """A range without holes fetches nothing twice."""
    run = landed(0, 0, 5).next_run(set())
    assert run is not None
    assert run.end == 2 * BLOCK


def test_all_is_there_when_every_block_is():
    found = landed(*[BLOCK] * 10, 99)
    assert not found.is_complete
    found.note(Record(10, 100, DIGEST))
    assert found.is_complete
    assert found.next_run(set()) is None


@pytest.mark.parametrize("record", [(11, 1), (0, BLOCK + 1), (10, 101), (0, 0)])
def test_a_record_that_cannot_be_is_refused(record):
    with pytest.raises(ValueError, match="no block"):
        BlockMap(SIZE).note(Record(*record, DIGEST))


def written(*records):
    return blocks.encode_header(SIZE, SHA) + b"".join(map(blocks.encode_record, records))


def test_a_map_is_read_as_it_was_written_and_the_latest_record_counts():
    data = written(Record(0, 5, DIGEST), Record(3, BLOCK, DIGEST), Record(0, 9, DIGEST))
    found = read_map(data, SIZE, SHA)
    assert found.records() == (Record(0, 9, DIGEST), Record(3, BLOCK, DIGEST))


@pytest.mark.parametrize("cut", range(1, 44))
def test_a_record_that_was_half_written_is_as_if_it_was_not(cut):
    data = written(Record(0, 5, DIGEST), Record(1, 7, DIGEST))[:-cut]
    assert read_map(data, SIZE, SHA).records() == (Record(0, 5, DIGEST),)


def test_a_damaged_record_ends_what_is_believed():
    data = bytearray(written(Record(0, 5, DIGEST), Record(1, 7, DIGEST), Record(2, 9, DIGEST)))
    data[-50] ^= 1
    assert read_map(bytes(data), SIZE, SHA).records() == (Record(0, 5, DIGEST),)


@pytest.mark.parametrize(("size", "sha"), [(SIZE + 1, SHA), (SIZE, "cd" * 32)])
def test_a_map_of_another_file_says_nothing(size, sha):
    assert read_map(written(Record(0, 5, DIGEST)), size, sha).records() == ()


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_map(data, with_header):
    head = blocks.encode_header(SIZE, SHA) if with_header else b""
    found = read_map(head + data, SIZE, SHA)
    assert 0 <= found.total <= SIZE


@given(st.lists(st.integers(0, 2), min_size=11, max_size=11), st.sets(st.integers(0, 10)))
def test_runs_never_overlap_what_is_there_or_asked_for(states, busy):
    lengths = [(0, 7, BLOCK)[state] for state in states[:10]] + [(0, 7, 100)[states[10]]]
    found = landed(*lengths)
    asked = set(busy)
    while run := found.next_run(asked):
        assert not asked & set(run.blocks)
        assert run.start == run.blocks[0] * BLOCK + found.landed(run.blocks[0])
        assert not any(found.landed(block) for block in run.blocks[1:])
        asked.update(run.blocks)
    assert all(block in asked or found.has(block) for block in range(found.count))
