"""Other owners' peers, whose copies of a model stand in for one that the verifier does not have.

They are found before a peer is checked, and only read the answer that it gave to a question that
this computer made up. Which three of them read is drawn; a third one does where two do not agree
(`trust.consensus`).
"""

import logging
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

from closedmesh.entry.checking import Target
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, ProtocolError
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.membership import Certificate, Scope
from closedmesh.mesh.rereading import MAX_READ, Readings, Reread
from closedmesh.mesh.signing import peek
from closedmesh.models.chat import TRACE_UNIT, Conversation, Message
from closedmesh.node.clock import Clock, within
from closedmesh.node.copies import EngineCopy
from closedmesh.node.network import Network, Session
from closedmesh.node.peer import Peer
from closedmesh.node.talk import PeerRefused
from closedmesh.node.transport import TransportError
from closedmesh.node.verdicts import owner_of
from closedmesh.trust.consensus import Disagreement, Read, agreeing
from closedmesh.trust.evidence import Reference

log = logging.getLogger(__name__)

LEAST, MOST = 2, 3
"""Owners that read an answer."""

READ_LIMIT = 120.0
"""Seconds that a peer may take: it may have to load the model first."""

_FAILURES = (TransportError, PeerRefused, ProtocolError, NotAuthorised, TimeoutError)


@dataclass(frozen=True, slots=True)
class Readers:
    """Finds and asks them."""

    network: Network
    clock: Clock

    def comparable(self) -> frozenset[str]:
        """Hashes of the models that so many share that there are enough beside the one that is
        checked for it to be worth a try."""
        own = self.network.identity.node
        shared = (
            {offer.sha256 for offer in said.offers}
            for said in self.network.live()
            if said.node != own
        )
        counted = Counter(chain.from_iterable(shared))
        return frozenset(sha256 for sha256, count in counted.items() if count > LEAST)

    async def find(self, target: Target) -> tuple[Peer, ...]:
        """Peers of different owners, none of them the checked peer's own. Raises
        `ClosedMeshError` if there are too few."""
        session = self.network.session
        addresses = self._sharing(target.peer, target.model)
        own = session and await self._owner(session, self._address(target.peer))
        found: dict[NodeId, Peer] = {}
        if session and own:
            Random(secrets.token_bytes(16)).shuffle(addresses)
            for address in addresses:
                owner = await self._owner(session, address)
                peer = session.peers.get(address.node)
                if owner not in (None, own) and peer:
                    found.setdefault(owner, peer)
                if len(found) == MOST:
                    break
        if len(found) < LEAST:
            raise ClosedMeshError(
                "There is no copy of that model here, and too few owners share it to compare.",
                f"Get a copy of it, or wait until {LEAST} others share it.",
            )
        return tuple(found.values())

    def _sharing(self, node: NodeId, sha256: str) -> list[Address]:
        """Where the others are that share a model."""
        return [
            said.address
            for said in self.network.live()
            if said.node not in (node, self.network.identity.node)
            and any(offer.sha256 == sha256 for offer in said.offers)
        ]

    def _address(self, node: NodeId) -> Address | None:
        return next((said.address for said in self.network.live() if said.node == node), None)

    async def _owner(self, session: Session, address: Address | None) -> NodeId | None:
        """Who answers for a peer, by the certificate that it shows."""
        try:
            peer = await session.peers.reach(address, Scope.SHARE) if address else None
        except _FAILURES as error:
            log.debug("a peer cannot be asked to read: %s", error)
            return None
        if peer is None or peer.credential is None:
            return None
        return owner_of(peer.node, peek(peer.credential.statement, Certificate))

    async def read(self, peers: Sequence[Peer], wanted: Reread) -> tuple[Read, ...]:
        """What two of them that agree say of each token. Raises `Disagreement`."""
        reads: list[Read] = []
        for peer in peers:
            try:
                reads.append(await within(self.clock, READ_LIMIT, _ask(peer, wanted)))
                return agreeing(reads)
            except Disagreement:
                continue
            except _FAILURES as error:
                log.info("peer %s did not read an answer again: %s", short(peer.node), error)
        raise Disagreement


async def _ask(peer: Peer, wanted: Reread) -> Read:
    """Raises `PeerRefused`, `ProtocolError`, `TransportError`."""
    said: list[Reference] = []
    async with peer.talk() as talk:
        await talk.send(wanted)
        complete = False
        while not complete:
            readings = await talk.expect(Readings)
            said += [
                Reference(
                    each.logprob / TRACE_UNIT, each.top,
                    tuple(value / TRACE_UNIT for value in each.top_logprobs),
                )
                for each in readings.positions
            ]  # fmt: skip
            complete = readings.complete
            if not readings.positions or len(said) > len(wanted.tokens):
                raise ProtocolError("other positions were read than there are")
    if len(said) != len(wanted.tokens):
        raise ProtocolError(f"{len(said)} of {len(wanted.tokens)} positions were read")
    return said


@dataclass(frozen=True, slots=True)
class Consensus:
    """In the place of a copy. Implements `checking.Copy`."""

    writer: EngineCopy
    """Any model of this computer; questions come from it."""
    readers: Readers
    peers: tuple[Peer, ...]
    target: Target

    way = "other peers' copies"
    consensus = True

    async def write(self, prompt: Conversation, seed: int, max_tokens: int) -> str:
        """As `EngineCopy.write`."""
        return await self.writer.write(prompt, seed, max_tokens)

    async def speak(
        self, before: tuple[Message, ...], words: str, seed: int, max_tokens: int
    ) -> str:
        """As `EngineCopy.speak`."""
        return await self.writer.speak(before, words, seed, max_tokens)

    async def read(
        self, prompt: Conversation, date: str, tokens: tuple[int, ...]
    ) -> tuple[Read, ...]:
        """What two others say. Raises `Disagreement`."""
        if len(tokens) > MAX_READ:
            raise Disagreement
        return (
            await self.readers.read(self.peers, Reread(self.target.model, prompt, date, tokens))
            if tokens
            else ((),)
        )

    async def tokens_of(self, text: str) -> None:
        """Unknown: the tokeniser is part of the model."""
