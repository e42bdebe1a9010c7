"""What is known of what peers serve, and what the owner may ask of this computer's own checks."""

from dataclasses import dataclass
from typing import Any, Protocol, assert_never

from msgspec import structs

from closedmesh import control
from closedmesh.errors import BadRequest
from closedmesh.mesh.announcements import Offer
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.picture import Check, CheckedModel, Verification
from closedmesh.models.chat import CheckState, Finished
from closedmesh.node.network import Network

CONTRADICTIONS = 2
"""Answers that contradict themselves before a peer is said not to serve what it claims; an honest
one gives none, so that the second excludes an accident."""


class Verifier(Protocol):
    """Checks what peers serve, and knows what came of it."""

    async def run(self) -> None:
        """Check, until cancelled."""
        ...

    def check(self, node: NodeId, sha256: str) -> Check:
        """What is known of a peer's model."""
        ...

    async def check_now(self, node: NodeId, sha256: str) -> Check:
        """Check a peer's model at once."""
        ...

    def transcripts(self, node: NodeId, sha256: str) -> tuple[str, ...]:
        """The answers behind what is known, as JSON texts."""
        ...

    def verification(self) -> Verification:
        """What was decided so far."""
        ...


@dataclass(frozen=True, slots=True)
class MeshChecks:
    """For a peer, and for an entry that has a verifier."""

    network: Network
    verifier: Verifier | None

    def of(self, node: NodeId, sha256: str) -> Check:
        """What is known of a peer's model: by checks of this computer, or else of the mesh's
        entries; or by the peer's own answers to this computer."""
        session, known = self.network.session, Check()
        if self.verifier:
            known = self.verifier.check(node, sha256)
        elif session:
            known = session.finding.verdicts.check(node, sha256)
        if session and session.finding.verdicts.shunned(node, sha256):
            known = structs.replace(known, left_out=True)
        if self.network.audits.of(node, sha256).contradicted >= CONTRADICTIONS:
            return structs.replace(known, verdict=CheckState.MISMATCH)
        return known

    def verification(self) -> Verification:
        """What this computer's checks have decided, for a status."""
        return self.verifier.verification() if self.verifier else Verification()

    def noted(self, finished: Finished) -> Finished:
        """With what is known of the peer that answered."""
        receipt, said = finished.receipt, self.network.live()
        node = next((each.node for each in said if short(each.node) == receipt.peer), None)
        if node is None:
            return finished
        check = self.of(node, receipt.model_sha256).verdict
        return structs.replace(finished, receipt=structs.replace(receipt, check=check))

    async def do(self, command: control.CheckPeer | control.ListTranscripts) -> Any:
        """Carry out what only an entry can. Raises `BadRequest`."""
        verifier, found = self._checkable(command.peer, command.model)
        match command:
            case control.CheckPeer():
                return tuple(
                    [
                        CheckedModel(
                            short(node), offer.name, await verifier.check_now(node, offer.sha256)
                        )
                        for node, offer in found
                    ]
                )
            case control.ListTranscripts():
                return tuple(
                    text
                    for node, offer in found
                    for text in verifier.transcripts(node, offer.sha256)
                )
            case _:
                assert_never(command)

    def _checkable(
        self, peer: str, model: str | None
    ) -> tuple[Verifier, list[tuple[NodeId, Offer]]]:
        """Who checks, and the models of a peer that it could be asked about."""
        if self.verifier is None:
            raise BadRequest(
                "Only an entry of a mesh checks peers.", "`closedmesh status` says what it found."
            )
        found = [
            (each.node, offer)
            for each in self.network.live()
            for offer in each.offers
            if each.node.startswith(peer.lower()) and model in (None, offer.name, offer.sha256)
        ]
        if not found:
            raise BadRequest(
                f"No peer {peer!r} shares such a model now.", "`closedmesh status` lists them."
            )
        return self.verifier, found
