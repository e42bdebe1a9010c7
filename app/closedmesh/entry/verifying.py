"""Joins checking to a running entry: its way of asking, its copies of models, whom it checks.

An entry checks the models of which it has a copy itself. What its own computer answers, read again
by the same copy, calibrates the class that this computer belongs to.
"""

import secrets
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime

from msgspec import structs

from closedmesh.engine.messages import (
    Done,
    Tokens,
)
from closedmesh.entry.case_book import CaseBook, Entry
from closedmesh.entry.checking import NAMED, Checker, Copy, Declined, Reply, Silent, Target, told
from closedmesh.entry.readers import Consensus, Readers
from closedmesh.entry.rounds import Rounds
from closedmesh.errors import BadRequest, ClosedMeshError, ContextTooLong
from closedmesh.mesh.announcements import Announcement, Offer
from closedmesh.mesh.faults import NotAuthorised, ProtocolError
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.messages import Opening
from closedmesh.mesh.picture import Check, Enforcement, Verification
from closedmesh.models.chat import (
    Accepted,
    Conversation,
    Finished,
    ModelHash,
    Piece,
    Question,
    RequestId,
    Waiting,
)
from closedmesh.node.answer_so_far import PeerLost
from closedmesh.node.auditing import show
from closedmesh.node.copies import EngineCopy, active_bytes, generate, way_of
from closedmesh.node.network import Network
from closedmesh.node.offers import backend
from closedmesh.node.surroundings import Surroundings
from closedmesh.node.talk import PeerRefused
from closedmesh.node.transport import TransportError
from closedmesh.node.verdicts import owner_of
from closedmesh.status import Model, ModelState
from closedmesh.trust import transcripts
from closedmesh.trust.calibration import ENOUGH, Key, Record
from closedmesh.trust.phrases import Phrases
from closedmesh.trust.statements import Statement, in_a_word
from closedmesh.trust.traces import SALT_BYTES, Step, Trace
from closedmesh.trust.verdicts import Verdict

SAY_AGAIN = 6 * 3600
"""Seconds after which a verdict that has not changed is told again, with its newer figures."""


@dataclass(slots=True)
class Verifying:
    """The verifier of an entry. Implements `checking.Client`."""

    around: Surroundings
    network: Network
    phrases: Phrases
    publish: Callable[[Statement], None]
    """Sign a statement and tell it to the mesh."""
    readers: Readers = field(init=False)
    book: CaseBook = field(init=False)
    checker: Checker = field(init=False)
    _own_traces: dict[str, Trace] = field(default_factory=dict)
    _said: dict[tuple[NodeId, str], Statement] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.readers = Readers(self.network, self.around.clock)
        self.book = CaseBook(self.around.store)
        self.checker = Checker(
            self, self._copy_of, self.phrases, self.book, self.around.clock, self._date
        )

    async def run(self) -> None:
        """Check, until cancelled."""
        await Rounds(self.checker, self.targets, self.around.clock, self._checked).run()

    async def _checked(self, target: Target) -> None:
        """Say what is known of a peer now, if that is news."""
        self.around.changed()
        credential = self.network.membership.certificate
        own = self.network.identity.node
        said = await self.checker.statement(
            target, own, owner_of(own, credential), enforced=self.around.settings().mesh.enforce
        )
        before = self._said.get((target.peer, target.model))
        known = said.checks or said.verdict is Verdict.UNRESPONSIVE
        if known and target.peer != own and _is_news(said, before):
            # Times tell the statements of one verifier apart.
            last = max((each.at for each in self._said.values()), default=0)
            said = structs.replace(said, at=max(said.at, last + 1))
            self._said[target.peer, target.model] = said
            self.publish(said)

    def _date(self) -> str:
        return datetime.fromtimestamp(self.around.clock.now(), UTC).date().isoformat()

    def _own(self, sha256: str) -> Model | None:
        return next((m for m in self.around.library.models() if m.sha256 == sha256), None)

    async def _copy_of(self, target: Target) -> Copy:
        if self._own(target.model):
            return await self._copy(target.model)
        peers = await self.readers.find(target)
        return Consensus(await self._copy(self._writer()), self.readers, peers, target)

    async def _copy(self, ref: str) -> EngineCopy:
        model = await self.around.library.find(ref)
        worker = await self.around.engines.worker(model)
        return EngineCopy(self.around.engines, model, await worker.loaded())

    def _writer(self) -> str:
        """The model that costs least to ask, for questions; empty if there is none."""
        usable = [m for m in self.around.library.models() if m.state is ModelState.ON_DISK]
        return min(usable, key=lambda m: m.size_bytes).sha256 if usable else ""

    def targets(self) -> Sequence[Target]:
        """Peers' models of which this computer has a copy, or for which others' can stand in."""
        session = self.network.session
        if session is None:
            return ()
        now, own = self.around.clock.now(), self.network.identity.node
        copies: dict[str, Model] = {m.sha256: m for m in self.around.library.models()}
        comparable = self.readers.comparable() if self._writer() else frozenset()
        of_others = comparable | copies.keys()

        def can_check(said: Announcement, offer: Offer) -> bool:
            if said.node != own:
                return offer.sha256 in of_others
            return offer.sha256 in copies and self._record(said, offer).checks < ENOUGH

        return [
            _target(said, offer, own, copies.get(offer.sha256))
            for said in session.finding.directory.live(now)
            for offer in said.offers
            if can_check(said, offer)
        ]

    def _record(self, said: Announcement, offer: Offer) -> Record:
        """What is known of a class, read by this computer as it is now."""
        model = self._own(offer.sha256)
        facts = self.around.engines.loaded(model) if model else None
        if facts is None:
            return Record()
        reference = f"{backend(facts.devices)} {way_of(facts, facts.build)}"
        peer = f"{said.backend} {way_of(offer, said.build)}"
        return self.book.record(Key(offer.weights, reference, peer))

    async def ask(self, target: Target, question: Question) -> Reply:
        """By the way of every question; this computer itself is asked directly."""
        if target.peer == self.network.identity.node:
            try:
                return await self._ask_myself(target, question)
            except ContextTooLong as error:
                raise Declined(str(error)) from None
        answers = self.network.session.answers if self.network.session else None
        if answers is None:
            raise Declined("the network is not open")
        clock = self.around.clock
        asked, first, last = clock.monotonic(), None, clock.monotonic()
        request = RequestId(secrets.token_hex(8))
        tokens: list[int] = []
        text, proof = "", None
        try:
            async with aclosing(
                answers.answer(question, "", ModelHash(target.model), request, target.peer)
            ) as events:
                async for event in events:
                    last = clock.monotonic()
                    match event:
                        case Piece():
                            first = first or last
                            tokens += event.tokens
                            text += event.text
                        case Finished():
                            proof = event.proof
                        case Accepted() | Waiting():
                            pass
        except PeerLost as lost:
            raise (Declined if lost.excused else Silent)(str(lost)) from None
        except (ContextTooLong, BadRequest) as error:
            raise Declined(str(error)) from None
        root, end = (proof.root, proof.end_token) if proof else (None, None)
        return Reply(request, tuple(tokens), end, text, root, (first or last) - asked, last - asked)

    async def show(
        self, target: Target, reply: Reply, positions: Sequence[int]
    ) -> tuple[Opening, ...]:
        """Positions of an answer."""
        if reply.request in self._own_traces:
            return self._own_traces.pop(reply.request).open(positions)
        answers = self.network.session.answers if self.network.session else None
        peer = answers.peers.get(target.peer) if answers else None
        if peer is None:
            raise Silent("the connection is gone")
        try:
            return (await show(peer, RequestId(reply.request), positions)).openings
        except (PeerRefused, TransportError, ProtocolError, NotAuthorised, TimeoutError) as error:
            raise Silent(str(error)) from None

    async def _ask_myself(self, target: Target, question: Question) -> Reply:
        model = await self.around.library.find(target.model)
        clock = self.around.clock
        asked, first = clock.monotonic(), None
        assert isinstance(question.prompt, Conversation)
        request = generate(
            question.prompt, question.sampling, question.max_tokens or 128, self._date()
        )
        steps: list[Step] = []
        text, end = "", None
        async with aclosing(self.around.engines.answer(model, request)) as events:
            async for event in events:
                if isinstance(event, Tokens):
                    first = first or clock.monotonic()
                    steps += map(Step, event.ids, event.trace)
                    text += event.text
                elif isinstance(event, Done) and event.end_trace is not None:
                    end = event.end_token
                    steps.append(Step(event.end_token or 0, event.end_trace))
        trace = Trace(steps, secrets.token_bytes(SALT_BYTES))
        name = secrets.token_hex(8)
        self._own_traces = {name: trace}
        said = tuple(step.token for step in steps)
        last = clock.monotonic()
        return Reply(
            name, said if end is None else said[:-1], end, text, trace.root,
            (first or last) - asked, last - asked,
        )  # fmt: skip

    def check(self, node: NodeId, sha256: str) -> Check:
        """What is known of a peer's model, for a status."""
        entry = self.book.entry(node, sha256)
        verdict = entry.verdict
        known = entry.case.checks or entry.disagreed or verdict is Verdict.UNRESPONSIVE
        if not known:
            return Check()
        return Check(in_a_word(verdict), verdict, entry.case.checks,
                     self._told(node, sha256, entry), entry.last or None,
                     consensus=entry.consensus)  # fmt: skip

    def _told(self, node: NodeId, sha256: str, entry: Entry) -> str:
        session = self.network.session
        said = session.finding.directory.get(node, self.around.clock.now()) if session else None
        offer = next((o for o in said.offers if o.sha256 == sha256), None) if said else None
        if said is None or offer is None:
            return ""
        return told(entry, offer.quantisation, self._record(said, offer))

    def verification(self) -> Verification:
        """What was decided so far, for a status."""
        entries = self.book.entries().values()
        enforce = self.around.settings().mesh.enforce
        return Verification(
            Enforcement.ENFORCE if enforce else Enforcement.OBSERVE,
            sum(each.decisions for each in entries),
            sum(each.wrong for each in entries),
        )

    def transcripts(self, node: NodeId, sha256: str) -> tuple[str, ...]:
        """The answers behind what is known, as JSON texts."""
        found = [self.book.transcript(name) for name in self.book.filed(node, sha256, NAMED)]
        return tuple(transcripts.encode(each).decode() for each in found if each)

    async def check_now(self, node: NodeId, sha256: str) -> Check:
        """Check a peer's model at once. Raises `ClosedMeshError` if that cannot be done."""
        for target in self.targets():
            if (target.peer, target.model) == (node, sha256):
                await self.checker.check(target, hurried=True)
                await self._checked(target)
                return self.check(node, sha256)
        raise ClosedMeshError(
            "That peer's model cannot be checked here.",
            "The entry needs a copy of exactly this model, or two further owners must share it, and"
            " the peer must share it now.",
        )


def _is_news(said: Statement, before: Statement | None) -> bool:
    if before is None or said.at - before.at >= SAY_AGAIN:
        return True
    return any(
        getattr(said, name) != getattr(before, name) for name in ("verdict", "clean", "enforced")
    )


def _target(said: Announcement, offer: Offer, own: NodeId, copy: Model | None) -> Target:
    return Target(
        peer=said.node, model=offer.sha256, weights=offer.weights,
        quantisation=offer.quantisation, backend=said.backend, way=way_of(offer, said.build),
        active_bytes=active_bytes(copy.size_bytes if copy else 0), free=offer.free,
        certain=said.node == own,
    )  # fmt: skip
