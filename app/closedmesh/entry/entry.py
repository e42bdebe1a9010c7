"""An entry as one thing: what a peer becomes when it is also the door of a mesh.

    entry = Entry(authority, store, clock, phrases)
    peers = open_peers(transport, clock, entry.membership, entry.services(transport))
    await entry.run(peers)

Its membership is the one its peer shows, and the directory it keeps the one its peer uses. Other
entries of the mesh are its equals, but for one thing: who founded the mesh admits entries.
"""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import Any

from closedmesh.entry.admission import Admission
from closedmesh.entry.authority import Authority
from closedmesh.entry.catalogue import Catalogue
from closedmesh.entry.door import Door
from closedmesh.entry.invitations import Invitations
from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.entry.meeting import Meeting
from closedmesh.entry.reconciling import Reconciling
from closedmesh.entry.register import Register
from closedmesh.entry.revoking import Revoking
from closedmesh.entry.settling import Settler
from closedmesh.entry.verifying import Verifying
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.addresses import Address, split_socket_address
from closedmesh.mesh.directory import Directory
from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.mesh.invites import MAX_ENTRIES
from closedmesh.mesh.membership import Endorsed, Scope
from closedmesh.mesh.messages import Certified, Certify, MeshInfo, Message
from closedmesh.mesh.picture import IssuedInvite, NewInvite
from closedmesh.mesh.settlement import ReadAccount, Settle, Settled
from closedmesh.mesh.signing import seal
from closedmesh.models.catalogue import Catalogue as Models
from closedmesh.node.clock import Clock
from closedmesh.node.membership import Member, Membership
from closedmesh.node.network import Network
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Peers, Services
from closedmesh.node.store import Store
from closedmesh.node.surroundings import Surroundings
from closedmesh.node.talk import Ask
from closedmesh.node.transport import Transport
from closedmesh.node.verdicts import Verdicts
from closedmesh.trust.phrases import Phrases
from closedmesh.trust.statements import Statement

REVOKED = 5
"""The code with which the connection of a revoked member is closed."""


class Entry:
    """The entry of this home. Implements `network.Door`."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it rests on
        self,
        authority: Authority,
        store: Store,
        clock: Clock,
        phrases: Phrases,
        ledger: LedgerFile,
        models: Models,
        membership: Membership | None = None,
    ) -> None:
        """`membership` is that of this home, if it is read already."""
        self._authority = authority
        self._phrases = phrases
        self._transport: Transport | None = None
        self._over = asyncio.Queue[NodeId]()
        self._peers: Peers | None = None
        self.membership = membership or Membership(store, clock)
        self._be_a_member()
        self.verdicts = Verdicts(self.membership, clock)
        self._catalogue = Catalogue(authority.mesh, clock)
        self._register = Register(store, self.node, clock)
        self._invitations = Invitations(store, self._register, authority, clock, self._entries)
        self._admission = Admission(
            store, self._register, authority, self.membership, clock, self._entries
        )
        self._reconciling = self._make_reconciling(store, clock)
        self.settler = (
            Settler(ledger, authority, self._admission, self.verdicts, models, clock)
            if authority.root
            else None
        )
        """The mesh has one: a second one could pay the same receipt again."""
        if self.settler:
            self._admission.has_credits = self.settler.has_credits
        self._door = self._make_door(clock)
        self._meeting = Meeting(self._connected, clock)

    def _make_reconciling(self, store: Store, clock: Clock) -> Reconciling:
        parts = (self._authority, self.membership, clock)
        self._revoking = Revoking(store, self._register, *parts)
        return Reconciling(store, self._register, self._revoking, *parts, self.address, self._ended)

    def _make_door(self, clock: Clock) -> Door:
        return Door(
            self._admission,
            self._register,
            self.membership,
            self._catalogue,
            self.verdicts,
            self.settler,
            clock,
        )

    def _be_a_member(self) -> None:
        """An entry is a member of its mesh too, by the certificate that makes it one."""
        authority, member = self._authority, self.membership.member
        if member is not None and member.info.mesh != authority.mesh:
            self.membership.leave()
            member = None
        info = member.info if member else MeshInfo(authority.mesh, authority.name, ())
        asking = member.asking if member else {}
        self.membership.become(Member(info, authority.credential, asking))

    def _entries(self) -> tuple[Address, ...]:
        """Where the entries of the mesh are, this one first."""
        return (self.address(), *self._reconciling.others())[:MAX_ENTRIES]

    @property
    def node(self) -> NodeId:
        """This peer."""
        return self._authority.key.node

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

    @property
    def ask_settler(self) -> Ask | None:
        """A question to the settler, where it is here."""
        return partial(_ask, self.settler, self.node) if self.settler else None

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
                group.create_task(self._reconciling.run(peers))
                if self.settler:
                    group.create_task(self.settler.run())
                while True:
                    peer = peers.get(await self._over.get())
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
        """End a membership. Raises `BadRequest` if there is none, or if this entry may not."""
        self._revoking.revoke(node)
        self._ended((node,))

    def _ended(self, nodes: Iterable[NodeId]) -> None:
        """Memberships are over, wherever they were ended."""
        self.directory.revoke(self.membership.revocations.serials)
        for node in nodes:
            self._over.put_nowait(node)


async def _ask(settler: Settler, peer: NodeId, message: Message, _kind: type[Any]) -> Any:
    """What the settler answers to a peer of its own process."""
    match message:
        case Settle(claims):
            return Settled(tuple(why or "" for why in settler.settle(peer, claims)))
        case ReadAccount(first):
            return settler.account(peer, first)
        case _:
            raise TypeError(f"a settler is not asked for a {type(message).__name__}")
