"""Removes everything of a home: files, secrets, the service, and what tells the system to open the
window. What is removed is listed first.

A model folder elsewhere, which the person chose, is kept, since other programs may use it.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from closedmesh.errors import AlreadyRunning, ClosedMeshError
from closedmesh.host import autostart, instance, opening, service
from closedmesh.host.files import SettingsFile
from closedmesh.host.paths import APP, Paths
from closedmesh.host.secrets import NAMES, Name, Secrets


@dataclass(frozen=True, slots=True)
class Removal:
    """What there is to remove."""

    paths: tuple[str, ...]
    """Files and folders, whole."""
    secrets: tuple[Name, ...]
    """Names in the keychain."""
    service: str
    """The file or task of the service; empty if there is none."""
    kept: tuple[str, ...]
    """What stays, because it is not only ours."""
    opened_by: tuple[str, ...] = ()
    """Files or keys that tell the system to open the window at login, or for links."""


async def look(places: Paths) -> Removal:
    """What there is. Raises `SecretsLocked` while the keychain does not tell."""
    kept_secrets = Secrets(places)
    found = autostart.find(service.job(places))
    return Removal(
        paths=tuple(str(path) for path in _ours(places) if path.exists()),
        secrets=tuple([name for name in NAMES if await kept_secrets.get(name) is not None]),
        service=found.place if found else "",
        kept=_kept(places),
        opened_by=tuple(filter(None, (way.find() for way in _ways(places)))),
    )


async def carry_out(places: Paths, removal: Removal) -> None:
    """Remove all of it. Raises `AlreadyRunning` while a peer runs here."""
    if instance.running(places) is not None:
        autostart.remove(service.job(places))
    if instance.running(places) is not None:
        raise AlreadyRunning(
            "A peer runs in this home folder; nothing was removed.", "Quit it, and try again."
        )
    if removal.service:
        autostart.remove(service.job(places))
    for way in _ways(places):
        way.remove()
    secrets = Secrets(places)
    for name in removal.secrets:
        await secrets.delete(name)
    for path in map(Path, removal.paths):
        _delete(path)


def _ways(places: Paths) -> tuple[opening.Way, ...]:
    return opening.at_login(places), opening.for_links(places)


def _ours(places: Paths) -> tuple[Path, ...]:
    """Every folder that is ours alone; inner ones go with the outer."""
    folders = (
        places.home,
        places.settings.parent,
        places.database.parent,
        places.models,
        places.logs.parent if places.logs.parent.name == APP else places.logs,
        places.runtime,
    )
    outer = dict.fromkeys(folders)
    return tuple(f for f in outer if not any(f != o and f.is_relative_to(o) for o in outer))


def _kept(places: Paths) -> tuple[str, ...]:
    settings, _ = SettingsFile(places.settings).read() if places.settings.exists() else (None, ())
    folder = settings.models.folder if settings else ""
    return (folder,) if folder else ()


def _delete(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ClosedMeshError(
            f"{path} could not be removed: {error.strerror}.", "Look at its rights, and try again."
        ) from error
