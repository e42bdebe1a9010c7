"""Secrets: in the system's keychain, or in a file that only this account can read.

The keychain may ask a person, block on a dialog or be locked, so it is called in a thread with a
time limit. A locked keychain raises: the secret may be there, so none is made anew. Only where
there is no keychain at all, or the person chose a home folder, the file is used; `health` tells.
"""

import asyncio
import json
import logging
import os
import stat
import sys
from collections.abc import Callable
from typing import Literal, TypeVar, get_args

import keyring
import keyring.errors

from closedmesh.errors import ClosedMeshError, SecretsLocked
from closedmesh.host.files import write_atomically
from closedmesh.host.paths import Paths
from closedmesh.status import Health, Severity

log = logging.getLogger(__name__)

SERVICE = "closedmesh"

Name = Literal["api-key", "node-key", "owner-key", "mesh-key", "hub-token", "fallback-key"]
"""Every secret there may be: none can be kept that would not be removed with the others."""

NAMES: tuple[Name, ...] = get_args(Name)
"""The same, to go through."""

PATIENCE = 10.0
"""Seconds that the keychain has, dialogs included."""

T = TypeVar("T")


class Secrets:
    """The secrets of one home, by name."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._use_file = paths.explicit or paths.secrets.exists()

    async def get(self, name: Name) -> str | None:
        """A secret, or `None` if there is none. Raises `SecretsLocked`."""
        if not self._use_file:
            try:
                return await self._keychain(lambda: keyring.get_password(SERVICE, name))
            except keyring.errors.NoKeyringError:
                self._use_file = True
        return self._read().get(name)

    async def set(self, name: Name, value: str) -> None:
        """Keep a secret. Raises `SecretsLocked`."""
        if not self._use_file:
            try:
                await self._keychain(lambda: keyring.set_password(SERVICE, name, value))
            except keyring.errors.NoKeyringError:
                self._use_file = True
            else:
                return
        self._write(self._read() | {name: value})

    async def delete(self, name: Name) -> None:
        """Forget a secret; it need not exist. Raises `SecretsLocked`."""
        if not self._use_file:
            try:
                await self._keychain(lambda: _delete(name))
            except keyring.errors.NoKeyringError:
                self._use_file = True
            else:
                return
        kept = self._read()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def health(self) -> tuple[Health, ...]:
        """Says so when secrets lie in a file though nobody chose that."""
        if not self._use_file or self._paths.explicit:
            return ()
        return (
            Health(
                "secrets-in-file",
                Severity.INFO,
                "There is no keychain here: the API key lies in a file only your account can read.",
                "Nothing to do; with a keychain (GNOME Keyring, KWallet) it would lie there.",
            ),
        )

    async def _keychain(self, work: Callable[[], T]) -> T:
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.to_thread(work)
        except keyring.errors.NoKeyringError:
            raise
        except (TimeoutError, keyring.errors.KeyringError) as error:
            log.warning("the keychain refused: %s", type(error).__name__)
            raise SecretsLocked(
                "The keychain is locked or did not answer.",
                "Unlock it (usually with your login password) and try again, or give"
                " CLOSEDMESH_API_KEY.",
            ) from error

    def _read(self) -> dict[str, str]:
        path = self._paths.secrets
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise _unusable(path, error.strerror or "it cannot be opened") from error
        with os.fdopen(handle, "rb") as file:
            _check_private(os.fstat(file.fileno()), path)
            try:
                kept = json.loads(file.read())
            except ValueError as error:
                raise _unusable(path, "it holds something else") from error
        if not isinstance(kept, dict) or not all(isinstance(v, str) for v in kept.values()):
            raise _unusable(path, "it holds something else")
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        write_atomically(self._paths.secrets, json.dumps(kept).encode())


def _delete(name: str) -> None:
    if keyring.get_password(SERVICE, name) is not None:
        keyring.delete_password(SERVICE, name)


def _check_private(found: os.stat_result, path: object) -> None:
    if sys.platform == "win32":
        return  # the folder lies in the account's own profile, which nobody else may read
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise _unusable(path, "other accounts can read it")


def _unusable(path: object, why: str) -> ClosedMeshError:
    return ClosedMeshError(
        f"The file of secrets {path} is not used: {why}.",
        "Put it right (chmod 600), or delete it: a new API key is made then.",
    )
