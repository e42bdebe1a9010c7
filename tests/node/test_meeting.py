import pytest
from msgspec import structs

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.messages import Dialling, DialNow, DialRequest
from closedmesh.node.meeting import LEARN_EVERY, Meeting
from closedmesh.node.talk import PeerRefused
from closedmesh.node.transport import Unreachable
from tests.support.meetings import ENTRY, Meetings
from tests.support.mesh import MEMBER, OTHER


@pytest.fixture
async def meetings():
    meetings = Meetings()
    async with meetings.open_entry():
        yield meetings


async def test_two_behind_routers_meet_because_both_dial(meetings):
    async with (
        meetings.peer(MEMBER) as (asking, meeting, _),
        meetings.peer(OTHER) as (answering, _, _),
    ):
        met = await meetings.meet(asking, meeting, answering.transport.address(), seconds=2.0)

        assert met.node == OTHER.node
        assert answering.get(MEMBER.node) is not None
        assert asking.get(OTHER.node) is met


async def test_who_can_be_reached_is_met_without_help(meetings):
    async with (
        meetings.peer(MEMBER) as (asking, meeting, _),
        meetings.peer(OTHER) as (answering, _, _),
    ):
        answering.transport.behind_router = False
        met = await meetings.meet(asking, meeting, answering.transport.address(), seconds=1.0)

        assert met.node == OTHER.node
        assert MEMBER.node not in answering.transport.dialled


async def test_who_waits_at_a_relay_is_left_to_it(meetings):
    async with (
        meetings.peer(MEMBER) as (asking, meeting, _),
        meetings.peer(OTHER) as (answering, _, _),
    ):
        relayed = structs.replace(answering.transport.address(), relay="http://relay.example")
        with pytest.raises(Unreachable):
            await meetings.meet(asking, meeting, relayed)
        assert MEMBER.node not in answering.transport.dialled


async def test_who_is_not_connected_to_the_entry_is_out_of_reach(meetings):
    async with meetings.peer(MEMBER) as (asking, meeting, _):
        nobody = Address(OTHER.node, ("10.0.0.9:1",))
        with pytest.raises(Unreachable):
            await meetings.meet(asking, meeting, nobody)


async def test_an_entry_that_is_gone_does_not_help(meetings):
    async with (
        meetings.peer(MEMBER) as (asking, meeting, _),
        meetings.peer(OTHER) as (answering, _, _),
    ):
        meetings.world.network.cut(ENTRY.node)
        with pytest.raises(Unreachable):
            await meetings.meet(asking, meeting, answering.transport.address(), seconds=30.0)


async def test_a_peer_learns_where_it_is_seen(meetings):
    async with meetings.peer(MEMBER) as (peers, _, _):
        assert peers.transport.seen == list(peers.transport.address().direct)
        await meetings.wait(LEARN_EVERY + 1)
        assert len(peers.transport.seen) == 2


async def test_a_peer_asks_again_soon_when_no_entry_answers(meetings):
    async with meetings.peer(MEMBER) as (peers, _, _):
        meetings.world.network.cut(ENTRY.node)
        await meetings.wait(LEARN_EVERY + 20)
        assert len(peers.transport.seen) == 1
        meetings.world.network.heal()
        await meetings.wait(30)
        assert len(peers.transport.seen) == 2


async def test_who_is_just_starting_dials_nobody(meetings):
    meeting = Meeting(meetings.world.clock, list)
    async with (
        meetings.world.peer(OTHER, services=meeting.services()) as peers,
        meetings.peer(MEMBER) as (_, _, entry),
    ):
        await peers.reach(meetings.entry.transport.address(), Scope.ENTRY)
        with pytest.raises(PeerRefused) as refused:
            await entry.ask(DialRequest(OTHER.node, Address(MEMBER.node)), Dialling)
        assert refused.value.code is RefusalCode.UNREACHABLE


async def test_only_an_entry_may_have_us_dial(meetings):
    async with (
        meetings.peer(MEMBER) as (asking, _, _),
        meetings.peer(OTHER) as (answering, _, _),
    ):
        answering.transport.behind_router = False
        there = await asking.reach(answering.transport.address(), Scope.CHAT)
        with pytest.raises(PeerRefused) as refused:
            await there.ask(DialNow(Address(MEMBER.node)), Dialling)
        assert refused.value.code is RefusalCode.WRONG_SCOPE


async def test_a_target_that_refuses_is_out_of_reach(meetings):
    async with (
        meetings.peer(MEMBER) as (asking, meeting, _),
        meetings.peer(OTHER) as (answering, _, _),
    ):
        answering._services = {
            each: service for each, service in answering._services.items() if each is not DialNow
        }
        with pytest.raises(Unreachable):
            await meetings.meet(asking, meeting, answering.transport.address())
