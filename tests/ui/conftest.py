"""A peer in memory behind a bridge, for every test of a page."""

import pytest

from closedmesh.ui.bridge import Bridge
from closedmesh.ui.theme import Theme
from tests.support.control import FakeControl
from tests.support.desktop import RESOURCES, entered


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def theme(qapp):
    return Theme(RESOURCES)


@pytest.fixture
def bridge(control, qtbot):
    bridge = Bridge(entered(control))
    with qtbot.waitSignal(bridge.status_changed, timeout=5000):
        bridge.start()
    yield bridge
    bridge.stop()
