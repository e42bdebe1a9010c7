"""A peer in memory behind a bridge, for every test of a page."""

from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.catalogue import Catalogue
from closedmesh.ui.chat.page import ChatPage
from closedmesh.ui.theme import Theme
from closedmesh.ui.window import Around, MainWindow
from tests.support.control import FakeControl
from tests.support.desktop import RESOURCES, calm_system, entered, used

PATIENCE = 30_000
"""Milliseconds; a computer that is busy with other things is slow and not wrong."""


class PatientBot(QtBot):
    """Waits as long as it takes."""

    def __init__(self, request):
        super().__init__(request)
        self.waitSignal = partial(super().waitSignal, timeout=PATIENCE)
        self.waitSignals = partial(super().waitSignals, timeout=PATIENCE)
        self.waitUntil = partial(super().waitUntil, timeout=PATIENCE)


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def theme(qapp):
    return Theme(RESOURCES)


@pytest.fixture
def bridge(control, qtbot):
    bridge = Bridge(entered(control))
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()
    yield bridge
    bridge.stop()


@pytest.fixture
def open_window(bridge, theme, qtbot, tmp_path):
    """Opens the whole window with a status, in a home that was used before."""

    def opened(status):
        around = Around(used(tmp_path / "window.ini"), calm_system(), lambda: True)
        window = MainWindow(bridge, theme, ChatPage, around)
        qtbot.addWidget(window)
        window.display(status)
        window.open()
        return window

    return opened


@pytest.fixture(autouse=True)
def english():
    """Words belong to the whole process: what a test chooses is undone."""
    words.choose(Catalogue(), words.SOURCE)
    yield
    words.choose(Catalogue(), words.SOURCE)
