"""Which peer should answer a question.

    1. Only those that run exactly this model, whose announcement is fresh, that have the room,
       and that are neither resting, nor convicted, nor behind an open breaker.
    2. The time until the last token is predicted for each: the way, the prompt that is not cached,
       the answer at its pace under its load, and a penalty for recent failures.
    3. The peer that has the conversation's cache keeps it while it is at most a quarter slower than
       the best; a conversation without one goes to the peer its key falls to (rendezvous
       hashing), under the same condition.
       Whoever is asked in somebody's place is another owner's computer, where there is one: what
       befalls one computer of a person often befalls the others.
    4. Otherwise two of the good ones are drawn, and the quicker one is taken: taking the best would
       send everybody there at once, on news that is seconds old.

Predictions come from what was measured (`experience`). A peer that nobody has measured counts as
its class does, and a fifth slower; what it says of itself only ever makes that slower. One
question in fifty goes to one of these, so that they are measured.

A table holds the replicas of one model as columns of numbers, so that a decision among ten
thousand costs as little as one frame on the network.
"""

import hashlib
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from closedmesh.mesh.announcements import Announcement, Backend, Offer
from closedmesh.mesh.experience import DECAY, PROMPT_UNIT, Experience, prompt_units
from closedmesh.mesh.ids import NodeId

STAY = 1.25
"""Times the best prediction up to which a conversation stays where its cache is."""
GOOD = 2.0
"""Times the best prediction up to which a peer is among those drawn from."""
EXPLORE = 0.02
"""Share of questions that go to a peer nobody has measured."""
UNKNOWN = 1.2
"""By what a peer that nobody has measured is taken to be slower than its class."""
ENOUGH_KNOWN = 3
"""Measured peers of a class from which the class is known."""

PRIORS: Final[dict[Backend, tuple[float, float]]] = {
    Backend.CPU: (60.0, 8.0),
    Backend.BLAS: (90.0, 8.0),
    Backend.VULKAN: (300.0, 25.0),
    Backend.METAL: (300.0, 30.0),
    Backend.ROCM: (700.0, 35.0),
    Backend.CUDA: (1000.0, 50.0),
}
"""Tokens a second, read and written, of a model of seven thousand million weights in four bits:
where to begin while no peer of a class was measured. Only their order matters much."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What a class of peers is like with one model."""

    first_ms: float
    """For every `PROMPT_UNIT` tokens."""
    token_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the table holds of one replica."""

    context: float
    fresh_until: float
    """Unix time; of its announcement."""
    closed_until: float
    """Unix time; `inf` for one that was convicted."""
    round_trip_ms: float
    first_ms: float
    """For every `PROMPT_UNIT` tokens, in the long run."""
    excess_ms: float
    """What it was more lately, at `excess_at`."""
    trouble_ms: float
    """For failures, at `excess_at`."""
    excess_at: float
    pace_ms: float
    """A token under the load it has."""
    measured: float
    """How often; 0 is never."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question needs, and what is known of it."""

    prompt_tokens: int
    answer_tokens: int
    """As far as can be expected."""
    deadline_ms: float
    conversation: bytes = b""
    """Key of the conversation under this peer's secret; empty for a question without one."""
    warm: NodeId | None = None
    """Who answered the conversation's last question."""
    warm_tokens: int = 0
    """Tokens of the prompt that it has in its cache."""
    excluded: frozenset[NodeId] = frozenset()
    """Who was tried already."""
    even_resting: bool = False
    """Those too that failed lately or had no place: they may be back."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Three random numbers from 0 up to, not including, 1."""

    explore: float
    first: float
    second: float


class Reason(StrEnum):
    """Why a peer was chosen."""

    WARM = "warm"
    AFFINITY = "affinity"
    BALANCE = "balance"
    EXPLORE = "explore"


class Lack(StrEnum):
    """Why there is nobody."""

    NO_REPLICA = "no-replica"
    """No peer offers this model."""
    TOO_LONG = "too-long"
    """None has the room for prompt and answer."""
    RESTING = "resting"
    """Those that could are busy or failed lately."""
    TOO_LATE = "too-late"
    """None would be done before the deadline."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ask this one."""

    node: NodeId
    reason: Reason
    predicted_ms: float
    """Until the last token."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """Ask nobody."""

    lack: Lack
    wait_ms: float | None = None
    """When somebody may be there again, or how long the quickest would take."""


_CAPACITY = 16
_COLUMNS = len(Figures.__slots__)
# One step of a 64-bit mixer after the ids, which are hashes themselves, are joined with the key.
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


class Replicas:
    """The table of one model."""

    def __init__(self) -> None:
        self._nodes: list[NodeId] = []
        self._rows: dict[NodeId, int] = {}
        self._columns: NDArray[np.float64] = np.zeros((_COLUMNS, _CAPACITY))
        self._seeds: NDArray[np.uint64] = np.zeros(_CAPACITY, np.uint64)

    def __len__(self) -> int:
        return len(self._nodes)

    def put(self, node: NodeId, figures: Figures) -> None:
        """Add a replica or renew what is known of it."""
        row = self._rows.get(node)
        if row is None:
            row = self._rows[node] = len(self._nodes)
            self._nodes.append(node)
            if row >= len(self._seeds):
                self._columns = np.concatenate([self._columns, self._columns], axis=1)
                self._seeds = np.concatenate([self._seeds, self._seeds])
            self._seeds[row] = int(node[:16], 16)
        self._columns[:, row] = [getattr(figures, name) for name in Figures.__slots__]

    def drop(self, node: NodeId) -> None:
        """Take a replica out."""
        row = self._rows.pop(node, None)
        if row is None:
            return
        last = self._nodes.pop()
        if last != node:
            self._nodes[row] = last
            self._rows[last] = row
            self._columns[:, row] = self._columns[:, len(self._nodes)]
            self._seeds[row] = self._seeds[len(self._nodes)]

    def choose(self, wish: Wish, now: float, chance: Chance) -> Chosen | Nobody:
        """Who should answer."""
        if not self._nodes:
            return Nobody(Lack.NO_REPLICA)
        times = self._predict(wish, now)
        best = float(times.min())
        if best > wish.deadline_ms:
            return self._nobody(wish, now, best)
        if (found := self._keep(wish, times, best)) is not None:
            return found
        return self._draw(times, best, wish.deadline_ms, chance)

    def _predict(self, wish: Wish, now: float) -> NDArray[np.float64]:
        """Milliseconds until the last token for each; `inf` for those that cannot."""
        count = len(self._nodes)
        (context, fresh, closed, way, first, excess, trouble, at, pace, _) = self._columns[
            :, :count
        ]
        units = prompt_units(wish.prompt_tokens)
        lately = np.exp((at - now) / DECAY)
        times: NDArray[np.float64] = way + first * units
        times += (excess * units + trouble) * lately
        times += pace * wish.answer_tokens
        able = (fresh > now) & ((closed < np.inf) if wish.even_resting else (closed <= now))
        able &= context >= wish.prompt_tokens + wish.answer_tokens
        times[~able] = np.inf
        for node in wish.excluded:
            if (row := self._rows.get(node)) is not None:
                times[row] = np.inf
        if wish.warm is not None and (row := self._rows.get(wish.warm)) is not None:
            cold = prompt_units(max(0, wish.prompt_tokens - wish.warm_tokens))
            times[row] -= first[row] * (units - cold)
        return times

    def _keep(self, wish: Wish, times: NDArray[np.float64], best: float) -> Chosen | None:
        """The peer to which the conversation belongs, if it is not clearly slower."""
        limit = min(best * STAY, wish.deadline_ms)
        warm = self._rows.get(wish.warm) if wish.warm is not None else None
        if warm is not None and times[warm] <= limit:
            return self._chosen(warm, Reason.WARM, times)
        if not wish.conversation:
            return None
        digest = hashlib.blake2b(wish.conversation, digest_size=8).digest()
        mixed = (self._seeds[: len(times)] ^ np.uint64(int.from_bytes(digest, "big"))) * _MIX
        mixed ^= mixed >> _SHIFT
        mixed *= _MIX
        mixed[times == np.inf] = 0
        row = int(mixed.argmax())
        return self._chosen(row, Reason.AFFINITY, times) if times[row] <= limit else None

    def _draw(
        self, times: NDArray[np.float64], best: float, deadline_ms: float, chance: Chance
    ) -> Chosen:
        if chance.explore < EXPLORE:
            unknown = (self._columns[-1, : len(times)] == 0) & (times <= deadline_ms)
            rows = np.flatnonzero(unknown)
            if len(rows):
                row = int(rows[int(chance.first * len(rows))])
                return self._chosen(row, Reason.EXPLORE, times)
        good = np.flatnonzero(times <= min(best * GOOD, deadline_ms))
        one = int(chance.first * len(good))
        other = int(chance.second * (len(good) - 1))
        other += other >= one
        rows = good[[one, min(other, len(good) - 1)]]
        row = int(rows[0] if times[rows[0]] <= times[rows[1]] else rows[1])
        return self._chosen(row, Reason.BALANCE, times)

    def _chosen(self, row: int, reason: Reason, times: NDArray[np.float64]) -> Chosen:
        return Chosen(self._nodes[row], reason, float(times[row]))

    def _nobody(self, wish: Wish, now: float, best: float) -> Nobody:
        if math.isfinite(best):
            return Nobody(Lack.TOO_LATE, best)
        context, fresh, closed = self._columns[:3, : len(self._nodes)]
        alive = (fresh > now) & ~np.isinf(closed)
        for node in wish.excluded:
            if (row := self._rows.get(node)) is not None:
                alive[row] = False
        if not alive.any():
            return Nobody(Lack.NO_REPLICA)
        roomy = alive & (context >= wish.prompt_tokens + wish.answer_tokens)
        if not roomy.any():
            return Nobody(Lack.TOO_LONG)
        return Nobody(Lack.RESTING, (float(closed[roomy].min()) - now) * 1000)


def relatives(
    known: Sequence[tuple[NodeId, NodeId | None]], tried: Collection[NodeId]
) -> frozenset[NodeId]:
    """The other computers of those who own one that was tried; `known` are peers with their
    owners. One without an owner is its own."""
    owners = {owner for node, owner in known if owner and node in tried}
    return frozenset(node for node, owner in known if owner in owners and node not in tried)


def figures(
    said: Announcement, offer: Offer, known: Experience, prior: Prior, *, convicted: bool = False
) -> Figures:
    """What the table should hold of a replica.

    `prior` is what its class is like; `convicted` takes it out as long as it stands.
    """
    first_ms, token_ms = _speeds(offer, known, prior)
    busy = max(offer.slots - offer.free, known.in_flight)
    closed = max(known.resting_until, known.breaker.blocked_until)
    peak = known.first
    at = max(peak.at if peak else 0.0, known.trouble_at)
    return Figures(
        context=offer.context,
        fresh_until=said.expires,
        closed_until=math.inf if convicted else closed,
        round_trip_ms=known.round_trip_ms,
        first_ms=first_ms,
        excess_ms=peak.read(at) - peak.mean if peak else 0.0,
        trouble_ms=known.trouble * math.exp((known.trouble_at - at) / DECAY),
        excess_at=at,
        pace_ms=token_ms * (1 + busy / offer.slots),
        measured=known.samples,
    )


def _speeds(offer: Offer, known: Experience, prior: Prior) -> tuple[float, float]:
    first, token = prior.first_ms, prior.token_ms
    if offer.prefill is not None:
        first = max(first, 1000 * PROMPT_UNIT / offer.prefill.tokens_per_second)
    if offer.decode is not None:
        token = max(token, 1000 / offer.decode.tokens_per_second)
    return (
        known.first.mean if known.first is not None else first * UNKNOWN,
        known.token_ms if known.token_ms is not None else token * UNKNOWN,
    )


def class_prior(backend: Backend, known: Sequence[Experience]) -> Prior:
    """What peers of a class are like with a model: the median of those that were measured, or
    where to begin while too few were."""
    read, written = PRIORS[backend]
    firsts = [each.first.mean for each in known if each.first is not None]
    tokens = [each.token_ms for each in known if each.token_ms is not None]
    return Prior(
        median(firsts) if len(firsts) >= ENOUGH_KNOWN else 1000 * PROMPT_UNIT / read,
        median(tokens) if len(tokens) >= ENOUGH_KNOWN else 1000 / written,
    )
