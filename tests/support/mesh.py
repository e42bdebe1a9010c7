"""A mesh with fixed keys, for tests that need members, strangers and every kind of message."""

import hashlib
from functools import cache
from typing import Any

from msgspec import structs

from closedmesh.mesh import handing_over, lending, messages, settlement
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.announcements import Announcement, Backend, Offer, Speed
from closedmesh.mesh.entries import notice
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.ids import MeshId, NodeId, Serial
from closedmesh.mesh.invites import Invite
from closedmesh.mesh.membership import (
    AskingKey,
    Certificate,
    Endorsed,
    Ownership,
    Redemption,
    RevocationList,
    Revoked,
    Scope,
    asking_certificate,
    issue,
    member_certificate,
)
from closedmesh.mesh.messages import Message
from closedmesh.mesh.records import (
    InviteRecord,
    KeyRecord,
    MemberRecord,
    Reconcile,
    Record,
    Records,
)
from closedmesh.mesh.rereading import Reading, Readings, Reread
from closedmesh.mesh.signing import PrivateKey, Sealed, seal
from closedmesh.models.chat import (
    Alternative,
    Conversation,
    FinishReason,
    JsonSchema,
    Overflow,
    Role,
    Sampling,
    TokenLogprob,
)
from closedmesh.models.chat import Message as ChatMessage

NOW = 1_780_000_000.0
"""When these tests take place."""


@cache
def key(name: str) -> PrivateKey:
    """The private key of somebody, always the same."""
    return PrivateKey(hashlib.sha256(name.encode()).digest())


def serial(name: str) -> Serial:
    """The number of somebody's certificate."""
    return Serial(hashlib.sha256(name.encode()).hexdigest()[:32])


class ExampleMesh:
    """Keys and certificates of one mesh."""

    def __init__(self, name: str = "example") -> None:
        self.name = name
        self.key = key(f"mesh {name}")
        self.mesh = MeshId(self.key.node)
        self.entry = key(f"entry of {name}")
        self.entry_credential = self.make_entry(self.entry)

    def make_entry(self, entry: PrivateKey, now: float = NOW) -> Endorsed:
        """The certificate of an entry, signed by the mesh."""
        certificate = member_certificate(
            mesh=self.mesh,
            node=entry.node,
            scope=Scope.ENTRY,
            serial=serial(entry.node),
            owner=None,
            now=now,
        )
        return issue(certificate, self.key, None)

    def certificate(
        self, node: NodeId, scope: Scope = Scope.SHARE, now: float = NOW
    ) -> Certificate:
        """What a member's certificate says."""
        return member_certificate(
            mesh=self.mesh, node=node, scope=scope, serial=serial(node), owner=None, now=now
        )

    def credential(self, node: NodeId, scope: Scope = Scope.SHARE, now: float = NOW) -> Endorsed:
        """The certificate of a member, signed by the entry."""
        return self.endorse(self.certificate(node, scope, now))

    def endorse(self, certificate: Certificate) -> Endorsed:
        """A certificate, signed by the entry."""
        return issue(certificate, self.entry, self.entry_credential.statement)

    def certified(self, request: messages.Certify, today: int) -> messages.Certified:
        """What the entry answers: one asking key a day."""
        days = enumerate(request.keys, today)
        return messages.Certified(
            tuple(
                self.endorse(asking_certificate(self.mesh, key.signer, serial(key.signer), day))
                for day, key in days
            )
        )

    def revocations(self, *revoked: Certificate, sequence: int = 1) -> Endorsed:
        """The entry's list."""
        return Endorsed(
            seal(
                RevocationList(
                    self.mesh,
                    sequence,
                    int(NOW),
                    tuple(Revoked(c.serial, c.expires) for c in revoked),
                ),
                self.entry,
            ),
            self.entry_credential.statement,
        )

    def invite(self, secret: bytes = b"sixteen bytes ok") -> Invite:
        """An invite for ten sharing members."""
        return Invite(
            mesh=self.mesh,
            mesh_name=self.name,
            entries=(self.address,),
            secret=secret,
            scope=Scope.SHARE,
            uses=10,
            expires=int(NOW) + 7 * 24 * 3600,
        )

    def announcement(self, peer: PrivateKey, sequence: int = 1, **changes: Any) -> Sealed:
        """What a peer with the starter model says of itself, signed."""
        said = Announcement(
            mesh=self.mesh,
            node=peer.node,
            certificate=serial(peer.node),
            sequence=sequence,
            made=int(NOW),
            lifetime=120,
            address=Address(peer.node, ("192.0.2.9:5000",)),
            version="0.1.0",
            backend=Backend.CPU,
            hardware="4 cores, 8 GB",
            build="b1 AVX2",
            since=int(NOW) - 3600,
            offers=(OFFER,),
        )
        return seal(structs.replace(said, **changes), peer)

    def notice(self, made: float = NOW, entry: PrivateKey | None = None) -> Endorsed:
        """Where an entry says that it is."""
        key = entry or self.entry
        where = self.address if entry is None else Address(key.node, ("192.0.2.8:4433",))
        return notice(self.mesh, where, made, key, self.make_entry(key).statement)

    @property
    def address(self) -> Address:
        """Where the entry is."""
        return Address(self.entry.node, ("192.0.2.7:4433", "[2001:db8::7]:4433"))


OFFER = Offer(
    sha256="ab" * 32,
    weights="cd" * 32,
    template="ef" * 32,
    name="smollm2-135m-instruct-q4_1",
    quantisation="Q4_1",
    context=4096,
    slots=4,
    free=3,
    prefill=Speed(300.0, 5),
    decode=Speed(40.0, 5),
)
MESH = ExampleMesh()
MEMBER = key("member")
OTHER = key("other member")
OWNER = key("owner")
ASKING = key("asking key of a day")


def example_ask() -> messages.Ask:
    """A question with everything in it."""
    return messages.Ask(
        request="req-0123456789abcdef",
        model="ab" * 32,
        prompt=Conversation((ChatMessage(Role.SYSTEM, "Be brief."), ChatMessage(Role.USER, "Hi"))),
        sampling=Sampling(temperature=0.5, seed=42),
        max_tokens=64,
        deadline=60_000,
        affinity=b"a" * 32,
        date="2026-05-28",
        begun=(1, 2, 3),
        stop=("\n\n",),
        top_logprobs=2,
        overflow=Overflow.DROP_OLDEST,
        form=JsonSchema('{"type": "object"}'),
    )


def example_records() -> tuple[Record, ...]:
    """One of each kind."""
    invite = MESH.invite()
    return (
        InviteRecord(
            invite.id, "ab" * 32, Scope.SHARE, 10, NOW, invite.expires, revoked=False,
            used={MESH.entry.node: 2},
        ),
        MemberRecord(
            MEMBER.node, serial(MEMBER.node), Scope.SHARE, OWNER.node, invite.id, NOW,
            int(NOW) + 7 * 24 * 3600, None,
        ),
        KeyRecord(serial(ASKING.node), ASKING.node, 20_601, MEMBER.node),
    )  # fmt: skip


def example_messages() -> list[Message]:
    """One or more of every kind of message."""
    member = MESH.credential(MEMBER.node)
    address = Address(MEMBER.node, ("198.51.100.4:5000",), "https://relay.example/")
    chosen = Alternative(b" a", -0.25)
    ownership = seal(Ownership(MESH.mesh, MEMBER.node), OWNER)
    return [
        messages.Hello(MESH.mesh, member, "0.1.0", ("hedge",)),
        messages.Welcome(MESH.entry_credential, "0.1.0"),
        messages.Refused(RefusalCode.BUSY, "Every place is taken.", 1500),
        messages.Join(
            seal(Redemption(MESH.mesh, MESH.entry.node, b"sixteen bytes ok"), MEMBER), ownership
        ),
        messages.Renew(member),
        messages.Joined(
            member,
            messages.MeshInfo(MESH.mesh, "example", (MESH.address,)),
            (MESH.revocations(MESH.certificate(OTHER.node)),),
        ),
        messages.Certify(
            (seal(AskingKey(MESH.mesh, MESH.entry.node, MEMBER.node, 20_601), ASKING),)
        ),
        messages.Certified((MESH.credential(ASKING.node, Scope.CHAT),)),
        messages.Announce(MESH.announcement(MEMBER)),
        messages.AmIListed(),
        messages.Listed(7),
        messages.Pull(
            b"cursor", bytes(2048), {MESH.entry.node: 3}, {}, {MESH.entry.node: int(NOW)}
        ),
        messages.Find(OFFER.sha256),
        messages.Delta(
            (MESH.announcement(OTHER),),
            b"cursor",
            complete=True,
            revocations=(MESH.revocations(),),
            entries=(MESH.notice(),),
        ),
        Reconcile(bytes(2048), (MESH.notice(),)),
        Records(example_records(), complete=True),
        example_ask(),
        messages.Accepted(3, 2500, loading=True),
        messages.Started(120, 100),
        messages.Tokens((5, 6), " a b", (TokenLogprob(chosen, (chosen,)),)),
        messages.Finished(FinishReason.STOP, 120, 100, 2, ".", 2, b"r" * 32, ownership),
        messages.Cancel(),
        messages.Countersigned(ownership),
        messages.Acknowledged(ownership),
        messages.Open("req-0123456789abcdef", (0, 5)),
        messages.Opened((messages.Opening(5, b"leaf", (b"h" * 32,)),)),
        lending.ReadFile("ab" * 32, 8, 16),
        lending.FileBytes(b"weights"),
        lending.FileRead(),
        Reread(OFFER.sha256, example_ask().prompt, "2026-05-28", (5, 6)),
        Readings((Reading(-70, (6, 5), (-10, -70)),), complete=True),
        settlement.Settle((settlement.Claim(ownership, ownership),)),
        settlement.Settled(("", "replayed")),
        settlement.ReadAccount(3),
        settlement.AccountPage(
            OWNER.node,
            (MESH.entry_credential,),
            {3: settlement.Proved(b"sheet", 1, (b"h" * 32,))},
            int(NOW),
            complete=True,
        ),
        handing_over.HandOver(ownership),
        handing_over.HandedOver(1500, 500),
        messages.WhereAmI(),
        messages.Observed("198.51.100.4:5000"),
        messages.DialRequest(OTHER.node, address),
        messages.DialNow(address),
        messages.Dialling(address),
        messages.Ping(9),
        messages.Pong(9),
    ]
