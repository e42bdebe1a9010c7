import csv
import io

from msgspec import structs

from closedmesh.cli import receipts
from closedmesh.control import ListReceipts, VerifyReceipts
from closedmesh.trust.book import Audit, Line, Problem, Side, State
from closedmesh.trust.receipts import Fault

LINE = Line(
    7, 1_780_000_000, Side.ASKED, State.AGREED, None, "ab" * 32, "cd" * 32, "ef" * 32, "model-7b",
    "request-0001", 120, 20, 50, 4214, "12" * 32, "34" * 32, 3,
)  # fmt: skip


async def test_nothing_yet_is_said_so(control, text, said):
    assert await receipts.run(control, "list", text) == 0
    assert "no receipts" in said()


async def test_a_list_says_who_how_much_and_that_it_is_not_money(control, text, capsys):
    disputed = structs.replace(LINE, state=State.DISPUTED, fault=Fault.MISCOUNTED)
    control.receipts = (LINE, disputed)
    await receipts.run(control, "list", text)
    shown = capsys.readouterr()
    for word in ("abababab", "model-7b", "4.214", "agreed", "disputed: miscounted", "PROMISED"):
        assert word in shown.out
    assert "not money" in shown.err
    assert "once it is settled" in shown.err


async def test_programs_get_the_lines(control, as_json, facts):
    control.receipts = (LINE,)
    await receipts.run(control, "list", as_json)
    (one,) = facts()
    assert (one["amount"], one["state"]) == (4214, "agreed")


async def test_what_holds_and_what_does_not_gives_another_exit_code(control, text, said):
    control.audit = Audit(2, 1, 1, 0, 3, 1, 0, 4214)
    assert await receipts.run(control, "verify", text) == 0
    assert "4.214" in said()
    control.audit = structs.replace(control.audit, problems=(Problem(7, "the chain is forked"),))
    assert await receipts.run(control, "verify", text) == 1
    assert "receipt 7: the chain is forked" in said()
    assert control.done == [VerifyReceipts()] * 2


async def test_a_broken_book_gives_programs_another_exit_code_too(control, as_json, facts):
    control.audit = Audit(problems=(Problem(1, "x"),))
    assert await receipts.run(control, "verify", as_json) == 1
    assert facts()["problems"]


async def test_everything_is_exported_page_by_page_and_no_name_is_a_formula(control, text, said):
    control.receipts = tuple(
        structs.replace(LINE, number=number, name='=1+1,"') for number in range(2500, 0, -1)
    )
    await receipts.run(control, "export", text)
    rows = list(csv.DictReader(io.StringIO(said())))
    assert [int(row["number"]) for row in rows] == list(range(2500, 0, -1))
    assert rows[0]["name"] == "'=1+1,\""
    assert control.done[0] == ListReceipts(1000)
