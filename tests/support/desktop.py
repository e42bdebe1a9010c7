"""What tests of pages and windows share: resources, a peer to enter, a chat page that is none."""

import os
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtWidgets import QLabel

RESOURCES = Path(__file__).parent.parent.parent / "resources"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def entered(control):
    """A factory of a context manager that gives `control`."""

    @asynccontextmanager
    async def connect():
        yield control

    return connect


class SilentChat(QLabel):
    """Stands where the chat page goes; remembers what it was told."""

    def __init__(self, bridge=None, theme=None):
        super().__init__()
        self.told = []

    def display(self, status):
        self.told.append("status")

    def new_chat(self):
        self.told.append("new chat")

    def focus_composer(self):
        self.told.append("focus")
