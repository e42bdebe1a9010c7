"""How the system opens this program by itself: its window at login, and links of invites.

Both are off until a person asks, both are written where only this account looks, and each can be
taken back without a trace. The service without a window is `autostart`.
"""

import os
import plistlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from closedmesh.host import service
from closedmesh.host.paths import Paths

SCHEME = "closedmesh"
"""Of links."""


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that the system does for us, or not."""

    find: Callable[[], str]
    """The file or key that tells the system; empty if there is none."""
    install: Callable[[], None]
    """Raises `ClosedMeshError`."""
    remove: Callable[[], None]


def at_login(places: Paths) -> Way:
    """The window's program at login, in the tray."""
    job = service.job(places)
    command = (*job.command[:-1], "app", "--hidden")
    return _at_login(job.name, command)


def for_links(places: Paths) -> Way:
    """Links of invites open in the window. An installer may have seen to it for everybody."""
    job = service.job(places)
    return _for_links(job.name, (*job.command[:-1], "app"))


def desktop_entry(command: tuple[str, ...], *, links: bool) -> str:
    """A desktop file, as the systems of freedesktop.org read it."""
    words = " ".join(_quoted(word) for word in command)
    lines = ["[Desktop Entry]", "Type=Application", "Name=ClosedMesh", "Icon=closedmesh"]
    if links:
        lines += [f"Exec={words} %u", "NoDisplay=true", f"MimeType=x-scheme-handler/{SCHEME};"]
    else:
        lines += [f"Exec={words}", "X-GNOME-Autostart-Delay=5"]
    return "\n".join([*lines, "Terminal=false", ""])


def agent(name: str, command: tuple[str, ...]) -> bytes:
    """A property list for launchd that opens the window's program once at login."""
    return plistlib.dumps(
        {
            "Label": f"org.{name}.window",
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "LimitLoadToSessionType": "Aqua",
        }
    )


def _quoted(word: str) -> str:
    """An argument of a desktop file, which unquotes twice: as a string, then as a command."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, f"\\{sign}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%").replace("\n", "\\n") + '"'


def _file(place: Path, data: bytes, after: Callable[[], None] = lambda: None) -> Way:
    """A way that is one file of ours; the system is told `after` each change."""

    def install() -> None:
        service.write(place, data)
        after()

    def remove() -> None:
        if place.exists():
            place.unlink()
            after()

    return Way(lambda: str(place) if place.exists() else "", install, remove)


if sys.platform == "win32":
    import winreg

    RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
    CLASSES = rf"Software\Classes\{SCHEME}"

    def _at_login(name: str, command: tuple[str, ...]) -> Way:
        def find() -> str:
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as key:
                    winreg.QueryValueEx(key, name)
            except OSError:
                return ""
            return rf"HKCU\{RUN}\{name}"

        def install() -> None:
            _set(RUN, name, subprocess.list2cmdline(command))

        def remove() -> None:
            if find():
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN, 0, winreg.KEY_SET_VALUE) as key:
                    winreg.DeleteValue(key, name)

        return Way(find, install, remove)

    def _for_links(name: str, command: tuple[str, ...]) -> Way:
        del name  # of a scheme there is one

        def find() -> str:
            try:
                winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CURRENT_USER, CLASSES))
            except OSError:
                return ""
            return rf"HKCU\{CLASSES}"

        def install() -> None:
            _set(CLASSES, "", "URL:ClosedMesh")
            _set(CLASSES, "URL Protocol", "")
            _set(rf"{CLASSES}\shell\open\command", "", f'{subprocess.list2cmdline(command)} "%1"')

        def remove() -> None:
            for inner in (r"\shell\open\command", r"\shell\open", r"\shell", ""):
                if find():
                    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, f"{CLASSES}{inner}")

        return Way(find, install, remove)

    def _set(path: str, name: str, value: str) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, path) as key:
            winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

elif sys.platform == "darwin":

    def _at_login(name: str, command: tuple[str, ...]) -> Way:
        agents = Path.home() / "Library" / "LaunchAgents"
        return _file(agents / f"org.{name}.window.plist", agent(name, command))

    def _for_links(name: str, command: tuple[str, ...]) -> Way:
        """The property list of the application bundle says it; nobody else can."""
        del name, command
        bundled = next((str(p) for p in Path(sys.executable).parents if p.suffix == ".app"), "")
        return Way(lambda: bundled, lambda: None, lambda: None)

else:

    def _at_login(name: str, command: tuple[str, ...]) -> Way:
        config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        text = desktop_entry(command, links=False)
        return _file(config / "autostart" / f"{name}.desktop", text.encode())

    def _for_links(name: str, command: tuple[str, ...]) -> Way:
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        folder = data / "applications"

        def tell() -> None:
            service.succeeds(("update-desktop-database", "-q", str(folder)))

        text = desktop_entry(command, links=True)
        return _file(folder / f"{name}-links.desktop", text.encode(), tell)
