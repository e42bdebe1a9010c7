"""What a screen reader finds: accessible_tree.py [FILE]

Starts the real program on a desktop of its own and reads its window over the bus of assistive
technology (AT-SPI, package at-spi2-core), as Orca does. Every page and tab is opened by doing the
default action of its button, so that this needs neither mouse nor keys. Writes the tree of each
view to FILE, says how many controls there are, and ends with 1 if one that takes the keyboard has
no name.

Run it in the virtual environment from the root of the source: python -m tests.benchmarks.\
accessible_tree
"""

import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.support.program import PROGRAM, furnish, wait_until
from tests.support.screen import Screen, running, screen

ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
PROPERTIES = "org.freedesktop.DBus.Properties"

FOCUSABLE, SHOWING, VISIBLE = 11, 25, 30
"""Bits of a state, as AT-SPI numbers them."""

SETTLE = 0.8
"""Seconds for a view to be drawn; the bus does not tell when."""

PAGES = ("Chat", "Models", "Sharing", "Mesh", "Activity", "Settings")


@dataclass(frozen=True)
class Node:
    """One thing that a screen reader can stand on."""

    owner: str
    path: str
    role: str
    name: str
    description: str
    states: int
    depth: int

    def has(self, bit: int) -> bool:
        return bool(self.states >> bit & 1)

    @property
    def is_seen(self) -> bool:
        return self.has(SHOWING) and self.has(VISIBLE)

    @property
    def line(self) -> str:
        keys = " [keyboard]" if self.has(FOCUSABLE) else ""
        described = f"  ({self.description})" if self.description else ""
        return f"{'  ' * self.depth}{self.role}: {self.name!r}{described}{keys}"


class Reader:
    """Reads trees over the bus."""

    def __init__(self, connection) -> None:
        self._connection = connection

    def call(self, owner, path, interface, method, signature="", body=()):
        message = new_method_call(
            DBusAddress(path, owner, interface), method, signature or None, body
        )
        answer = self._connection.send_and_get_reply(message, timeout=10)
        if answer.header.message_type is not MessageType.method_return:
            raise OSError(answer.body)
        return answer.body

    def text(self, owner, path, name):
        return self.call(owner, path, PROPERTIES, "Get", "ss", (ACCESSIBLE, name))[0][1]

    def children(self, owner, path):
        return self.call(owner, path, ACCESSIBLE, "GetChildren")[0]

    def node(self, owner, path, depth):
        low, high = self.call(owner, path, ACCESSIBLE, "GetState")[0]
        return Node(
            owner,
            path,
            self.call(owner, path, ACCESSIBLE, "GetRoleName")[0],
            self.text(owner, path, "Name"),
            self.text(owner, path, "Description"),
            low | high << 32,
            depth,
        )

    def tree(self, owner, path, depth=0):
        """All that is seen, in the order of reading."""
        node = self.node(owner, path, depth)
        if depth < 2 or node.is_seen:
            yield node
            for child_owner, child in self.children(owner, path):
                with suppress(OSError):  # gone in the meantime
                    yield from self.tree(child_owner, child, depth + 1)

    def act(self, node):
        """Do what a click would do; the name of the first action."""
        self.call(node.owner, node.path, ACTION, "DoAction", "i", (0,))
        time.sleep(SETTLE)

    def program(self):
        """The program, once it has said that it is there."""
        for owner, path in self.children(REGISTRY, ROOT):
            if "closedmesh" in self.text(owner, path, "Name").lower():
                return owner, path
        return None


@contextmanager
def opened():
    """The program and a reader of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with screen(folder / "desktop", tray=False) as desktop:
            environment = desktop.environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
            environment["LANG"] = environment["LC_ALL"] = "C.UTF-8"
            environment.pop("NO_AT_BRIDGE", None)
            home = folder / "home"
            furnish(home)
            launcher = ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"]
            with running(launcher, environment, kill=True):
                wait_until(lambda: desktop.has_name("org.a11y.Bus"), "assistive technology runs")
                with running([*PROGRAM, "--home", str(home)], environment):
                    wait_until(lambda: desktop.windows("ClosedMesh"), "the window is seen")
                    with open_dbus_connection(bus=_address(desktop)) as connection:
                        reader = Reader(connection)
                        wait_until(reader.program, "the program is on the bus")
                        time.sleep(3 * SETTLE)
                        yield reader


def _address(desktop: Screen) -> str:
    where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    return desktop.call(where, "org.a11y.Bus", "GetAddress", "", ())[0]


def views(reader):
    """Every page, and every tab of those that have some: its name and its tree."""
    owner, path = reader.program()
    for page in PAGES:
        everything = list(reader.tree(owner, path))
        reader.act(next(node for node in everything if node.name == f"{page} page"))
        seen = list(reader.tree(owner, path))
        tabs = [node for node in seen if node.role == "page tab"]
        for tab in tabs or [None]:
            if tab is not None:
                reader.act(tab)
            yield f"{page} {tab.name if tab else ''}".strip(), list(reader.tree(owner, path))


def main(words) -> int:
    """Read everything; the exit code."""
    nameless, controls, lines = [], 0, []
    with opened() as reader:
        for view, nodes in views(reader):
            takes_keys = [node for node in nodes if node.has(FOCUSABLE)]
            controls += len(takes_keys)
            nameless += [(view, node) for node in takes_keys if not node.name.strip()]
            lines += ["", f"== {view}: {len(nodes)} things, {len(takes_keys)} take the keyboard"]
            lines += [node.line for node in nodes]
            print(lines[-len(nodes) - 1].strip("= "))
    if words:
        Path(words[0]).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{controls} controls, {len(nameless)} without a name")
    for view, node in nameless:
        print(f"  {view}: {node.role} {node.path}")
    return 1 if nameless or not controls else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
