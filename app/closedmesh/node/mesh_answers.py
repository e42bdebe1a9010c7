"""Our questions to others: chosen, asked, measured, and gone on with elsewhere when a peer is lost.

An answer that breaks off is continued by the next peer from its last token, with the same seed:
nothing is lost and nothing is said twice. Each peer that was tried stands in the receipt.
"""

import logging
import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from msgspec import structs

from closedmesh.errors import (
    BadRequest,
    ClosedMeshError,
    ContextTooLong,
    MeshUnreachable,
)
from closedmesh.mesh import messages
from closedmesh.mesh.faults import NotAuthorised, ProtocolError, RefusalCode
from closedmesh.mesh.hedging import MAX_MOVES
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.routing import Chosen, Lack, Nobody
from closedmesh.mesh.settlement import VOUCHERS
from closedmesh.mesh.signing import Sealed
from closedmesh.models.chat import (
    Accepted,
    Finished,
    ModelHash,
    Piece,
    Proof,
    Question,
    Receipt,
    RequestId,
    ServedBy,
    Waiting,
)
from closedmesh.node.accounts import Asked
from closedmesh.node.alarm import open_alarm
from closedmesh.node.answer_so_far import AnswerSoFar, Attempt, PeerLost, nobody_left
from closedmesh.node.auditing import Auditing, Given, show
from closedmesh.node.choosing import DEADLINE, Choosing
from closedmesh.node.clock import Clock, within
from closedmesh.node.hedging import Hedging, MeshEvent, Reached, Stream
from closedmesh.node.meeting import Meeting
from closedmesh.node.paying import Paying, Payment
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Peers
from closedmesh.node.talk import PeerRefused, Talk
from closedmesh.node.transport import TransportError, Unreachable

log = logging.getLogger(__name__)

FIRST_PATIENCE = 120.0
"""Seconds until a first token: a model may have to be read into memory before it."""

REST = 30.0
"""Seconds that a peer is left alone that refused without saying for how long."""

RETURN_LIMIT = 20.0
"""Seconds after the last token in which the only peer that can go on with an answer is dialled:
the network that it was lost with, here or there, may be another one by then."""

RETURN_DIAL = 5.0
"""Seconds of one of these dials: one that began without a network may not notice the next one."""

RETURN_PAUSE = 1.0
"""Seconds between two of them."""

MAX_TRIED = 6
"""Peers that are tried for one question."""

_LOAD = frozenset({RefusalCode.BUSY, RefusalCode.RATE_LIMITED, RefusalCode.NOT_SHARING})


@dataclass(slots=True)
class MeshAnswers:
    """Asks peers. `peers` are the connections under today's asking key."""

    choosing: Choosing
    clock: Clock
    peers: Peers
    meeting: Meeting
    audits: Auditing
    paying: Paying
    """Acknowledges answers, and checks and keeps their receipts."""
    stale: Callable[[], None] = lambda: None
    """Called when a peer is not where it was, or is gone: there may be news."""
    _hedging: Hedging = field(init=False)

    def __post_init__(self) -> None:
        self._hedging = Hedging(self.choosing, self.clock, self._ask, self._another)

    async def answer(
        self,
        question: Question,
        name: str,
        sha256: ModelHash,
        request: RequestId,
        only: NodeId | None = None,
    ) -> AsyncGenerator[MeshEvent]:
        """Have a question answered by exactly this model. Closing the generator cancels it.

        Raises `ModelNotFound`, `MeshUnreachable`, `ContextTooLong` or `BadRequest`; and
        `PeerLost` where `only` names the one peer that may answer."""
        seed = question.sampling.seed
        seed = secrets.randbits(63) if seed is None else seed
        answer = AnswerSoFar(question, request, name, sha256, self.clock.monotonic(), seed)
        answer.tokens += question.begun
        self._hedging.asked()
        problem = ""
        while True:
            node = only or self._next(answer, problem)
            try:
                told = self._hedging.answer(answer, node, alone=only is not None)
                async with aclosing(told) as events:
                    async for event in events:
                        yield event
                        if isinstance(event, Finished):
                            return
            except PeerLost as lost:
                problem = str(lost)
                if only:
                    raise
                log.info("request %s: peer %s: %s", request, short(lost.node), problem)
                answer.lost(lost)
                if answer.last and answer.is_complete():
                    yield Finished(self._receipt(answer, answer.last, answer.ended()))
                    return

    def _next(self, answer: AnswerSoFar, problem: str) -> NodeId:
        chosen = self._choose(answer)
        if isinstance(chosen, Chosen):
            return chosen.node
        again = answer.cut_off
        if again and not _exhausted(answer) and answer.may_see(again):
            return again
        if problem:
            raise MeshUnreachable(
                f"Peers that were tried: {len(answer.tried)}. The last one failed: {problem}",
                "Ask again in a minute, or choose this computer as the place that answers.",
            )
        raise nobody_left(chosen, answer.name)

    def _choose(self, answer: AnswerSoFar) -> Chosen | Nobody:
        if _exhausted(answer):
            return Nobody(Lack.RESTING)
        tried = frozenset(answer.tried)
        chosen = self.choosing.choose(answer.sha256, answer.question, tried)
        if isinstance(chosen, Nobody) and answer.last:
            # What has begun is not given up for a peer's past: it may be back.
            chosen = self.choosing.choose(answer.sha256, answer.question, tried, even_resting=True)
        if isinstance(chosen, Chosen) and not answer.may_see(chosen.node):
            return Nobody(Lack.RESTING)
        return chosen

    def _another(self, answer: AnswerSoFar) -> NodeId | None:
        chosen = self._choose(answer)
        return chosen.node if isinstance(chosen, Chosen) else None

    async def _ask(self, answer: AnswerSoFar, attempt: Attempt) -> Stream:
        """One peer's part of the answer. Raises `PeerLost`."""
        complete: Finished | None = None
        node = attempt.node
        self.choosing.asked(node, answer.sha256)
        try:
            attempt.peer = peer = await self._reach(answer, node)
            yield Reached()
            async with peer.talk() as talk:
                answer.shown.add(node)
                asked = self._asked(answer, node)
                await talk.send(self._message(answer, node))
                with self.paying.begin(asked, vouchers=VOUCHERS in peer.features) as payment:
                    telling = self._listen(answer, attempt, peer, talk, payment)
                    async with aclosing(telling) as events:
                        async for event in events:
                            if isinstance(event, Finished):
                                complete = event  # said when the exchange has ended as it should
                            else:
                                yield event
        except PeerRefused as refused:
            raise self._refusal(answer, node, refused) from None
        except (TransportError, ProtocolError, NotAuthorised, TimeoutError) as error:
            if complete is None:
                self.choosing.failed(node, answer.sha256)
                self.stale()
                raise PeerLost(node, str(error) or "it fell silent") from error
        finally:
            self.choosing.ended(node, answer.sha256)
        if complete is not None:
            yield complete

    async def _reach(self, answer: AnswerSoFar, node: NodeId) -> Peer:
        """The connection to whom is asked; patient with one whose answer broke off and
        that nobody else can take over from."""
        if answer.last is None or node != answer.cut_off:
            return await self.reach(node)
        while True:
            try:
                return await within(self.clock, RETURN_DIAL, self.reach(node))
            except (TransportError, TimeoutError) as error:
                late = self.clock.monotonic() >= answer.newest + RETURN_LIMIT
                if late or self._another(answer):
                    raise Unreachable("the way to it broke, and there was no other") from error
            await self.clock.sleep(RETURN_PAUSE)

    async def reach(self, node: NodeId) -> Peer:
        """The connection to a peer that is listed. Raises as `Peers.reach` does."""
        said = self.choosing.directory.get(node, self.clock.now())
        if said is None:
            raise NotAuthorised(RefusalCode.UNREACHABLE, "It is no longer listed.")
        return await self.meeting.reach(self.peers, said.address, Scope.SHARE)

    def _message(self, answer: AnswerSoFar, node: NodeId) -> messages.Ask:
        question = answer.question
        if not answer.max_tokens:
            rooms = [offer.context for _, offer in self.choosing.replicas(answer.sha256)]
            answer.max_tokens = question.max_tokens or max(rooms, default=4096)
        left = DEADLINE - (self.clock.monotonic() - answer.asked)
        return messages.Ask(
            request=answer.request,
            model=answer.sha256,
            prompt=question.prompt,
            sampling=structs.replace(question.sampling, seed=answer.seed),
            max_tokens=answer.max_tokens,
            deadline=max(1000, int(left * 1000)),
            affinity=self.choosing.affinity(question, node),
            date=datetime.fromtimestamp(self.clock.now(), UTC).date().isoformat(),
            begun=tuple(answer.tokens),
            stop=question.stop,
            top_logprobs=question.top_logprobs,
            overflow=question.overflow,
            form=question.form,
        )

    async def _listen(
        self, answer: AnswerSoFar, attempt: Attempt, peer: Peer, talk: Talk, payment: Payment
    ) -> AsyncGenerator[MeshEvent]:
        patience: float | None = None
        async with open_alarm(self.clock) as alarm:
            while True:
                async with alarm.within(patience or FIRST_PATIENCE):
                    message = await talk.receive()
                match message:
                    case messages.Refused():
                        raise PeerRefused(message)
                    case messages.Accepted():
                        for event in self._accept(answer, peer, message):
                            yield event
                    case messages.Started():
                        attempt.started = payment.started = message
                    case messages.Tokens(ids, text, logprobs):
                        now = self.clock.monotonic()
                        attempt.first = attempt.first or now
                        await _say(talk, messages.Acknowledged, payment.came(len(ids)))
                        patience = patience or self._patience(answer, peer.node)
                        yield Piece(text, logprobs, ids)
                        # It was taken: whoever else was asked has been left, and adds nothing.
                        answer.note(attempt, ids, now)
                    case messages.Finished():
                        if message.text:
                            yield Piece(message.text)
                        await _say(talk, messages.Countersigned, payment.finished(message))
                        proof = self._proof(answer, peer, message)
                        yield Finished(self._receipt(answer, attempt, message), proof)
                        return
                    case _:
                        raise ProtocolError(f"a {type(message).__name__} in an answer")

    def _asked(self, answer: AnswerSoFar, node: NodeId) -> Asked:
        began = self.clock.now() - (self.clock.monotonic() - answer.asked)
        prompt, begun = answer.question.prompt, len(answer.tokens)
        return Asked(node, answer.request, answer.sha256, prompt, began, begun)

    def _patience(self, answer: AnswerSoFar, node: NodeId) -> float:
        """Seconds to wait for the next message. A silent peer is only left for another one."""
        others = self.choosing.choose(answer.sha256, answer.question, frozenset(answer.tried))
        alone = isinstance(others, Nobody)
        return FIRST_PATIENCE if alone else self.choosing.patience(node, answer.sha256)

    def _accept(
        self, answer: AnswerSoFar, peer: Peer, message: messages.Accepted
    ) -> list[Accepted | Waiting]:
        events: list[Accepted | Waiting] = []
        if not answer.accepted:
            answer.accepted = True
            events.append(
                Accepted(
                    answer.request, answer.name, answer.sha256, ServedBy.MESH, short(peer.node)
                )
            )
        if message.loading:
            events.append(Waiting(f"Peer {short(peer.node)} loads {answer.name}"))
        elif message.ahead:
            events.append(Waiting(f"{message.ahead} before you at peer {short(peer.node)}"))
        return events

    def _refusal(
        self, answer: AnswerSoFar, node: NodeId, refused: PeerRefused
    ) -> PeerLost | ClosedMeshError:
        match refused.code:
            case RefusalCode.CONTEXT_TOO_LONG:
                return ContextTooLong(
                    "Prompt and answer do not fit into the model's context at that peer.",
                    "Shorten the conversation, or let the oldest messages be left out.",
                )
            case RefusalCode.BAD_REQUEST:
                return BadRequest(
                    "The peer cannot do what the question asks for.", "Ask in another way."
                )
            case code if code in _LOAD:
                self.choosing.busy(node, answer.sha256, refused.retry_after or REST)
            case RefusalCode.FAILED | RefusalCode.PROTOCOL:
                self.choosing.failed(node, answer.sha256)
            case _:
                self.choosing.busy(node, answer.sha256, REST)
        excused = refused.code in _LOAD
        return PeerLost(node, f"it refused ({refused.code})", refused=True, excused=excused)

    def _receipt(self, answer: AnswerSoFar, attempt: Attempt, done: messages.Finished) -> Receipt:
        first = None if answer.first is None else (answer.first - answer.asked) * 1000
        token_ms = answer.token_ms()
        if measured := answer.measured(attempt, done):
            self.choosing.answered(attempt.node, answer.sha256, answer.question, measured)
        else:
            self.choosing.continued(attempt.node, answer.sha256)
        return Receipt(
            request_id=answer.request,
            model=answer.name,
            model_sha256=answer.sha256,
            route=answer.question.route,
            served_by=ServedBy.MESH,
            peer=short(attempt.node),
            link=attempt.peer.link.words if attempt.peer else "",
            finish=done.finish,
            prompt_tokens=done.prompt_tokens,
            completion_tokens=len(answer.tokens),
            cached_tokens=done.cached_tokens,
            dropped_messages=attempt.started.dropped_messages if attempt.started else 0,
            first_token_ms=first,
            tokens_per_second=1000 / token_ms if token_ms else None,
            attempts=tuple(short(node) for node in answer.tried),
        )

    def _proof(self, answer: AnswerSoFar, peer: Peer, done: messages.Finished) -> Proof | None:
        """Of an answer that nobody else had begun; which is maybe looked into."""
        if done.completion_tokens != len(answer.tokens):
            return None
        if done.trace_root is not None:
            end = () if done.end_token is None else (done.end_token,)
            sampling = structs.replace(answer.question.sampling, seed=answer.seed)
            given = Given(
                peer.node, answer.sha256, done.trace_root, (*answer.tokens, *end), sampling,
                formed=answer.question.form is not None,
            )  # fmt: skip
            self.audits.answered(given, partial(show, peer, answer.request))
        return Proof(done.trace_root, done.end_token)


def _exhausted(answer: AnswerSoFar) -> bool:
    return len(answer.tried) >= MAX_TRIED or answer.moves > MAX_MOVES


async def _say(
    talk: Talk,
    kind: type[messages.Acknowledged | messages.Countersigned],
    signed: Sealed | None,
) -> None:
    """Say what is signed of what came. If that does not arrive, the rest of the answer may."""
    if signed is None:
        return
    try:
        await talk.send(kind(signed))
    except TransportError as error:
        log.debug("a peer did not wait for what is signed: %s", error)
