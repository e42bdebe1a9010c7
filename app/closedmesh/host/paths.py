"""Where everything of one peer lies, and where what came with the program lies."""

import hashlib
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from closedmesh.errors import ClosedMeshError

APP = "closedmesh"
HOME_VARIABLE = "CLOSEDMESH_HOME"

PRIVATE = 0o700
"""Mode of every folder of ours: nobody else on this computer looks in."""

MAX_SOCKET_PATH = 80
"""Bytes; a socket's whole path must stay below 104 (macOS), with room for a file name."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one peer."""

    home: Path
    """The folder that a person is shown."""
    settings: Path
    """File."""
    database: Path
    """File."""
    models: Path
    """Folder."""
    logs: Path
    """Folder."""
    runtime: Path
    """Folder for locks and sockets; gone after the next start of the computer, where it can be."""
    secrets: Path
    """File for secrets where there is no keychain."""
    explicit: bool
    """A person chose this home; secrets stay inside it."""

    @classmethod
    def find(cls, home: Path | None) -> "Paths":
        """The places of `home`, else of `CLOSEDMESH_HOME`, else of this account."""
        chosen = home or _from_environment()
        if chosen is None:
            return cls._of_account()
        chosen = chosen.expanduser().absolute()
        return cls(
            home=chosen,
            settings=chosen / "settings.toml",
            database=chosen / "closedmesh.db",
            models=chosen / "models",
            logs=chosen / "logs",
            runtime=_runtime_of(chosen),
            secrets=chosen / "secrets.json",
            explicit=True,
        )

    @classmethod
    def _of_account(cls) -> "Paths":
        dirs = platformdirs.PlatformDirs(APP, appauthor=False)
        data = Path(dirs.user_data_dir)
        return cls(
            home=data,
            settings=Path(dirs.user_config_dir) / "settings.toml",
            database=data / "closedmesh.db",
            models=data / "models",
            logs=Path(dirs.user_log_dir),
            runtime=_runtime_of(data),
            secrets=data / "secrets.json",
            explicit=False,
        )

    @property
    def ledger(self) -> Path:
        """The ledger of the mesh, where this home is its entry."""
        return self.database.with_name("ledger.db")

    def create(self) -> None:
        """Make the folders, for this account only. Raises `ClosedMeshError` if that fails."""
        folders = (
            self.home,
            self.settings.parent,
            self.database.parent,
            self.models,
            self.logs,
            self.runtime,
        )
        for folder in dict.fromkeys(folders):
            try:
                folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            except OSError as error:
                raise ClosedMeshError(
                    f"The folder {folder} cannot be made: {error.strerror}.",
                    "Choose another folder with --home.",
                ) from error
        _refuse_foreign(self.runtime)


def _from_environment() -> Path | None:
    value = os.environ.get(HOME_VARIABLE, "")
    return Path(value) if value else None


def _runtime_of(home: Path) -> Path:
    """A short path that belongs to `home`: sockets cannot lie deep in a folder tree."""
    inside = home / "run"
    if len(os.fsencode(inside)) <= MAX_SOCKET_PATH:
        return inside
    short = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"{APP}-{account()}-{short}"


def account() -> str:
    """A word for this account that can stand in a file name."""
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "user")
    return str(os.getuid())


def _refuse_foreign(folder: Path) -> None:
    """A folder below a shared one may have been made by somebody else before us."""
    if sys.platform == "win32":
        return
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise ClosedMeshError(
            f"{folder} belongs to another account.", "Choose a home with a shorter path."
        )
    folder.chmod(PRIVATE)


def resources() -> Path:
    """Pictures, the catalogue and what else comes with the program."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle or Path(__file__).parents[3]) / "resources"


def bundled_models() -> Path:
    """Model files that come with the program; never written to while it runs."""
    if bundle := getattr(sys, "_MEIPASS", None):
        return Path(bundle) / "models"
    return Path(sys.prefix) / "share" / APP / "models"
