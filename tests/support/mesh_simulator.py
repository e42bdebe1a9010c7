"""A mesh of uneven peers in simulated time, to see where a router sends questions.

Peers have slots and a queue; what askers know of their load is `stale` seconds old. A question to
a peer that does not answer costs its asker `NOTICE` seconds, then it goes elsewhere.
"""

import hashlib
import heapq
import random
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.announcements import Announcement, Backend, Offer, Speed
from closedmesh.mesh.experience import Answered, Experience
from closedmesh.mesh.ids import MeshId, NodeId, Serial
from closedmesh.mesh.routing import Chance, Chosen, Replicas, Wish, class_prior, figures

NOTICE = 4.0
"""Seconds until a dead peer is noticed."""
PROMPT, ANSWER = 300, 120
PRIOR = class_prior(Backend.CPU, [])


@dataclass
class Peer:
    """One that answers, truly or not."""

    name: str
    tokens_per_second: float
    slots: int = 2
    way_ms: float = 30.0
    claimed: float | None = None
    """Speed it announces, if not the true one."""
    dead: bool = False
    away: tuple[float, float] | None = None
    """From when until when it is switched off."""
    free_at: list[float] = field(default_factory=list)
    answered: int = 0

    def __post_init__(self) -> None:
        self.node = NodeId(hashlib.sha256(self.name.encode()).hexdigest())
        self.free_at = [0.0] * self.slots

    def silent(self, now: float) -> bool:
        """Whether it answers nobody."""
        return self.dead or (self.away is not None and self.away[0] <= now < self.away[1])

    def answer(self, now: float) -> tuple[float, float]:
        """When its first and its last token arrive."""
        start = max(now + self.way_ms / 2000, heapq.heappop(self.free_at))
        first = start + PROMPT / (10 * self.tokens_per_second)
        last = first + ANSWER / self.tokens_per_second
        heapq.heappush(self.free_at, last)
        self.answered += 1
        return first + self.way_ms / 2000, last + self.way_ms / 2000

    def announcement(self, now: float) -> Announcement:
        """What it says of itself now; one that is switched off said it before."""
        busy = sum(at > now for at in self.free_at)
        speed = self.claimed or self.tokens_per_second
        digest = "ab" * 32
        offer = Offer(
            digest, digest, None, "model", "Q4", 4096, self.slots, self.slots - busy,
            prefill=Speed(10 * speed, 9), decode=Speed(speed, 9),
        )  # fmt: skip
        return Announcement(
            MeshId("00" * 32), self.node, Serial("00" * 16), 1, int(now), 600, Address(self.node),
            "", Backend.CPU, "", "", 0, (offer,),
        )  # fmt: skip


Route = Callable[["Asker", float, frozenset[NodeId]], NodeId]


class Asker:
    """Somebody who asks, with a table and a memory of their own."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.replicas = Replicas()
        self.known: dict[NodeId, Experience] = {}
        self.said: dict[NodeId, Announcement] = {}
        self.first_token_ms: list[float] = []
        self.turn = count()

    def hear(self, said: Announcement) -> None:
        """Somebody's announcement came."""
        self.said[said.node] = said
        self.update(said.node, self.known.get(said.node, Experience()))

    def update(self, node: NodeId, known: Experience) -> None:
        """Something was measured."""
        self.known[node] = known
        said = self.said[node]
        self.replicas.put(node, figures(said, said.offers[0], known, PRIOR))

    def ask(self, route: Route, peers: dict[NodeId, Peer], now: float, mesh: "Mesh") -> None:
        """Put one question, again elsewhere if nobody answers."""
        began, tried = now, frozenset[NodeId]()
        while len(tried) < 4:
            node = route(self, now, tried)
            mesh.sent[node] += 1
            self.update(node, self.known[node].asked(now))
            if not peers[node].silent(now):
                break
            mesh.later(now + NOTICE, self._failed, node)
            tried |= {node}
            now += NOTICE
        else:
            self.first_token_ms.append((now - began) * 1000)
            return
        first, last = peers[node].answer(now)
        self.first_token_ms.append((first - began) * 1000)
        token_ms = 1000 * (last - first) / (ANSWER - 1)
        answer = Answered((first - now) * 1000, PROMPT, 0, token_ms)
        mesh.later(last, self._answered, node, answer, peers[node].way_ms)

    def _failed(self, now: float, node: NodeId) -> None:
        self.update(node, self.known[node].ended().failed(now))

    def _answered(self, now: float, node: NodeId, answer: Answered, way_ms: float) -> None:
        known = self.known[node].ended().reached(way_ms).measured(answer, now)
        self.update(node, known)


def routed(asker: Asker, now: float, tried: frozenset[NodeId]) -> NodeId:
    """By our router."""
    draws = Chance(*(asker.chance.random() for _ in range(3)))
    choice = asker.replicas.choose(Wish(PROMPT, ANSWER, 1e9, excluded=tried), now, draws)
    if isinstance(choice, Chosen):
        return choice.node
    return round_robin(asker, now, tried)  # everybody rests: anything is as good


def round_robin(asker: Asker, _now: float, tried: frozenset[NodeId]) -> NodeId:
    """One after the other."""
    nodes = sorted(asker.said)
    while (node := nodes[next(asker.turn) % len(nodes)]) in tried:
        pass
    return node


def least_loaded(asker: Asker, now: float, tried: frozenset[NodeId]) -> NodeId:
    """Whoever has the smallest share of busy places, as far as the asker knows; those behind an
    open breaker only when nobody else is left."""

    def load(node: NodeId) -> tuple[bool, float, float]:
        offer, known = asker.said[node].offers[0], asker.known[node]
        busy = max(offer.slots - offer.free, known.in_flight)
        return known.breaker.blocked_until > now, busy / offer.slots, asker.chance.random()

    return min(sorted(asker.said.keys() - tried), key=load)


@dataclass
class Outcome:
    """What came of it."""

    first_token_ms: list[float]
    sent: Counter[NodeId]

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return statistics.quantiles(self.first_token_ms, n=20)[-1]

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return statistics.median(self.first_token_ms)


class Mesh:
    """The simulation."""

    def __init__(self, peers: list[Peer], askers: int, seed: int, stale: float) -> None:
        self.peers = {peer.node: peer for peer in peers}
        self._chance = random.Random(seed)
        self._askers = [Asker(random.Random(seed + 1 + n)) for n in range(askers)]
        self._stale = stale
        self._events: list[tuple[float, int, Callable[..., None], tuple[object, ...]]] = []
        self._numbers = count()
        self.sent: Counter[NodeId] = Counter()

    def later(self, at: float, what: Callable[..., None], *details: object) -> None:
        """Have something happen."""
        heapq.heappush(self._events, (at, next(self._numbers), what, details))

    def run(self, route: Route, questions: int, per_second: float) -> Outcome:
        """Put so many questions, at random moments."""
        at = 1.0
        self.later(0.0, self._gossip)
        for _ in range(questions):
            self.later(at, self._question, route)
            at += self._chance.expovariate(per_second)
        end = at
        while self._events and self._events[0][0] < end:
            now, _, what, details = heapq.heappop(self._events)
            what(now, *details)
        waits = [wait for asker in self._askers for wait in asker.first_token_ms]
        return Outcome(waits, self.sent)

    def _question(self, now: float, route: Route) -> None:
        self._chance.choice(self._askers).ask(route, self.peers, now, self)

    def _gossip(self, now: float) -> None:
        for peer in self.peers.values():
            if not peer.silent(now) or peer.dead:
                for asker in self._askers:
                    asker.hear(peer.announcement(now))
        self.later(now + self._stale, self._gossip)


def uneven_peers(seed: int = 1) -> list[Peer]:
    """Twenty: 5 to 120 tokens a second, one of them a liar ten times slower than it says, one a
    black hole that says it is the quickest, four that come and go."""
    chance = random.Random(seed)
    peers = [
        Peer(f"peer {n}", 5 * 24 ** (n / 17), chance.randint(1, 4), chance.uniform(5, 120))
        for n in range(18)
    ]
    for number, peer in enumerate(peers[3:15:3]):
        peer.away = (100.0 * number + 60, 100.0 * number + 160)
    liar = Peer("liar", 6.0, 2, claimed=60.0)
    hole = Peer("black hole", 120.0, 4, dead=True)
    return [*peers, liar, hole]


def boasting(peer: Peer, times: float) -> Peer:
    """The same one, saying that it is so much quicker."""
    boaster = Peer(peer.name, peer.tokens_per_second, peer.slots, peer.way_ms)
    boaster.claimed = peer.tokens_per_second * times
    return boaster
