"""Files that must never be lost half-way: written whole or not at all, broken ones set aside."""

import logging
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.settings import Settings, Value, changed
from closedmesh.status import Health, Severity

log = logging.getLogger(__name__)


def write_atomically(
    path: Path, data: bytes | Iterable[bytes | memoryview], *, mode: int = 0o600
) -> None:
    """Replace a file in one step: a crash leaves the old one or the new one. What is large comes
    in parts."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def word_in(path: Path) -> str:
    """What a small file says; empty where it is not there or cannot be read."""
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""


def set_aside(path: Path) -> Path:
    """Rename a file that cannot be read, so that nothing in it is lost; its new place."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    return aside


class SettingsFile:
    """`settings.toml`. People edit it too: comments, order and unknown keys stay as they are."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[Settings, tuple[Health, ...]]:
        """What the file says. A value that makes no sense counts as not given; a file that is
        no TOML is set aside. Both are told."""
        health: list[Health] = []
        settings = Settings()
        for name, value in self._values(health).items():
            try:
                settings = changed(settings, {name: value})
            except BadRequest as error:
                health.append(_ignored(name, error))
        return settings, tuple(health)

    def change(self, settings: Settings, changes: Mapping[str, Value]) -> Settings:
        """Apply changes to `settings` and to the file, all or none. Raises `BadRequest`."""
        result = changed(settings, changes)
        document = self._document([])
        plain = msgspec.to_builtins(result)
        for name in changes:
            page, _, key = name.partition(".")
            table = document.get(page)
            if not isinstance(table, Table):
                table = document[page] = tomlkit.table()
            table[key] = plain[page][key]
        try:
            write_atomically(self._path, tomlkit.dumps(document).encode())
        except OSError as error:
            raise ClosedMeshError(
                f"The settings could not be written: {error.strerror}.",
                f"Look at {self._path} and the space left on its disk.",
            ) from error
        return result

    def _values(self, health: list[Health]) -> dict[str, Any]:
        known = msgspec.to_builtins(Settings())
        values: dict[str, Any] = {}
        for page, table in self._document(health).unwrap().items():
            if page in known and not isinstance(table, dict):
                health.append(_ignored(page, BadRequest(f"{page} is no table.", "")))
            elif page in known:
                values |= {f"{page}.{key}": value for key, value in table.items()
                           if key in known[page]}  # fmt: skip
        return values

    def _document(self, health: list[Health]) -> tomlkit.TOMLDocument:
        try:
            return tomlkit.parse(self._path.read_bytes())
        except FileNotFoundError:
            return tomlkit.document()
        except (TOMLKitError, UnicodeDecodeError, RecursionError) as error:
            aside = set_aside(self._path)
            log.warning("the settings file could not be read and is now %s", aside.name)
            health.append(
                Health(
                    "settings-broken",
                    Severity.WARNING,
                    f"The settings file could not be read ({error}); defaults are used.",
                    f"The old file is kept as {aside}.",
                )
            )
            return tomlkit.document()


def _ignored(name: str, error: BadRequest) -> Health:
    return Health(
        f"setting-ignored-{name}",
        Severity.WARNING,
        f"A setting is not used: {error.title}",
        "Correct it in the settings file or on the Settings page.",
    )
