import os
from pathlib import Path

import pytest

from closedmesh.errors import ClosedMeshError, ModelFileRefused
from closedmesh.node import model_files
from closedmesh.node.model_files import (
    clean,
    fingerprints,
    header_of,
    is_later_part,
    move_all,
    paths_of,
    slug,
)
from tests.support.gguf import gguf


def test_the_files_of_a_model_lie_side_by_side():
    first = Path("/m/a-00001-of-00002.gguf")
    assert paths_of(first) == (first, Path("/m/a-00002-of-00002.gguf"))
    assert not is_later_part(first)
    assert is_later_part(Path("/m/a-00002-of-00002.gguf"))
    assert not is_later_part(Path("/m/a.gguf"))


def test_a_change_of_any_part_changes_the_fingerprint(tmp_path):
    for name in ("a-00001-of-00002.gguf", "a-00002-of-00002.gguf"):
        (tmp_path / name).write_bytes(b"x")
    first = tmp_path / "a-00001-of-00002.gguf"
    before = fingerprints(first)
    (tmp_path / "a-00002-of-00002.gguf").write_bytes(b"xy")
    assert fingerprints(first) != before
    (tmp_path / "a-00002-of-00002.gguf").unlink()
    assert fingerprints(first) is None


def test_a_part_whose_name_does_not_say_so_is_refused(tmp_path):
    path = tmp_path / "a.gguf"
    path.write_bytes(gguf(facts={"split.no": 0, "split.count": 2}))
    with pytest.raises(ModelFileRefused, match="its name does not say so"):
        header_of(path)


def test_a_move_to_another_disk_copies_and_leaves_nothing(tmp_path, monkeypatch):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (old / "a.gguf").write_bytes(b"x" * 1000)

    real = Path.rename

    def rename(path, target):
        if path.parent == old:
            raise OSError(18, "Invalid cross-device link")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    move_all(old, new)
    assert (new / "a.gguf").read_bytes() == b"x" * 1000
    assert [p.name for p in new.iterdir()] == ["a.gguf"]
    assert list(old.iterdir()) == []


def test_a_move_that_fails_says_so_and_loses_nothing(tmp_path, monkeypatch):
    old = tmp_path / "old"
    old.mkdir()
    (old / "a.gguf").write_bytes(b"x")

    def fail(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(model_files, "_move", fail)
    with pytest.raises(ClosedMeshError, match="No space left"):
        move_all(old, tmp_path / "new")
    assert os.listdir(old) == ["a.gguf"]  # noqa: PTH208 - the name is what is asked for


@pytest.mark.parametrize(
    ("stem", "name"),
    [("My Model.Q4", "my-model.q4"), ("../x", "x"), ("???", "model"), ("", "model")],
)
def test_names_can_be_typed(stem, name):
    assert slug(stem) == name


def test_a_text_of_a_file_is_one_short_printable_line():
    assert clean("a\n\x1b[31mb\u202e" + "x" * 200).isprintable()
