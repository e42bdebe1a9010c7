import pytest

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.messages import Dialling, DialRequest, Observed, WhereAmI
from closedmesh.node.talk import PeerRefused
from tests.support.meetings import Meetings
from tests.support.mesh import MEMBER, OTHER


@pytest.fixture
async def meetings():
    meetings = Meetings()
    async with meetings.open_entry():
        yield meetings


async def test_an_entry_says_where_it_sees_a_peer(meetings):
    async with meetings.peer(MEMBER) as (peers, _, entry):
        (address,) = peers.transport.address().direct
        assert await entry.ask(WhereAmI(), Observed) == Observed(address)


async def test_nobody_asks_to_be_dialled_in_the_name_of_another(meetings):
    async with meetings.peer(MEMBER) as (_, _, entry), meetings.peer(OTHER):
        with pytest.raises(PeerRefused) as refused:
            await entry.ask(DialRequest(OTHER.node, Address(OTHER.node)), Dialling)
        assert refused.value.code is RefusalCode.BAD_REQUEST


async def test_meetings_are_limited(meetings):
    async with meetings.peer(MEMBER) as (_, _, entry):
        codes = set()
        for _ in range(30):
            with pytest.raises(PeerRefused) as refused:
                await entry.ask(DialRequest(OTHER.node, Address(MEMBER.node)), Dialling)
            codes.add(refused.value.code)
        assert codes == {RefusalCode.UNREACHABLE, RefusalCode.BUSY}
