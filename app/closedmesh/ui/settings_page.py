"""Everything the user may choose, the local API, and what is and is not protected.

Settings apply at once, or say when; one that is refused says why where it stands.
"""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from closedmesh.control import ChangeSettings
from closedmesh.errors import ClosedMeshError
from closedmesh.models.security import Section
from closedmesh.settings import Settings, Value
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.api_card import ApiCard
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.computer_tab import ComputerTab
from closedmesh.ui.security_view import security_view
from closedmesh.ui.setting_row import SettingRow
from closedmesh.ui.settings_view import about_view, settings_view
from closedmesh.ui.system import System
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import MARGIN, card, label, scrolled

SEARCH_WIDTH = 260
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is on the page."""

    search: str
    tab: int
    in_hand: str
    """Name of the setting that has the focus; empty if none has."""
    scrolled_by: int
    """Pixels."""


class SettingsPage(QWidget):
    """One tab for each table of settings, one for this computer, one for security."""

    shortcuts_requested = Signal()

    def __init__(
        self, bridge: Bridge, theme: Theme, system: System, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._shown: Status | None = None
        self.rows: dict[str, SettingRow] = {}
        self._places: dict[str, int] = {}
        self.api = ApiCard(bridge)
        self.computer = ComputerTab(bridge, system)
        self.computer.shortcuts_requested.connect(self.shortcuts_requested)
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.tr("Search settings"))
        self.search.setAccessibleName(words.tr("Search settings"))
        self.search.setClearButtonEnabled(True)
        for inside in self.search.findChildren(QToolButton):
            inside.setAccessibleName(words.tr("Clear the search"))
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.textChanged.connect(self._find)
        self._nothing = label(words.tr("No setting is called so."), "muted")
        self._nothing.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._nothing.hide()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(words.tr("Settings by subject"))
        self.tabs.setDocumentMode(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        title = QHBoxLayout()
        title.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        title.addWidget(label(words.tr("Settings"), "title"))
        title.addStretch(1)
        title.addWidget(self.search, 1)
        outer.addLayout(title)
        outer.addWidget(self._nothing)
        outer.addWidget(self.tabs, 1)

    def display(self, status: Status) -> None:
        """Show the settings that hold."""
        if self._shown is None:
            self._make_tabs(status)
        self._shown = status
        about = about_view(status)
        self.computer.display(about, status.settings)
        self.api.display(about)
        for fields in settings_view(status).values():
            for field in fields:
                self.rows[field.name].display(field)

    def turn_to(self, table: str) -> None:
        """Show the tab of a table of settings, like `sharing`."""
        if table in self._places:
            self.tabs.setCurrentIndex(self._places[table])

    @property
    def place(self) -> Place:
        """Where a person is on this page."""
        in_hand = (name for name, row in self.rows.items() if row.editor.inner.hasFocus())
        area = self.tabs.currentWidget()
        scrolled_by = area.verticalScrollBar().value() if isinstance(area, QScrollArea) else 0
        return Place(self.search.text(), self.tabs.currentIndex(), next(in_hand, ""), scrolled_by)

    def go_to(self, place: Place) -> None:
        """Go where a person was on a page like this one."""
        self.search.setText(place.search)
        self.tabs.setCurrentIndex(place.tab)
        if place.in_hand in self.rows:
            self.rows[place.in_hand].editor.setFocus()
        if isinstance(area := self.tabs.currentWidget(), QScrollArea):
            bar = area.verticalScrollBar()
            # Once everything on it has its place.
            QTimer.singleShot(0, bar, lambda: bar.setValue(place.scrolled_by))

    def _make_tabs(self, status: Status) -> None:
        for page, fields in settings_view(status).items():
            area, layout = scrolled(words.said(page))
            frame, inside = card()
            for field in fields:
                made = SettingRow(field, self._theme)
                made.changed.connect(lambda value, made=made: self._change(made, value))
                self.rows[field.name] = made
                inside.addWidget(made)
            layout.addWidget(frame)
            if fields[0].name.startswith("chat."):
                layout.insertWidget(0, label(_chat_words(), "muted"))
            if fields[0].name.startswith("api."):
                layout.insertWidget(0, self.api)
            layout.addStretch(1)
            table, _, _ = fields[0].name.partition(".")
            self._places[table] = self.tabs.addTab(area, words.said(page))
        self._add_security()
        self.tabs.addTab(self.computer, words.tr("This computer"))

    def _change(self, place: SettingRow, value: Value) -> None:
        def done(_: Settings) -> None:
            place.problem.display("")

        def failed(error: ClosedMeshError) -> None:
            place.problem.display(words.explained(error))

        self._bridge.do(ChangeSettings({place.field.name: value}), done, failed)

    def _find(self, text: str) -> None:
        """Show only what has these words in its title, its sentence or its name."""
        wanted = text.casefold().split()
        found: dict[str, bool] = {}
        for name, place in self.rows.items():
            fits = all(word in place.words for word in wanted)
            place.setVisible(fits)
            table, _, _ = name.partition(".")
            found[table] = found.get(table, False) or fits
        for table, fits in found.items():
            self.tabs.setTabVisible(self._places[table], fits)
        for index in range(len(found), self.tabs.count()):
            self.tabs.setTabVisible(index, not wanted)
        self.api.setVisible(not wanted)
        self._nothing.setVisible(not any(found.values()))
        self.tabs.setVisible(any(found.values()))

    def _add_security(self) -> None:
        area, layout = scrolled(words.tr("Security"))
        for section in security_view(self._theme.resources):
            layout.addWidget(_statements(section))
        layout.addStretch(1)
        self.tabs.addTab(area, words.tr("Security"))


def _chat_words() -> str:
    return words.tr("The model changes at once, everything else holds for new chats.")


def _statements(section: Section) -> QFrame:
    frame, layout = card()
    layout.addWidget(label(words.said(section.title), "heading"))
    for statement in section.statement:
        layout.addSpacing(6)
        layout.addWidget(label(words.said(statement.title), "strong"))
        layout.addWidget(label(words.said(statement.text), "muted"))
    return frame
