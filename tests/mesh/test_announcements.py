import pytest
from msgspec import structs

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.announcements import MAX_LIFETIME, Announcement, read_announcement
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.membership import CLOCK_SKEW
from closedmesh.mesh.signing import seal, unseal
from tests.support.mesh import MEMBER, MESH, NOW, OFFER, OTHER, ExampleMesh

SAID = unseal(MESH.announcement(MEMBER), Announcement)


def refusal(sealed, now=NOW):
    with pytest.raises(NotAuthorised) as refused:
        read_announcement(sealed, MESH.mesh, now)
    return refused.value.code


def test_a_peer_speaks_for_itself():
    assert read_announcement(MESH.announcement(MEMBER), MESH.mesh, NOW) == SAID


def test_nobody_speaks_for_another_peer():
    assert refusal(seal(SAID, OTHER)) is RefusalCode.NOT_A_MEMBER
    elsewhere = structs.replace(SAID, address=Address(OTHER.node))
    assert refusal(seal(elsewhere, MEMBER)) is RefusalCode.NOT_A_MEMBER


def test_an_announcement_is_for_one_mesh():
    assert refusal(ExampleMesh("foreign").announcement(MEMBER)) is RefusalCode.NOT_A_MEMBER


def test_an_announcement_is_believed_for_its_lifetime():
    end = SAID.expires + CLOCK_SKEW
    read_announcement(MESH.announcement(MEMBER), MESH.mesh, end - 1)

    assert refusal(MESH.announcement(MEMBER), end) is RefusalCode.EXPIRED
    assert refusal(MESH.announcement(MEMBER), SAID.made - CLOCK_SKEW - 1) is RefusalCode.EXPIRED


@pytest.mark.parametrize(
    "wrong",
    [
        {"lifetime": MAX_LIFETIME + 1},
        {"lifetime": 1},
        {"sequence": 0},
        {"offers": (OFFER,) * 33},
        {"hardware": "x" * 97},
        {"offers": (structs.replace(OFFER, slots=0),)},
        {"offers": (structs.replace(OFFER, sha256="AB" * 32),)},
        {"offers": (structs.replace(OFFER, context=2**40),)},
        {
            "offers": (
                structs.replace(
                    OFFER, decode=structs.replace(OFFER.decode, tokens_per_second=float("nan"))
                ),
            )
        },
        {
            "offers": (
                structs.replace(
                    OFFER, decode=structs.replace(OFFER.decode, tokens_per_second=float("inf"))
                ),
            )
        },
    ],
)
def test_an_impossible_claim_is_no_announcement(wrong):
    assert refusal(MESH.announcement(MEMBER, **wrong)) is RefusalCode.NOT_A_MEMBER
