"""The key of this computer's owner, shown and replaced."""

from collections.abc import Callable

from closedmesh import control
from closedmesh.errors import ClosedMeshError
from closedmesh.host.secrets import Secrets
from closedmesh.mesh import owner_keys
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.signing import PrivateKey
from closedmesh.node.identity import OWNER_KEY


async def do(
    command: control.OwnerCommand,
    keychain: Secrets,
    replace: Callable[[PrivateKey, NodeId], None] = lambda *_: None,
) -> str | None:
    """Carry out a command; `replace` is told the old key and the new owner before the old one is
    gone. Raises `ClosedMeshError`."""
    kept = await keychain.get(OWNER_KEY)
    if isinstance(command, control.UseOwner):
        secret = owner_keys.read(command.key)
        if (old := _key(kept)) is not None:
            replace(old, PrivateKey(secret).node)
        await keychain.set(OWNER_KEY, secret.hex())
        return None
    if kept is None:
        raise ClosedMeshError(
            "This computer has no owner's key yet.", "Start the program once, and ask again."
        )
    return owner_keys.write(bytes.fromhex(kept))


def _key(kept: str | None) -> PrivateKey | None:
    """The key that is kept, unless something else is there, which is what a new one is for."""
    try:
        return PrivateKey(bytes.fromhex(kept)) if kept else None
    except ValueError:
        return None
