"""What tests of pages and windows share: resources, a peer to enter, a chat page that is none."""

import os
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from closedmesh.assembly import Hardware, Removal, Way
from closedmesh.settings import AppearanceSettings
from closedmesh.ui.system import System

RESOURCES = Path(__file__).parent.parent.parent / "resources"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


HARDWARE = Hardware("Example Processor", 16_000_000_000, 210_000_000_000, metered=False)


def remembered_way(place):
    """A way that lasts as long as the test."""
    there = []
    return Way(
        find=lambda: place if there else "", install=lambda: there.append(1), remove=there.clear
    )


NOTHING = Removal((), (), "", ())

UNCHOSEN = AppearanceSettings()


def calm_system(hardware=HARDWARE, everything=NOTHING, chosen=UNCHOSEN):
    """A system that nothing is really done to."""
    return System(
        chosen,
        remembered_way("/autostart/closedmesh.desktop"),
        remembered_way("/applications/closedmesh-links.desktop"),
        look=lambda: hardware,
        everything=lambda: everything,
    )


def used(state):
    """The file of a window that a person has begun to use."""
    state.write_text("[General]\nbegun=yes\n")
    return state


def entered(control):
    """A factory of a context manager that gives `control`."""

    @asynccontextmanager
    async def connect():
        yield control

    return connect


class SilentChat(QLabel):
    """Stands where the chat page goes; remembers what it was told."""

    answered = Signal()

    def __init__(self, bridge=None, theme=None):
        super().__init__()
        self.told = []

    def display(self, status):
        self.told.append("status")

    def new_chat(self):
        self.told.append("new chat")

    def focus_composer(self):
        self.told.append("focus")

    def leave(self):
        return self.told

    def take_over(self, left):
        self.told = left
