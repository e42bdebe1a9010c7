"""Who this peer is: an Ed25519 key in the keychain, made once and never replaced by itself.

A keychain that is locked may hold the key, so nothing is made anew then: the peer runs for its
owner alone until the keychain is open.
"""

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass, field, replace
from typing import Final

from closedmesh.errors import ClosedMeshError
from closedmesh.host.secrets import Secrets
from closedmesh.mesh.ids import KEY_BYTES, MeshId, NodeId, short
from closedmesh.mesh.membership import Ownership
from closedmesh.mesh.signing import PrivateKey, Sealed, seal
from closedmesh.node.store import Store

log = logging.getLogger(__name__)

NODE_KEY: Final = "node-key"
OWNER_KEY: Final = "owner-key"
"""Names of the secrets."""

_REMEMBERED = "node"


@dataclass(frozen=True, slots=True)
class Identity:
    """The peer's key."""

    secret: bytes = field(repr=False)
    key: PrivateKey = field(repr=False)
    owner: PrivateKey | None = field(default=None, repr=False)
    """Of the person whose computer this is; their other computers have the same."""

    def ownership(self, mesh: MeshId) -> Sealed | None:
        """The owner's word that this peer is theirs."""
        return seal(Ownership(mesh, self.node), self.owner) if self.owner else None

    @classmethod
    def of(cls, secret: bytes) -> "Identity":
        """The identity of 32 secret bytes."""
        return cls(secret, PrivateKey(secret))

    @property
    def node(self) -> NodeId:
        """The public half, by which others know this peer."""
        return self.key.node

    def asking_secret(self, mesh: MeshId, day: int) -> bytes:
        """The key under which questions of one day are asked. Nobody else can tell to whom it
        belongs, and it need not be kept: it follows from the peer's own."""
        purpose = f"asking key\0{mesh}\0{day}".encode()
        return hmac.digest(self.secret, purpose, hashlib.sha256)


async def read_identity(keychain: Secrets, store: Store) -> Identity:
    """The identity of this home, made at first need. Raises `SecretsLocked`, and
    `ClosedMeshError` when the keychain holds something else."""
    kept = await keychain.get(NODE_KEY)
    if kept is None:
        kept = secrets.token_hex(KEY_BYTES)
        await keychain.set(NODE_KEY, kept)
        log.info("made a key for this peer")
    try:
        identity = Identity.of(bytes.fromhex(kept))
    except ValueError:
        raise ClosedMeshError(
            "The keychain's entry node-key of closedmesh holds something else.",
            "Delete that entry: the peer is given a new key, and joins its mesh anew.",
        ) from None
    store.remember(_REMEMBERED, identity.node)
    return replace(identity, owner=await _owner(keychain))


async def _owner(keychain: Secrets) -> PrivateKey:
    kept = await keychain.get(OWNER_KEY)
    if kept is None:
        kept = secrets.token_hex(KEY_BYTES)
        await keychain.set(OWNER_KEY, kept)
        log.info("made a key for the owner of this peer")
    try:
        return PrivateKey(bytes.fromhex(kept))
    except ValueError:
        raise ClosedMeshError(
            "The keychain's entry owner-key of closedmesh holds something else.",
            "Restore it: what was earned belongs to that key.",
        ) from None


def remembered(store: Store) -> str:
    """The short id of this peer, also while its key cannot be read; empty before there was one."""
    return short(NodeId(store.fact(_REMEMBERED) or ""))
