import pytest


@pytest.fixture
def bus(monkeypatch):
    """A bus of our own, in place of both that a desktop of Linux has."""
    support = pytest.importorskip("tests.support.bus")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with support.running_bus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
        yield bus
