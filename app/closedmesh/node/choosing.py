"""Which peer is asked, by what this computer has measured: `mesh.routing` with a memory."""

import hashlib
import hmac
import random
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from statistics import median

from closedmesh.mesh.announcements import Announcement, Offer
from closedmesh.mesh.directory import Directory
from closedmesh.mesh.experience import Answered, Experience
from closedmesh.mesh.hedging import busy_share, late_after, stalled_after
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.picture import Speed
from closedmesh.mesh.routing import (
    Chance,
    Chosen,
    Nobody,
    Replicas,
    Wish,
    class_prior,
    figures,
    relatives,
)
from closedmesh.models.chat import (
    Conversation,
    Overflow,
    Question,
    RawText,
    Role,
    TokenPrompt,
)
from closedmesh.node.clock import Clock

KEPT = 50
"""Answers of one peer that its figures are made of."""

MAX_CONVERSATIONS = 1000
"""Conversations whose last peer is remembered."""

CHARACTERS_PER_TOKEN = 4
"""An estimate; the peer counts for itself."""

MAX_FIRSTS = 200
"""First tokens of one model from which it is known what is late."""

EXPECTED_ANSWER = 256
"""Tokens, where the question does not say less."""

DEADLINE = 600.0
"""Seconds until the last token."""


@dataclass(slots=True)
class _Known:
    """What was measured of one peer with one model."""

    experience: Experience = field(default_factory=Experience)
    first_token_ms: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    tps: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))


@dataclass(slots=True)
class Choosing:
    """The choice, and all measurements. `delay_ms` is that of an open connection."""

    directory: Directory
    clock: Clock
    own: NodeId
    secret: bytes = field(repr=False)
    """Keys of conversations are made with it, so that nobody else can make them."""
    dice: random.Random
    delay_ms: Callable[[NodeId], float | None]
    shunned: Callable[[NodeId, str], bool]
    """Whether the mesh's verifiers agree that a peer does not serve the model it claims."""
    _known: dict[tuple[NodeId, str], _Known] = field(default_factory=dict)
    _firsts: dict[str, deque[float]] = field(default_factory=dict)
    """Milliseconds to the last first tokens of each model, whoever answered."""
    _last: OrderedDict[bytes, tuple[NodeId, int]] = field(default_factory=OrderedDict)

    def replicas(self, sha256: str) -> Iterator[tuple[Announcement, Offer]]:
        """Who offers a model, this computer left out."""
        for said in self.directory.live(self.clock.now()):
            for offer in said.offers:
                if offer.sha256 == sha256 and said.node != self.own:
                    yield said, offer

    def choose(
        self,
        sha256: str,
        question: Question,
        tried: frozenset[NodeId],
        *,
        even_resting: bool = False,
    ) -> Chosen | Nobody:
        """Who should be asked next."""
        found = list(self.replicas(sha256))
        table = Replicas()
        for said, offer in found:
            peers = [
                self._of(each.node, sha256).experience
                for each, _ in found
                if each.backend is said.backend
            ]
            known = self._of(said.node, sha256)
            if (delay := self.delay_ms(said.node)) is not None:
                known.experience = known.experience.reached(delay)
            prior = class_prior(said.backend, peers)
            convicted = self.shunned(said.node, sha256)
            table.put(said.node, figures(said, offer, known.experience, prior, convicted=convicted))
        chance = Chance(self.dice.random(), self.dice.random(), self.dice.random())
        wish = replace(self._wish(question, tried), even_resting=even_resting)
        kin = relatives([(said.node, said.owner) for said, _ in found], tried) if tried else ()
        if kin:
            apart = replace(wish, excluded=tried.union(kin))
            chosen = table.choose(apart, self.clock.now(), chance)
            if isinstance(chosen, Chosen):
                return chosen
        return table.choose(wish, self.clock.now(), chance)

    def _wish(self, question: Question, tried: frozenset[NodeId]) -> Wish:
        conversation = self.conversation(question)
        warm, tokens = self._last.get(conversation, (None, 0))
        prompt = estimate(question)
        if question.overflow is Overflow.DROP_OLDEST:
            prompt = min(prompt, EXPECTED_ANSWER)  # the peer makes it fit
        return Wish(
            prompt_tokens=prompt,
            answer_tokens=min(question.max_tokens or EXPECTED_ANSWER, EXPECTED_ANSWER),
            deadline_ms=DEADLINE * 1000,
            conversation=conversation,
            warm=warm,
            warm_tokens=tokens,
            excluded=tried,
        )

    def conversation(self, question: Question) -> bytes:
        """The key of the conversation that a question belongs to: that of its beginning."""
        prompt = question.prompt
        text = question.client
        if isinstance(prompt, Conversation):
            for message in prompt.messages:
                text += f"\0{message.role}\0{message.text}"
                if message.role is Role.USER:
                    break
        return hmac.digest(self.secret, text.encode("utf-8", "replace"), hashlib.sha256)

    def affinity(self, question: Question, node: NodeId) -> bytes:
        """What a conversation is called at one peer; two peers cannot compare."""
        return hmac.digest(self.conversation(question), node.encode(), hashlib.sha256)

    def asked(self, node: NodeId, sha256: str) -> None:
        """A question is sent."""
        known = self._of(node, sha256)
        known.experience = known.experience.asked(self.clock.now())

    def ended(self, node: NodeId, sha256: str) -> None:
        """A question is over, however."""
        known = self._of(node, sha256)
        known.experience = known.experience.ended()

    def answered(self, node: NodeId, sha256: str, question: Question, answer: Answered) -> None:
        """An answer was complete."""
        known = self._of(node, sha256)
        known.experience = known.experience.measured(answer, self.clock.now())
        known.first_token_ms.append(answer.first_token_ms)
        firsts = self._firsts.setdefault(sha256, deque(maxlen=MAX_FIRSTS))
        firsts.append(answer.first_token_ms)
        if answer.token_ms:
            known.tps.append(1000 / answer.token_ms)
        conversation = self.conversation(question)
        self._last[conversation] = (node, answer.prompt_tokens)
        self._last.move_to_end(conversation)
        if len(self._last) > MAX_CONVERSATIONS:
            self._last.popitem(last=False)

    def continued(self, node: NodeId, sha256: str) -> None:
        """A peer ended an answer that another had begun."""
        known = self._of(node, sha256)
        known.experience = known.experience.continued()

    def outrun(self, node: NodeId, sha256: str) -> None:
        """Another peer was quicker, and was asked later."""
        known = self._of(node, sha256)
        known.experience = known.experience.outrun(self.clock.now())

    def failed(self, node: NodeId, sha256: str) -> None:
        """A peer did not answer, by its own fault."""
        known = self._of(node, sha256)
        known.experience = known.experience.failed(self.clock.now())

    def busy(self, node: NodeId, sha256: str, retry_after: float) -> None:
        """A peer had no place; `retry_after` in seconds."""
        known = self._of(node, sha256)
        known.experience = known.experience.busy(retry_after * 1000, self.clock.now())

    def late_after(self, sha256: str) -> float | None:
        """Seconds after which a first token is late; `None` while nobody can know."""
        late = late_after(tuple(self._firsts.get(sha256, ())))
        return None if late is None else late / 1000

    def busy_share(self, sha256: str) -> float:
        """The share of all places for a model that are taken."""
        return busy_share([(o.slots, o.free) for _, o in self.replicas(sha256)])

    def patience(self, node: NodeId, sha256: str) -> float:
        """Seconds without a token after which an answer goes on elsewhere, if it can."""
        return stalled_after([1000 / tps for tps in self._of(node, sha256).tps])

    def measured(self, node: NodeId, sha256: str) -> Speed:
        """What this computer saw of a peer, for people."""
        known = self._known.get((node, sha256), _Known())
        return Speed(
            decode_tps=median(known.tps) if known.tps else None,
            first_token_ms=median(known.first_token_ms) if known.first_token_ms else None,
            samples=len(known.first_token_ms),
        )

    def _of(self, node: NodeId, sha256: str) -> _Known:
        return self._known.setdefault((node, sha256), _Known())


def dice() -> random.Random:
    """What nobody can foresee."""
    return random.Random(random.SystemRandom().getrandbits(64))


def estimate(question: Question) -> int:
    """About how many tokens a prompt has."""
    match question.prompt:
        case Conversation(messages):
            characters = sum(len(message.text) for message in messages)
            return characters // CHARACTERS_PER_TOKEN + 8 * len(messages)
        case RawText(text):
            return len(text) // CHARACTERS_PER_TOKEN
        case TokenPrompt(tokens):
            return len(tokens)
