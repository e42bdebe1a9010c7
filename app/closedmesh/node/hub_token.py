"""The token for gated models: kept in the keychain, held in memory, shown to nobody."""

from contextlib import suppress
from typing import Final

from closedmesh.errors import ClosedMeshError
from closedmesh.host.secrets import Secrets

NAME: Final = "hub-token"


class HubToken:
    """The token; empty while there is none."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self.value = ""

    async def read(self) -> None:
        """Take it from the keychain; while that is locked there is none."""
        with suppress(ClosedMeshError):  # the API key lies there too, and tells of it
            self.value = await self._secrets.get(NAME) or ""

    async def keep(self, token: str) -> None:
        """Keep another one; an empty one forgets it. Raises `SecretsLocked`."""
        if token:
            await self._secrets.set(NAME, token)
        else:
            await self._secrets.delete(NAME)
        self.value = token
