"""An entry as one thing: what a peer becomes when it is also the door of a mesh.

    entry = Entry(authority, store, clock)
    peers = open_peers(transport, clock, entry, entry.services(transport))
    await entry.run(peers)

Its standing in the mesh is its own, and the directory it keeps is the one its peer uses.
"""

import asyncio
from typing import Any

from closedmesh.entry.admission import Admission
from closedmesh.entry.authority import Authority
from closedmesh.entry.catalogue import Catalogue
from closedmesh.entry.door import Door
from closedmesh.entry.invitations import Invitations
from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.entry.meeting import Meeting
from closedmesh.entry.settling import Settler
from closedmesh.entry.verifying import Verifying
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.addresses import Address, split_socket_address
from closedmesh.mesh.directory import Directory
from closedmesh.mesh.ids import InviteId, MeshId, NodeId
from closedmesh.mesh.membership import Endorsed, Revocations, Scope
from closedmesh.mesh.messages import Certified, Certify, MeshInfo, Message
from closedmesh.mesh.picture import IssuedInvite, NewInvite
from closedmesh.mesh.settlement import ReadAccount, Settle, Settled
from closedmesh.mesh.signing import seal
from closedmesh.models.catalogue import Catalogue as Models
from closedmesh.node.clock import Clock
from closedmesh.node.network import Network
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Peers, Services
from closedmesh.node.store import Store
from closedmesh.node.surroundings import Surroundings
from closedmesh.node.transport import Transport
from closedmesh.node.verdicts import Verdicts
from closedmesh.trust.phrases import Phrases
from closedmesh.trust.statements import Statement

REVOKED = 5
"""The code with which the connection of a revoked member is closed."""


class Entry:
    """The entry of this home. Implements `peers.Standing`."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it rests on
        self,
        authority: Authority,
        store: Store,
        clock: Clock,
        phrases: Phrases,
        ledger: LedgerFile,
        models: Models,
    ) -> None:
        self._authority = authority
        self._phrases = phrases
        self._transport: Transport | None = None
        self._revoked = asyncio.Queue[NodeId]()
        self._catalogue = Catalogue(authority.mesh, clock)
        self.verdicts = Verdicts(self, clock)
        self._invitations = Invitations(store, authority, clock, self.address)
        self._admission = Admission(store, authority, clock, self.address)
        self.settler = Settler(ledger, authority, self._admission, self.verdicts, models, clock)
        self._door = Door(self._admission, self._catalogue, self.verdicts, self.settler, clock)
        self._peers: Peers | None = None
        self._meeting = Meeting(self._connected, clock)

    @property
    def node(self) -> NodeId:
        """This peer."""
        return self._authority.key.node

    @property
    def mesh(self) -> MeshId:
        """The mesh."""
        return self._authority.mesh

    @property
    def info(self) -> MeshInfo:
        """What members are told of the mesh."""
        return MeshInfo(self.mesh, self._authority.name, (self.address(),))

    @property
    def credential(self) -> Endorsed:
        """By which this peer is an entry."""
        return self._authority.credential

    @property
    def revocations(self) -> Revocations:
        """What holds no longer."""
        return self._admission.revocations

    @property
    def directory(self) -> Directory:
        """Everybody who shares."""
        return self._catalogue.directory

    def address(self) -> Address:
        """Where this entry can be reached; nowhere while the network is closed."""
        if self._transport is None:
            return Address(self._authority.key.node)
        return self._transport.address()

    def port(self) -> int | None:
        """The UDP port at which it answers over IPv4; `None` while the network is closed."""
        sockets = (split_socket_address(each) for each in self.address().direct)
        return next((port for host, port in sockets if ":" not in host), None)

    def members(self) -> int:
        """How many there are."""
        return self._admission.members()

    def is_member(self, key: str) -> bool:
        """Whether a key may use what is for members: the relay."""
        return self._admission.is_member(NodeId(key))

    def certify(self, request: Certify) -> Certified:
        """Certificates for asking keys of the entry itself."""
        return self._admission.certify_own(request)

    async def ask_settler(self, message: Message, _kind: type[Any]) -> Any:
        """What the settler answers to this peer."""
        match message:
            case Settle(claims):
                return Settled(tuple(why or "" for why in self.settler.settle(self.node, claims)))
            case ReadAccount(first):
                return self.settler.account(self.node, first)
            case _:
                raise TypeError(f"a settler is not asked for a {type(message).__name__}")

    def services(self, transport: Transport) -> Services:
        """What it does for those who call at a transport."""
        self._transport = transport
        return {**self._door.services(), **self._meeting.services()}

    def verifier(self, around: Surroundings, network: Network) -> Verifying:
        """Who checks what peers serve."""
        return Verifying(around, network, self._phrases, self._publish)

    def _publish(self, statement: Statement) -> None:
        """Sign a verdict and tell it to everybody who asks what is new."""
        sealed = seal(statement, self._authority.key)
        self.verdicts.take((Endorsed(sealed, self._authority.credential.statement),))

    async def run(self, peers: Peers) -> None:
        """Keep the directory, and show revoked members the door, until cancelled."""
        self._peers = peers
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._catalogue.run())
                group.create_task(self.settler.run())
                while True:
                    peer = peers.get(await self._revoked.get())
                    if peer is not None:
                        peer.close(REVOKED, "the membership was revoked")
        finally:
            self._peers = self._transport = None

    def _connected(self, node: NodeId) -> Peer | None:
        return self._peers.get(node) if self._peers is not None else None

    def make_invite(self, scope: Scope, uses: int, lifetime: float) -> NewInvite:
        """A new invite. Raises `ClosedMeshError` while nobody could use it."""
        if not self.address().direct:
            raise ClosedMeshError(
                "The network is not open yet, so an invite would lead nowhere.",
                "Try again in a few seconds; `closedmesh status` says what is wrong.",
            )
        return self._invitations.make(scope, uses, lifetime)

    def invites(self) -> tuple[IssuedInvite, ...]:
        """Those that are not long past, the newest first."""
        return self._invitations.listed()

    def revoke_invite(self, invite: InviteId) -> None:
        """Let nobody use an invite any longer. Raises `BadRequest` if there is none such."""
        self._invitations.revoke(invite)

    def revoke_member(self, node: NodeId) -> None:
        """End a membership. Raises `BadRequest` if there is none."""
        self._admission.revoke(node)
        self.directory.revoke(self.revocations.serials)
        self._revoked.put_nowait(node)
