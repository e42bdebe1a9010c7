"""Two registers that are brought together. How entries find each other stands in
`tests/scenarios/test_entries.py`."""

import pytest
from msgspec import structs

from closedmesh.entry.admission import Admission
from closedmesh.entry.authority import Authority
from closedmesh.entry.invitations import Invitations
from closedmesh.entry.reconciling import Reconciling
from closedmesh.entry.register import Register
from closedmesh.entry.revoking import Revoking
from closedmesh.mesh import invites
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.entries import NOTICE_LIFETIME, RENEW_NOTICE
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.membership import AskingKey, Redemption, Scope, day_of
from closedmesh.mesh.messages import Certify, Join, MeshInfo, Renew
from closedmesh.mesh.signing import seal
from closedmesh.node.membership import Member, Membership
from closedmesh.node.store import Store
from tests.entry.test_admission import refusal
from tests.support.mesh import ASKING, MEMBER, MESH, NOW, key

SECOND = key("second entry")


class Entry:
    """All that an entry writes down."""

    def __init__(self, folder, own, clock):
        folder.mkdir()
        self.own = own
        self.where = Address(own.node, ("192.0.2.50:4433",))
        self.over = []
        self.store = Store.open(folder / "closedmesh.db")
        credential = MESH.make_entry(own)
        authority = Authority(MESH.mesh, MESH.name, own, credential)
        self.membership = Membership(self.store, clock)
        self.membership.become(Member(MeshInfo(MESH.mesh, MESH.name, ()), credential))
        self.register = Register(self.store, own.node, clock)
        parts = (self.store, self.register, authority)
        self.revoking = Revoking(*parts, self.membership, clock)
        self.admission = Admission(*parts, self.membership, clock, lambda: (self.where,))
        self.invitations = Invitations(*parts, clock, lambda: (self.where,))
        self.reconciling = Reconciling(
            self.store, self.register, self.revoking, authority, self.membership, clock,
            lambda: self.where, self.over.extend,
        )  # fmt: skip

    def hear(self, other):
        """Be told what the other one knows otherwise, and its list."""
        for page in other.register.digests().pages(self.register.digests().sums):
            self.over += self.reconciling.take(page.records)
        self.membership.take_lists(other.membership.lists.values())

    def join(self, secret, peer=MEMBER):
        wanted = Redemption(MESH.mesh, self.own.node, secret)
        return self.admission.join(peer.node, Join(seal(wanted, peer)))

    def certify(self, peer=MEMBER, asking=ASKING):
        wanted = AskingKey(MESH.mesh, self.own.node, peer.node, day_of(NOW))
        return self.admission.certify(peer.node, Certify((seal(wanted, asking),)))


@pytest.fixture
def two(tmp_path, clock):
    entries = [Entry(tmp_path / name, own, clock) for name, own in
               (("first", MESH.entry), ("second", SECOND))]  # fmt: skip
    yield entries
    for entry in entries:
        entry.store.close()


def agree(one, other):
    one.hear(other)
    other.hear(one)
    assert one.register.digests().sums == other.register.digests().sums


def invite(entry, uses=1):
    return invites.read(entry.invitations.make(Scope.SHARE, uses, 3600.0).link, NOW).secret


def test_an_invite_of_one_is_counted_at_both(two):
    first, second = two
    secret = invite(first)
    assert refusal(second.join, secret) is RefusalCode.INVITE_UNKNOWN

    agree(first, second)
    second.join(secret)
    agree(first, second)
    assert refusal(first.join, secret, key("late")) is RefusalCode.INVITE_USED
    assert first.admission.members() == second.admission.members() == 1


def test_apart_each_gives_what_the_invite_allows_and_together_no_more(two):
    first, second = two
    secret = invite(first)
    agree(first, second)
    first.join(secret, key("one"))
    second.join(secret, key("two"))

    agree(first, second)
    assert first.invitations.listed()[0].used == 2
    assert refusal(first.join, secret, key("three")) is RefusalCode.INVITE_USED


def test_a_member_of_one_is_renewed_by_the_other_and_may_use_its_relay(two):
    first, second = two
    joined = first.join(invite(first))
    first.certify()
    assert refusal(second.admission.renew, MEMBER.node, Renew(joined.credential)) is (
        RefusalCode.NOT_A_MEMBER
    )

    agree(first, second)
    second.admission.renew(MEMBER.node, Renew(joined.credential))
    for peer in (MEMBER, ASKING, MESH.entry):
        assert second.admission.is_member(peer.node)


def test_who_is_revoked_at_one_is_revoked_with_the_keys_that_the_other_certified(two):
    first, second = two
    joined = first.join(invite(first))
    agree(first, second)
    keys = second.certify()
    first.revoking.revoke(MEMBER.node)

    agree(first, second)
    agree(second, first)
    assert second.over == [MEMBER.node]
    for entry in two:
        assert not entry.admission.is_member(ASKING.node)
        assert refusal(entry.admission.renew, MEMBER.node, Renew(joined.credential)) is (
            RefusalCode.REVOKED
        )
        assert len(entry.admission.revocations.serials) == 2
    assert keys.credentials


def test_a_key_that_is_told_after_its_member_was_revoked_is_revoked_too(two):
    first, second = two
    first.join(invite(first))
    agree(first, second)
    second.certify()
    first.revoking.revoke(MEMBER.node)

    first.hear(second)
    assert not first.admission.is_member(ASKING.node)
    assert len(first.membership.revocations.lists[MESH.entry.node].revoked) == 2


async def test_an_entry_says_where_it_is_when_it_moves_and_every_day(two, clock):
    entry, _ = two

    def said():
        entry.reconciling.say_where()
        return entry.membership.notices.made()[MESH.entry.node], entry.membership.entries()

    assert said() == said() == (NOW, (entry.where,))
    entry.where = structs.replace(entry.where, direct=("192.0.2.51:4433",))
    assert said() == (NOW + 1, (entry.where,))
    await clock.advance(RENEW_NOTICE + 1)
    assert said()[0] == NOW + RENEW_NOTICE + 1
    assert RENEW_NOTICE < NOTICE_LIFETIME / 2


def test_an_entry_without_a_network_is_nowhere(two):
    entry, _ = two
    entry.where = Address(MESH.entry.node)
    entry.reconciling.say_where()

    assert entry.membership.entries() == ()
