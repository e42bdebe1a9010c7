import os
import signal
import subprocess
import sys
import threading
from contextlib import asynccontextmanager

import pytest
from msgspec import structs
from PySide6.QtCore import QEvent
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from closedmesh.control import ChangeSettings, Join, ListDuties, LoadModel, ReadInvite, UnloadModel
from closedmesh.errors import AlreadyRunning
from closedmesh.settings import AppearanceSettings, changed
from closedmesh.ui.desktop import Desktop, Places
from tests.support.control import HASH, MODEL, STATUS, FakeControl
from tests.support.desktop import (
    RESOURCES,
    UNCHOSEN,
    SilentChat,
    calm_system,
    entered,
    used,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")


@pytest.fixture
def make(qapp, tmp_path):
    made = []

    def make_desktop(connect, *, hidden=False, chosen=UNCHOSEN):
        places = Places(RESOURCES, used(tmp_path / "window.ini"), tmp_path)
        system = calm_system(chosen=chosen)
        made.append(Desktop(connect, SilentChat, places, system, hidden=hidden))
        return made[-1]

    yield make_desktop
    qapp.setStyleSheet("")
    for desktop in made:
        desktop.stop()
        desktop.language.choose("en")
        # A window that is left would be styled anew in every test that follows.
        for thing in (desktop.window, desktop.tray.menu, desktop):
            thing.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [t for t in threading.enumerate() if t.name == "node"]


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def desktop(make, control, qtbot):
    desktop = make(entered(control))
    with qtbot.waitSignal(desktop.bridge.status_changed):
        desktop.start()
    return desktop


def test_it_starts_shows_and_stops(desktop):
    assert desktop.window.isVisible()
    assert desktop.window.state_words.text() == "Ready · not sharing"


def test_hidden_without_a_tray_shows_the_window_after_a_while(make, control, qtbot):
    desktop = make(entered(control), hidden=True)
    desktop.host._timer.setInterval(1)
    desktop.start()
    assert not desktop.window.isVisible()

    with qtbot.waitSignal(desktop.host.missing):
        pass

    assert desktop.window.isVisible()


def test_hidden_with_a_tray_stays_there(make, control, qtbot):
    desktop = make(entered(control), hidden=True)
    with qtbot.waitSignal(desktop.bridge.status_changed):
        desktop.start()

    desktop.host.is_there = True
    desktop.host.found.emit()

    assert not desktop.window.isVisible()
    assert desktop.tray.icon is not None


def test_the_tray_does_what_it_says(desktop, control, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    tray = desktop.tray
    tray._timer.setInterval(0)
    qtbot.waitUntil(lambda: tray.state.text() == "Ready · not sharing")

    tray.settings.trigger()
    assert desktop.window.pages.currentWidget() is desktop.window.settings
    tray.state.trigger()
    assert desktop.window.pages.currentWidget() is desktop.window.sharing
    tray.new_chat.trigger()
    assert desktop.window.pages.currentWidget() is desktop.window.chat
    assert "new chat" in desktop.window.chat.told
    tray.copy_address.trigger()
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:9337/v1"
    tray.logs.trigger()
    assert opened == [str(desktop._places.logs)]
    tray.free_memory.trigger()
    tray.model_chosen.emit(MODEL.name)

    wanted = [UnloadModel(HASH), ChangeSettings({"chat.model": MODEL.name})]
    qtbot.waitUntil(lambda: [c for c in control.done if c != ListDuties()] == wanted)


def test_an_answer_is_told_to_who_does_not_look_and_wants_it(desktop, monkeypatch):
    told = []
    monkeypatch.setattr(desktop.tray, "say", lambda title, text: told.append(title))
    looked_at = True
    monkeypatch.setattr(desktop.window, "isActiveWindow", lambda: looked_at)
    desktop.window.chat.answered.emit()
    assert told == []
    looked_at = False
    desktop.window.chat.answered.emit()
    assert told == ["Your question is answered"]
    quiet = changed(STATUS.settings, {"window.notices": False})
    desktop._display(structs.replace(STATUS, settings=quiet))
    desktop.window.chat.answered.emit()
    assert told == ["Your question is answered"]


def test_the_theme_is_the_chosen_one(make, qtbot):
    dark = changed(STATUS.settings, {"window.theme": "dark"})
    desktop = make(entered(FakeControl(status=structs.replace(STATUS, settings=dark))))
    with qtbot.waitSignal(desktop.bridge.status_changed):
        desktop.start()

    assert desktop.theme.dark


def test_a_peer_that_cannot_start_is_explained_and_tried_again(make, control, qtbot):
    tries = []

    @asynccontextmanager
    async def connect():
        tries.append(1)
        if len(tries) == 1:
            raise AlreadyRunning("Another peer uses this home.", "Close it first.")
        yield control

    desktop = make(connect)
    with qtbot.waitSignal(desktop.bridge.lost):
        desktop.start()
    assert desktop.window.health.lines() == ("Another peer uses this home. Close it first.",)

    with qtbot.waitSignal(desktop.bridge.status_changed):
        desktop.window.health.start_requested.emit()
    assert desktop.window.health.lines() == ()


def test_an_error_without_a_place_of_its_own_is_shown_at_the_top(desktop, qtbot):
    with qtbot.waitSignal(desktop.bridge.failed):
        desktop.bridge.do(LoadModel("none"))

    assert desktop.window.health.lines()[0].startswith("There is no model 'none'.")


def test_an_invite_from_outside_is_shown_and_not_used(desktop, qtbot, control):
    desktop.window.hide()
    desktop.show_and_look_at("closedmesh://join/cm1x")
    assert desktop.window.isVisible()
    assert desktop.window.pages.currentWidget() is desktop.window.mesh
    qtbot.waitUntil(lambda: ReadInvite("closedmesh://join/cm1x") in control.done)
    assert not any(isinstance(command, Join) for command in control.done)


def test_without_an_invite_the_page_stays(desktop):
    desktop.show_and_look_at("")
    assert desktop.window.pages.currentWidget() is desktop.window.chat


def test_inviting_from_the_tray_opens_the_mesh_page(desktop, monkeypatch):
    asked = []
    monkeypatch.setattr(desktop.window.mesh, "invite", lambda: asked.append(True))
    desktop.tray.invite.trigger()
    assert desktop.window.pages.currentWidget() is desktop.window.mesh
    assert asked == [True]


def test_where_the_window_went_is_said_once(desktop, monkeypatch):
    said = []
    monkeypatch.setattr(desktop.tray, "say", lambda title, text: said.append(title))
    desktop.host.is_there = True

    desktop.window.close()
    desktop.window.open()
    desktop.window.close()

    assert said == ["ClosedMesh keeps running"]


PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from closedmesh.ui.desktop import Desktop, Places, live
from tests.support.control import FakeControl
from tests.support.desktop import RESOURCES, SilentChat, calm_system, entered

qt = QApplication([])
qt.setQuitOnLastWindowClosed(False)
home = Path(sys.argv[1])
control = FakeControl()
desktop = Desktop(
    entered(control),
    SilentChat,
    Places(RESOURCES, home / "w.ini", home),
    calm_system(),
    hidden=False,
)
desktop.bridge.status_changed.connect(lambda _: print("ready", flush=True))
if sys.argv[2] == "quit":
    desktop.bridge.status_changed.connect(lambda _: desktop.tray.quit.trigger())
sys.exit(live(qt, desktop))
"""


@pytest.mark.parametrize("how", ["quit", "SIGTERM", "SIGINT"])
def test_quitting_ends_the_process(tmp_path, how):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), how]
    paths = {"PYTHONPATH": f"{RESOURCES.parent / 'app'}{os.pathsep}{RESOURCES.parent}"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **paths}
    ) as process:
        assert process.stdout.readline() == "ready\n"
        if how != "quit":
            process.send_signal(getattr(signal, how))
        assert process.wait(timeout=20) == 0


def test_the_language_changes_at_once_but_under_nothing_that_is_open(desktop, qtbot, monkeypatch):
    desktop.tray._timer.setInterval(0)
    monkeypatch.setattr(QApplication, "activeModalWidget", lambda: desktop.window)
    german = changed(STATUS.settings, {"window.language": "de"})
    desktop.bridge.status_changed.emit(structs.replace(STATUS, settings=german))
    qtbot.waitUntil(desktop._speaking.isActive)
    assert desktop.window.rail.button(5).text() == "Settings"
    monkeypatch.undo()
    qtbot.waitUntil(lambda: desktop.window.rail.button(5).text() == "Einstellungen")
    assert desktop.tray.quit.text() == "Beenden"
    assert desktop.window.state_words.text() == "Bereit · wird nicht geteilt"
    desktop.bridge.status_changed.emit(STATUS)
    qtbot.waitUntil(lambda: desktop.window.rail.button(5).text() == "Settings")


def test_the_first_words_and_colours_are_those_of_the_settings(make, control):
    chosen = AppearanceSettings(theme="dark", language="de")
    made = make(entered(control), hidden=True, chosen=chosen)
    assert made.theme.dark
    assert made.window.rail.button(5).text() == "Einstellungen"
