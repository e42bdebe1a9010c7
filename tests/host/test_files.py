import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.host.files import SettingsFile, set_aside, word_in, write_atomically
from closedmesh.settings import Settings
from closedmesh.status import Severity


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.toml"


@pytest.fixture
def file(path):
    return SettingsFile(path)


def test_a_file_is_written_whole_and_for_this_account(tmp_path):
    path = tmp_path / "f"
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_word_is_read_without_its_line_and_one_that_is_not_there_is_empty(tmp_path):
    (tmp_path / "current").write_text("0.2.0\n")
    assert word_in(tmp_path / "current") == "0.2.0"
    assert not word_in(tmp_path / "failed")


@pytest.mark.parametrize("failing", ["replace", "chmod"])
def test_a_failure_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, failing):
    path = tmp_path / "f"
    write_atomically(path, b"old")

    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, failing, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_set_aside_never_replaces_anything(tmp_path):
    for text in ("first", "second"):
        (tmp_path / "f.toml").write_text(text)
        set_aside(tmp_path / "f.toml")
    assert (tmp_path / "f.broken-1.toml").read_text() == "first"
    assert (tmp_path / "f.broken-2.toml").read_text() == "second"


def test_without_a_file_the_defaults_hold(file):
    assert file.read() == (Settings(), ())


def test_what_people_wrote_stays_as_it_is(file, path):
    path.write_text('# mine\n[engine]\nthreads = 2  # two\nfuture = "x"\n\n[later]\na = 1\n')
    loaded, health = file.read()
    assert (loaded.engine.threads, health) == (2, ())
    file.change(loaded, {"engine.slots": 3, "chat.temperature": 0.5})
    text = path.read_text()
    for kept in ("# mine", "threads = 2  # two", 'future = "x"', "[later]", "a = 1", "slots = 3"):
        assert kept in text
    again, health = file.read()
    assert (again.engine.threads, again.engine.slots, again.chat.temperature) == (2, 3, 0.5)
    assert health == ()


def test_only_what_was_changed_is_written(file, path):
    file.change(Settings(), {"engine.slots": 3})
    assert path.read_text().split() == ["[engine]", "slots", "=", "3"]


@pytest.mark.parametrize("text", ["[engine", "a = ", "\x00", "[a]\n[a]\n", "x = 1\nx = 2\n"])
def test_a_broken_file_is_set_aside_and_nothing_is_lost(file, path, text):
    path.write_text(text)
    loaded, (item,) = file.read()
    assert loaded == Settings()
    assert item.severity is Severity.WARNING
    aside = path.with_name("settings.broken-1.toml")
    assert str(aside) in item.advice
    assert aside.read_text() == text
    file.change(loaded, {"engine.slots": 3})
    assert aside.read_text() == text
    assert file.read()[0].engine.slots == 3


def test_bytes_that_are_no_text_are_set_aside(file, path):
    path.write_bytes(b"\xff\xfe\x00")
    assert file.read()[0] == Settings()
    assert path.with_name("settings.broken-1.toml").read_bytes() == b"\xff\xfe\x00"


def test_a_value_out_of_its_limits_counts_as_not_given_and_stays_in_the_file(file, path):
    path.write_text("[engine]\nthreads = -4\nslots = 2\n")
    loaded, (item,) = file.read()
    assert (loaded.engine.threads, loaded.engine.slots) == (Settings().engine.threads, 2)
    assert "engine.threads" in item.title
    assert "threads = -4" in path.read_text()


@pytest.mark.parametrize("text", ["engine = 3", '[engine]\nthreads = "many"', "[[engine]]\na = 1"])
def test_a_value_of_another_kind_counts_as_not_given(file, path, text):
    path.write_text(text)
    loaded, health = file.read()
    assert loaded == Settings()
    assert len(health) == 1


def test_a_change_that_makes_no_sense_changes_nothing(file, path):
    with pytest.raises(BadRequest):
        file.change(Settings(), {"engine.slots": 3, "engine.nonsense": 1})
    assert not path.exists()


def test_a_disk_that_refuses_is_an_error_with_advice(tmp_path):
    file = SettingsFile(tmp_path / "no such folder" / "settings.toml")
    with pytest.raises(ClosedMeshError, match="could not be written"):
        file.change(Settings(), {"engine.slots": 3})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from('[]=".#\nab1 -'), max_size=40))
def test_any_file_is_read_or_set_aside(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text)
    SettingsFile(path).read()
    kept = [p.read_text() for p in tmp_path.iterdir()]
    assert text in kept
    for p in tmp_path.iterdir():
        p.unlink()
