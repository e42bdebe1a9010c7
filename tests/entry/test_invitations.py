from dataclasses import replace

import pytest

from closedmesh.entry.invitations import LISTED_AFTER, LONGEST_FOR_ENTRIES, redeem
from closedmesh.errors import BadRequest
from closedmesh.mesh import invites
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import InviteId
from closedmesh.mesh.membership import Scope
from tests.support.mesh import MESH, NOW


@pytest.fixture
def use(store, clock):
    def use(secret, again=None):
        with store.transaction() as database:
            return redeem(database, MESH.entry.node, secret, clock.now(), again=again)["id"]

    return use


def refusal(use, secret, **how):
    with pytest.raises(NotAuthorised) as refused:
        use(secret, **how)
    return refused.value.code


def test_an_invite_says_what_it_is(invitations):
    made = invitations.make(Scope.SHARE, 3, 3600.0)
    invite = invites.read(made.link, NOW)

    assert (invite.mesh, invite.mesh_name, invite.entries) == (
        MESH.mesh,
        MESH.name,
        (MESH.address,),
    )
    assert (invite.scope, invite.uses, invite.expires) == (Scope.SHARE, 3, NOW + 3600)
    assert made.invite.id == invite.id
    assert invitations.listed() == (made.invite,)


def test_its_secret_is_not_kept(invitations, store, tmp_path):
    secret = invites.read(invitations.make(Scope.CHAT, 1, 60.0).link, NOW).secret
    store.rows("PRAGMA wal_checkpoint")

    for file in tmp_path.iterdir():
        assert secret not in file.read_bytes()
        assert secret.hex().encode() not in file.read_bytes()


def test_uses_are_counted(invitations, use):
    made = invitations.make(Scope.CHAT, 2, 60.0)
    secret = invites.read(made.link, NOW).secret
    assert use(secret) == use(secret) == made.invite.id

    assert invitations.listed()[0].used == 2
    assert refusal(use, secret) is RefusalCode.INVITE_USED
    assert use(secret, again=made.invite.id) == made.invite.id
    assert invitations.listed()[0].used == 2


async def test_an_invite_expires(invitations, use, clock):
    secret = invites.read(invitations.make(Scope.CHAT, 2, 60.0).link, NOW).secret
    await clock.advance(60.0)

    assert refusal(use, secret) is RefusalCode.INVITE_EXPIRED


def test_an_invite_is_revoked(invitations, use):
    made = invitations.make(Scope.CHAT, 2, 60.0)
    invitations.revoke(made.invite.id)

    assert invitations.listed()[0].revoked
    assert refusal(use, invites.read(made.link, NOW).secret) is RefusalCode.INVITE_REVOKED
    with pytest.raises(BadRequest, match="no invite"):
        invitations.revoke(InviteId("nothing"))


def test_a_secret_of_another_entry_is_unknown(use):
    assert refusal(use, MESH.invite().secret) is RefusalCode.INVITE_UNKNOWN


async def test_the_newest_comes_first(invitations, clock):
    first = invitations.make(Scope.CHAT, 1, 60.0)
    await clock.advance(1.0)
    second = invitations.make(Scope.SHARE, 1, 60.0)

    assert [each.id for each in invitations.listed()] == [second.invite.id, first.invite.id]
    await clock.advance(LISTED_AFTER + 60.0)
    assert invitations.listed() == ()


def test_an_invite_for_an_entry_is_for_one_for_a_day_at_the_founder(invitations, authority):
    made = invitations.make(Scope.ENTRY, 1, 3600.0)
    assert invites.read(made.link, NOW).scope is Scope.ENTRY
    for uses, lifetime in ((2, 60.0), (1, 2 * LONGEST_FOR_ENTRIES)):
        with pytest.raises(BadRequest, match="for a day at most"):
            invitations.make(Scope.ENTRY, uses, lifetime)

    invitations._authority = replace(authority, root=None)
    with pytest.raises(BadRequest, match="founded"):
        invitations.make(Scope.ENTRY, 1, 3600.0)
