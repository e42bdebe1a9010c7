"""The key of the local API: from the environment, else in the keychain, made at first need."""

import os
import secrets
from typing import Final

from closedmesh.control import KeyCommand, NewKey, ShowKey
from closedmesh.errors import ClosedMeshError
from closedmesh.host.secrets import Secrets
from closedmesh.status import Health, Severity

API_KEY: Final = "api-key"
"""Name of the secret."""

API_KEY_VARIABLE = "CLOSEDMESH_API_KEY"


class ApiKey:
    """The key as it is now."""

    def __init__(self, keychain: Secrets) -> None:
        self._keychain = keychain
        self.value = ""
        """Empty, which opens nothing, while the keychain is locked."""
        self.health: tuple[Health, ...] = ()

    async def do(self, command: KeyCommand) -> str:
        """Carry out a command."""
        match command:
            case ShowKey():
                return self.value
            case NewKey():
                return await self.renew()

    async def read(self) -> None:
        """Have the key."""
        if given := os.environ.get(API_KEY_VARIABLE):
            self.value = given
            return
        try:
            self.value = await self._keychain.get(API_KEY) or await self.renew()
        except ClosedMeshError as error:
            self.health = (Health("api-key", Severity.WARNING, error.title, error.advice),)

    async def renew(self) -> str:
        """A new key; the old one opens nothing any longer."""
        key = f"cm-{secrets.token_urlsafe(32)}"
        await self._keychain.set(API_KEY, key)
        self.value, self.health = key, ()
        return key
