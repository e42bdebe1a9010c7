from msgspec import structs

from closedmesh.entry.register import KEYS_KEPT, REMEMBERED, Register
from closedmesh.mesh.membership import DAY, day_of
from tests.support.mesh import MESH, NOW, OTHER, example_records

INVITE, JOINED, KEY = example_records()
KEY = structs.replace(KEY, day=day_of(NOW))


def put(register, store, *records):
    with store.transaction() as database:
        for record in records:
            register.put(database, record)
    register.touch()


def test_what_is_written_is_told(register, store):
    put(register, store, INVITE, JOINED, KEY)

    assert set(map(repr, register.records())) == set(map(repr, (INVITE, JOINED, KEY)))


def test_what_others_say_is_merged_once(register, store):
    put(register, store, INVITE)
    told = structs.replace(INVITE, used={OTHER.node: 1})
    with store.transaction() as database:
        known = register.merge(database, told)
        assert known.used == {MESH.entry.node: 2, OTHER.node: 1}
        assert register.merge(database, told) is None
        assert register.merge(database, JOINED) == JOINED
        assert register.merge(database, KEY) == KEY
        assert register.merge(database, KEY) is None
        assert register.member(database, JOINED.node) == JOINED


def test_digests_change_with_what_is_written(register, store):
    empty = register.digests().sums
    put(register, store, JOINED)

    assert register.digests().sums != empty
    assert register.digests() is register.digests()


async def test_what_is_long_past_is_told_no_more(register, store, clock):
    put(register, store, INVITE, KEY)
    await clock.advance((KEYS_KEPT + 1) * DAY)
    assert list(register.records()) == [INVITE]
    await clock.advance(REMEMBERED + 8 * DAY)
    assert list(register.records()) == []


def test_uses_from_before_there_were_several_entries_are_its_own(store, clock):
    with store.transaction() as database:
        database.execute("INSERT INTO invite_uses VALUES ('a', '', 3)")
    Register(store, MESH.entry.node, clock)

    assert store.rows("SELECT entry FROM invite_uses")[0]["entry"] == MESH.entry.node
