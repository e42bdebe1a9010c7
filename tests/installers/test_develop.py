import subprocess
import sys
from pathlib import Path

import pytest

import develop
import starter_model
import system_packages

ROOT = Path(__file__).parent.parent.parent


class Steps:
    """What the set-up and the verbs do, in order. Commands end with the code of their last word."""

    def __init__(self):
        self.done = []
        self.codes = {}

    def run(self, command, *, check=False, **how):
        words = [str(word) for word in command]
        self.done.append(words)
        code = self.codes.get(words[-1], 0)
        if check and code:
            raise subprocess.CalledProcessError(code, words)
        return subprocess.CompletedProcess(words, code)

    def note(self, name):
        return lambda *arguments, **how: self.done.append([name])


@pytest.fixture
def steps(monkeypatch, tmp_path):
    steps = Steps()
    monkeypatch.setattr(subprocess, "run", steps.run)
    monkeypatch.setattr(develop, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(develop.venv, "create", make_venv)
    monkeypatch.setattr(develop.shutil, "which", lambda name: name)
    monkeypatch.setattr(develop, "has_display", lambda environment: False)
    monkeypatch.setattr(system_packages, "install", steps.note("install"))
    monkeypatch.setattr(starter_model, "fetch", steps.note("fetch"))
    return steps


def make_venv(folder, **how):
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    python.parent.mkdir(parents=True)
    python.touch()


def pip_runs(steps):
    return [command for command in steps.done if "pip" in command]


def test_run_sets_up_and_talks_in_the_terminal_without_a_display(steps, capsys):
    done = steps.done
    assert develop.main(["run"]) == 0
    assert [done[0], done[2]] == [["install"], ["fetch"]]
    assert done[1][-1] == str(ROOT)
    assert done[3][-3:] == ["-m", "closedmesh", "chat"]
    assert "There is no display" in capsys.readouterr().out


def test_a_second_run_installs_nothing(steps):
    develop.main(["run"])
    develop.main(["run"])
    assert len(pip_runs(steps)) == 1


def test_tests_need_more_and_whoever_has_that_has_the_program_too(steps):
    develop.main(["run"])
    develop.main(["test"])
    develop.main(["run"])
    assert [command[-1] for command in pip_runs(steps)] == [str(ROOT), f"{ROOT}[test]"]


def test_what_was_not_installed_wholly_is_installed_again(steps):
    steps.codes[str(ROOT)] = 1
    assert develop.main(["run"]) == 1
    steps.codes.clear()
    assert develop.main(["run"]) == 0
    assert len(pip_runs(steps)) == 2


def test_another_pyproject_or_kind_is_another_stamp():
    stamp = develop.stamp
    assert stamp(b"a", tests=True) == stamp(b"a", tests=True)
    assert len({stamp(b"a", tests=True), stamp(b"a", tests=False), stamp(b"b", tests=True)}) == 3


def test_one_question_is_asked_as_it_stands(steps):
    develop.main(["run", "--ask=--why not?", "--home", "h"])
    assert steps.done[-1][-5:] == ["chat", "--home", "h", "--", "--why not?"]


def test_with_a_display_the_window_opens():
    words = develop.program(None, ["--hidden"], {"DISPLAY": ":0"})
    assert words[-2:] == ["app", "--hidden"]
    assert develop.program("Hi", [], {"DISPLAY": ":0"})[-3:] == ["chat", "--", "Hi"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="always has a display")
@pytest.mark.parametrize(
    ("environment", "has"),
    [({}, False), ({"DISPLAY": ""}, False), ({"DISPLAY": ":0"}, True),
     ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)  # fmt: skip
def test_what_counts_as_a_display(environment, has):
    assert develop.has_display(environment) is has


def test_every_check_runs_and_the_first_failure_is_the_exit_code(steps, capsys):
    steps.codes["mypy"] = 3
    assert develop.main(["test", "-x", "tests/models"]) == 3
    ran = [command for command in steps.done if "-m" in command and "pip" not in command]
    checks = [" ".join(command[2:]) for command in ran[:-1]]
    assert checks == list(develop.CHECKS)
    assert ran[-1][-4:] == ["-m", "pytest", "-x", "tests/models"]
    assert ran[-1][:2] == ["dbus-run-session", "--"]
    assert "BAD  mypy" in capsys.readouterr().out


@pytest.mark.parametrize(
    "error",
    [
        system_packages.Missing("Install cmake."),
        starter_model.Unreachable("No network."),
        subprocess.CalledProcessError(1, ["pip", "install"]),
    ],
)
def test_what_goes_wrong_is_one_line(steps, monkeypatch, capsys, error):
    def fail(**how):
        raise error

    monkeypatch.setattr(system_packages, "install", fail)
    assert develop.main(["run"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1


def test_the_old_python_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(develop.sys, "version_info", (3, 10, 9))
    assert develop.main(["run"]) == 1
    assert "Python 3.11 or newer" in capsys.readouterr().err


def test_the_verbs_are_those_of_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    for verb in ("run", "test"):
        assert f"python3 installers/develop.py {verb}" in readme
