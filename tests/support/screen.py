"""A desktop of a test's own: an X server, a session bus, a window manager, a panel with a tray.

Nothing of it touches the desktop or the keychain of whoever runs the tests.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.support.program import PATIENCE, wait_until

WIDTH, HEIGHT = 1280, 860
PANEL = 32
"""Pixels; the panel lies along the lower edge, and its first plug-in is the tray."""

ENTRY = 16
"""Pixels from a menu's corner to the middle of its last entry."""

TRIES = 5
"""Clicks on an icon before its menu counts as missing."""

MENU_PATIENCE = 3.0
"""Seconds from a click to the menu."""

PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "xfce4-panel", "xdotool")

PANEL_SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x={WIDTH // 2};y={HEIGHT - PANEL // 2}"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="{PANEL}"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="known-items" type="array">
        <value type="string" value="closedmesh"/>
      </property>
    </property>
  </property>
</channel>
"""

WATCHER = DBusAddress(
    "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierWatcher"
)
PROPERTIES = "org.freedesktop.DBus.Properties"


def lacking() -> list[str]:
    """What is not installed; then there is no such desktop here."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@dataclass
class Screen:
    """A desktop that runs."""

    environment: dict[str, str]
    bus: str

    def tool(self, *words: object) -> str:
        """What `xdotool` says to some words; nothing if it found nothing."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=30, check=False
        )
        return done.stdout.strip()

    def windows(self, title: str) -> list[int]:
        """Windows that can be seen, by their exact title."""
        found = self.tool("search", "--onlyvisible", "--name", f"^{title}$")
        return [int(window) for window in found.split()]

    def menus(self) -> list[int]:
        """Menus of tray icons that are open; the panel draws them in a process of its own."""
        found = self.tool("search", "--onlyvisible", "--maxdepth", 1, "--class", "wrapper")
        return [int(window) for window in found.split()]

    def open_menu(self) -> None:
        """Open the menu of the only icon; a click while it opens would close it again."""
        for _ in range(TRIES):
            self.click_icon(3)
            with suppress(AssertionError):
                wait_until(self.menus, "the menu is open", seconds=MENU_PATIENCE)
                return
        raise AssertionError("the menu does not open")

    def click_last_entry(self) -> None:
        """Choose the last entry of an open menu."""
        for menu in self.menus():
            lines = self.tool("getwindowgeometry", "--shell", menu).splitlines()
            at = {name: int(value) for name, _, value in (line.partition("=") for line in lines)}
            end = at["Y"] + at["HEIGHT"]
            self.tool("mousemove", at["X"] + ENTRY, end - ENTRY, "click", 1)

    def click_icon(self, button: int) -> None:
        """Click on the only icon of the tray."""
        self.tool("mousemove", PANEL // 2, HEIGHT - PANEL // 2, "click", button)

    def shot(self, file: Path) -> None:
        """Keep a picture of the whole screen."""
        subprocess.run(
            ["import", "-window", "root", str(file)], env=self.environment, check=True, timeout=30
        )

    def icons(self) -> list[str]:
        """Tray icons that the panel knows, as `service/path` of D-Bus."""
        interface, name = WATCHER.interface, "RegisteredStatusNotifierItems"
        return list(self.call(WATCHER, PROPERTIES, "Get", "ss", (interface, name))[0][1])

    def call(self, where: DBusAddress, interface: str, method: str, signature: str, body: tuple):
        """Call a method on the session's bus; its answer."""
        target = DBusAddress(where.object_path, where.bus_name, interface)
        with open_dbus_connection(bus=self.bus) as connection:
            message = new_method_call(target, method, signature, body)
            answer = connection.send_and_get_reply(message, timeout=10)
        assert answer.header.message_type is MessageType.method_return, answer.body
        return answer.body

    def has_name(self, name: str) -> bool:
        """Whether a service is on the bus."""
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        return bool(self.call(bus, bus.interface, "NameHasOwner", "s", (name,))[0])


@contextmanager
def screen(folder: Path, *, tray: bool = True):
    """A whole desktop for the length of a block, with its files in a folder."""
    with ExitStack() as stack:
        environment = _environment(folder)
        environment["DISPLAY"] = _start_display(stack, environment)
        bus = _start_bus(stack, environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        made = Screen(environment, bus)
        stack.enter_context(running(["openbox"], environment, kill=True))
        wait_until(lambda: made.tool("get_num_desktops"), "the window manager runs")
        if tray:
            panel = ["xfce4-panel", "--disable-wm-check"]
            stack.enter_context(running(panel, environment, kill=True))
            wait_until(lambda: made.has_name(WATCHER.bus_name), "the panel has a tray")
        yield made


def _environment(folder: Path) -> dict[str, str]:
    runtime, config = folder / "runtime", folder / "config"
    settings = config / "xfce4" / "xfconf" / "xfce-perchannel-xml"
    settings.mkdir(parents=True)
    runtime.mkdir(mode=0o700)
    (settings / "xfce4-panel.xml").write_text(PANEL_SETTINGS)
    ours = {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(config),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_QPA_PLATFORM": "xcb",
        "NO_AT_BRIDGE": "1",
    }
    taken_out = {"WAYLAND_DISPLAY", "CLOSEDMESH_HOME", "QT_QPA_PLATFORMTHEME"}
    return {k: v for k, v in os.environ.items() if k not in taken_out} | ours


def _start_display(stack: ExitStack, environment: dict[str, str]) -> str:
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten",
               "tcp", "-noreset"]  # fmt: skip
    server = stack.enter_context(running(command, environment))
    return f":{server.stdout.readline().strip()}"


def _start_bus(stack: ExitStack, environment: dict[str, str]) -> str:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    daemon = stack.enter_context(running(command, environment))
    return daemon.stdout.readline().strip()


@contextmanager
def running(command: list[str], environment: dict[str, str], *, kill: bool = False):
    """A program for the length of a block, with all that it starts. `kill` for others' programs,
    which now and then do not end when they are told to; ours have to."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                _end(psutil.Process(process.pid).children(recursive=True))
                process.kill() if kill else process.terminate()
            process.wait(PATIENCE)


def _end(processes: list[psutil.Process]) -> None:
    _each(processes, psutil.Process.terminate)
    _, left = psutil.wait_procs(processes, timeout=5)
    _each(left, psutil.Process.kill)


def _each(processes: list[psutil.Process], act: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        try:
            act(process)
        except psutil.NoSuchProcess:
            continue
