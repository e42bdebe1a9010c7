import io
from argparse import Namespace

import pytest

from closedmesh.cli import removal


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    (home / "models").mkdir(parents=True)
    return home


def chosen(home, *, yes=False):
    return Namespace(home=home, yes=yes)


class Terminal(io.StringIO):
    def isatty(self):
        return True


async def test_without_a_terminal_it_only_lists(home, text, capsys):
    assert await removal.run(chosen(home), text) == removal.NOT_REMOVED
    shown = capsys.readouterr()
    assert str(home) in shown.out
    assert "Nothing was removed" in shown.err
    assert home.exists()


@pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("no\n", 1), ("", 1)])
async def test_a_person_is_asked_once(home, text, monkeypatch, answer, code):
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert await removal.run(chosen(home), text) == code
    assert home.exists() == bool(code)


async def test_yes_does_not_ask(home, as_json, facts):
    assert await removal.run(chosen(home, yes=True), as_json) == removal.REMOVED
    found = facts()
    assert found["removed"] is True
    assert found["paths"][0] == str(home)
    assert not home.exists()
