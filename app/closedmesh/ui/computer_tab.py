"""The tab of Settings about this computer: folder, what the system opens, settings as a file, a
report for those who help, and the way to remove everything."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from closedmesh.assembly import Way
from closedmesh.control import ChangeSettings
from closedmesh.errors import ClosedMeshError
from closedmesh.settings import Settings, exchange
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.settings_view import AboutView
from closedmesh.ui.system import System
from closedmesh.ui.widgets import Problem, button, card, label, row, scrolled

FILE_NAME = "closedmesh-settings.json"


class ComputerTab(QWidget):
    """What concerns the program as a whole."""

    folder_requested = Signal()
    shortcuts_requested = Signal()
    report_requested = Signal()
    removal_requested = Signal()

    def __init__(self, bridge: Bridge, system: System, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._settings = Settings()
        self.home = label()
        self.peer = label("", "muted")
        self.login = self._switch(words.tr("Open in the tray when I log in"), system.at_login)
        self.links = self._switch(words.tr("Open invite links in this window"), system.for_links)
        self.given = label(words.tr("Links open here while the program is installed: its installer"
                                    " told the system so."), "muted")  # fmt: skip
        self.given.setVisible(not self.links.isEnabled())
        self.opening_problem = Problem()
        self.news = label("", "muted")
        self.news.hide()
        self.problem = Problem()
        area, layout = scrolled(words.tr("This computer"))
        for heading, about, widgets in self._cards():
            frame, inside = card()
            inside.addWidget(label(heading, "heading"))
            if about:
                inside.addWidget(label(about, "muted"))
            for widget in widgets:
                inside.addWidget(widget)
            layout.addWidget(frame)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def display(self, about: AboutView, settings: Settings) -> None:
        """Show the facts."""
        self._settings = settings
        self.home.setText(about.home)
        self.peer.setText(about.peer)

    def _cards(self) -> tuple[tuple[str, str, tuple[QWidget, ...]], ...]:
        folder = button(words.tr("Open the folder"), self.folder_requested.emit)
        keys = button(words.tr("Keyboard shortcuts…"), self.shortcuts_requested.emit)
        save = button(words.tr("Export settings…"), self._export)
        load = button(words.tr("Import settings…"), self._import)
        report = button(words.tr("Save a diagnostic report…"), self.report_requested.emit)
        remove = button(words.tr("Remove everything…"), self.removal_requested.emit, "danger")
        return (
            (
                words.tr("Folder of everything this program keeps"),
                "",
                (self.home, self.peer, _line(folder, keys)),
            ),
            (
                words.tr("What the system opens"),
                words.tr("Neither is switched on by itself, and both take effect at once."),
                (self.login, self.links, self.given, self.opening_problem),
            ),
            (
                words.tr("Settings as a file"),
                words.tr("Keys, passwords and chats are never in it."),
                (_line(save, load), self.news, self.problem),
            ),
            (
                words.tr("Report for those who help you"),
                words.tr("You see the whole text before it is saved, and it is sent nowhere."),
                (_line(report),),
            ),
            (
                words.tr("Remove everything"),
                words.tr("Lists chats, models, keys and what else there is, and asks once."),
                (_line(remove),),
            ),
        )

    def _switch(self, text: str, way: Way) -> QCheckBox:
        box = QCheckBox(text)
        given = bool(way.given())
        box.setChecked(given or bool(way.find()))
        box.setEnabled(not given)
        box.toggled.connect(partial(self._turn, box, way))
        return box

    def _turn(self, box: QCheckBox, way: Way, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.opening_problem.display("")
        try:
            (way.install if on else way.remove)()
        except (ClosedMeshError, OSError) as error:
            explained = words.explained(error) if isinstance(error, ClosedMeshError) else str(error)
            self.opening_problem.display(explained)
        with QSignalBlocker(box):
            box.setChecked(bool(way.find()))

    # Settings as a file

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, words.tr("Export settings"), FILE_NAME)
        if name:
            self._say()
            try:
                Path(name).write_bytes(exchange.to_json(self._settings))
            except OSError as error:
                self._fail_with(error)
            else:
                self._say(words.tr("The settings are in {name}.", name=name))

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, words.tr("Import settings"), "", "*.json")
        if not name:
            return
        self._say()
        try:
            with Path(name).open("rb") as file:
                data = file.read(exchange.MAX_BYTES + 1)
            changes = exchange.from_json(data, self._settings)
        except OSError as error:
            self._fail_with(error)
        except ClosedMeshError as error:
            self._explain(error)
        else:
            done = words.plural("{n} setting was changed.", "{n} settings were changed.",
                                len(changes))  # fmt: skip
            self._bridge.do(ChangeSettings(changes), lambda _: self._say(done), self._explain)

    def _say(self, text: str = "") -> None:
        self.problem.display("")
        self.news.setText(text)
        self.news.setVisible(bool(text))

    def _explain(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))

    def _fail_with(self, error: OSError) -> None:
        reason = error.strerror or ""
        self.problem.display(words.tr("The file cannot be used: {reason}.", reason=reason))


def _line(*widgets: QWidget) -> QWidget:
    made = QWidget()
    layout = row(*widgets)
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made
