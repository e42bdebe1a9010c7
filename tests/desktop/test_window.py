"""The program as a person meets it: real windows, a real panel, a real model, keys and clicks."""

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from jeepney import DBusAddress

from tests.support.processes import kill, lives
from tests.support.program import PATIENCE, PROGRAM, Api, furnish, serving, wait_until
from tests.support.screen import Screen, lacking, running, screen

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.model,
    pytest.mark.skipif(bool(lacking()), reason=f"not installed: {', '.join(lacking())}"),
]

TITLE = "ClosedMesh"
MENU = "com.canonical.dbusmenu"


ENTRIES = (
    "Ready · not sharing",
    "New chat",
    "Open ClosedMesh",
    "Model: SmolLM2 135M Instruct",
    "SmolLM2 135M Instruct",
    "Free the memory now (nothing is loaded)",
    "Copy local API address",
    "Settings…",
    "Help",
    "Save a diagnostic report…",
    "Open the log folder",
    "Quit",
)
"""Of the tray menu, in this order."""


@pytest.fixture(scope="module")
def desktop(tmp_path_factory):
    with screen(tmp_path_factory.mktemp("desktop")) as made:
        yield made


@dataclass
class Window:
    """The program with its window, on a desktop."""

    process: subprocess.Popen
    home: Path
    desktop: Screen

    def is_seen(self):
        return bool(self.desktop.windows(TITLE))

    def wait_until_seen(self):
        wait_until(self.is_seen, "the window is seen")

    def wait_until_hidden(self):
        wait_until(lambda: not self.is_seen(), "the window is hidden")

    def press(self, *keys):
        for window in self.desktop.windows(TITLE):
            self.desktop.tool("windowactivate", "--sync", window, "key", *keys)

    def ask(self, text):
        """Type a question; the answer, when it is whole."""
        peer = Api(self.home)
        (window,) = self.desktop.windows(TITLE)
        self.desktop.tool("windowactivate", "--sync", window, "type", "--delay", 4, text)

        def is_asked():
            self.press("Return")  # which does nothing before the window knows of a model
            return peer.do("list-conversations")

        wait_until(is_asked, "the question is asked")
        wait_until(peer.replies, "the question is answered", seconds=2 * PATIENCE)
        return peer.replies()[0]

    def workers(self):
        """Processes that it has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def ends(self, act):
        """Do something again and again until it ends by itself, well and with all it started."""
        workers = self.workers()

        def has_ended():
            act()
            return self.process.poll() is not None

        wait_until(has_ended, "it ends")
        assert self.process.returncode == 0
        wait_until(lambda: not any(lives(p.pid) for p in workers), "nothing is left", seconds=5)
        assert not (self.home / "run" / "peer.json").exists()


@contextmanager
def opened(home, desktop, *words):
    """The program for the length of a block."""
    furnish(home)
    with running([*PROGRAM, "--home", str(home), *words], desktop.environment) as process:
        yield Window(process, home, desktop)


@pytest.fixture
def window(desktop, tmp_path, starter_model):
    with opened(tmp_path, desktop) as window:
        window.wait_until_seen()
        wait_until(desktop.icons, "the icon is in the tray")
        yield window


def test_a_question_that_is_typed_is_answered(window):
    reply = window.ask("What is the capital of France?")
    assert reply["text"]
    assert reply["receipt"]["served_by"] == "local"


def test_closing_hides_it_and_the_icon_brings_it_back(window, desktop):
    window.press("alt+F4")
    window.wait_until_hidden()
    assert window.process.poll() is None
    assert desktop.icons()
    desktop.click_icon(1)
    window.wait_until_seen()


def test_quitting_from_the_open_menu_leaves_nothing_running(window, desktop):
    window.ask("Count to three.")
    assert window.workers()

    desktop.open_menu()
    window.ends(desktop.click_last_entry)
    assert not desktop.icons()


def entries(desktop):
    """The menu, and the ids of its entries that can be seen by their words."""
    service = desktop.icons()[0].partition("/")[0]
    menu = DBusAddress("/MenuBar", service, MENU)
    layout = desktop.call(menu, MENU, "GetLayout", "iias", (0, -1, ["label", "visible"]))[1]

    def walk(entry):
        number, properties, below = entry
        if properties.get("visible", ("b", True))[1] and "label" in properties:
            yield properties["label"][1], number
        for _, child in below:
            yield from walk(child)

    return menu, dict(walk(layout))


def test_the_menu_has_its_entries_and_does_what_they_say(window, desktop):
    window.press("alt+F4")
    window.wait_until_hidden()
    wait_until(lambda: "Ready · not sharing" in entries(desktop)[1], "the state is told")
    menu, numbers = entries(desktop)
    shown = iter(numbers)
    assert all(words in shown for words in ENTRIES), list(numbers)
    chosen = (numbers["Open ClosedMesh"], "clicked", ("i", 0), 0)
    desktop.call(menu, MENU, "Event", "isvu", chosen)
    window.wait_until_seen()


def test_a_second_launch_shows_the_first_window(window, desktop):
    window.press("alt+F4")
    window.wait_until_hidden()
    with opened(window.home, desktop) as second:
        assert second.process.wait(PATIENCE) == 0
    window.wait_until_seen()


def test_killed_it_leaves_no_process(window):
    window.ask("Count to three.")
    workers = [worker.pid for worker in window.workers()]
    assert workers
    kill(window.process.pid)
    wait_until(lambda: not any(map(lives, workers)), "nothing is left", seconds=5)


def test_it_attaches_to_a_peer_that_runs_and_leaves_it_running(desktop, tmp_path, starter_model):
    with serving(tmp_path) as served, opened(tmp_path, desktop) as window:
        window.wait_until_seen()
        window.ask("Count to three.")
        assert served.workers()
        assert not window.workers()
        window.process.terminate()
        assert window.process.wait(PATIENCE) == 0
        assert served.facts("status")["process"] == served.process.pid


def test_without_a_tray_closing_ends_it(tmp_path, starter_model):
    with (
        screen(tmp_path / "desktop", tray=False) as desktop,
        opened(tmp_path / "home", desktop) as window,
    ):
        window.wait_until_seen()
        window.ends(lambda: window.press("alt+F4"))
