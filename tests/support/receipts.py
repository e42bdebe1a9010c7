"""Receipts of a peer and an asker with fixed keys, right unless told otherwise."""

import hashlib

from msgspec import structs

from closedmesh.mesh.signing import seal
from closedmesh.trust.receipts import FIRST, Seen, Served, owed
from tests.support.mesh import MESH, key

PEER, ASKER, OWN = key("answers"), key("asks today"), key("asks")
MODEL = "b" * 64
ACTIVE = 7_000_000_000
NOW = 1_780_000_000

SEEN = Seen(
    mesh=MESH.mesh, peer=PEER.node, asker=ASKER.node, own=OWN.node, request="request-0000",
    model=MODEL, prompt_tokens=120, cached_tokens=20, prompt_bytes=400, completion_tokens=50,
    root=bytes(range(32)), asked=NOW - 9.0, now=NOW + 0.5, active=ACTIVE,
)  # fmt: skip


def served(number=0, previous=FIRST, **changes):
    """What the peer says of its answer to a request of this number."""
    said = Served(
        MESH.mesh, PEER.node, ASKER.node, f"request-{number:04}", MODEL, 120, 20, 50, SEEN.root,
        NOW - 8, NOW, owed(ACTIVE, 120, 20, 50), number, previous,
    )  # fmt: skip
    return structs.replace(said, **changes)


def chain(length, salt=b""):
    """Sealed receipts, each naming the one before."""
    found, previous = [], FIRST
    for number in range(length):
        root = hashlib.sha256(salt + bytes([number])).digest()
        found.append(seal(served(number, previous, root=root), PEER))
        previous = found[-1].digest
    return found
