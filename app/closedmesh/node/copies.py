"""A copy of a model on this computer, which reads what others say to come from that model."""

from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from closedmesh.engine.messages import (
    Generate,
    Loaded,
    PlainText,
    Priority,
    Score,
    Tokenize,
    Tokens,
)
from closedmesh.errors import ContextTooLong
from closedmesh.mesh.announcements import Offer
from closedmesh.mesh.picture import JudgedAnswer
from closedmesh.models.chat import (
    Conversation,
    Message,
    Overflow,
    Prompt,
    Role,
    Sampling,
    TokenPrompt,
)
from closedmesh.node.engines import Engines
from closedmesh.node.offers import backend
from closedmesh.status import Model
from closedmesh.trust import transcripts
from closedmesh.trust.calibration import Record
from closedmesh.trust.evidence import Reference
from closedmesh.trust.transcripts import Transcript
from closedmesh.trust.verdicts import failed

REFERENCE_TOP = 64
"""Most likely tokens that a copy names: more than any check's `top_k`."""

LEAST_ACTIVE = 1 / 32
"""Share of a file's bytes that a token reads at least: models of experts read few of them."""

OWNER_OF_CHECKS = "check"
"""As whom the copies are asked; caches are shared with nobody else."""


def active_bytes(size: int) -> int:
    """Bytes that a token reads at least, of a file of this size."""
    return int(size * LEAST_ACTIVE)


def way_of(facts: Loaded | Offer, build: str) -> str:
    """What decides beside the backend how far honest figures may differ."""
    attention = "flash" if facts.flash_attention else "plain"
    return f"{attention} {facts.keys}/{facts.values} {build[:96]}"


@dataclass(frozen=True, slots=True)
class EngineCopy:
    """A model on this computer, read when nobody else needs it."""

    engines: Engines
    model: Model
    facts: Loaded

    consensus = False

    @property
    def way(self) -> str:
        """Backend and everything else of this copy."""
        return f"{backend(self.facts.devices)} {way_of(self.facts, self.facts.build)}"

    async def write(self, prompt: Prompt, seed: int, max_tokens: int) -> str:
        """What the model says, freely; nothing where it has no room for the prompt."""
        sampling = Sampling(temperature=1.0, top_k=0, top_p=0.95, min_p=0.0, seed=seed)
        text = ""
        request = generate(prompt, sampling, max_tokens, _today())
        with suppress(ContextTooLong):
            async with aclosing(self.engines.answer(self.model, request)) as events:
                async for event in events:
                    if isinstance(event, Tokens):
                        text += event.text
        return text

    async def speak(
        self, before: tuple[Message, ...], words: str, seed: int, max_tokens: int
    ) -> str:
        """How a person would go on, in the model's eyes: after the messages before, and these first
        words of the next one. Models have learnt from both sides of conversations."""
        turn = await self._turn(before)
        tokens = turn + await self.tokens_of(words)
        return await self.write(TokenPrompt(tokens), seed, max_tokens) if turn else ""

    async def _turn(self, before: tuple[Message, ...]) -> tuple[int, ...]:
        """The tokens with which a person's turn begins: what two conversations have in common that
        differ in the last message from its first letter on."""
        worker = await self.engines.worker(self.model)
        one, other = [
            (
                await worker.tokenize(
                    Tokenize(1, Conversation((*before, Message(Role.USER, text))), _today())
                )
            ).tokens
            for text in ("7", "a")
        ]
        same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
        return one[:same]

    async def read(
        self, prompt: Conversation, date: str, tokens: tuple[int, ...]
    ) -> tuple[list[Reference]]:
        """What the copy says of each token, as far as its context goes: the peer's may be
        longer."""
        worker = await self.engines.worker(self.model)
        before = len((await worker.tokenize(Tokenize(1, prompt, date))).tokens)
        tokens = tokens[: max(0, self.facts.context - before)]
        if not tokens:
            return ([],)
        scored = await worker.score(
            Score(1, OWNER_OF_CHECKS, prompt, tokens, date, top=REFERENCE_TOP)
        )
        return ([Reference(one.logprob, one.top, one.top_logprobs) for one in scored.scores],)

    async def tokens_of(self, text: str) -> tuple[int, ...]:
        """The tokeniser's own."""
        worker = await self.engines.worker(self.model)
        return (await worker.tokenize(Tokenize(1, PlainText(text), _today()))).tokens


def generate(prompt: Prompt, sampling: Sampling, max_tokens: int, date: str) -> Generate:
    """A question to a copy, which waits until nobody else has one."""
    return Generate(
        id=1, client=OWNER_OF_CHECKS, priority=Priority.BACKGROUND, prompt=prompt,
        sampling=sampling, max_tokens=max_tokens, stop=(), top_logprobs=None,
        overflow=Overflow.REFUSE, date=date, trace=True,
    )  # fmt: skip


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


async def judge_again(engines: Engines, model: Model, transcript: Transcript) -> JudgedAnswer:
    """What this computer's copy says of an answer that a verifier has weighed."""
    worker = await engines.worker(model)
    copy = EngineCopy(engines, model, await worker.loaded())
    (references,) = await copy.read(transcript.prompt, transcript.date, transcript.steps)
    own_tokens = await copy.tokens_of(transcript.text)
    found = transcripts.figures(transcript, references, own_tokens, active_bytes(model.size_bytes))
    return JudgedAnswer(
        transcript=transcripts.digest(transcript), peer=transcript.peer, model=model.name,
        tokens=found.tokens, missed=found.missed, outside=found.outside, opened=found.opened,
        contradicted=found.contradicted, spread=found.spread, too_fast=found.too_fast,
        foreign_tokens=found.foreign_tokens, failed=failed(found, Record()),
    )  # fmt: skip
