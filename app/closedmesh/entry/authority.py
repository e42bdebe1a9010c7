"""By what an entry is one: the mesh's key, its own key, and the certificate that joins them.

The first entry founds the mesh: it makes the mesh's key and signs its own certificate with it, and
those of further entries. The mesh's key lies in its keychain, is used for nothing else, and never
leaves it: another entry brings an invite, and is given a certificate for its own key.
"""

import os
import secrets
from dataclasses import dataclass
from typing import Final

from closedmesh.errors import BadRequest, InviteRefused
from closedmesh.host.secrets import Secrets
from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import KEY_BYTES, MeshId, Serial
from closedmesh.mesh.invites import MAX_NAME, read
from closedmesh.mesh.membership import Certificate, Endorsed, Scope, issue, member_certificate
from closedmesh.mesh.signing import PrivateKey, peek
from closedmesh.node.clock import Clock
from closedmesh.node.identity import Identity
from closedmesh.node.membership import INVITE_VARIABLE, Member, Membership, redeem
from closedmesh.node.store import Store
from closedmesh.node.transport import Listen, Opener

MESH_KEY: Final = "mesh-key"
"""Name of the secret."""

_NAME = "mesh-name"
_SERIAL = "entry-serial"


@dataclass(frozen=True, slots=True)
class Authority:
    """What an entry signs with."""

    mesh: MeshId
    name: str
    key: PrivateKey
    """Of this entry."""
    credential: Endorsed
    """Its certificate, signed by the mesh's key."""
    root: PrivateKey | None = None
    """The mesh's key, at the entry that founded it."""


async def found(
    keychain: Secrets, store: Store, key: PrivateKey, name: str, now: float
) -> Authority:
    """The authority of the mesh that this home is the entry of; founds it the first time.

    Raises `BadRequest` for a name that cannot be, or when the home belongs to another mesh.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        raise BadRequest(
            f"A mesh cannot be called {name!r}.", f"Choose a name of 1 to {MAX_NAME} letters."
        )
    known = store.fact(_NAME)
    if known is not None and known != name:
        raise _entry_of_another(known)
    secret = await keychain.get(MESH_KEY)
    if secret is None:
        if known is not None:
            raise BadRequest(
                f"The key of the mesh {known!r} is missing from the keychain.",
                "Restore it, or found a new mesh in another home folder with --home.",
            )
        secret = secrets.token_hex(KEY_BYTES)
        await keychain.set(MESH_KEY, secret)
    store.remember(_NAME, name)
    mesh_key = PrivateKey(bytes.fromhex(secret))
    mesh = MeshId(mesh_key.node)
    certificate = member_certificate(
        mesh=mesh, node=key.node, scope=Scope.ENTRY, serial=_serial(store), owner=None, now=now
    )
    return Authority(mesh, name, key, issue(certificate, mesh_key, None), mesh_key)


@dataclass(frozen=True, slots=True)
class Signing:
    """How a home comes to its authority."""

    identity: Identity
    keychain: Secrets
    store: Store
    membership: Membership
    clock: Clock
    opener: Opener

    async def authority(self, mesh: str | None, invite: str | None) -> Authority:
        """That of the mesh this home has founded or was admitted to as an entry; else by an
        invite; else by founding a mesh of this name. Raises `BadRequest` when it is an entry of
        another mesh or nothing was said, and what `admit` raises."""
        known, key = self.store.fact(_NAME), self.identity.key
        if known is not None:
            return await found(self.keychain, self.store, key, mesh or known, self.clock.now())
        member = self.membership.member
        if member is not None and (authority := admitted(member, key)):
            if mesh not in (None, authority.name):
                raise _entry_of_another(authority.name)
            return authority
        if invite := invite or os.environ.get(INVITE_VARIABLE):
            now = self.clock.now()
            return await admit(invite, self.identity, self.membership, self.opener, now)
        if mesh is None:
            raise BadRequest(
                "This home is not an entry of a mesh yet.",
                "Found one with --mesh NAME, or become another entry of one with --invite INVITE.",
            )
        return await found(self.keychain, self.store, key, mesh, self.clock.now())


def _entry_of_another(name: str) -> BadRequest:
    return BadRequest(
        f"This home is the entry of the mesh {name!r}.",
        f"Start it with --mesh {name!r}, or choose another home folder with --home.",
    )


def admitted(member: Member, key: PrivateKey) -> Authority | None:
    """The authority of a home that another entry has admitted as one; `None` for other members."""
    certificate = peek(member.credential.statement, Certificate)
    if certificate.scope is not Scope.ENTRY:
        return None
    return Authority(member.info.mesh, member.info.name, key, member.credential)


async def admit(
    invite: str, identity: Identity, membership: Membership, opener: Opener, now: float
) -> Authority:
    """Become an entry by an invite of the one that founded the mesh. Raises `InviteRefused`,
    `MeshUnreachable`, and `BadRequest` when the home belongs to another mesh."""
    wanted = read(invite, now)
    if wanted.scope is not Scope.ENTRY:
        raise InviteRefused(
            "This invite is for members, not for an entry.",
            "Make one for an entry: `closedmesh invite new --scope entry`.",
        )
    if membership.member is not None and membership.mesh != wanted.mesh:
        raise BadRequest(
            f"This home belongs to the mesh {membership.member.info.name!r}.",
            "Choose another home folder with --home.",
        )
    relays = tuple(each.relay for each in wanted.entries if each.relay)
    async with opener(identity.secret, Listen(relays=relays)) as transport:
        joined = await redeem(transport, identity, wanted, identity.ownership(wanted.mesh))
    try:
        membership.take(identity.node, joined)
        authority = admitted(Member(joined.info, joined.credential), identity.key)
    except NotAuthorised as error:
        raise InviteRefused(
            f"The entry gave a certificate that does not hold: {error.reason}",
            "Ask the person who runs the mesh.",
        ) from None
    if authority is None:
        raise InviteRefused(
            "The entry admitted this computer as a member only.", "Ask for a new invite."
        )
    return authority


def _serial(store: Store) -> Serial:
    known = store.fact(_SERIAL)
    if known is None:
        known = secrets.token_hex(16)
        store.remember(_SERIAL, known)
    return Serial(known)
