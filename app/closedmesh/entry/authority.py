"""By what an entry is one: the mesh's key, its own key, and the certificate that joins them.

The first entry founds the mesh: it makes the mesh's key and signs its own certificate with it.
The mesh's key lies in the keychain and is used for nothing else.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from closedmesh.errors import BadRequest
from closedmesh.host.secrets import Secrets
from closedmesh.mesh.ids import KEY_BYTES, MeshId, Serial
from closedmesh.mesh.invites import MAX_NAME
from closedmesh.mesh.membership import Endorsed, Scope, issue, member_certificate
from closedmesh.mesh.signing import PrivateKey
from closedmesh.node.store import Store

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
    if known not in (None, name):
        raise BadRequest(
            f"This home is the entry of the mesh {known!r}.",
            f"Start it with --mesh {known!r}, or choose another home folder with --home.",
        )
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
    return Authority(mesh, name, key, issue(certificate, mesh_key, None))


def _serial(store: Store) -> Serial:
    known = store.fact(_SERIAL)
    if known is None:
        known = secrets.token_hex(16)
        store.remember(_SERIAL, known)
    return Serial(known)
