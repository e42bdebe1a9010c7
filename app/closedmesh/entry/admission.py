"""Who becomes a member, stays one, and no longer is one.

Everything is written before it is answered, so a kill at any moment neither loses a use of an
invite nor gives one twice. A membership keeps its number through all renewals: revoking the number
ends every certificate that was ever made of it, and those of its asking keys with it.

What other entries of the mesh have done stands in the register too (`reconciling`), and counts as
if it was done here.
"""

import secrets
import sqlite3
from collections.abc import Callable

from closedmesh.entry import kinship
from closedmesh.entry.authority import Authority
from closedmesh.entry.invitations import redeem
from closedmesh.entry.register import KEYS_KEPT, Register
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import InviteId, MeshId, NodeId, Serial
from closedmesh.mesh.invites import check_of_owner
from closedmesh.mesh.membership import (
    ASKING_DAYS,
    RENEWAL_GRACE,
    AskingKey,
    Certificate,
    Endorsed,
    Ownership,
    Redemption,
    Revocations,
    Scope,
    asking_certificate,
    day_of,
    issue,
    member_certificate,
)
from closedmesh.mesh.messages import Certified, Certify, Join, Joined, MeshInfo, Renew
from closedmesh.mesh.records import KeyRecord, MemberRecord
from closedmesh.mesh.signing import Sealed, peek, unseal
from closedmesh.node.clock import Clock
from closedmesh.node.membership import Membership
from closedmesh.node.store import Store

KEYS_PER_DAY = 4
"""Asking keys that a member may have certified for one day: one, and some for lost replies."""

_SEQUENCE = "revocation-sequence"


class Admission:
    """The members of one entry. Every method that answers a peer raises `NotAuthorised`."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it joins
        self,
        store: Store,
        register: Register,
        authority: Authority,
        membership: Membership,
        clock: Clock,
        entries: Callable[[], tuple[Address, ...]],
    ) -> None:
        """`membership` is that of the entry itself, and knows all entries' lists; `entries` says
        where they can be reached, this one first."""
        self._store = store
        self._register = register
        self._authority = authority
        self._membership = membership
        self._clock = clock
        self._entries = entries
        self.has_credits: Callable[[str], bool] = lambda _: False
        """Whether an account has any, by the last head; the settler tells."""
        self._write_down_oneself()

    @property
    def mesh(self) -> MeshId:
        """Of which this is an entry."""
        return self._authority.mesh

    @property
    def revocations(self) -> Revocations:
        """What this entry knows of all entries' lists."""
        return self._membership.revocations

    def _write_down_oneself(self) -> None:
        """Other entries' relays are for those who stand in the register."""
        said = peek(self._authority.credential.statement, Certificate)
        own = MemberRecord(
            said.node, said.serial, Scope.ENTRY, None, None, said.issued, said.expires, None
        )
        with self._store.transaction() as database:
            known = self._register.member(database, said.node)
            if known is None or known.serial != said.serial or known.scope is not Scope.ENTRY:
                self._register.put(database, own)
        self._register.touch()

    def members(self) -> int:
        """How many there are, entries left out."""
        found = self._store.rows(
            "SELECT count(*) AS n FROM members"
            " WHERE revoked IS NULL AND expires + ? > ? AND scope <> ?",
            RENEWAL_GRACE,
            self._clock.now(),
            Scope.ENTRY,
        )
        return int(found[0]["n"])

    def is_member(self, key: NodeId) -> bool:
        """Whether a key belongs to a member, or is a day's asking key of one. Who may still renew
        is one: a relay may be its only way to an entry."""
        now = self._clock.now()
        found = self._store.rows(
            "SELECT 1 FROM members WHERE node = ? AND revoked IS NULL AND expires > ?"
            " UNION SELECT 1 FROM asking_keys WHERE key = ? AND day >= ? LIMIT 1",
            key,
            now - RENEWAL_GRACE,
            key,
            day_of(now) - 1,
        )
        return bool(found)

    def account_of(self, node: NodeId) -> str | None:
        """As `settling.Members`."""
        found = self._store.rows("SELECT owner FROM members WHERE node = ?", node)
        return (found[0]["owner"] or node) if found else None

    def asker_of(self, key: NodeId) -> tuple[str, int] | None:
        """As `settling.Members`."""
        found = self._store.rows(
            "SELECT day, COALESCE(owner, node) AS account FROM asking_keys"
            " JOIN members ON members.node = asking_keys.member WHERE key = ?", key,
        )  # fmt: skip
        return (found[0]["account"], found[0]["day"]) if found else None

    def nodes_of(self, account: str) -> tuple[NodeId, ...]:
        """As `settling.Members`."""
        rows = self._store.rows(
            "SELECT node FROM members WHERE owner = ? OR (owner IS NULL AND node = ?)",
            account, account,
        )  # fmt: skip
        return tuple(NodeId(row["node"]) for row in rows)

    def join(self, node: NodeId, join: Join) -> Joined:
        """Make `node`, whose key the transport has proven, a member by an invite."""
        wanted = unseal(join.redemption, Redemption)
        self._check_names(wanted.mesh, wanted.entry)
        if join.redemption.signer != node:
            raise NotAuthorised(
                RefusalCode.NOT_A_MEMBER, "The invite was to be redeemed by another peer."
            )
        now = self._clock.now()
        invite = check_of_owner(join.invite, wanted, now) if join.invite else None
        owner = invite.owner if invite else self._owner(node, join.ownership)
        with self._store.transaction() as database:
            if invite:
                kinship.write_down(database, self._register, node, invite, now)
            certificate = self._admit(database, node, wanted.secret, owner, now)
        return self._joined(certificate)

    def _admit(
        self,
        database: sqlite3.Connection,
        node: NodeId,
        secret: bytes,
        owner: NodeId | None,
        now: float,
    ) -> Certificate:
        before = self._register.member(database, node)
        stands = before if before is not None and before.revoked is None else None
        again = stands.invite if stands else None
        invite = redeem(database, self._register.entry, secret, now, again=again)
        if before and before.revoked is not None and invite["made"] <= before.revoked:
            raise NotAuthorised(
                RefusalCode.REVOKED, "This membership was revoked after the invite was made."
            )
        scope = Scope(invite["scope"])
        if stands and stands.scope.covers(scope):
            scope = stands.scope
        self._check_may_admit(scope)
        certificate = member_certificate(
            mesh=self._authority.mesh,
            node=node,
            scope=scope,
            serial=stands.serial if stands else _new_serial(),
            owner=owner or (stands.owner if stands else None),
            now=now,
        )
        joined = stands.joined if stands else now
        self._write(database, certificate, InviteId(invite["id"]), joined)
        return certificate

    def _check_may_admit(self, scope: Scope) -> None:
        if scope is Scope.ENTRY and self._authority.root is None:
            raise NotAuthorised(
                RefusalCode.INVITE_UNKNOWN, "Only the entry that founded the mesh admits entries."
            )

    def _write(
        self,
        database: sqlite3.Connection,
        said: Certificate,
        invite: InviteId | None,
        joined: float,
    ) -> None:
        record = MemberRecord(
            said.node, said.serial, said.scope, said.owner, invite, joined, said.expires, None
        )
        self._register.put(database, record)
        self._register.touch()

    def renew(self, node: NodeId, renew: Renew) -> Joined:
        """A new certificate of the same membership, whose key the transport has proven. Which
        entry signed the old one does not count, nor whether that is one still."""
        now = self._clock.now()
        old = peek(renew.credential.statement, Certificate)
        with self._store.transaction() as database:
            known = self._register.member(database, node)
            if known is None or known.serial != old.serial:
                raise NotAuthorised(
                    RefusalCode.NOT_A_MEMBER, "This entry does not know the membership."
                )
            if known.revoked is not None or known.serial in self.revocations.serials:
                raise NotAuthorised(RefusalCode.REVOKED, "The membership was revoked.")
            if now >= known.expires + RENEWAL_GRACE:
                raise NotAuthorised(RefusalCode.EXPIRED, "The membership has expired.")
            self._check_may_admit(known.scope)
            certificate = member_certificate(
                mesh=self._authority.mesh,
                node=node,
                scope=known.scope,
                serial=known.serial,
                owner=self._owner(node, renew.ownership) or known.owner,
                now=now,
            )
            self._write(database, certificate, known.invite, known.joined)
        return self._joined(certificate)

    def certify_own(self, request: Certify) -> Certified:
        """Certificates for the asking keys of this entry itself."""
        return self.certify(self._authority.key.node, request)

    def certify(self, member: NodeId, request: Certify) -> Certified:
        """Certificates for a member's asking keys of today and the days ahead."""
        now = self._clock.now()
        today = day_of(now)
        certificates = []
        credit = self.has_credits(self.account_of(member) or member)
        with self._store.transaction() as database:
            database.execute("DELETE FROM asking_keys WHERE day < ?", (today - KEYS_KEPT,))
            for sealed in request.keys:
                wanted = unseal(sealed, AskingKey)
                self._check_names(wanted.mesh, wanted.entry)
                if wanted.member != member:
                    raise NotAuthorised(
                        RefusalCode.NOT_A_MEMBER, "The key was made for another member."
                    )
                if not today <= wanted.day < today + ASKING_DAYS:
                    raise NotAuthorised(
                        RefusalCode.BAD_REQUEST, "Keys are certified for today and six days ahead."
                    )
                serial = self._certify_one(database, member, sealed.signer, wanted.day)
                certificates.append(
                    asking_certificate(
                        self._authority.mesh, sealed.signer, serial, wanted.day, credit=credit
                    )
                )
        return Certified(tuple(self._endorse(each) for each in certificates))

    def _certify_one(
        self, database: sqlite3.Connection, member: NodeId, key: NodeId, day: int
    ) -> Serial:
        taken = database.execute("SELECT * FROM asking_keys WHERE key = ?", (key,)).fetchone()
        if taken is not None and (taken["member"], taken["day"]) == (member, day):
            return Serial(taken["serial"])
        known = self._register.member(database, key)
        if taken is not None or known is not None:
            raise NotAuthorised(RefusalCode.BAD_REQUEST, "An asking key is used for one day only.")
        used = database.execute(
            "SELECT count(*) FROM asking_keys WHERE member = ? AND day = ?", (member, day)
        ).fetchone()[0]
        if used >= KEYS_PER_DAY:
            raise NotAuthorised(
                RefusalCode.RATE_LIMITED, f"A member has at most {KEYS_PER_DAY} keys a day."
            )
        serial = _new_serial()
        self._register.put(database, KeyRecord(serial, key, day, member))
        self._register.touch()
        return serial

    def _check_names(self, mesh: str, entry: NodeId) -> None:
        if mesh != self._authority.mesh or entry != self._authority.key.node:
            raise NotAuthorised(
                RefusalCode.NOT_A_MEMBER, "That was signed for another entry or mesh."
            )

    def _owner(self, node: NodeId, ownership: Sealed | None) -> NodeId | None:
        if ownership is None:
            return None
        said = unseal(ownership, Ownership)
        if (said.mesh, said.node) != (self._authority.mesh, node):
            raise NotAuthorised(
                RefusalCode.NOT_A_MEMBER, "The owner's word is about another peer or mesh."
            )
        return ownership.signer

    def _endorse(self, certificate: Certificate) -> Endorsed:
        if certificate.scope is Scope.ENTRY and self._authority.root is not None:
            return issue(certificate, self._authority.root, None)
        return issue(certificate, self._authority.key, self._authority.credential.statement)

    def _joined(self, certificate: Certificate) -> Joined:
        info = MeshInfo(self._authority.mesh, self._authority.name, self._entries())
        lists = tuple(self._membership.lists.values())
        return Joined(self._endorse(certificate), info, lists)


def _new_serial() -> Serial:
    return Serial(secrets.token_hex(16))
