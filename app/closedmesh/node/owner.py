"""The key of this computer's owner, shown and replaced."""

from closedmesh import control
from closedmesh.errors import ClosedMeshError
from closedmesh.host.secrets import Secrets
from closedmesh.mesh import owner_keys
from closedmesh.node.identity import OWNER_KEY


async def do(command: control.OwnerCommand, keychain: Secrets) -> str | None:
    """Carry out a command. Raises `ClosedMeshError`."""
    if isinstance(command, control.UseOwner):
        await keychain.set(OWNER_KEY, owner_keys.read(command.key).hex())
        return None
    kept = await keychain.get(OWNER_KEY)
    if kept is None:
        raise ClosedMeshError(
            "This computer has no owner's key yet.", "Start the program once, and ask again."
        )
    return owner_keys.write(bytes.fromhex(kept))
