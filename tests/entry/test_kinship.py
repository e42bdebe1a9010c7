"""Invites that a member's owner wrote, at the entry."""

import pytest
from msgspec import structs

from closedmesh.entry import kinship
from closedmesh.mesh import invites
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.invites import LONGEST_OF_OWNER
from closedmesh.mesh.membership import DAY, MEMBER_LIFETIME, Ownership, Redemption, Scope
from closedmesh.mesh.messages import Join, Renew
from closedmesh.mesh.signing import seal
from tests.entry.test_admission import allowed, refusal
from tests.support.mesh import MEMBER, MESH, NOW, OTHER, OWNER, ExampleMesh, key

LINK = structs.replace(
    MESH.invite(), uses=1, scope=Scope.SHARE, expires=int(NOW) + 3600, owner=OWNER.node
)


@pytest.fixture(autouse=True)
def first(admission, invitations):
    """The owner's first computer is a member by an invite of the entry."""
    secret = invites.read(invitations.make(Scope.SHARE, 1, DAY).link, NOW).secret
    redemption = seal(Redemption(MESH.mesh, MESH.entry.node, secret), MEMBER)
    return admission.join(
        MEMBER.node, Join(redemption, seal(Ownership(MESH.mesh, MEMBER.node), OWNER))
    )


def joining(link=LINK, peer=OTHER, writer=OWNER, secret=None):
    redemption = Redemption(MESH.mesh, MESH.entry.node, secret or link.secret)
    return Join(seal(redemption, peer), invite=seal(link, writer))


def another(number):
    return structs.replace(LINK, secret=number.to_bytes(invites.SECRET_BYTES, "big"))


def test_a_second_computer_belongs_to_the_owner_and_stays_so(admission, invitations):
    joined = admission.join(OTHER.node, joining())

    assert allowed(joined.credential, OTHER, Scope.SHARE).owner == OWNER.node
    assert admission.account_of(OTHER.node) == admission.account_of(MEMBER.node) == OWNER.node
    assert set(admission.nodes_of(OWNER.node)) == {MEMBER.node, OTHER.node}
    renewed = admission.renew(OTHER.node, Renew(joined.credential))
    assert allowed(renewed.credential, OTHER).owner == OWNER.node
    (used,) = [each for each in invitations.listed() if each.id == LINK.id]
    assert (used.used, used.uses) == (1, 1)


def test_it_is_used_once_but_a_lost_reply_costs_nothing(admission):
    admission.join(OTHER.node, joining())
    admission.join(OTHER.node, joining())
    third = key("third")
    assert refusal(admission.join, third.node, joining(peer=third)) is RefusalCode.INVITE_USED


def test_a_member_with_an_owner_of_its_own_goes_over(admission, invitations):
    alone = key("alone")
    secret = invites.read(invitations.make(Scope.CHAT, 1, DAY).link, NOW).secret
    redemption = seal(Redemption(MESH.mesh, MESH.entry.node, secret), OTHER)
    admission.join(OTHER.node, Join(redemption, seal(Ownership(MESH.mesh, OTHER.node), alone)))
    assert admission.account_of(OTHER.node) == alone.node

    admission.join(OTHER.node, joining())

    assert admission.account_of(OTHER.node) == OWNER.node
    assert admission.nodes_of(alone.node) == ()
    # A plain invite afterwards leaves it where it is.
    again = invites.read(invitations.make(Scope.SHARE, 1, DAY).link, NOW).secret
    admission.join(OTHER.node, Join(seal(Redemption(MESH.mesh, MESH.entry.node, again), OTHER)))
    assert admission.account_of(OTHER.node) == OWNER.node


@pytest.mark.parametrize(
    ("join", "code"),
    [
        (lambda: joining(writer=MEMBER), RefusalCode.INVITE_UNKNOWN),
        (lambda: joining(structs.replace(LINK, owner=None)), RefusalCode.INVITE_UNKNOWN),
        (lambda: joining(secret=b"another secret!!"), RefusalCode.INVITE_UNKNOWN),
        (
            lambda: joining(structs.replace(LINK, mesh=ExampleMesh("foreign").mesh)),
            RefusalCode.INVITE_UNKNOWN,
        ),
        (lambda: joining(structs.replace(LINK, expires=int(NOW))), RefusalCode.INVITE_EXPIRED),
        (
            lambda: joining(structs.replace(LINK, expires=int(NOW + 2 * LONGEST_OF_OWNER))),
            RefusalCode.INVITE_EXPIRED,
        ),
        (
            lambda: joining(
                structs.replace(LINK, owner=key("nobody").node), writer=key("nobody")
            ),
            RefusalCode.INVITE_UNKNOWN,
        ),
    ],
    ids=["forged", "of no owner", "other secret", "other mesh", "over", "too long", "stranger"],
)  # fmt: skip
def test_what_no_owner_wrote_for_now_admits_nobody(admission, join, code):
    assert refusal(admission.join, OTHER.node, join()) is code
    assert admission.account_of(OTHER.node) is None
    admission.join(OTHER.node, joining())


def test_it_gives_no_more_than_the_owner_has(admission, first, clock, store):
    with store.transaction() as database:
        database.execute("UPDATE members SET scope = 'chat' WHERE node = ?", (MEMBER.node,))
    assert refusal(admission.join, OTHER.node, joining()) is RefusalCode.WRONG_SCOPE
    narrow = structs.replace(LINK, scope=Scope.CHAT)
    assert allowed(admission.join(OTHER.node, joining(narrow)).credential, OTHER)


def test_it_brings_nobody_back_whose_membership_was_ended(admission, revoking):
    admission.join(OTHER.node, joining())
    revoking.revoke(OTHER.node)
    assert refusal(admission.join, OTHER.node, joining(another(1))) is RefusalCode.REVOKED


def test_an_owner_without_a_standing_computer_invites_nobody(admission, revoking):
    revoking.revoke(MEMBER.node)
    assert refusal(admission.join, OTHER.node, joining()) is RefusalCode.INVITE_UNKNOWN


def test_an_owner_invites_so_many_and_no_more(admission, monkeypatch):
    monkeypatch.setattr(kinship, "MAX_COMPUTERS", 3)
    for number in (1, 2):
        peer = key(f"computer {number}")
        admission.join(peer.node, joining(another(number), peer))
    assert refusal(admission.join, OTHER.node, joining(another(3))) is RefusalCode.INVITE_USED


async def test_an_owner_away_for_long_is_none(admission, clock):
    await clock.advance(MEMBER_LIFETIME + 200 * DAY)
    late = structs.replace(LINK, expires=int(clock.now()) + 3600)
    assert refusal(admission.join, OTHER.node, joining(late)) is RefusalCode.INVITE_UNKNOWN
