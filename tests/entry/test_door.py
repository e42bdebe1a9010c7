"""An entry on a network in memory, and whoever knocks."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from closedmesh.entry import door
from closedmesh.entry.catalogue import Catalogue
from closedmesh.entry.door import REQUESTS_AT_ONCE, SAME_PLACE_AT_ONCE, STRANGERS_AT_ONCE, Door
from closedmesh.entry.settling import Settler
from closedmesh.mesh import codec, invites
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.membership import (
    AskingKey,
    Certificate,
    Endorsed,
    Redemption,
    Revocations,
    Scope,
    add_list,
    day_of,
)
from closedmesh.mesh.messages import (
    AmIListed,
    Announce,
    Certified,
    Certify,
    Delta,
    Find,
    Hello,
    Join,
    Joined,
    Listed,
    Pull,
    Renew,
)
from closedmesh.mesh.signing import peek, seal
from closedmesh.models.catalogue import Catalogue as Models
from closedmesh.node.peers import open_peers
from closedmesh.node.talk import PeerRefused, ask_once
from closedmesh.node.transport import StreamReset
from closedmesh.node.verdicts import Verdicts
from tests.support.clock import settle
from tests.support.mesh import ASKING, MEMBER, MESH, NOW, OFFER, OTHER, ExampleMesh, key
from tests.support.network import FakeNetwork

FOREIGN = ExampleMesh("foreign")


@dataclass
class Standing:
    credential: Endorsed
    mesh: str = MESH.mesh
    revocations: Revocations = field(default_factory=Revocations)


class Street:
    """The network in front of the door."""

    def __init__(
        self, clock, admission, invitations, register, membership, revoking, authority, ledger
    ):
        self.clock = clock
        self.network = FakeNetwork(clock)
        self.admission = admission
        self.catalogue = Catalogue(MESH.mesh, clock)
        self.membership = membership
        self.revoking = revoking
        verdicts = Verdicts(membership, clock)
        settler = Settler(ledger, authority, admission, verdicts, Models(), clock)
        self.door = Door(admission, register, membership, self.catalogue, verdicts, settler, clock)
        self._invitations = invitations
        self.entry = None

    @asynccontextmanager
    async def open(self):
        with self.network.peer(MESH.entry.node) as transport:
            self.entry = transport.address()
            services = self.door.services()
            async with open_peers(transport, self.clock, self.membership, services):
                yield self

    @asynccontextmanager
    async def caller(self, peer):
        """Somebody whom nobody has introduced."""
        with self.network.peer(peer.node) as transport:
            connection = await transport.dial(self.entry)
            yield connection
            connection.close(0, "bye")
            await settle()

    @asynccontextmanager
    async def member(self, peer, credential):
        """Somebody who says hello with this."""
        with self.network.peer(peer.node) as transport:
            standing = Standing(credential)
            async with open_peers(transport, self.clock, standing, {}) as peers:
                yield await peers.reach(self.entry, Scope.ENTRY)

    def secret(self, scope=Scope.SHARE, uses=1):
        link = self._invitations.make(scope, uses, 3600.0).link
        return invites.read(link, self.clock.now()).secret

    def admitted(self, peer, scope=Scope.SHARE):
        return self.admission.join(peer.node, joining(self.secret(scope), peer)).credential

    def announcement(self, peer, credential, sequence=1, **changes):
        serial = peek(credential.statement, Certificate).serial
        return Announce(MESH.announcement(peer, sequence, certificate=serial, **changes))


@pytest.fixture
async def street(clock, admission, invitations, register, membership, revoking, authority, ledger):
    together = Street(
        clock, admission, invitations, register, membership, revoking, authority, ledger
    )
    async with together.open() as street:
        yield street


def joining(secret, peer=MEMBER):
    return Join(seal(Redemption(MESH.mesh, MESH.entry.node, secret), peer))


async def refused(answer):
    with pytest.raises(PeerRefused) as error:
        await answer
    return error.value.code


async def test_a_stranger_joins_is_listed_and_found(street):
    async with street.caller(MEMBER) as connection:
        joined = await ask_once(connection, joining(street.secret()), Joined)
    async with street.member(MEMBER, joined.credential) as entry:
        assert await entry.ask(AmIListed(), Listed) == Listed(None)
        announce = street.announcement(MEMBER, joined.credential, 5)
        assert await entry.ask(announce, Listed) == Listed(5)
        assert await entry.ask(AmIListed(), Listed) == Listed(5)
        delta = await entry.ask(Pull(), Delta)
        assert delta.announcements == (announce.announcement,)
        found = await entry.ask(Find(OFFER.sha256), Delta)
        assert found.announcements == (announce.announcement,)


async def test_asking_keys_are_certified_for_members(street):
    credential = street.admitted(MEMBER, Scope.CHAT)
    wanted = seal(AskingKey(MESH.mesh, MESH.entry.node, MEMBER.node, day_of(NOW)), ASKING)
    async with street.member(MEMBER, credential) as entry:
        certified = await entry.ask(Certify((wanted,)), Certified)
    async with street.member(ASKING, certified.credentials[0]) as entry:
        assert (await entry.ask(Pull(), Delta)).complete


async def test_an_expired_membership_is_renewed_without_an_introduction(street):
    credential = street.admitted(MEMBER)
    await street.clock.advance(30 * 24 * 3600.0)
    with pytest.raises(PeerRefused) as error:
        async with street.member(MEMBER, credential):
            pass
    assert error.value.code is RefusalCode.EXPIRED

    async with street.caller(MEMBER) as connection:
        joined = await ask_once(connection, Renew(credential), Joined)
    assert peek(joined.credential.statement, Certificate).expires > street.clock.now()


@pytest.mark.parametrize("message", [AmIListed(), Pull(), Find(OFFER.sha256)])
async def test_an_unknown_key_gets_nothing(street, message):
    async with street.caller(OTHER) as connection:
        assert await refused(ask_once(connection, message, Listed)) is RefusalCode.NOT_A_MEMBER
        hello = Hello(FOREIGN.mesh, FOREIGN.credential(OTHER.node), "")
        assert await refused(ask_once(connection, hello, Listed)) is RefusalCode.NOT_A_MEMBER
        stolen = Hello(MESH.mesh, street.admitted(MEMBER), "")
        assert await refused(ask_once(connection, stolen, Listed)) is RefusalCode.NOT_A_MEMBER


async def test_a_reused_invite_gets_nothing(street):
    secret = street.secret()
    async with street.caller(MEMBER) as connection:
        await ask_once(connection, joining(secret), Joined)
    async with street.caller(OTHER) as connection:
        answer = ask_once(connection, joining(secret, OTHER), Joined)
        assert await refused(answer) is RefusalCode.INVITE_USED
        replayed = ask_once(connection, joining(secret, MEMBER), Joined)
        assert await refused(replayed) is RefusalCode.NOT_A_MEMBER


async def test_who_may_chat_is_not_listed(street):
    credential = street.admitted(MEMBER, Scope.CHAT)
    async with street.member(MEMBER, credential) as entry:
        answer = entry.ask(street.announcement(MEMBER, credential), Listed)
        assert await refused(answer) is RefusalCode.WRONG_SCOPE


async def test_foreign_and_replayed_announcements_are_not_listed(street):
    mine, theirs = street.admitted(MEMBER), street.admitted(OTHER)
    async with street.member(MEMBER, mine) as entry:
        await entry.ask(street.announcement(MEMBER, mine, 7), Listed)
        for announce, code in (
            (street.announcement(OTHER, theirs, 9), RefusalCode.NOT_A_MEMBER),
            (street.announcement(MEMBER, theirs, 9), RefusalCode.NOT_A_MEMBER),
            (street.announcement(MEMBER, mine, 6), RefusalCode.STALE),
            (street.announcement(MEMBER, mine, 7, version="2"), RefusalCode.STALE),
            (street.announcement(MEMBER, mine, 8, made=1), RefusalCode.EXPIRED),
        ):
            assert await refused(entry.ask(announce, Listed)) is code
        assert await entry.ask(AmIListed(), Listed) == Listed(7)
    assert len(street.catalogue.directory) == 1


async def test_a_revoked_member_is_out_on_its_open_connection_and_others_are_told(street):
    mine, theirs = street.admitted(MEMBER), street.admitted(OTHER)
    async with street.member(MEMBER, mine) as bad, street.member(OTHER, theirs) as good:
        await bad.ask(street.announcement(MEMBER, mine), Listed)
        first = await good.ask(Pull(), Delta)
        informed = {MESH.entry.node: 1}
        street.revoking.revoke(MEMBER.node)

        assert await refused(bad.ask(Pull(), Delta)) is RefusalCode.REVOKED
        delta = await good.ask(Pull(first.cursor, b"", informed), Delta)
        known, new = add_list(Revocations(), delta.revocations[0], MESH.mesh, NOW)
        assert new
        assert peek(mine.statement, Certificate).serial in known.serials
    with pytest.raises(PeerRefused):
        async with street.member(MEMBER, mine):
            pass


async def test_a_member_in_a_hurry_is_told_to_wait(street):
    async with street.member(MEMBER, street.admitted(MEMBER)) as entry:
        for _ in range(int(REQUESTS_AT_ONCE)):
            await entry.ask(AmIListed(), Listed)
        with pytest.raises(PeerRefused) as error:
            await entry.ask(AmIListed(), Listed)
        assert error.value.code is RefusalCode.RATE_LIMITED
        assert error.value.retry_after == 5.0
        await street.clock.advance(5.0)
        await entry.ask(AmIListed(), Listed)


async def guess(street, peer, times):
    async with street.caller(peer) as connection:
        return [
            await refused(ask_once(connection, joining(bytes(16), peer), Joined))
            for _ in range(times)
        ]


async def test_guessing_secrets_is_slow(street):
    codes = await guess(street, OTHER, int(SAME_PLACE_AT_ONCE) + 1)

    assert codes == [RefusalCode.INVITE_UNKNOWN] * int(SAME_PLACE_AT_ONCE) + [
        RefusalCode.RATE_LIMITED
    ]


async def test_guessing_from_many_places_is_slow_too(street, monkeypatch):
    monkeypatch.setattr(door, "seen_at", lambda peer: None)  # as if all came through a relay
    codes = await guess(street, OTHER, int(STRANGERS_AT_ONCE) + 1)

    assert codes[-2:] == [RefusalCode.INVITE_UNKNOWN, RefusalCode.RATE_LIMITED]


def test_a_place_is_what_one_subscriber_has():
    assert door._place(None) is None
    assert door._place("192.0.2.1:7") == door._place("192.0.2.1:8") == "192.0.2.1"
    assert door._place("[2001:db8::1]:7") == door._place("[2001:db8::ffff:2]:7")
    assert door._place("[2001:db8:0:1::1]:7") != door._place("[2001:db8::1]:7")


async def test_a_frame_that_is_too_long_ends_the_stream(street):
    async with street.member(MEMBER, street.admitted(MEMBER)) as entry:
        stream = await entry.connection.open()
        number = next(n for n, (kind, _) in codec.KINDS.items() if kind is Announce)
        await stream.write((10**9).to_bytes(4, "big") + bytes((number, 0)))
        with pytest.raises(StreamReset):
            await stream.read()
        assert await entry.ask(AmIListed(), Listed) == Listed(None)


async def test_bogus_peers_are_bounded_by_invites(street):
    secret = street.secret(uses=5)
    outcomes = []
    for number in range(100):
        bogus = key(f"bogus {number}")
        try:
            street.admission.join(bogus.node, joining(secret, bogus))
            outcomes.append("joined")
        except NotAuthorised as error:
            outcomes.append(error.code)
    assert outcomes.count("joined") == 5
    assert set(outcomes[5:]) == {RefusalCode.INVITE_USED}
    assert street.admission.members() == 5
