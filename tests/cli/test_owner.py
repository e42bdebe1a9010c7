import io
import sys

from closedmesh.cli import owner
from closedmesh.control import ShowOwner, UseOwner


async def test_the_key_is_shown_with_a_warning(control, text, capsys):
    assert await owner.run(control, "show", text) == 0
    shown = capsys.readouterr()
    assert shown.out == "cmowner-example\n"
    assert "not money" in shown.err
    assert control.done == [ShowOwner()]


async def test_another_one_is_read_where_nobody_sees_it(control, text, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("cmowner-other\n"))
    assert await owner.run(control, "use", text) == 0
    assert control.done == [UseOwner("cmowner-other")]
    assert "next start" in capsys.readouterr().err
