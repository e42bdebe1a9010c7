import json

import pytest

from closedmesh.cli import app
from closedmesh.errors import AlreadyRunning

pytestmark = pytest.mark.usefixtures("logging_undone")


@pytest.fixture
def closedmesh(tmp_path, capsys, monkeypatch):
    """The program in a home of its own: exit code, standard output, standard error."""
    monkeypatch.delenv("CLOSEDMESH_API_KEY", raising=False)

    def run(*words):
        code = app.main(["--home", str(tmp_path), *words], no_window)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def no_window(home, hidden, link):
    raise AssertionError("no window was asked for")


@pytest.mark.parametrize(
    ("words", "hidden", "link"),
    [
        ((), False, ""),
        (("app",), False, ""),
        (("app", "--hidden"), True, ""),
        (("app", "closedmesh://join/cm1x"), False, "closedmesh://join/cm1x"),
        (("ClosedMesh://join/cm1x",), False, "ClosedMesh://join/cm1x"),
    ],
)
def test_without_a_command_the_window_opens(words, hidden, link, tmp_path):
    opened = []

    def open_window(home, hidden, link):
        opened.append((home, hidden, link))
        return 7

    assert app.main(["--home", str(tmp_path), *words], open_window) == 7
    assert opened == [(tmp_path, hidden, link)]


def test_an_error_is_one_line_and_1(closedmesh):
    code, out, err = closedmesh("settings", "engine.slots", "0")
    assert (code, out) == (1, "")
    assert err.startswith("closedmesh: 0 is no value for engine.slots")
    assert err.count("\n") == 1


def test_an_error_as_json_has_its_code(closedmesh):
    code, out, _ = closedmesh("models", "verify", "none", "--json")
    assert code == 1
    error = json.loads(out)["error"]
    assert error["code"] == "model_not_found"
    assert error["title"]
    assert error["advice"]


def test_status_of_a_home_without_a_peer(closedmesh):
    code, _, err = closedmesh("status")
    assert code == 1
    assert "No peer runs in this home folder. Start one" in err


def test_what_one_command_changes_the_next_one_finds(closedmesh, tmp_path):
    assert closedmesh("settings", "engine.slots", "2")[0] == 0
    assert json.loads(closedmesh("settings", "engine.slots", "--json")[1]) == {"engine.slots": 2}
    assert "slots = 2" in (tmp_path / "settings.toml").read_text()
    before = closedmesh("key")[1]
    assert closedmesh("key", "show")[1] == before
    assert closedmesh("key", "new")[1] != before


def test_a_diagnosis_of_an_empty_home(closedmesh):
    code, out, _ = closedmesh("doctor", "--json")
    findings = {finding["title"]: finding["ok"] for finding in json.loads(out)}
    assert findings["Home folder"]
    assert code == int(not all(findings.values()))


def test_an_error_of_the_window_is_said(capsys):
    def refuse(home, hidden, link):
        raise AlreadyRunning("Another one runs.", "Use it.")

    assert app.main([], refuse) == 1
    assert capsys.readouterr().err == "closedmesh: Another one runs. Use it.\n"


def test_ctrl_c_is_130():
    def interrupted(home, hidden, link):
        raise KeyboardInterrupt

    assert app.main([], interrupted) == 130
