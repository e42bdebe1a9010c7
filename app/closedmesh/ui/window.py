"""The one window: a rail with six pages, trouble at the top, and what closing it means."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from closedmesh.errors import ClosedMeshError
from closedmesh.status import Status
from closedmesh.ui import shortcuts, words
from closedmesh.ui.activity_page import ActivityPage
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.health_bar import HealthBar
from closedmesh.ui.mesh_page import MeshPage
from closedmesh.ui.models_page import ModelsPage
from closedmesh.ui.settings_page import SettingsPage
from closedmesh.ui.sharing_page import SharingPage
from closedmesh.ui.system import System
from closedmesh.ui.theme import Theme
from closedmesh.ui.tray_view import rail_words, state_words
from closedmesh.ui.welcome import Welcome
from closedmesh.ui.widgets import label

MINIMUM = QSize(720, 520)
"""Pixels; everything can be reached in a window this small."""

FIRST_SIZE = QSize(1080, 720)
"""Pixels, before a person chose another size."""

RAIL_WIDTH = 96
"""Pixels."""

RAIL_MARGIN = 8
"""Pixels beside its buttons."""

RAIL_ICON = 24
"""Pixels."""

PAGES = ("chat", "models", "sharing", "mesh", "activity", "settings")
"""In the order of the rail and of Ctrl+1 to Ctrl+6; also the names of their icons."""


def page_name(page: str) -> str:
    """What a page is called on the rail."""
    names = {
        "chat": words.tr("Chat"),
        "models": words.tr("Models"),
        "sharing": words.tr("Sharing"),
        "mesh": words.tr("Mesh"),
        "activity": words.tr("Activity"),
        "settings": words.tr("Settings"),
    }
    return names[page]


class Chat(Protocol):
    """What the window needs of the chat page, which is also a QWidget."""

    @property
    def answered(self) -> SignalInstance:
        """An answer is complete."""
        ...

    def display(self, status: Status) -> None:
        """Show what a status says of models."""
        ...

    def new_chat(self) -> None:
        """Begin a chat."""
        ...

    def focus_composer(self) -> None:
        """Let the person type."""
        ...

    def leave(self) -> object:
        """Everything that its successor goes on with; this one is not used again."""
        ...

    def take_over(self, left: Any) -> None:
        """Go on where a predecessor was left."""
        ...


@dataclass(frozen=True, slots=True)
class Around:
    """What there is around the window."""

    state: Path
    """File that remembers its size and place."""
    system: System
    has_tray: Callable[[], bool]


class MainWindow(QMainWindow):
    """Shows a `Status`; closing hides it where a tray icon can bring it back."""

    hidden_to_tray = Signal()
    quit_requested = Signal()
    start_requested = Signal()
    """Start the peer again after it was lost."""
    answered = Signal()
    """An answer is complete."""
    report_requested = Signal()
    folder_requested = Signal()
    removal_requested = Signal()

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        make_chat: Callable[[Bridge, Theme], Chat],
        around: Around,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._make_chat = make_chat
        self._system = around.system
        self._has_tray = around.has_tray
        self._close_to_tray = True
        self._state = QSettings(str(around.state), QSettings.Format.IniFormat)
        self.setWindowTitle("ClosedMesh")
        self.setMinimumSize(MINIMUM)
        self._make()
        theme.changed.connect(self._redraw)
        self._restore()

    def _make(self) -> None:
        """Everything that has words."""
        bridge, theme = self._bridge, self._theme
        self.health = HealthBar(theme)
        self.chat = self._make_chat(bridge, theme)
        self.models = ModelsPage(bridge, theme)
        self.sharing = SharingPage(bridge, theme)
        self.mesh = MeshPage(bridge)
        self.activity = ActivityPage(bridge, theme)
        self.settings = SettingsPage(bridge, theme, self._system)
        self.welcome = Welcome(bridge, self._system)
        self.pages = QStackedWidget()
        self.state_words = label(words.tr("Starting…"), "muted")
        body = self._lay_out()
        self._connect(body)
        self._redraw()
        self.setCentralWidget(body)

    def _connect(self, body: QWidget) -> None:
        self.rail.idToggled.connect(self._toggled)
        self.health.start_requested.connect(self.start_requested)
        self.health.page_requested.connect(self.turn_to)
        self.health.report_requested.connect(self.report_requested)
        self.chat.answered.connect(self.answered)
        self.welcome.finished.connect(self._begin)
        self.sharing.models_requested.connect(lambda: self.turn_to("models"))
        self.sharing.rules_requested.connect(self._open_rules)
        self.settings.shortcuts_requested.connect(self.tell_shortcuts)
        computer = self.settings.computer
        computer.folder_requested.connect(self.folder_requested)
        computer.report_requested.connect(self.report_requested)
        computer.removal_requested.connect(self.removal_requested)
        for page in PAGES:
            shortcuts.bind(page, body, partial(self.turn_to, page))
        shortcuts.bind("new-chat", body, self._new_chat)
        shortcuts.bind("shortcuts", body, self.tell_shortcuts)

    def speak(self, status: Status) -> None:
        """Say everything in the language that holds now. What is open, what is written and what is
        being answered goes on; no command may be on its way, whose page is taken away here."""
        chosen, left = self.settings.place, self.chat.leave()
        tab, page = self.models.tabs.currentIndex(), self.pages.currentIndex()
        if (old := self.takeCentralWidget()) is not None:
            old.hide()
            old.deleteLater()
        self._make()
        self.chat.take_over(left)
        self.models.tabs.setCurrentIndex(tab)
        self.display(status)
        if page < len(PAGES):
            self.turn_to(PAGES[page])
        else:
            self._show_welcome()
        self.settings.go_to(chosen)

    def display(self, status: Status) -> None:
        """Show the whole picture."""
        self._close_to_tray = status.settings.window.close_to_tray
        self._enable(running=True)
        self.health.display(status.health)
        self.state_words.setText(rail_words(status))
        self.state_words.setToolTip(state_words(status))
        self.welcome.display(status)
        self.chat.display(status)
        self.models.display(status)
        self.sharing.display(status)
        self.mesh.display(status)
        self.activity.display(status)
        self.settings.display(status)

    def display_lost(self, error: ClosedMeshError) -> None:
        """Say that no peer runs; what was shown stays readable and can do nothing."""
        self.health.display_lost(error)
        self.state_words.setText(words.tr("Not running"))
        self._enable(running=False)

    def display_starting(self) -> None:
        """The peer is being started."""
        self.health.display_starting()
        self.state_words.setText(words.tr("Starting…"))

    def explain(self, error: ClosedMeshError) -> None:
        """Say what went wrong with something that has no better place for it."""
        self.health.display_notice(error)

    def open(self, page: str | None = None) -> None:
        """Bring the window to the front, with a page if one is named."""
        if page is not None:
            self.turn_to(page)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def turn_to(self, page: str) -> None:
        """Show one of `PAGES`."""
        index = PAGES.index(page)
        self._rail.show()
        self.rail.button(index).setChecked(True)
        self._show_page(index)

    def _show_page(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        if PAGES[index] == "chat":
            self.chat.focus_composer()

    def _toggled(self, index: int, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Also by a screen reader, which toggles a button without a click."""
        if checked and self.pages.currentIndex() != index:
            self._show_page(index)

    def look_at(self, link: str) -> None:
        """Show an invite from outside where it can be used; nothing is done with it."""
        if self._begun:
            self.turn_to("mesh")
            self.mesh.offer(link)
        else:
            self._show_welcome()
            self.welcome.offer(link)

    @property
    def _begun(self) -> bool:
        """Whether somebody has used this window before; versions without a first screen have
        remembered its size."""
        return self._state.contains("begun") or self._state.contains("geometry")

    def _begin(self) -> None:
        self._state.setValue("begun", "yes")
        self.remember()
        self.turn_to("chat")

    def _show_welcome(self) -> None:
        self._rail.hide()
        self.pages.setCurrentWidget(self.welcome)

    def tell_shortcuts(self) -> None:
        """Show every key."""
        dialog = shortcuts.ShortcutsDialog(self)
        dialog.exec()
        dialog.deleteLater()

    def _new_chat(self) -> None:
        if self._rail.isVisible():
            self.turn_to("chat")
            self.chat.new_chat()

    def _open_rules(self) -> None:
        self.turn_to("settings")
        self.settings.turn_to("sharing")

    def remember(self) -> None:
        """Keep size, place and page for the next start; one that was never used begins anew."""
        if not self._begun:
            return
        self._state.setValue("geometry", self.saveGeometry())
        self._state.setValue("page", PAGES[max(0, self.rail.checkedId())])
        self._state.sync()

    def tell_once(self, what: str) -> bool:
        """Whether something should be said, because it never was."""
        told = bool(self._state.contains(f"told-{what}"))
        self._state.setValue(f"told-{what}", "yes")
        return not told

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Hide where there is a tray icon and the person wants it so; else quit."""
        self.remember()
        if self._close_to_tray and self._has_tray():
            event.ignore()
            self.hide()
            self.hidden_to_tray.emit()
        else:
            event.accept()
            self.quit_requested.emit()

    def _enable(self, *, running: bool) -> None:
        """The chat stays as it is: what was said can still be read and copied."""
        for page in (self.models, self.sharing, self.mesh, self.settings):
            page.setEnabled(running)

    def _restore(self) -> None:
        geometry = self._state.value("geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))
        if not self._begun:
            self._show_welcome()
            return
        page = self._state.value("page")
        self.turn_to(page if page in PAGES else PAGES[0])

    def _lay_out(self) -> QWidget:
        pages = (self.chat, self.models, self.sharing, self.mesh, self.activity, self.settings)
        for page in pages:
            if isinstance(page, QWidget):
                self.pages.addWidget(page)
        self.pages.addWidget(self.welcome)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.health)
        right.addWidget(self.pages, 1)
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.rail = QButtonGroup(body)
        self._rail = self._make_rail()
        layout.addWidget(self._rail)
        layout.addLayout(right, 1)
        return body

    def _make_rail(self) -> QWidget:
        rail = QWidget()
        rail.setProperty("role", "rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(rail)
        layout.setContentsMargins(RAIL_MARGIN, 14, RAIL_MARGIN, 14)
        layout.setSpacing(6)
        # At least; and never narrower than the longest name of a page.
        layout.addStrut(RAIL_WIDTH - 2 * RAIL_MARGIN)
        for index, page in enumerate(PAGES):
            layout.addWidget(self._make_rail_button(index, page))
        layout.addStretch(1)
        # As wide as the names of the pages make the rail, and no wider.
        self.state_words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state_words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.state_words)
        return rail

    def _make_rail_button(self, index: int, page: str) -> QToolButton:
        made = QToolButton()
        name = page_name(page)
        made.setText(name)
        made.setAccessibleName(words.tr("{name} page", name=name))
        made.setCheckable(True)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(RAIL_ICON, RAIL_ICON))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setToolTip(shortcuts.native(page))
        self.rail.addButton(made, index)
        return made

    def _redraw(self) -> None:
        for index, page in enumerate(PAGES):
            self.rail.button(index).setIcon(self._theme.icon(page))
