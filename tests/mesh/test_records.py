import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.mesh.membership import Scope
from closedmesh.mesh.records import (
    MAX_RECORDS,
    Digests,
    InviteRecord,
    KeyRecord,
    MemberRecord,
    merged,
    name_of,
)
from tests.support.mesh import MEMBER, NOW, OTHER, OWNER, example_records, key, serial

ENTRIES = [key(f"entry {number}").node for number in range(3)]
INVITE, JOINED, KEY = example_records()
scopes = st.sampled_from([Scope.CHAT, Scope.SHARE])
invites = st.builds(
    lambda revoked, used: structs.replace(INVITE, revoked=revoked, used=used),
    st.booleans(),
    st.dictionaries(st.sampled_from(ENTRIES), st.integers(0, 9)),
)
members = st.builds(
    lambda number, scope, owner, expires, revoked: MemberRecord(
        MEMBER.node, serial(f"membership {number}"), scope, owner, INVITE.id, NOW + number,
        int(NOW) + expires, revoked,
    ),
    st.integers(0, 2), scopes, st.none() | st.just(OWNER.node), st.integers(0, 3),
    st.none() | st.floats(NOW, NOW + 5),
)  # fmt: skip
keys = st.builds(
    lambda member: structs.replace(KEY, member=member), st.sampled_from([MEMBER.node, OTHER.node])
)
versions = st.one_of(*(st.tuples(kind, kind, kind) for kind in (invites, members, keys)))


@given(versions)
def test_in_whatever_order_and_however_often_versions_meet_they_agree(three):
    one, two, other = three

    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), other) == merged(one, merged(two, other))
    assert merged(one, one) == one
    assert merged(merged(one, two), two) == merged(one, two)


def test_uses_at_all_entries_count():
    ours = structs.replace(INVITE, used={ENTRIES[0]: 2, ENTRIES[1]: 1})
    theirs = structs.replace(INVITE, used={ENTRIES[1]: 3}, revoked=True)

    both = merged(ours, theirs)
    assert isinstance(both, InviteRecord)
    assert (sum(both.used.values()), both.revoked) == (5, True)


def test_a_revoked_member_stays_revoked_until_it_joins_anew():
    revoked = structs.replace(JOINED, revoked=NOW + 5)
    renewed = structs.replace(JOINED, expires=JOINED.expires + 100)
    assert merged(revoked, renewed).revoked == NOW + 5

    again = structs.replace(JOINED, serial=serial("again"), joined=NOW + 9)
    assert merged(revoked, again) == again


def test_different_things_are_not_merged():
    with pytest.raises(ValueError, match="different"):
        merged(INVITE, JOINED)


def register(count, **changes):
    for number in range(count):
        node = key(f"peer {number}").node
        yield structs.replace(
            JOINED, node=node, serial=serial(node), **(changes if number == 7 else {})
        )


def test_only_parts_that_differ_are_told():
    ours = Digests(register(1000))
    (page,) = ours.pages(ours.sums)
    assert (page.records, page.complete) == ((), True)

    (page,) = ours.pages(Digests(register(1000, revoked=NOW)).sums)
    assert page.complete
    assert 1 <= len(page.records) < 20
    assert name_of(JOINED) not in {name_of(each) for each in page.records}
    assert structs.replace(JOINED, node=key("peer 7").node, serial=serial(key("peer 7").node)) in (
        page.records
    )


def test_somebody_who_knows_nothing_is_told_all_in_pages():
    pages = list(Digests(register(1000)).pages(Digests(()).sums))

    assert [page.complete for page in pages] == [False] * 3 + [True]
    assert all(len(page.records) <= MAX_RECORDS for page in pages)
    assert len({each.node for page in pages for each in page.records}) == 1000


def test_every_record_has_a_name_of_its_own():
    assert len({name_of(each) for each in (INVITE, JOINED, KEY)}) == 3
    assert isinstance(KEY, KeyRecord)
