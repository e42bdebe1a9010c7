import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh.announcements import MAX_LIFETIME, Announcement
from closedmesh.mesh.directory import Directory
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.membership import CLOCK_SKEW
from closedmesh.mesh.messages import MAX_ANNOUNCEMENTS
from closedmesh.mesh.signing import Sealed, peek, seal
from tests.support.mesh import MEMBER, MESH, NOW, OFFER, OTHER, ExampleMesh, key, serial

PEERS = [key(f"peer {number}") for number in range(200)]


def directory(epoch=b"epoch #1", **limits):
    return Directory(MESH.mesh, epoch, **limits)


def refusal(table, sealed, now=NOW):
    with pytest.raises(NotAuthorised) as refused:
        table.merge(sealed, now)
    return refused.value.code


def nodes(table, now=NOW):
    return {said.node for said in table.live(now)}


def carry(source, target, cursor=b"", now=NOW, *, digests=True):
    """One round of a peer that pulls; the new cursor and how much was told."""
    pages = source.pages(cursor, target.buckets(now) if digests else b"", now)
    for page in pages:
        assert len(page.announcements) <= MAX_ANNOUNCEMENTS
        for sealed in page.announcements:
            target.merge(sealed, now)
    assert [page.complete for page in pages] == [False] * (len(pages) - 1) + [True]
    return pages[-1].cursor, sum(len(page.announcements) for page in pages)


def test_the_newest_announcement_counts():
    table = directory()
    for sequence in (1, 2, 7):
        assert table.merge(MESH.announcement(MEMBER, sequence), NOW).sequence == sequence

    assert refusal(table, MESH.announcement(MEMBER, 6)) is RefusalCode.STALE
    assert refusal(table, MESH.announcement(MEMBER, 7, version="9")) is RefusalCode.STALE
    assert table.merge(MESH.announcement(MEMBER, 7), NOW) is None
    assert table.get(MEMBER.node, NOW).sequence == 7


def test_nobody_is_listed_by_another():
    table = directory()
    said = peek(MESH.announcement(MEMBER), Announcement)

    assert refusal(table, seal(said, OTHER)) is RefusalCode.NOT_A_MEMBER
    assert refusal(table, ExampleMesh("other").announcement(MEMBER)) is RefusalCode.NOT_A_MEMBER
    genuine = MESH.announcement(MEMBER)
    forged = Sealed(genuine.body, genuine.signer, bytes(64))
    assert refusal(table, forged) is RefusalCode.NOT_A_MEMBER
    assert len(table) == 0


def test_who_says_nothing_more_is_forgotten():
    table = directory()
    table.merge(MESH.announcement(MEMBER), NOW)
    end = NOW + 120 + CLOCK_SKEW

    assert nodes(table, end - 1) == {MEMBER.node}
    assert nodes(table, end) == set()
    assert table.get(MEMBER.node, end) is None


def test_an_old_announcement_does_not_come_back_when_the_newer_has_expired():
    table = directory()
    old = MESH.announcement(MEMBER, 1, lifetime=MAX_LIFETIME)
    table.merge(MESH.announcement(MEMBER, 2, lifetime=30), NOW)
    later = NOW + 30 + CLOCK_SKEW
    for now in (later, NOW + MAX_LIFETIME + CLOCK_SKEW - 1):
        table.forget(now)
        assert refusal(table, old, now) is RefusalCode.STALE

    table.forget(NOW + MAX_LIFETIME + 2 * CLOCK_SKEW + 1)
    assert len(table) == 0
    assert refusal(table, old, NOW + 2000) is RefusalCode.EXPIRED


def test_who_no_longer_shares_is_not_shown():
    table = directory()
    table.merge(MESH.announcement(MEMBER, 1), NOW)
    table.merge(MESH.announcement(MEMBER, 2, offers=()), NOW)

    assert nodes(table) == set()


def test_a_revoked_peer_is_dropped_and_stays_out():
    table = directory()
    table.merge(MESH.announcement(MEMBER, 1), NOW)
    table.merge(MESH.announcement(OTHER, 1), NOW)
    table.revoke(frozenset({serial(MEMBER.node)}))

    assert nodes(table) == {OTHER.node}
    assert refusal(table, MESH.announcement(MEMBER, 2)) is RefusalCode.REVOKED


def test_a_full_table_keeps_whom_it_knows():
    table = directory(limit=3)
    for peer in PEERS[:3]:
        table.merge(MESH.announcement(peer), NOW)

    assert refusal(table, MESH.announcement(PEERS[3])) is RefusalCode.BUSY
    assert table.merge(MESH.announcement(PEERS[0], 2), NOW)
    later = NOW + 3600
    assert table.merge(MESH.announcement(PEERS[3], made=int(later)), later)
    assert len(table) == 1


def test_ten_thousand_bogus_peers_find_no_place():
    table = directory(limit=50)
    for peer in PEERS[:50]:
        table.merge(MESH.announcement(peer), NOW)
    genuine = MESH.announcement(MEMBER)
    codes = set()
    for number in range(10_000):
        name = hashlib.sha256(str(number).encode()).hexdigest()
        codes.add(refusal(table, Sealed(genuine.body, name, genuine.signature)))

    assert codes == {RefusalCode.NOT_A_MEMBER}
    assert nodes(table) == {peer.node for peer in PEERS[:50]}


def test_a_round_costs_only_what_is_new():
    entry, peer = directory(), directory(b"epoch #2")
    for each in PEERS:
        entry.merge(MESH.announcement(each), NOW)
    cursor, told = carry(entry, peer)
    assert told == len(PEERS)
    assert nodes(peer) == nodes(entry)

    assert carry(entry, peer, cursor) == (cursor, 0)

    entry.merge(MESH.announcement(PEERS[5], 2), NOW)
    entry.merge(MESH.announcement(MEMBER), NOW)
    cursor, told = carry(entry, peer, cursor)
    assert told == 2
    assert peer.get(PEERS[5].node, NOW).sequence == 2


def test_an_entry_that_was_started_again_tells_only_what_differs():
    entry, peer = directory(), directory(b"epoch #2")
    for each in PEERS:
        entry.merge(MESH.announcement(each), NOW)
    cursor, _ = carry(entry, peer)
    again = directory(b"epoch #3")
    for each in PEERS:
        again.merge(MESH.announcement(each, 2 if each is PEERS[0] else 1), NOW)

    _, told = carry(again, peer, cursor)

    assert told < 10
    assert peer.get(PEERS[0].node, NOW).sequence == 2


def test_a_cursor_from_the_future_starts_anew():
    entry = directory()
    entry.merge(MESH.announcement(MEMBER), NOW)

    assert len(entry.pages(b"epoch #1" + b"\xff" * 8, b"", NOW)[0].announcements) == 1


@given(st.binary(max_size=40), st.binary(max_size=3000))
def test_any_cursor_and_digest_are_understood(cursor, buckets):
    entry = directory()
    entry.merge(MESH.announcement(MEMBER), NOW)

    assert entry.pages(cursor, buckets, NOW)[-1].complete


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=30), st.randoms())
def test_two_tables_agree_whatever_came_in_which_order(news, chance):
    one, two = directory(), directory(b"epoch #2")
    for table in (one, two):
        chance.shuffle(news)
        for number, sequence in news:
            with suppress(NotAuthorised):
                table.merge(MESH.announcement(PEERS[number], sequence), NOW)

    assert one.buckets(NOW) == two.buckets(NOW)
    assert {(a.node, a.sequence) for a in one.live(NOW)} == {
        (a.node, a.sequence) for a in two.live(NOW)
    }


def test_an_epoch_has_eight_bytes():
    with pytest.raises(ValueError, match="8 bytes"):
        directory(b"short")


def test_a_peer_of_a_large_mesh_is_told_of_a_part_and_goes_on_hearing_of_it():
    entry, peer = directory(), directory(b"epoch #2")
    for sequence in (1, 2):
        for each in PEERS:
            entry.merge(MESH.announcement(each, sequence), NOW)

    def told(cursor):
        pages = entry.pages(cursor, peer.buckets(NOW), NOW, MEMBER.node)
        for page in pages:
            for sealed in page.announcements:
                peer.merge(sealed, NOW)
        return pages[-1].cursor, sum(len(page.announcements) for page in pages)

    cursor, count = told(b"")
    assert 6 < count < 60
    assert told(cursor) == (cursor, 0)
    assert told(b"") == (cursor, 0)

    some = next(iter(nodes(peer)))
    entry.merge(MESH.announcement(next(p for p in PEERS if p.node == some), 3), NOW)
    cursor, count = told(cursor)
    assert count == 1
    assert peer.get(some, NOW).sequence == 3


def test_who_offers_a_model_is_found_even_by_those_who_were_not_told():
    entry = directory()
    for each in PEERS:
        entry.merge(MESH.announcement(each), NOW)

    page = entry.find(OFFER.sha256, NOW)
    assert page.complete
    assert len(page.announcements) == MAX_ANNOUNCEMENTS
    assert entry.find("0" * 64, NOW).announcements == ()
    assert entry.find(OFFER.sha256, NOW + 3600).announcements == ()
