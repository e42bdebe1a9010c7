"""Against a real X server; the desktop's answer over D-Bus comes from a small service of ours."""

import shutil
import subprocess
import sys
import textwrap

import pytest
from Xlib.error import ConnectionClosedError

from closedmesh.host import presence_linux


@pytest.fixture
def no_desktop(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def x_server(monkeypatch, no_desktop):
    assert shutil.which("Xvfb"), "develop.py installs it"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "320x200x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout
    monkeypatch.setenv("DISPLAY", f":{server.stdout.readline().strip()}")
    yield
    server.terminate()
    server.wait()
    server.stdout.close()


def test_without_a_desktop_nothing_is_known(no_desktop):
    assert presence_linux.idle_seconds() is None
    assert presence_linux.full_screen() is None


def test_a_display_that_is_not_there_is_no_answer(no_desktop, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":9999")
    assert presence_linux.idle_seconds() is None
    assert presence_linux.full_screen() is None


@pytest.mark.usefixtures("x_server")
def test_a_server_that_hangs_up_is_no_answer(monkeypatch):
    def hung_up():
        raise ConnectionClosedError("server")

    monkeypatch.setattr(presence_linux, "Display", hung_up)
    assert presence_linux.idle_seconds() is None
    assert presence_linux.full_screen() is None


def test_the_x_server_counts_the_time_without_input(x_server):
    idle = presence_linux.idle_seconds()
    assert idle is not None
    assert 0 <= idle < 60


@pytest.mark.usefixtures("x_server")
def test_under_wayland_x_does_not_know_the_time(monkeypatch):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert presence_linux.idle_seconds() is None


FULL_SCREEN = """
    from Xlib.display import Display
    display = Display()
    root = display.screen().root
    window = root.create_window(0, 0, 320, 200, 0, display.screen().root_depth)
    window.map()
    atom = display.intern_atom
    if {full}:
        window.change_property(atom("_NET_WM_STATE"), atom("ATOM"), 32,
                               [atom("_NET_WM_STATE_FULLSCREEN")])
    root.change_property(atom("_NET_ACTIVE_WINDOW"), atom("WINDOW"), 32, [window.id])
    display.sync()
    print("there", flush=True)
    input()
"""


@pytest.mark.usefixtures("x_server")
@pytest.mark.parametrize("full", [True, False])
def test_the_active_window_fills_the_screen_or_does_not(full):
    assert presence_linux.full_screen() is False
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(FULL_SCREEN).format(full=full)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == "there\n"
        assert presence_linux.full_screen() is full
        program.communicate("\n")


@pytest.mark.parametrize(
    ("name", "method", "answer"),
    [
        ("org.gnome.Mutter.IdleMonitor", "GetIdletime", ("t", (7_000,))),
        ("org.freedesktop.ScreenSaver", "GetSessionIdleTime", ("u", (7_000,))),
    ],
)
def test_the_desktop_tells_the_time_without_input(bus, name, method, answer):
    with bus.service(name, {method: answer}):
        assert presence_linux.idle_seconds() == 7.0


@pytest.mark.parametrize(
    ("idle", "since", "seconds"),
    [(True, 1_000_000_000, 30.0), (False, 1_000_000_000, 0.0), (False, 0, None)],
)
def test_logind_knows_what_the_desktop_told_it(bus, monkeypatch, idle, since, seconds):
    monkeypatch.setattr(presence_linux.time, "time", lambda: 1_030.0)
    told = {"IdleHint": ("v", (("b", idle),)), "IdleSinceHint": ("v", (("t", since),))}
    with bus.service("org.freedesktop.login1", told):
        assert presence_linux.idle_seconds() == seconds


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("org.gnome.SessionManager", "IsInhibited"),
        ("org.kde.Solid.PowerManagement.PolicyAgent", "HasInhibition"),
    ],
)
@pytest.mark.parametrize("kept_on", [True, False])
def test_under_wayland_the_desktop_tells_whether_something_keeps_the_screen_on(
    no_desktop, bus, monkeypatch, name, method, kept_on
):
    with bus.service(name, {method: ("b", (kept_on,))}) as desktop:
        assert presence_linux.full_screen() is None
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        assert presence_linux.full_screen() is kept_on
        assert len(desktop.calls) == 1


@pytest.mark.usefixtures("x_server")
def test_under_wayland_the_x_servers_no_says_nothing(monkeypatch):
    assert presence_linux.full_screen() is False
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert presence_linux.full_screen() is None
