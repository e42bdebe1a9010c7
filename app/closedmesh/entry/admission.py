"""Who becomes a member, stays one, and no longer is one.

Everything is written before it is answered, so a kill at any moment neither loses a use of an
invite nor gives one twice. A membership keeps its number through all renewals: revoking the number
ends every certificate that was ever made of it, and those of its asking keys with it.
"""

import secrets
import sqlite3
from collections.abc import Callable

from closedmesh.entry.authority import Authority
from closedmesh.entry.invitations import redeem
from closedmesh.errors import BadRequest
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import InviteId, NodeId, Serial, short
from closedmesh.mesh.membership import (
    ASKING_DAYS,
    CLOCK_SKEW,
    DAY,
    MAX_REVOKED,
    RENEWAL_GRACE,
    AskingKey,
    Certificate,
    Endorsed,
    Ownership,
    Redemption,
    RevocationList,
    Revocations,
    Revoked,
    Scope,
    add_list,
    asking_certificate,
    authorise,
    day_of,
    issue,
    member_certificate,
)
from closedmesh.mesh.messages import Certified, Certify, Join, Joined, MeshInfo, Renew
from closedmesh.mesh.signing import Sealed, seal, unseal
from closedmesh.node.clock import Clock
from closedmesh.node.store import Store
from closedmesh.trust.ledger import WITHIN

KEYS_PER_DAY = 4
"""Asking keys that a member may have certified for one day: one, and some for lost replies."""

_SEQUENCE = "revocation-sequence"


class Admission:
    """The members of one entry. Every method that answers a peer raises `NotAuthorised`."""

    def __init__(
        self, store: Store, authority: Authority, clock: Clock, address: Callable[[], Address]
    ) -> None:
        """`address` says where this entry can be reached."""
        self._store = store
        self._authority = authority
        self._clock = clock
        self._address = address
        self._own_keys: dict[NodeId, int] = {}
        self.revocations = Revocations()
        """What this entry knows of all entries' lists."""
        self.revocation_list = self._publish(raise_sequence=False)
        """This entry's own list, signed."""

    def members(self) -> int:
        """How many there are."""
        found = self._store.rows(
            "SELECT count(*) AS n FROM members WHERE revoked IS NULL AND expires + ? > ?",
            RENEWAL_GRACE,
            self._clock.now(),
        )
        return int(found[0]["n"])

    def is_member(self, key: NodeId) -> bool:
        """Whether a key belongs to a member whose certificate holds, or is one of this entry, or
        a day's asking key of such a member."""
        now = self._clock.now()
        found = self._store.rows(
            "SELECT 1 FROM members WHERE node = ? AND revoked IS NULL AND expires > ?"
            " UNION SELECT 1 FROM asking_keys WHERE key = ? AND day >= ? LIMIT 1",
            key,
            now,
            key,
            day_of(now) - 1,
        )
        return bool(found) or key == self._authority.key.node or key in self._own_keys

    def account_of(self, node: NodeId) -> str | None:
        """As `settling.Members`."""
        if node == self._authority.key.node:
            return node
        found = self._store.rows("SELECT owner FROM members WHERE node = ?", node)
        return (found[0]["owner"] or node) if found else None

    def asker_of(self, key: NodeId) -> tuple[str, int] | None:
        """As `settling.Members`."""
        if key in self._own_keys:
            return self._authority.key.node, self._own_keys[key]
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
        own = self._authority.key.node
        return (*(NodeId(row["node"]) for row in rows), *([own] if account == own else []))

    def join(self, node: NodeId, join: Join) -> Joined:
        """Make `node`, whose key the transport has proven, a member by an invite."""
        wanted = unseal(join.redemption, Redemption)
        self._check_names(wanted.mesh, wanted.entry)
        if join.redemption.signer != node:
            raise NotAuthorised(
                RefusalCode.NOT_A_MEMBER, "The invite was to be redeemed by another peer."
            )
        owner = self._owner(node, join.ownership)
        now = self._clock.now()
        with self._store.transaction() as database:
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
        before: sqlite3.Row | None = database.execute(
            "SELECT * FROM members WHERE node = ?", (node,)
        ).fetchone()
        stands = before is not None and before["revoked"] is None
        again = InviteId(before["invite"]) if before is not None and stands else None
        invite = redeem(database, secret, now, again=again)
        if before is not None and not stands and invite["made"] <= before["revoked"]:
            raise NotAuthorised(
                RefusalCode.REVOKED, "This membership was revoked after the invite was made."
            )
        scope = Scope(invite["scope"])
        if before is not None and stands and Scope(before["scope"]).covers(scope):
            scope = Scope(before["scope"])
        certificate = member_certificate(
            mesh=self._authority.mesh,
            node=node,
            scope=scope,
            serial=Serial(before["serial"] if before is not None and stands else _new_serial()),
            owner=owner,
            now=now,
        )
        database.execute(
            "INSERT INTO members (node, serial, scope, owner, invite, joined, expires)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (node) DO UPDATE SET"
            " serial = excluded.serial, scope = excluded.scope, owner = excluded.owner,"
            " invite = excluded.invite, expires = excluded.expires, revoked = NULL",
            (node, certificate.serial, scope, owner, invite["id"], now, certificate.expires),
        )
        return certificate

    def renew(self, node: NodeId, renew: Renew) -> Joined:
        """A new certificate of the same membership."""
        now = self._clock.now()
        old = authorise(
            renew.credential,
            mesh=self._authority.mesh,
            node=node,
            wanted=Scope.CHAT,
            revocations=self.revocations,
            now=now,
            grace=RENEWAL_GRACE,
        )
        rows = self._store.rows(
            "SELECT * FROM members WHERE node = ? AND serial = ?", node, old.serial
        )
        if not rows:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "This entry has not admitted this peer.")
        if rows[0]["revoked"] is not None:
            raise NotAuthorised(RefusalCode.REVOKED, "The membership was revoked.")
        owner = self._owner(node, renew.ownership) or old.owner
        certificate = member_certificate(
            mesh=self._authority.mesh,
            node=node,
            scope=Scope(rows[0]["scope"]),
            serial=old.serial,
            owner=owner,
            now=now,
        )
        with self._store.transaction() as database:
            database.execute(
                "UPDATE members SET expires = ?, owner = ? WHERE node = ?",
                (certificate.expires, owner, node),
            )
        return self._joined(certificate)

    def certify_own(self, request: Certify) -> Certified:
        """Certificates for the asking keys of this entry itself. They are not kept: every start
        makes them anew."""
        certificates = []
        for sealed in request.keys:
            day = unseal(sealed, AskingKey).day
            self._own_keys[sealed.signer] = day
            certificates.append(
                asking_certificate(self._authority.mesh, sealed.signer, _new_serial(), day)
            )
        return Certified(tuple(self._endorse(each) for each in certificates))

    def certify(self, member: NodeId, request: Certify) -> Certified:
        """Certificates for a member's asking keys of today and the days ahead."""
        now = self._clock.now()
        today = day_of(now)
        certificates = []
        with self._store.transaction() as database:
            kept = today - WITHIN // DAY - 1
            database.execute("DELETE FROM asking_keys WHERE day < ?", (kept,))
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
                    asking_certificate(self._authority.mesh, sealed.signer, serial, wanted.day)
                )
        return Certified(tuple(self._endorse(each) for each in certificates))

    def _certify_one(
        self, database: sqlite3.Connection, member: NodeId, key: NodeId, day: int
    ) -> Serial:
        taken = database.execute("SELECT * FROM asking_keys WHERE key = ?", (key,)).fetchone()
        if taken is not None and (taken["member"], taken["day"]) == (member, day):
            return Serial(taken["serial"])
        known = database.execute("SELECT 1 FROM members WHERE node = ?", (key,)).fetchone()
        if taken is not None or known is not None or key == self._authority.key.node:
            raise NotAuthorised(RefusalCode.BAD_REQUEST, "An asking key is used for one day only.")
        used = database.execute(
            "SELECT count(*) FROM asking_keys WHERE member = ? AND day = ?", (member, day)
        ).fetchone()[0]
        if used >= KEYS_PER_DAY:
            raise NotAuthorised(
                RefusalCode.RATE_LIMITED, f"A member has at most {KEYS_PER_DAY} keys a day."
            )
        serial = _new_serial()
        database.execute(
            "INSERT INTO asking_keys (key, serial, day, member) VALUES (?, ?, ?, ?)",
            (key, serial, day, member),
        )
        return serial

    def revoke(self, node: NodeId) -> None:
        """End a membership. Raises `BadRequest` if there is none."""
        now = self._clock.now()
        with self._store.transaction() as database:
            row = database.execute(
                "SELECT * FROM members WHERE node = ? AND revoked IS NULL", (node,)
            ).fetchone()
            if row is None:
                raise BadRequest(
                    f"Peer {short(node)} is not a member.", "`closedmesh status` lists the peers."
                )
            ended = [(row["serial"], row["expires"])]
            keys = database.execute("SELECT * FROM asking_keys WHERE member = ?", (node,))
            ended += [
                (key["serial"], _asking_expiry(self._authority, key)) for key in keys.fetchall()
            ]
            database.execute("UPDATE members SET revoked = ? WHERE node = ?", (now, node))
            database.execute("DELETE FROM asking_keys WHERE member = ?", (node,))
            database.executemany("INSERT OR REPLACE INTO revocations VALUES (?, ?)", ended)
        self.revocation_list = self._publish(raise_sequence=True)

    def _publish(self, *, raise_sequence: bool) -> Endorsed:
        """Sign the list as it is now, and believe it oneself."""
        now = self._clock.now()
        sequence = int(self._store.fact(_SEQUENCE) or 0) + raise_sequence or 1
        with self._store.transaction() as database:
            database.execute("DELETE FROM revocations WHERE expires < ?", (now - CLOCK_SKEW,))
            rows = database.execute(
                # In the order of random numbers: it must not show what was revoked together.
                "SELECT * FROM (SELECT * FROM revocations ORDER BY expires DESC LIMIT ?)"
                " ORDER BY serial",
                (MAX_REVOKED,),
            ).fetchall()
            database.execute(
                "INSERT OR REPLACE INTO facts VALUES (?, ?)", (_SEQUENCE, str(sequence))
            )
        revoked = tuple(Revoked(Serial(row["serial"]), row["expires"]) for row in rows)
        mesh = self._authority.mesh
        signed = Endorsed(
            seal(RevocationList(mesh, sequence, int(now), revoked), self._authority.key),
            self._authority.credential.statement,
        )
        self.revocations, _ = add_list(self.revocations, signed, mesh, now)
        return signed

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
        return issue(certificate, self._authority.key, self._authority.credential.statement)

    def _joined(self, certificate: Certificate) -> Joined:
        info = MeshInfo(self._authority.mesh, self._authority.name, (self._address(),))
        return Joined(self._endorse(certificate), info, (self.revocation_list,))


def _asking_expiry(authority: Authority, row: sqlite3.Row) -> int:
    key, serial = NodeId(row["key"]), Serial(row["serial"])
    return asking_certificate(authority.mesh, key, serial, row["day"]).expires


def _new_serial() -> Serial:
    return Serial(secrets.token_hex(16))
