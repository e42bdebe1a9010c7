import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from closedmesh.ui import tray_host
from closedmesh.ui.tray_host import PATIENCE, SERVICE_PATIENCE, TrayHost


class Panel:
    """What Qt and the bus say of a panel."""

    def __init__(self):
        self.service = False
        self.available = False
        self.asked = 0

    def is_available(self):
        self.asked += 1
        return self.available


@pytest.fixture
def panel(monkeypatch):
    panel = Panel()
    monkeypatch.setattr(tray_host, "_service_is_there", lambda: panel.service)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", panel.is_available)
    return panel


@pytest.fixture
def heard(panel, qapp):
    """A host, and what it said."""
    host = TrayHost()
    said = []
    host.found.connect(lambda: said.append("found"))
    host.missing.connect(lambda: said.append("missing"))
    yield host, said
    host.stop()


def look(host, times):
    for _ in range(times):
        host._look()


def test_a_panel_that_is_there_is_found_at_once(heard, panel):
    panel.service = panel.available = True
    host, said = heard
    host.start()
    assert said == ["found"]
    assert host.is_there
    assert not host._timer.isActive()


def test_qt_is_not_asked_before_the_service_is_there(heard, panel):
    panel.available = True
    host, said = heard
    host.start()
    look(host, 2)
    assert panel.asked == 0
    panel.service = True
    look(host, 1)
    assert said == ["found"]


def test_an_old_panel_without_the_service_is_found_later(heard, panel):
    panel.available = True
    host, said = heard
    host.start()
    look(host, SERVICE_PATIENCE)
    assert said == ["found"]


def test_that_there_is_none_is_said_once_and_one_may_still_come(heard, panel):
    host, said = heard
    host.start()
    look(host, 2 * PATIENCE)
    assert said == ["missing"]
    assert not host.is_there
    panel.service = panel.available = True
    look(host, 1)
    assert said == ["missing", "found"]


def test_stopped_it_looks_no_longer(heard):
    host, _ = heard
    host.start()
    assert host._timer.isActive()
    host.stop()
    assert not host._timer.isActive()
