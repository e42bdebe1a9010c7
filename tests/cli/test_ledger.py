import pytest
from msgspec import structs

from closedmesh.cli import ledger
from closedmesh.cli.arguments import parser
from closedmesh.control import MoveAccount
from closedmesh.errors import BadRequest
from closedmesh.trust.ledger_audit import LedgerAudit

OWN = LedgerAudit(heads=3, signatures=3, sheets=2, accounts=1, balance=4214, held=1000, issued=9000)


def words(*given):
    return parser().parse_args(["ledger", *given])


async def test_a_settler_moves_an_account(control, text):
    await ledger.run(control, words("move", "ab" * 32, "cd" * 32), text)
    assert control.done == [MoveAccount("ab" * 32, "cd" * 32)]


@pytest.mark.parametrize("given", [(), ("ab" * 32,), ("ab", "cd")])
async def test_who_is_to_be_moved_where_is_said(control, text, given):
    with pytest.raises(BadRequest):
        await ledger.run(control, words("move", *given), text)


async def test_a_member_checks_its_own_account(control, text, capsys):
    control.ledger = OWN
    assert await ledger.run(control, words("verify"), text) == 0
    shown = capsys.readouterr()
    assert "3 signed heads and 2 proofs" in shown.out
    assert "4.214 credits, 1.000 held" in shown.out
    assert "not money" in shown.err


async def test_a_settler_checks_everything(control, text, said):
    control.ledger = structs.replace(OWN, whole=True, events=7, receipts=6, disputed=1)
    await ledger.run(control, words("verify"), text)
    assert "7 events, 6 receipts (1 disputed)" in said()


async def test_what_does_not_hold_gives_another_exit_code(control, text, as_json, said):
    control.ledger = structs.replace(OWN, problems=("event 3 pays a receipt again",))
    assert await ledger.run(control, words("verify"), text) == 1
    assert "BAD  event 3 pays a receipt again" in said()
    assert await ledger.run(control, words("verify"), as_json) == 1


async def test_everything_is_exported(control, text, said):
    control.exported = ('{"event":1}', '{"event":2}')
    assert await ledger.run(control, words("export"), text) == 0
    assert said() == '{"event":1}\n{"event":2}\n'
