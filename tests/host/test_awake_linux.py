"""Against services of ours that grant what GNOME, KDE, Xfce and logind grant."""

import os
import sys

import pytest

from closedmesh.host.awake_linux import hold

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux's desktops")

WHY = "Answering others"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("org.gnome.SessionManager", ("ClosedMesh", 0, WHY, 4)),
        ("org.freedesktop.PowerManagement", ("ClosedMesh", WHY)),
    ],
)
def test_the_desktop_holds_off_sleep_until_our_connection_ends(bus, name, asked):
    with bus.service(name, {"Inhibit": ("u", (42,))}) as service:
        let_go = hold(WHY)
        assert service.calls == [("Inhibit", asked)]
        assert bus.clients() > {service.owner}
        let_go()
        assert bus.clients() == {service.owner}


def test_logind_holds_off_sleep_while_its_file_is_open(bus):
    ours, theirs = os.pipe()
    with bus.service("org.freedesktop.login1", {"Inhibit": ("h", (theirs,))}) as service:
        let_go = hold(WHY)
        os.close(theirs)
        assert service.calls == [("Inhibit", ("idle", "ClosedMesh", WHY, "block"))]
        os.set_blocking(ours, False)
        with pytest.raises(BlockingIOError):  # the other end is open
            os.read(ours, 1)
        let_go()
        assert os.read(ours, 1) == b""
    os.close(ours)


def test_where_nobody_grants_it_nothing_is_held(bus):
    with bus.service("org.gnome.SessionManager", {}) as service:
        assert hold(WHY) is None
        assert bus.clients() == {service.owner}


def test_without_a_desktop_nothing_is_held(monkeypatch, tmp_path):
    for which in ("SESSION", "SYSTEM"):
        monkeypatch.setenv(f"DBUS_{which}_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    assert hold(WHY) is None
