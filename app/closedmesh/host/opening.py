"""How the system opens this program by itself: its window at login, and links of invites.

Both are off until a person asks, both are written where only this account looks, and each can be
taken back without a trace. Installers have links opened by the program they bring, which stays so
while it is installed. The service without a window is `autostart`.
"""

import os
import plistlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.host import desktop_entries, service
from closedmesh.host.desktop_entries import SCHEME
from closedmesh.host.paths import Paths


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that the system does for us, or not."""

    find: Callable[[], str]
    """The file or key that tells the system; empty if there is none."""
    install: Callable[[], None]
    """Raises `ClosedMeshError`."""
    remove: Callable[[], None]
    given: Callable[[], str] = lambda: ""
    """What an installer brought that has the system do it anyway, and that goes only with the
    program; empty if there is none."""


def at_login(places: Paths) -> Way:
    """The window's program at login, in the tray."""
    job = service.job(places)
    command = (*job.command[:-1], "app", "--hidden")
    return _at_login(job.name, command)


def for_links(places: Paths) -> Way:
    """Links of invites open in the window. An installer may have seen to it already."""
    job = service.job(places)
    return _for_links(job.name, (*job.command[:-1], "app"))


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

        def install() -> None:
            if not bundled:
                raise ClosedMeshError(
                    "macOS opens links only in an application, and this copy is none.",
                    "Install ClosedMesh from its disk image, and use that copy.",
                )

        return Way(lambda: "", install, lambda: None, lambda: bundled)

else:

    def _at_login(name: str, command: tuple[str, ...]) -> Way:
        config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        text = desktop_entries.text(command, links=False)
        return _file(config / "autostart" / f"{name}.desktop", text.encode())

    def _for_links(name: str, command: tuple[str, ...]) -> Way:
        folder = desktop_entries.own_data() / "applications"

        def tell() -> None:
            service.succeeds(("update-desktop-database", "-q", str(folder)))

        text = desktop_entries.text(command, links=True)
        own = _file(folder / f"{name}-links.desktop", text.encode(), tell)
        return replace(own, given=lambda: desktop_entries.installed_for_links(command))
