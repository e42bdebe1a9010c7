"""The desktop program: tray icon, window and the peer behind them, joined."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from closedmesh import __version__
from closedmesh.assembly import Removal
from closedmesh.control import (
    ChangeSettings,
    Control,
    ResumeSharing,
    ShareAnyway,
    UnloadModel,
)
from closedmesh.errors import ClosedMeshError
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.language import Language
from closedmesh.ui.motion import Motion
from closedmesh.ui.notices import Notice, answered, notices
from closedmesh.ui.removal_dialog import RemovalDialog
from closedmesh.ui.report_dialog import ReportDialog
from closedmesh.ui.sharing_page import in_an_hour
from closedmesh.ui.stop_signals import StopSignals
from closedmesh.ui.system import System
from closedmesh.ui.theme import Theme
from closedmesh.ui.tray import Tray
from closedmesh.ui.tray_host import TrayHost
from closedmesh.ui.tray_view import offline, starting, tray_view
from closedmesh.ui.window import Around, Chat, MainWindow

SPEAK_MS = 50
"""Milliseconds until a change of the language is tried, and tried again."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie that belong to the window."""

    resources: Path
    state: Path
    """File that remembers the window's size and place."""
    logs: Path
    """Folder that a person is shown."""


class Desktop(QObject):
    """Everything a person sees, from `start` until `stop`."""

    def __init__(
        self,
        connect: Callable[[], AbstractAsyncContextManager[Control]],
        make_chat: Callable[[Bridge, Theme], Chat],
        places: Places,
        system: System,
        *,
        hidden: bool,
    ) -> None:
        super().__init__()
        self._places = places
        self._system = system
        self._hidden = hidden
        self.removal: Removal | None = None
        """What is to be removed once everything has been put away."""
        self._status: Status | None = None
        self.starts_anew = False
        """Whether the program is to be started again when it has ended."""
        self.language = Language(places.resources / "words", self)
        self.language.choose(system.chosen.language)
        self._speaking = QTimer(self, singleShot=True, interval=SPEAK_MS)
        self._speaking.timeout.connect(self._speak)
        self.theme = Theme(places.resources, self)
        self.theme.choose(system.chosen.theme, system.chosen.text_percent)
        self.motion = Motion()
        self.bridge = Bridge(connect, self)
        self.host = TrayHost(self)
        self.tray = Tray(self.theme, self)
        self.window = MainWindow(
            self.bridge,
            self.theme,
            make_chat,
            Around(places.state, system, lambda: self.host.is_there),
        )
        self.window.setWindowIcon(self.theme.picture("closedmesh"))
        self._connect_bridge()
        self._connect_tray()
        self._connect_window()

    def start(self) -> None:
        """Start the peer, and show the window unless it is to wait in the tray."""
        self.start_peer()
        self.host.start()
        if not self._hidden:
            self.window.open()

    def stop(self) -> None:
        """Put everything away."""
        self.host.stop()
        self.window.remember()
        self.window.hide()
        self.tray.hide()
        self.bridge.stop()

    def start_peer(self) -> None:
        """Start the peer, also again."""
        self.window.display_starting()
        self.tray.display(starting())
        self.bridge.start()

    def look_at(self, link: str) -> None:
        """Show an invite that came from outside on its page; nothing is done with it. An empty
        one is none."""
        if link:
            self.window.look_at(link)

    def show_and_look_at(self, link: str) -> None:
        """The same, with the window brought to the front."""
        self.window.open()
        self.look_at(link)

    def _connect_bridge(self) -> None:
        self.bridge.status_changed.connect(self._display)
        self.bridge.failed.connect(self._explain)
        self.bridge.lost.connect(self._lose)

    def _connect_tray(self) -> None:
        self.host.found.connect(self.tray.show)
        self.host.missing.connect(self._show_without_tray)
        tray, window = self.tray, self.window
        tray.open_requested.connect(window.open)
        tray.sharing_requested.connect(lambda: window.open("sharing"))
        tray.activity_requested.connect(lambda: window.open("activity"))
        tray.settings_requested.connect(lambda: window.open("settings"))
        tray.invite_requested.connect(self._invite)
        tray.new_chat_requested.connect(self._new_chat)
        tray.model_chosen.connect(lambda name: self.bridge.do(ChangeSettings({"chat.model": name})))
        tray.memory_requested.connect(self._free_memory)
        tray.copy_requested.connect(self._copy_address)
        tray.report_requested.connect(self._report)
        tray.logs_requested.connect(lambda: _open_folder(self._places.logs))
        tray.about_requested.connect(self._about)
        tray.quit_requested.connect(QGuiApplication.quit)
        tray.restart_requested.connect(self._restart)
        do = self.bridge.do
        tray.share_chosen.connect(lambda share: do(ChangeSettings({"sharing.share": share})))
        tray.pause_chosen.connect(do)
        tray.resume_requested.connect(lambda: do(ResumeSharing()))
        tray.share_anyway_requested.connect(lambda: do(ShareAnyway(in_an_hour())))

    def _connect_window(self) -> None:
        self.window.hidden_to_tray.connect(self._tell_where_the_window_went)
        self.window.quit_requested.connect(QGuiApplication.quit)
        self.window.start_requested.connect(self.start_peer)
        self.window.answered.connect(lambda: self._tell(answered()))
        self.window.report_requested.connect(self._report)
        self.window.folder_requested.connect(self._open_home)
        self.window.removal_requested.connect(self._remove)

    def _display(self, status: Status) -> None:
        chosen = status.settings.window
        if (chosen.theme, chosen.text_percent) != (self.theme.choice, self.theme.text_percent):
            self.theme.choose(chosen.theme, chosen.text_percent)
        self.motion.choose(reduced=chosen.motion == "reduced")
        for notice in notices(self._status, status):
            self._tell(notice)
        self._status = status
        self.tray.display(tray_view(status))
        self.window.display(status)
        if not self.language.speaks(chosen.language):
            self._speaking.start()

    def _speak(self) -> None:
        """Change the language, as soon as nothing stands open that would be taken away."""
        if self._status is None:
            return
        is_open = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if is_open or self.bridge.is_busy:
            self._speaking.start()
        elif self.language.choose(self._status.settings.window.language):
            self.tray.speak(tray_view(self._status))
            self.window.speak(self._status)

    def _tell(self, notice: Notice) -> None:
        """Say something to who does not look, and wants to be told."""
        wanted = self._status is None or self._status.settings.window.notices
        if wanted and not self.window.isActiveWindow():
            self.tray.say(notice.title, notice.text)

    def _explain(self, error: ClosedMeshError) -> None:
        self.window.explain(error)
        self._tell(Notice(words.said(error.title), words.said(error.advice)))

    def _lose(self, error: ClosedMeshError) -> None:
        self.tray.display(offline())
        self.window.display_lost(error)

    def _show_without_tray(self) -> None:
        if not self.window.isVisible():
            self.window.open()

    def _tell_where_the_window_went(self) -> None:
        if self.window.tell_once("tray"):
            self.tray.say(
                words.tr("ClosedMesh keeps running"),
                words.tr(
                    "Open the window or quit with the icon here. Settings say what closing does."
                ),
            )

    def _new_chat(self) -> None:
        self.window.open("chat")
        self.window.chat.new_chat()

    def _restart(self) -> None:
        self.starts_anew = True
        QGuiApplication.quit()

    def _invite(self) -> None:
        self.window.open("mesh")
        self.window.mesh.invite()

    def _free_memory(self) -> None:
        if self._status is not None:
            for model in tray_view(self._status).loaded:
                self.bridge.do(UnloadModel(model))

    def _copy_address(self) -> None:
        if self._status is not None and self._status.api is not None:
            QGuiApplication.clipboard().setText(f"{self._status.api}/v1")

    def _report(self) -> None:
        if self._status is not None:
            self.window.open()
            dialog = ReportDialog(self.bridge, self._status, self._places.logs, self.window)
            dialog.exec()
            dialog.deleteLater()

    def _remove(self) -> None:
        dialog = RemovalDialog(self._system, self.window)
        if dialog.exec() and dialog.found is not None:
            self.removal = dialog.found
            QGuiApplication.quit()
        dialog.deleteLater()

    def _open_home(self) -> None:
        if self._status is not None:
            _open_folder(Path(self._status.home))

    def _about(self) -> None:
        self.window.open()
        QMessageBox.about(
            self.window,
            words.tr("About ClosedMesh"),
            words.tr(
                "ClosedMesh {version}\n\nA peer-to-peer mesh for LLM inference on hardware "
                "that people already own.\n\nApache License 2.0",
                version=__version__,
            ),
        )


def live(qt: QApplication, desktop: Desktop) -> int:
    """Run the event loop, from start to everything put away."""
    signals = StopSignals()
    signals.received.connect(qt.quit)
    signals.catch()
    try:
        desktop.start()
        return qt.exec()
    finally:
        desktop.stop()
        signals.release()


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
