"""What the directory costs as a mesh grows: directory_growth.py [peers ...]

The real `mesh.directory` and the real messages at two entries and at some peers that are watched;
time and network are simulated. Everybody announces, a hundredth of all exchanges is lost, and
after a while a third of all peers starts again at once. One line for each size.
"""

import heapq
import itertools
import random
import resource
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import psutil
from msgspec import structs

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.codec import encode
from closedmesh.mesh.directory import Directory
from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.messages import Announce, Delta, Listed, Pull
from closedmesh.mesh.signing import PrivateKey
from tests.support.mesh import MESH, NOW, OFFER

ENTRIES = 2
WATCHED = 30
MODELS = 20
"""On the mesh; the most common is run by about a quarter of all."""
ANNOUNCE_EVERY, LIFETIME = 240.0, 600
PULL_EVERY, RECONCILE_EVERY = 30.0, 5.0
DELAY, LOSS = 0.1, 0.01
RESTART_AT, END = 600.0, 720.0
CALM = 300.0
"""Seconds after which all have announced at least once and the figures of a quiet mesh begin."""
SPREAD = 10.0
"""Seconds over which those that start again at once do so in truth."""

OFFERS = [
    structs.replace(
        OFFER,
        **{
            name: sha256(f"{name} {model}".encode()).hexdigest()
            for name in ("sha256", "weights", "template", "fingerprint")
        },
    )
    for model in range(MODELS)
]
WEIGHTS = [1 / (model + 1) for model in range(MODELS)]


def address(node, number):
    """Three of a peer behind a router, and its relay."""
    public = (
        f"{(number * 37) % 200 + 20}.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"
    )
    port = 1024 + number * 7919 % 60_000
    own = (
        f"192.168.{number % 3}.{number % 250}:{port}",
        f"{public}:{port}",
        f"[2001:db8:{number % 65521:x}::{number % 97:x}]:{port}",
    )
    return Address(node, own, "http://203.0.113.1:9338")


@dataclass
class Entry:
    directory: Directory
    cursors: dict[int, bytes] = field(default_factory=dict)
    bytes_in: int = 0
    bytes_out: int = 0
    busy: float = 0.0


@dataclass
class Watched:
    number: int
    entry: Entry
    directory: Directory
    started: float
    cursor: bytes = b""
    bytes: int = 0
    delays: list[float] = field(default_factory=list)
    knew_enough: float | None = None
    pulls: list[tuple[float, int, float]] = field(default_factory=list)
    """When, bytes that came, and the seconds that they took the entry."""


class Simulation:
    def __init__(self, peers):
        self.random = random.Random(1)
        self.peers = peers
        self.now = NOW
        self.events, self.order = [], itertools.count()
        self.entries = [
            Entry(Directory(MESH.mesh, bytes([n]) * 8, limit=4 * peers)) for n in range(ENTRIES)
        ]
        self.offers = [self.random.choices(OFFERS, WEIGHTS)[0] for _ in range(peers)]
        self.runs = [0] * peers
        """How often each peer was started; announcements of earlier runs stop."""
        self.watched = [self.watch(n * peers // WATCHED, NOW) for n in range(WATCHED)]
        self.there = Counter(offer.sha256 for offer in self.offers)

    def at(self, moment, what, *words):
        heapq.heappush(self.events, (moment, next(self.order), what, words))

    def watch(self, number, started):
        epoch = self.random.randbytes(8)
        return Watched(
            number, self.entry_of(number), Directory(MESH.mesh, epoch, limit=12_000), started
        )

    def entry_of(self, number):
        return self.entries[number % ENTRIES]

    def lost(self):
        return self.random.random() < LOSS

    def announce(self, number, run):
        if self.runs[number] != run:
            return
        self.at(self.now + ANNOUNCE_EVERY, self.announce, number, run)
        if self.lost():
            return
        key = PrivateKey(number.to_bytes(32, "big"))
        sealed = MESH.announcement(
            key, int(self.now * 1000), made=int(self.now), lifetime=LIFETIME,
            offers=(self.offers[number],), address=address(key.node, number),
        )  # fmt: skip
        self.at(self.now + DELAY, self.arrive, self.entry_of(number), sealed)

    def arrive(self, entry, sealed):
        began = time.process_time()
        entry.directory.merge(sealed, self.now)
        entry.busy += time.process_time() - began
        entry.bytes_in += len(encode(Announce(sealed)))
        entry.bytes_out += len(encode(Listed(1)))

    def reconcile(self, entry):
        self.at(self.now + RECONCILE_EVERY, self.reconcile, entry)
        for number, other in enumerate(self.entries):
            if other is not entry and not self.lost():
                cursor = entry.cursors.get(number, b"")
                entry.cursors[number], size, _ = self.pull(entry.directory, other, cursor, None)
                entry.bytes_in += size
                other.bytes_out += size

    def pull(self, into, entry, cursor, asker, arrived=lambda said: None):
        """Carry what is new; the cursor, the bytes, and how long the entry worked."""
        began = time.process_time()
        pull = Pull(cursor, b"" if cursor else into.buckets(self.now))
        pages = entry.directory.pages(pull.cursor, pull.buckets, self.now, asker)
        deltas = [encode(Delta(page.announcements, page.cursor, page.complete)) for page in pages]
        worked = time.process_time() - began
        entry.busy += worked
        for page in pages:
            for sealed in page.announcements:
                try:
                    if said := into.merge(sealed, self.now):
                        arrived(said)
                except NotAuthorised:
                    continue
        return pages[-1].cursor, len(encode(pull)) + sum(map(len, deltas)), worked

    def look(self, peer):
        if peer not in self.watched:
            return
        self.at(self.now + PULL_EVERY, self.look, peer)
        if self.lost():
            return
        mine = OFFERS[peer.number % MODELS].sha256

        def arrived(said):
            if self.now - peer.started > PULL_EVERY:
                peer.delays.append(self.now - said.sequence / 1000)

        node = PrivateKey(peer.number.to_bytes(32, "big")).node
        peer.cursor, size, worked = self.pull(
            peer.directory, peer.entry, peer.cursor, node, arrived
        )
        peer.bytes += size
        peer.pulls.append((self.now, size, worked))
        known = sum(mine == said.offers[0].sha256 for said in peer.directory.live(self.now))
        if peer.knew_enough is None and known >= min(self.there[mine], 10):
            peer.knew_enough = self.now + 2 * DELAY - peer.started
        peer.directory.forget(self.now)

    def start(self, number, within):
        self.runs[number] += 1
        moment = self.now + self.random.random() * within
        self.at(moment, self.announce, number, self.runs[number])

    def restart_a_third(self):
        for number in range(0, self.peers, 3):
            self.start(number, SPREAD)
        for place, peer in enumerate(self.watched):
            if place % 3 == 0:
                moment = self.now + self.random.random() * SPREAD
                self.watched[place] = self.watch(peer.number, moment)
                self.at(moment, self.look, self.watched[place])

    def run(self, until):
        while self.events and self.events[0][0] <= NOW + until:
            self.now, _, what, words = heapq.heappop(self.events)
            what(*words)
        self.now = NOW + until


def simulate(peers):
    before = psutil.Process().memory_info().rss
    world = Simulation(peers)
    for number in range(peers):
        world.start(number, ANNOUNCE_EVERY)
    for entry in world.entries:
        world.at(NOW + world.random.random(), world.reconcile, entry)
    for peer in world.watched:
        world.at(NOW + world.random.random() * PULL_EVERY, world.look, peer)
    world.run(RESTART_AT)
    memory = (psutil.Process().memory_info().rss - before) / ENTRIES / 2**20

    calm = [pull for peer in world.watched for pull in peer.pulls if pull[0] > NOW + CALM]
    rate = sum(size for _, size, _ in calm) / WATCHED / (RESTART_AT - CALM)
    sizes = [sum(1 for _ in peer.directory.live(world.now)) for peer in world.watched]
    delays = sorted(delay for peer in world.watched for delay in peer.delays)
    own = (world.entries[0].bytes_in + world.entries[0].bytes_out) / RESTART_AT
    per_pull = statistics.mean(worked for *_, worked in calm)
    busy = world.entries[0].busy / RESTART_AT + per_pull * peers / ENTRIES / PULL_EVERY

    world.restart_a_third()
    moved = [(entry.bytes_in + entry.bytes_out, entry.busy) for entry in world.entries]
    world.run(RESTART_AT + SPREAD)
    fresh = [peer for peer in world.watched if peer.started > NOW]
    first = [peer.pulls[0] for peer in fresh if peer.pulls]
    peak = (world.entries[0].bytes_in + world.entries[0].bytes_out - moved[0][0]) / SPREAD
    peak += statistics.mean(size for _, size, _ in first) * peers / 3 / ENTRIES / SPREAD
    peak_busy = (world.entries[0].busy - moved[0][1]) / SPREAD
    peak_busy += statistics.mean(worked for *_, worked in first) * peers / 3 / ENTRIES / SPREAD
    world.run(END)
    relearned = [peer.knew_enough for peer in fresh if peer.knew_enough is not None]

    print(
        f"{peers:7,} peers | a peer: {rate / 1000:5.2f} kB/s,"
        f" knows {statistics.median(sizes):4.0f},"
        f" news after {statistics.median(delays):4.1f} s, p99 {delays[-len(delays) // 100]:4.1f} s"
        f" | an entry: {(own + rate * peers / ENTRIES) / 1e6:6.2f} MB/s,"
        f" {busy:6.1%} of a core, {memory:4.0f} MiB"
        f" | a third starts again: entry {peak / 1e6:6.2f} MB/s, {peak_busy:6.1%} of a core"
        f" for {SPREAD:.0f} s; {len(relearned)}/{len(fresh)} ready,"
        f" median {statistics.median(relearned):4.1f} s, last {max(relearned):4.1f} s",
        flush=True,
    )


def main():
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 10_000, 100_000]
    for peers in sizes:
        began = time.process_time()
        simulate(peers)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        print(f"        ({time.process_time() - began:.0f} s of computing, {used:.0f} MiB in all)")


if __name__ == "__main__":
    main()
