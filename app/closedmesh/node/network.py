"""This peer's life in its mesh: begins with the membership, ends with it.

Without a membership no socket is opened, and the carrier is not even loaded. As a member the peer
has two places in the network: one under its own key, by which it is known, and one under a key of
the day, under which it asks.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import Protocol

from closedmesh.errors import ClosedMeshError, InviteRefused
from closedmesh.mesh import invites
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.announcements import Announcement
from closedmesh.mesh.directory import Directory
from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.lending import ReadFile
from closedmesh.mesh.membership import Scope, day_of
from closedmesh.mesh.messages import Ask, Certified, Certify, Open
from closedmesh.mesh.rereading import Reread
from closedmesh.mesh.signing import PrivateKey
from closedmesh.models.chat import ModelHash, Question, RequestId
from closedmesh.node import kinship
from closedmesh.node.accounts import Accounts
from closedmesh.node.auditing import Auditing
from closedmesh.node.choosing import Choosing, dice
from closedmesh.node.claiming import Claiming
from closedmesh.node.clock import Clock, within
from closedmesh.node.credit_book import CreditBook
from closedmesh.node.finding import Finding
from closedmesh.node.handing_over import HandingOver
from closedmesh.node.hedging import MeshEvent
from closedmesh.node.identity import Identity
from closedmesh.node.lending import Lending
from closedmesh.node.listening import Listening
from closedmesh.node.meeting import Meeting
from closedmesh.node.membership import AskingStanding, Membership, not_a_member, redeem
from closedmesh.node.mesh_answers import MeshAnswers
from closedmesh.node.offers import Offers
from closedmesh.node.paying import Paying
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Peers, Service, Services, open_peers
from closedmesh.node.rereading import Rereading
from closedmesh.node.serving import Serving
from closedmesh.node.talk import Ask as Asker
from closedmesh.node.tasks import background
from closedmesh.node.transport import Listen, Opener, Transport
from closedmesh.node.verdicts import Verdicts

log = logging.getLogger(__name__)

DAY = 86_400
FIRST_RETRY = 5.0
"""Seconds before the network is opened again after it could not be; doubles each time."""

LONGEST_RETRY = 300.0
"""Seconds; the end of that doubling."""

LOOK_EVERY = 5.0
"""Seconds between two looks whether the local network may be searched."""

READY_LIMIT = 10.0
"""Seconds that a question waits for the network to be open, right after the start."""


class Door(Protocol):
    """What an entry adds to a peer."""

    @property
    def membership(self) -> Membership: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def verdicts(self) -> Verdicts: ...

    def certify(self, request: Certify) -> Certified:
        """Certificates for its own asking keys."""
        ...

    @property
    def ask_settler(self) -> Asker | None:
        """A question to the settler, where it is here."""
        ...

    def services(self, transport: Transport) -> Services:
        """What an entry does for those who call."""
        ...

    async def run(self, peers: Peers) -> None:
        """What an entry does by itself, until cancelled."""
        ...


@dataclass(slots=True)
class Session:
    """One stay in the network."""

    peers: Peers
    finding: Finding
    choosing: Choosing
    answers: MeshAnswers | None = None
    """Set while there is a certified key of the day."""


class Network:
    """The membership and the stay. `changed` is called when a status would look different."""

    def __init__(  # noqa: PLR0913 - what it joins
        self,
        *,
        opener: Opener,
        listen: Callable[[], Listen],
        identity: Identity,
        membership: Membership,
        offers: Offers,
        serving: Serving,
        lending: Lending,
        rereading: Rereading,
        accounts: Accounts,
        book: CreditBook,
        handing_over: HandingOver,
        clock: Clock,
        changed: Callable[[], None],
        door: Door | None = None,
        look_nearby: Callable[[], bool] = lambda: False,
    ) -> None:
        self.identity = identity
        self.membership = membership
        self.session: Session | None = None
        self.problem: ClosedMeshError | None = None
        """Why the network is not open though there is a membership."""
        self.audits = Auditing(dice(), changed)
        self._opener = opener
        self._listening = Listening(listen)
        self._offers = offers
        self._serving = serving
        self._lending, self._rereading = lending, rereading
        self._accounts = accounts
        self._book = book
        self._handing_over = handing_over
        self._claiming = Claiming(book, clock, self._entries, handing_over, _asker(door))
        self._clock = clock
        self._changed = changed
        self._door = door
        self._look_nearby = look_nearby
        self._turn = asyncio.Event()
        self._answering = asyncio.Condition()

    async def run(self) -> None:
        """Be in the network whenever there is a membership, until cancelled."""
        retry = FIRST_RETRY
        while True:
            self._turn.clear()
            if self.membership.member is None:
                await self._turn.wait()
                continue
            try:
                await self._stay()
                retry = FIRST_RETRY
            except ClosedMeshError as error:
                log.warning("the network cannot be opened: %s", error)
                self.problem = error
                self._changed()
                await self._wait(retry)
                retry = min(retry * 2, LONGEST_RETRY)

    async def _wait(self, seconds: float) -> None:
        try:
            await within(self._clock, seconds, self._turn.wait())
        except TimeoutError:
            return

    async def _stay(self) -> None:
        """Be in the network until the membership changes."""
        finding = self._finding()
        async with AsyncExitStack() as stack:
            opened = self._opener(self.identity.secret, self._listening.begin(self._entries()))
            transport = await stack.enter_async_context(opened)
            meeting = Meeting(self._clock, self._entries)
            services = self._services(finding, meeting, transport)
            peers = await stack.enter_async_context(
                open_peers(transport, self._clock, self.membership, services)
            )
            group = await stack.enter_async_context(background())
            self.session = Session(peers, finding, self._choosing(finding))
            self.problem = None
            group.create_task(finding.run(peers))
            group.create_task(meeting.run(peers))
            group.create_task(self._claiming.run(peers))
            group.create_task(self._search_nearby(finding, transport))
            group.create_task(self._ask_by_day(self.session))
            group.create_task(self.audits.run())
            if self._door:
                group.create_task(self._door.run(peers))
            try:
                await self._turn.wait()
            finally:
                self.session = None
                self._changed()

    def _services(self, finding: Finding, meeting: Meeting, transport: Transport) -> Services:
        """What is done for those who call."""
        services: Services = {
            **finding.services(),
            **meeting.services(),
            Ask: Service(Scope.CHAT, self._serving.answer),
            Open: Service(Scope.CHAT, self._serving.show),
            ReadFile: Service(Scope.CHAT, self._lending.lend),
            Reread: Service(Scope.ENTRY, self._rereading.read),
        }
        if self._door:
            services = {**services, **self._door.services(transport)}
        return services

    def _finding(self) -> Finding:
        return Finding(
            self.identity,
            self.membership,
            self._clock,
            self._offers,
            directory=self._door.directory if self._door else None,
            verdicts=self._door.verdicts if self._door else None,
            changed=self._changed,
        )

    async def _search_nearby(self, finding: Finding, transport: Transport) -> None:
        """Find members of the local network while the person allows it, until cancelled."""
        while not self._look_nearby():
            await self._clock.sleep(LOOK_EVERY)
        from closedmesh.node.nearby import Nearby  # noqa: PLC0415 - only where it is allowed

        nearby = Nearby(self.membership.mesh, self.identity.node)
        finding.nearby = nearby.addresses
        await nearby.run(self._look_nearby, transport.address, self._clock)

    def _choosing(self, finding: Finding) -> Choosing:
        return Choosing(
            finding.directory,
            self._clock,
            self.identity.node,
            self.identity.asking_secret(self.membership.mesh, -1),
            dice(),
            self._delay_ms,
            finding.verdicts.shunned,
        )

    def _delay_ms(self, node: NodeId) -> float | None:
        session = self.session
        peer = session.answers.peers.get(node) if session and session.answers else None
        return None if peer is None else peer.link.delay_ms

    async def _ask_by_day(self, session: Session) -> None:
        """Have a place under the key of each day, until cancelled."""
        async with asyncio.TaskGroup() as days:
            while True:
                day = day_of(self._clock.now())
                if self._door:
                    self._certify_own_keys(self._door)
                member = self.membership.member
                if member is None or day not in member.asking:
                    await self._clock.sleep(1.0)
                    continue
                days.create_task(self._ask_on(session, day))
                await self._clock.sleep((day + 1) * DAY - self._clock.now())

    def _certify_own_keys(self, door: Door) -> None:
        """An entry asks as everybody does: nobody shall answer it better than others."""
        if request := self.membership.asking_request(self.identity, self.identity.node):
            self.membership.take_asking(request, door.certify(request))

    def settings_changed(self) -> None:
        """Leave the network and come back if it is to be another one."""
        if self._listening.has_changed():
            self._turn.set()

    def _entries(self) -> tuple[Address, ...]:
        """Where the entries of the mesh are, but for this peer itself."""
        known = self.membership.entries()
        return tuple(each for each in known if each.node != self.identity.node)

    async def _ask_on(self, session: Session, day: int) -> None:
        secret = self.identity.asking_secret(self.membership.mesh, day)
        standing = AskingStanding(self.membership, day)
        meeting = Meeting(self._clock, self._entries)
        async with (
            self._opener(secret, self._listening.to_ask(self._entries())) as transport,
            open_peers(transport, self._clock, standing, meeting.services()) as peers,
            background() as group,
        ):
            group.create_task(meeting.run(peers))
            paying = Paying(PrivateKey(secret), self._accounts, self._book.chain.compare)
            answers = MeshAnswers(
                session.choosing, self._clock, peers, meeting, self.audits, paying,
                session.finding.hurry,
            )  # fmt: skip
            session.answers = answers
            self._changed()
            async with self._answering:
                self._answering.notify_all()
            while session.answers is answers or any(peer.talks for peer in peers.connected()):
                await self._clock.sleep(60.0)

    async def answer(
        self, question: Question, name: str, sha256: ModelHash, request: RequestId
    ) -> AsyncGenerator[MeshEvent]:
        """Have a question answered by the mesh. Raises `NotAMember`, and what the answer does."""
        answers = await self._ready()
        if self.session and not any(answers.choosing.replicas(sha256)):
            await self.session.finding.round(self.session.peers)  # there may be news
        async with aclosing(answers.answer(question, name, sha256, request)) as events:
            async for event in events:
                yield event

    def live(self) -> Iterator[Announcement]:
        """Everybody who shares now, this computer too; nobody while the network is closed."""
        return self.session.finding.live() if self.session else iter(())

    def holders(self, sha256: str) -> tuple[NodeId, ...]:
        """Who shares a model; as `members.Roads`."""
        session = self.session
        return tuple(said.node for said, _ in session.choosing.replicas(sha256)) if session else ()

    async def reach(self, node: NodeId) -> Peer:
        """The connection to one of them, under the key of the day; as `members.Roads`."""
        return await (await self._ready()).reach(node)

    async def _ready(self) -> MeshAnswers:
        """The way to ask, waited for a moment after the start."""
        if self.membership.member is None:
            raise not_a_member()
        try:
            return await within(self._clock, READY_LIMIT, self._until_ready())
        except TimeoutError:
            raise self.problem or ClosedMeshError(
                "The network is not ready: no entry has certified this computer's questions yet.",
                "Look at the health list, and try again in a minute.",
            ) from None

    async def _until_ready(self) -> MeshAnswers:
        async with self._answering:
            while True:
                if self.session and self.session.answers:
                    return self.session.answers
                await self._answering.wait()

    async def join(self, text: str) -> None:
        """Become a member by an invite. Raises `InviteRefused`, `MeshUnreachable`, and
        `ClosedMeshError` when this home is in another mesh."""
        invite, sealed = invites.read_sealed(text, self._clock.now())
        if invite.scope is Scope.ENTRY:
            raise InviteRefused(
                f"This invite is for another entry of {invite.mesh_name}, not for a member.",
                "Start that entry by it: `closedmesh entry --invite INVITE`.",
            )
        member = self.membership.member
        if member and member.info.mesh != invite.mesh:
            raise ClosedMeshError(
                f"This computer is in the mesh {member.info.name} already.",
                "Leave that one first: `closedmesh leave`.",
            )
        listen = self._listening.to_join(invite.entries)
        async with self._opener(self.identity.secret, listen) as transport:
            shown = kinship.shown_with(invite, sealed, self.membership, self.identity)
            joined = await redeem(transport, self.identity, invite, shown)
        try:
            adoption = kinship.adoption_by(invite, self.identity)
            self.membership.take(self.identity.node, joined, adoption)
            if adoption and self.identity.owner:
                now = self._clock.now()
                self._handing_over.promise(self.identity.owner, adoption.owner, now)
        except NotAuthorised as error:
            raise InviteRefused(
                f"The entry gave a certificate that does not hold: {error.reason}",
                "Ask the person who runs the mesh.",
            ) from None
        self._turn.set()

    async def leave(self) -> None:
        """Be in no mesh any longer. Raises `NotAMember`."""
        if self.membership.member is None:
            raise not_a_member()
        if self._door:
            raise ClosedMeshError(
                "This computer is an entry of its mesh.", "An entry cannot leave; end it instead."
            )
        self.membership.leave()
        self._turn.set()


def _asker(door: Door | None) -> Asker | None:
    """A question to the settler, where it is here."""
    return door.ask_settler if door else None
