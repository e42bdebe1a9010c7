"""What the settler does when an old key gives everything to a new one."""

import pytest

from closedmesh.entry.handing_over import hand_over
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.handing_over import WITHIN, HandedOver, HandOver, Handover
from closedmesh.mesh.membership import Ownership
from closedmesh.mesh.signing import seal
from tests.support.ledger import Office, node
from tests.support.mesh import MESH, NOW, ExampleMesh, key


class Members:
    """As an entry's admission."""

    mesh = MESH.mesh

    def __init__(self, people):
        self.account_of = people.account_of


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path / "ledger.db")
    for name in ("second", "ann"):
        made.people.add(name)
    made.people.add("first", "old owner")
    made.answer("first", "ann")
    made.people.add("first", "new owner")
    yield made
    made.ledger.close()


def said(owner="old owner", peer="first", target="new owner", at=NOW, mesh=MESH.mesh):
    word = Handover(mesh, node(peer), node(target), int(at))
    return HandOver(seal(word, key(owner)))


def over(office, told, peer="first"):
    return hand_over(office.settler, Members(office.people), node(peer), told, NOW)


def test_everything_goes_over_and_nothing_is_lost(office):
    before = office.has("old owner")
    assert sum(before) > 0

    assert over(office, said()) == HandedOver(*before)

    assert office.has("old owner") == (0, 0)
    assert office.has("new owner") == before
    assert office.zero()
    assert over(office, said()) == HandedOver(0, 0)


@pytest.mark.parametrize(
    ("told", "peer", "code"),
    [
        (lambda: said(target="second"), "first", RefusalCode.BUSY),
        (said, "second", RefusalCode.NOT_A_MEMBER),
        (lambda: said(mesh=ExampleMesh("foreign").mesh), "first", RefusalCode.NOT_A_MEMBER),
        (lambda: said(owner="new owner"), "first", RefusalCode.NOT_A_MEMBER),
        (lambda: said(at=NOW - WITHIN - 1), "first", RefusalCode.EXPIRED),
        (lambda: said(at=NOW + 1000), "first", RefusalCode.EXPIRED),
        (lambda: HandOver(seal(Ownership(MESH.mesh, node("first")), key("old owner"))), "first",
         RefusalCode.NOT_A_MEMBER),
    ],
    ids=["other owner", "other computer", "other mesh", "to itself", "old", "early", "no word"],
)  # fmt: skip
def test_what_the_old_key_did_not_say_moves_nothing(office, told, peer, code):
    before = office.has("old owner")
    with pytest.raises(NotAuthorised) as refused:
        over(office, told(), peer)
    assert refused.value.code is code
    assert office.has("old owner") == before


def test_what_is_about_to_be_forfeited_stays(office):
    office.people.add("cheat", "old owner")
    office.checks.wrong("cheat")
    with pytest.raises(NotAuthorised, match="does not serve"):
        over(office, said())
