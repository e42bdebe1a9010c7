import io
import sys
from argparse import Namespace

import pytest

from closedmesh.cli import owner
from closedmesh.control import InviteComputer, ShowOwner, UseOwner
from closedmesh.errors import BadRequest


async def test_the_key_is_shown_with_a_warning(control, text, capsys):
    assert await owner.run(control, Namespace(action="show"), text) == 0
    shown = capsys.readouterr()
    assert shown.out == "cmowner-example\n"
    assert "not money" in shown.err
    assert control.done == [ShowOwner()]


async def test_another_one_is_read_where_nobody_sees_it(control, text, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("cmowner-other\n"))
    assert await owner.run(control, Namespace(action="use"), text) == 0
    assert control.done == [UseOwner("cmowner-other")]
    assert "next start" in capsys.readouterr().err


async def test_a_link_for_another_computer_says_what_it_is(control, text, capsys):
    assert await owner.run(control, Namespace(action="invite", expires=600.0), text) == 0
    shown = capsys.readouterr()
    assert shown.out == "closedmesh://join/cm1computer\n"
    assert "your key stays here" in shown.err
    assert control.done == [InviteComputer(600.0)]


async def test_the_link_as_data(control, as_json, facts):
    await owner.run(control, Namespace(action="invite", expires=600.0), as_json)
    assert facts()["link"] == "closedmesh://join/cm1computer"


async def test_a_link_for_longer_than_a_day_is_refused(control, text):
    with pytest.raises(BadRequest, match="a day at most"):
        await owner.run(control, Namespace(action="invite", expires=90_000.0), text)
    assert control.done == []
