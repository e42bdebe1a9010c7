"""Files by which the desktops of freedesktop.org know a program: those that we write for one
account, and the one that an installer brought."""

import os
import shlex
import shutil
from collections.abc import Iterable
from pathlib import Path

SCHEME = "closedmesh"
"""Of links."""

LINKS = f"x-scheme-handler/{SCHEME}"

INSTALLED = "closedmesh.desktop"
"""The name under which installers put the program into menus."""


def text(command: tuple[str, ...], *, links: bool) -> str:
    """A desktop file that runs a command at login, or for links."""
    words = " ".join(_quoted(word) for word in command)
    lines = ["[Desktop Entry]", "Type=Application", "Name=ClosedMesh", "Icon=closedmesh"]
    if links:
        lines += [f"Exec={words} %u", "NoDisplay=true", f"MimeType={LINKS};"]
    else:
        lines += [f"Exec={words}", "X-GNOME-Autostart-Delay=5"]
    return "\n".join([*lines, "Terminal=false", ""])


def _quoted(word: str) -> str:
    """An argument of a desktop file, which unquotes twice: as a string, then as a command."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, f"\\{sign}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%").replace("\n", "\\n") + '"'


def own_data() -> Path:
    """Where this account keeps what programs share."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def installed_for_links(command: tuple[str, ...]) -> str:
    """The file by which an installer has links opened by the same command; empty if there is
    none."""
    everybody = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    folders = (own_data(), *map(Path, everybody.split(":")))
    files = (folder / "applications" / INSTALLED for folder in folders)
    return next((str(file) for file in files if _opens_links(file, command)), "")


def _opens_links(file: Path, command: tuple[str, ...]) -> bool:
    try:
        lines = file.read_text("utf-8").splitlines()
        started, *words = shlex.split(_value(lines, "Exec"))
    except (OSError, ValueError):
        return False
    found = shutil.which(started)
    return (
        LINKS in _value(lines, "MimeType").split(";")
        and words == [*command[1:], "%u"]
        and found is not None
        and Path(found).resolve() == Path(command[0]).resolve()
    )


def _value(lines: Iterable[str], key: str) -> str:
    return next((line.partition("=")[2] for line in lines if line.startswith(f"{key}=")), "")
