"""Checks what peers serve: asks them as any user would, and compares with a copy of the model.

`Checker.check` makes one conversation with one peer and weighs every answer of it; the service in
`rounds` does so again and again. Questions come from `trust.probes`; this module has no way to a
user's question. Verdicts are kept in the case book; what a mesh does about them is decided
elsewhere.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec import Struct, structs

from closedmesh.entry.case_book import CaseBook, Entry
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.messages import Opening
from closedmesh.models.chat import Conversation, Message, Question, Role
from closedmesh.node.clock import Clock
from closedmesh.trust import probes, transcripts
from closedmesh.trust.calibration import Key, Record, resolution
from closedmesh.trust.consensus import CAVEAT, Disagreement, Read, mildest
from closedmesh.trust.draws import Draw
from closedmesh.trust.epochs import SECRET_BYTES, epoch_of, opening_draw, probe_draw
from closedmesh.trust.phrases import Phrases
from closedmesh.trust.standing import Answered
from closedmesh.trust.statements import Statement
from closedmesh.trust.transcripts import OPENED, Transcript
from closedmesh.trust.verdicts import Case, Verdict, failed, weigh

log = logging.getLogger(__name__)

THINKING = 25.0
"""Mean seconds that a person takes to read an answer and go on."""

NAMED = 8
"""Transcripts that a statement names."""

READING = 0.02
"""Seconds that each character of an answer adds to that."""

TRIES = 3
"""Messages that the verifier's own model writes, at most, for one of the wanted length."""

WORDY = 2.5
"""Characters of a token, at least, in what that model writes."""

LONGEST_WRITTEN = 700
"""Tokens of a text that it writes, at most."""


class Target(Struct, frozen=True):
    """A peer's model that is to be checked, as announced."""

    peer: NodeId
    model: str
    """SHA-256 of the file."""
    weights: str
    quantisation: str
    backend: str
    way: str
    """Everything else that decides how far honest figures may differ: flash attention, kinds of
    cache, build."""
    active_bytes: int
    """Bytes of weights that one token needs."""
    free: int = 1
    """Places that nobody uses; without one, a check waits."""
    certain: bool = False
    """Known for other reasons to be honest: its checks calibrate its class."""


class Silent(Exception):
    """A peer that had a free place did not answer, or broke off."""


class Declined(Exception):
    """A peer refused, with a reason that it may give."""


class Reply(Struct, frozen=True):
    """An answer as the client path delivers it."""

    request: str
    tokens: tuple[int, ...]
    end_token: int | None
    text: str
    root: bytes | None
    first: float
    took: float
    """Seconds until the first and the last token, by this computer's clock."""


class Client(Protocol):
    """The path on which every question of this computer travels."""

    async def ask(self, target: Target, question: Question) -> Reply:
        """Have a question answered by exactly this peer. Raises `Silent` and `Declined`."""
        ...

    async def show(
        self, target: Target, reply: Reply, positions: Sequence[int]
    ) -> tuple[Opening, ...]:
        """Have positions of an answer shown. Raises `Silent` and `Declined`."""
        ...


class Copy(Protocol):
    """A copy of a model on this computer, which gives way to everybody who asks."""

    @property
    def way(self) -> str:
        """Like `Target.way`, with the backend, of this copy."""
        ...

    @property
    def consensus(self) -> bool:
        """Whether it is other peers that read."""
        ...

    async def write(self, prompt: Conversation, seed: int, max_tokens: int) -> str: ...
    async def speak(
        self, before: tuple[Message, ...], words: str, seed: int, max_tokens: int
    ) -> str: ...
    async def read(
        self, prompt: Conversation, date: str, tokens: tuple[int, ...]
    ) -> Sequence[Read]:
        """What it says of each token, or what several say that agree. Raises `Disagreement`."""
        ...

    async def tokens_of(self, text: str) -> tuple[int, ...] | None: ...


@dataclass(frozen=True, slots=True)
class _Check:
    """One conversation that is under way."""

    target: Target
    copy: Copy
    number: int
    secret: bytes
    draw: Draw
    plan: probes.Plan
    client: str
    """Who asks, as far as caches are concerned: somebody new each time."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Makes checks and remembers what they show."""

    client: Client
    copy_of: Callable[[Target], Awaitable[Copy]]
    """Raises `ClosedMeshError` when this computer has no such model or no room for it."""
    phrases: Phrases
    book: CaseBook
    clock: Clock
    date: Callable[[], str]

    async def check(self, target: Target, *, hurried: bool = False) -> Entry:
        """One conversation, weighed; `hurried` is without the pauses in which people read. Raises
        `ClosedMeshError` from the copy."""
        check = self._begin(target, await self.copy_of(target))
        messages = await self._opening(check)
        for turn in range(check.plan.turns):
            if turn:
                pause = THINKING + READING * len(messages[-1].text)
                await self.clock.sleep(0 if hurried else check.draw.waiting_time(pause))
                wish = probes.follow_up(check.draw, self.phrases)
                messages += (await self._message(check, messages, wish),)
            transcript = await self._ask(check, messages)
            if transcript is None:
                break
            await self._judge(check, transcript)
            if not transcript.text.strip():
                break
            messages += (Message(Role.ASSISTANT, transcript.text),)
        return self.book.entry(target.peer, target.model)

    def _begin(self, target: Target, copy: Copy) -> _Check:
        entry = self.book.entry(target.peer, target.model)
        self._keep(target, structs.replace(entry, number=entry.number + 1))
        secret = self.secret()
        draw = probe_draw(secret, target.peer, target.model, entry.number)
        chosen = probes.plan(draw, self.phrases)
        client = f"{draw.below(2**60):015x}"
        return _Check(target, copy, entry.number, secret, draw, chosen, client)

    async def _opening(self, check: _Check) -> tuple[Message, ...]:
        chosen = check.plan
        if chosen.paste:
            seed, most = check.draw.below(2**63), written_tokens(chosen.first.length)
            if text := probes.pasted(chosen, await check.copy.write(chosen.paste, seed, most)):
                return (Message(Role.USER, text),)
        return (await self._message(check, (), chosen.first),)

    async def _message(
        self, check: _Check, before: tuple[Message, ...], wish: probes.Wish
    ) -> Message:
        """A person's message, in the words of the copy."""
        written: list[str] = []
        while wish.length and len(written) < TRIES:
            seed, most = check.draw.below(2**63), written_tokens(wish.length)
            written.append(await check.copy.speak(before, wish.words, seed, most))
            if probes.fits(wish, written[-1]):
                break
        return Message(Role.USER, probes.message(wish, written, check.draw))

    async def _ask(self, check: _Check, messages: tuple[Message, ...]) -> Transcript | None:
        target = check.target
        question = probes.question(check.plan, messages, target.model, check.client, check.draw)
        asked = self.clock.now()
        try:
            reply = await self.client.ask(target, question)
            openings = await self._shown(check, reply)
        except Silent as silent:
            log.info("%s fell silent: %s", short(target.peer), silent)
            self._ended(target, Answered.SILENT)
            return None
        except Declined as declined:
            log.info("%s did not answer: %s", short(target.peer), declined)
            self._ended(target, Answered.REFUSED)
            return None
        self._ended(target, Answered.YES)
        return Transcript(
            peer=target.peer, model=target.model, weights=target.weights, backend=target.backend,
            prompt=Conversation(messages), date=self.date(), sampling=question.sampling,
            max_tokens=check.plan.manner.max_tokens, tokens=reply.tokens, end_token=reply.end_token,
            text=reply.text, root=reply.root, openings=openings, asked=asked, first=reply.first,
            took=reply.took, number=check.number,
        )  # fmt: skip

    async def _shown(self, check: _Check, reply: Reply) -> tuple[Opening, ...]:
        """Positions that could not be known before the peer had committed to all of them. Raises
        `Silent`."""
        steps = len(reply.tokens) + (reply.end_token is not None)
        if not steps:
            return ()
        if reply.root is None:
            raise Silent("it has committed to nothing, or counts other tokens")
        positions = opening_draw(check.secret, reply.root).sample(steps, OPENED)
        return await self.client.show(check.target, reply, positions)

    async def _judge(self, check: _Check, transcript: Transcript) -> None:
        target, copy = check.target, check.copy
        self.book.file(transcript)
        entry = self._entry(target, copy)
        try:
            reads = await copy.read(transcript.prompt, transcript.date, transcript.steps)
        except Disagreement:
            self._keep(target, _disagreed(entry))
            return
        own_tokens = await copy.tokens_of(transcript.text)
        found = mildest(
            [transcripts.figures(transcript, r, own_tokens, target.active_bytes) for r in reads]
        )
        key, record = self._class(target, copy)
        case = weigh(entry.case, found, record)
        passed = not failed(found, record)
        standing = entry.standing.judged(passed=passed, identity=key.peer)
        if case.verdict is not entry.case.verdict:
            log.info("%s: %s after %d checks", short(target.peer), case.verdict, case.checks)
        if target.certain and found.spread is not None:
            self.book.calibrate(key, record.seen(found.spread, found.missed, found.tokens))
        against = case.verdict.convicts
        ended = against or (found.spread is not None and case.spreads.checks == 0)
        after = Entry(
            case, standing, entry.number, self.clock.now(),
            decisions=entry.decisions + ended, wrong=entry.wrong + (against and target.certain),
            consensus=copy.consensus,
        )  # fmt: skip
        self._keep(target, after)

    def _entry(self, target: Target, copy: Copy) -> Entry:
        """What is known by the same kind of copy: one's own and others' are not mixed."""
        entry = self.book.entry(target.peer, target.model)
        if entry.consensus is copy.consensus:
            return entry
        return structs.replace(entry, case=Case(), consensus=copy.consensus, disagreed=0)

    def _class(self, target: Target, copy: Copy) -> tuple[Key, Record]:
        # What this computer announces of a model may be from before the model was loaded.
        peer = copy.way if target.certain else f"{target.backend} {target.way}"
        key = Key(target.weights, copy.way, peer)
        return key, self.book.record(key)

    def _ended(self, target: Target, answered: Answered) -> None:
        entry = self.book.entry(target.peer, target.model)
        self._keep(target, structs.replace(entry, standing=entry.standing.ended(answered)))

    def _keep(self, target: Target, entry: Entry) -> None:
        self.book.keep(target.peer, target.model, entry)

    def secret(self) -> bytes:
        """That of the present epoch; chosen when it is first needed, and kept."""
        epoch = epoch_of(self.clock.now())
        self.book.choose_secret(epoch, secrets.token_bytes(SECRET_BYTES))
        return self.book.secret(epoch) or b""

    async def statement(
        self, target: Target, verifier: NodeId, owner: NodeId, *, enforced: bool
    ) -> Statement:
        """What this verifier says of a peer's model now. Raises `ClosedMeshError` from the copy."""
        entry = self.book.entry(target.peer, target.model)
        record = Record()
        if not entry.consensus:
            _, record = self._class(target, await self.copy_of(target))
        return Statement(
            verifier=verifier, owner=owner, peer=target.peer, model=target.model,
            verdict=entry.verdict, checks=entry.case.checks,
            resolution=told(entry, target.quantisation, record), clean=record.clean,
            at=int(self.clock.now()), transcripts=self.book.filed(target.peer, target.model, NAMED),
            enforced=enforced, consensus=entry.consensus,
        )  # fmt: skip


def _disagreed(entry: Entry) -> Entry:
    """Nothing can be said while those that read do not agree; what they agreed on stays known."""
    case = structs.replace(entry.case, verdict=Verdict.INCONCLUSIVE)
    return structs.replace(entry, case=case, disagreed=entry.disagreed + 1)


def told(entry: Entry, claimed: str, record: Record) -> str:
    """Which differences the verdict could tell, in words."""
    if not entry.consensus:
        return str(resolution(claimed, record))
    if entry.disagreed:
        return f"{CAVEAT}; of the last {entry.disagreed} they did not"
    return f"{CAVEAT}; {resolution(claimed, record)}"


def written_tokens(characters: int) -> int:
    """Tokens that the model may need for a text of about this length."""
    return min(LONGEST_WRITTEN, int(probes.FITS * characters / WORDY) + 20)
