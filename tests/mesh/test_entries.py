import pytest

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.entries import NOTICE_LIFETIME, Entries, notice, visited
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.invites import MAX_ENTRIES
from closedmesh.mesh.membership import (
    CLOCK_SKEW,
    Certificate,
    Endorsed,
    RevocationList,
    Revocations,
    Revoked,
    add_list,
)
from closedmesh.mesh.signing import peek, seal
from tests.support.mesh import MEMBER, MESH, NOW, OTHER, ExampleMesh, key, serial

NOTHING = Revocations()


def take(known, news, revocations=NOTHING, now=NOW):
    return known.take(news, MESH.mesh, revocations, now)


def refusal(news, known=None, now=NOW):
    with pytest.raises(NotAuthorised) as refused:
        take(known or Entries(), news, now=now)
    return refused.value.code


def deposed(entry):
    certificate = peek(MESH.make_entry(entry).statement, Certificate)
    revoked = (Revoked(certificate.serial, certificate.expires),)
    said = Endorsed(seal(RevocationList(MESH.mesh, 1, int(NOW), revoked), MESH.key), None)
    return add_list(NOTHING, said, MESH.mesh, NOW)[0]


def test_an_entry_says_where_it_is():
    known = take(take(Entries(), MESH.notice()), MESH.notice(entry=OTHER))

    assert MESH.address in known.addresses()
    assert known.made() == {MESH.entry.node: int(NOW), OTHER.node: int(NOW)}


def test_the_newest_notice_counts():
    moved = Address(MESH.entry.node, ("192.0.2.77:1",))
    credential = MESH.entry_credential.statement
    newer = notice(MESH.mesh, moved, NOW + 1, MESH.entry, credential)
    known = take(take(Entries(), MESH.notice()), newer)

    assert known.addresses() == (moved,)
    assert take(known, MESH.notice()) is known
    assert known.newer({MESH.entry.node: int(NOW)}) == (newer,)
    assert known.newer(known.made()) == ()


@pytest.mark.parametrize(
    "news",
    [
        notice(MESH.mesh, Address(OTHER.node), NOW, MESH.entry, MESH.entry_credential.statement),
        notice(
            MESH.mesh, Address(MEMBER.node), NOW, MEMBER, MESH.credential(MEMBER.node).statement
        ),
        ExampleMesh("foreign").notice(),
        Endorsed(MESH.notice().statement, None),
    ],
    ids=["of another", "of a member", "of another mesh", "without authority"],
)
def test_only_an_entry_speaks_and_only_for_itself(news):
    assert refusal(news) is RefusalCode.NOT_A_MEMBER


@pytest.mark.parametrize("age", [NOTICE_LIFETIME + 1, -CLOCK_SKEW - 2])
def test_an_old_or_future_notice_is_not_believed(age):
    assert refusal(MESH.notice(NOW - age)) is RefusalCode.STALE


def test_only_so_many_entries_are_known():
    known = Entries()
    for number in range(MAX_ENTRIES):
        known = take(known, MESH.notice(entry=key(f"entry {number}")))

    assert refusal(MESH.notice(), known) is RefusalCode.BUSY


def test_who_is_silent_for_a_week_or_deposed_is_forgotten():
    known = take(take(Entries(), MESH.notice(NOW + 10)), MESH.notice(entry=OTHER))
    assert known.still_hold(MESH.mesh, NOTHING, NOW) is known

    later = known.still_hold(MESH.mesh, NOTHING, NOW + NOTICE_LIFETIME + 5)
    assert list(later.notices) == [MESH.entry.node]
    without = known.still_hold(MESH.mesh, deposed(OTHER), NOW)
    assert list(without.notices) == [MESH.entry.node]


def test_the_last_entry_is_never_forgotten():
    known = take(take(Entries(), MESH.notice(NOW + 10)), MESH.notice(entry=OTHER))

    assert known.still_hold(MESH.mesh, NOTHING, NOW * 2).addresses() == (MESH.address,)


def test_peers_share_the_entries_among_them():
    entries = [Address(NodeId(key(f"entry {number}").node)) for number in range(4)]
    first = [visited(NodeId(serial(str(n)) * 2), entries)[0] for n in range(400)]
    counts = [first.count(entry) for entry in entries]

    assert min(counts) > 60
    node = MEMBER.node
    rest = [entry for entry in visited(node, entries) if entry != entries[2]]
    assert visited(node, [entry for entry in entries if entry != entries[2]]) == rest
