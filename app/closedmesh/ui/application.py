"""Starts the desktop program: what `closedmesh` without a command does.

It ends when a person quits, when the session ends, or with SIGINT or SIGTERM, and leaves nothing
behind. A second launch in the same home shows the first one's window instead.
"""

import asyncio
import logging
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox

from closedmesh import __version__, assembly
from closedmesh.errors import ClosedMeshError
from closedmesh.ui import words
from closedmesh.ui.chat.page import ChatPage
from closedmesh.ui.chat.presets import Presets
from closedmesh.ui.desktop import Desktop, Places, live
from closedmesh.ui.file_open import FileOpenLinks
from closedmesh.ui.single import SingleWindow
from closedmesh.ui.system import System

NAME = "closedmesh"
"""Of the desktop file, so that panels and switchers find the icon."""

logger = logging.getLogger(__name__)


def run(home: Path | None, *, hidden: bool, link: str = "") -> int:
    """Run until a person quits; the exit code of the process. `link` is an invite to look at."""
    assembly.prepare(home, "window")
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName(NAME)
    qt.setApplicationDisplayName("ClosedMesh")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName(NAME)
    qt.setQuitOnLastWindowClosed(False)
    single = SingleWindow(assembly.window_lock(home))
    if not single.claim():
        return _second_launch(single, hidden=hidden and not link, link=link)
    try:
        desktop = _make_desktop(home, hidden=hidden and not link)
        desktop.look_at(link)
        single.show_requested.connect(desktop.show_and_look_at)
        links = FileOpenLinks(desktop.show_and_look_at, qt)
        links.listen()
        code = live(qt, desktop)
    finally:
        single.release()
    if desktop.starts_anew:
        assembly.start_anew(home)
    return _remove(home, desktop.removal) if desktop.removal else code


def _remove(home: Path | None, found: assembly.Removal) -> int:
    """After everything has ended, so that nothing writes into what is removed."""
    assembly.end_logs()
    try:
        asyncio.run(assembly.remove_everything(home, found))
    except ClosedMeshError as error:
        QMessageBox.critical(None, words.said(error.title), words.explained(error))
        return 1
    return 0


def _make_desktop(home: Path | None, *, hidden: bool) -> Desktop:
    places = Places(assembly.resources(), assembly.window_state(home), assembly.log_folder(home))
    launch = assembly.Launch(home=home)
    presets = Presets(places.state.with_name("presets.json"))
    return Desktop(
        lambda: assembly.attach_or_start(launch),
        lambda bridge, theme: ChatPage(bridge, theme, presets),
        places,
        _system(home),
        hidden=hidden,
    )


def _system(home: Path | None) -> System:
    return System(
        chosen=assembly.window_settings(home),
        at_login=assembly.window_at_login(home),
        for_links=assembly.window_for_links(home),
        look=lambda: assembly.this_computer(home),
        everything=lambda: asyncio.run(assembly.look_for_everything(home)),
    )


def _second_launch(single: SingleWindow, *, hidden: bool, link: str) -> int:
    if hidden or single.show_first(link):
        return 0
    logger.error("Another window of this home runs but does not answer.")
    return 1
