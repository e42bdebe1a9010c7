import sys

import pytest

import build

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux")


def run(tmp_path, *words):
    return build.main([*words, "--out", str(tmp_path), "--python", str(tmp_path / "none")])


def test_without_an_environment_it_says_what_makes_one(tmp_path, capsys):
    assert run(tmp_path, "bundle") == 1
    assert "develop.py run" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["sign", "package", "smoke"])
def test_without_a_bundle_it_says_what_makes_one(tmp_path, capsys, verb):
    assert run(tmp_path, verb) == 1
    assert "build.py bundle" in capsys.readouterr().err


def test_the_first_step_that_fails_is_the_last(tmp_path, capsys):
    assert run(tmp_path, "all") == 1
    assert "build.py bundle" not in capsys.readouterr().err


def test_a_repeatable_build_has_the_date_of_its_source():
    assert build.day("86400") == "1970-01-02"


def test_one_target_alone_can_be_made(tmp_path, capsys):
    (tmp_path / "closedmesh").mkdir()
    (tmp_path / "closedmesh" / "closedmesh").touch()
    assert run(tmp_path, "package", "--target", "tar") == 0
    made = {each.name for each in tmp_path.iterdir() if each.is_file()}
    assert len(made) == 1
    assert made.pop().endswith(".tar.gz")
    assert "package:" in capsys.readouterr().out
