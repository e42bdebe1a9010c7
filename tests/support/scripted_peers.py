"""Peers that share a model which is a rule: the next token follows from the seed and the place.

So every peer goes on from where another broke off exactly as that one would have, which is what
seeds and token ids are for, and a test sees every token that is lost, doubled or wrong.
"""

import random
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from closedmesh.mesh import messages
from closedmesh.mesh.directory import Directory
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.membership import Scope
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import Finished, FinishReason, Piece, Question, RawText, Sampling
from closedmesh.node.accounts import Accounts
from closedmesh.node.auditing import Auditing
from closedmesh.node.choosing import Choosing
from closedmesh.node.meeting import Meeting
from closedmesh.node.mesh_answers import MeshAnswers
from closedmesh.node.paying import Paying
from closedmesh.node.peers import Service
from closedmesh.node.store import Store
from tests.support.mesh import MEMBER, MESH, OFFER, key
from tests.support.world import World

STEP = 0.05
"""Seconds a token."""

SEED, LENGTH = 7, 100


def token(seed, place):
    return (seed * 7919 + place * 104_729) % 50_000


def whole(seed=SEED, length=LENGTH):
    """The answer, as ids and as text."""
    ids = tuple(token(seed, place) for place in range(length))
    return ids, "".join(f"<{each}>" for each in ids)


@dataclass
class Sharer:
    """One peer that shares, and what is wrong with it."""

    key: object
    address: object = None
    asked: list[messages.Ask] = field(default_factory=list)
    stalls_after: int | None = None
    leaves_after: int | None = None
    refuses: bool = False
    first_after: float = STEP
    told: int = 0
    """Tokens that it sent."""


class ScriptedPeers:
    def __init__(self, count):
        self.world = World()
        self.sharers = [Sharer(key(f"sharer {number}")) for number in range(count)]
        self.directory = Directory(MESH.mesh, bytes(8))
        self.answers = None
        self.accounts = None
        self.shunned = set()

    @asynccontextmanager
    async def running(self):
        clock = self.world.clock
        async with AsyncExitStack() as stack:
            for sharer in self.sharers:
                service = {messages.Ask: Service(Scope.CHAT, self._service(sharer))}
                peers = await stack.enter_async_context(
                    self.world.peer(sharer.key, services=service)
                )
                sharer.address = peers.transport.address()
            self.announce(OFFER)
            asking = await stack.enter_async_context(self.world.peer(MEMBER))
            choosing = Choosing(
                self.directory, clock, MEMBER.node, bytes(32), random.Random(3),
                lambda _: 10.0, lambda node, _: node in self.shunned,
            )  # fmt: skip
            meeting = Meeting(clock, list)
            audits = Auditing(random.Random(3), lambda: None)
            store = Store.open(Path(stack.enter_context(TemporaryDirectory())) / "asker.db")
            stack.callback(store.close)
            self.accounts = Accounts(store, clock, MEMBER, lambda: MESH.mesh, Catalogue())
            paying = Paying(MEMBER, self.accounts, lambda _: None)
            self.answers = MeshAnswers(choosing, clock, asking, meeting, audits, paying)
            yield self

    def announce(self, offer):
        """Have everybody say what it offers now."""
        now = self.world.clock.now()
        for sharer in self.sharers:
            said = MESH.announcement(
                sharer.key, int(now * 1000), made=int(now), lifetime=600,
                address=sharer.address, offers=(offer,),
            )  # fmt: skip
            self.directory.merge(said, now)

    def _service(self, sharer):
        async def answer(_peer, talk, ask):
            await self._answer(sharer, talk, ask)

        return answer

    async def _answer(self, sharer, talk, ask):
        clock = self.world.clock
        sharer.asked.append(ask)
        if sharer.refuses:
            await talk.send(messages.Refused(RefusalCode.BUSY, "full"))
            return
        await talk.send(messages.Accepted(0))
        await clock.sleep(sharer.first_after)
        await talk.send(messages.Started(5, 0))
        for place in range(len(ask.begun), ask.max_tokens):
            if sharer.told == sharer.stalls_after:
                await clock.sleep(10_000)
            if sharer.told == sharer.leaves_after:
                await talk.send(messages.Refused(RefusalCode.NOT_SHARING, "The owner is back."))
                return
            each = token(ask.sampling.seed, place)
            await talk.send(messages.Tokens((each,), f"<{each}>"))
            sharer.told += 1
            await clock.sleep(STEP)
        count = ask.max_tokens - len(ask.begun)
        await talk.send(messages.Finished(FinishReason.LENGTH, 5, 0, count))

    def asked(self):
        """Whom the question went to."""
        return [sharer for sharer in self.sharers if sharer.asked]

    async def ask(self, during=lambda pieces: None, *, one_peer=False):
        """The ids, the text and the receipt of an answer; `during` is called after each piece."""
        question = Question(
            RawText("?"), sampling=Sampling(seed=SEED), max_tokens=LENGTH, one_peer=one_peer
        )
        pieces, receipt = [], None
        async for event in self.answers.answer(question, OFFER.name, OFFER.sha256, "request1"):
            if isinstance(event, Piece):
                pieces.append(event)
                during(pieces)
            elif isinstance(event, Finished):
                receipt = event.receipt
        ids = tuple(each for piece in pieces for each in piece.tokens)
        return ids, "".join(piece.text for piece in pieces), receipt
