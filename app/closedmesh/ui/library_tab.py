"""The models of this computer, one card each, with what can be done to them."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from closedmesh.control import (
    ChangeSettings,
    Command,
    ImportModel,
    LoadModel,
    MoveModels,
    RemoveModel,
    TrustModel,
    UnloadModel,
    VerifyModel,
)
from closedmesh.errors import ClosedMeshError
from closedmesh.status import Model, Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.elsewhere_card import ElsewhereCard
from closedmesh.ui.library_view import LibraryView, ModelCard, library_view
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Problem, button, card, label, row, scrolled

ICON = 22
"""Pixels of the icon beside a model's state."""


class LibraryTab(QWidget):
    """Shows a `LibraryView`; carries out what is clicked and says in place what came of it."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._view = LibraryView("", ())
        self.cards: dict[str, Card] = {}
        area, layout = scrolled(words.tr("On this computer"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.headline = label("", "muted")
        self.import_button = button(words.tr("Import a GGUF file…"), self._choose_file)
        self.move_button = button(words.tr("Move the folder…"), self._choose_folder)
        self.news = label("", "muted")
        self.news.hide()
        self.problem = Problem()
        for widget in (self.headline, self.news, self.problem):
            layout.addWidget(widget)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        layout.addLayout(self._list)
        self.elsewhere = ElsewhereCard(bridge)
        layout.addLayout(row(self.import_button, self.move_button))
        layout.addWidget(self.elsewhere)
        layout.addStretch(1)
        theme.changed.connect(self._redraw)

    def display(self, status: Status) -> None:
        """Show the models of a peer."""
        view = library_view(status)
        if view == self._view:
            return
        self._view = view
        self.headline.setText(view.headline)
        names = [model.name for model in view.cards]
        for name in [name for name in self.cards if name not in names]:
            self.cards.pop(name).deleteLater()
        for model in view.cards:
            if model.name not in self.cards:
                self.cards[model.name] = self._add_card(model.name)
            self.cards[model.name].display(model)

    def _add_card(self, name: str) -> "Card":
        made = Card(self._theme)
        made.load_requested.connect(lambda: self._do(made, LoadModel(name), words.tr("Loading…")))
        made.free_requested.connect(
            lambda: self._do(made, UnloadModel(name), words.tr("Freeing memory…"))
        )
        made.verify_requested.connect(lambda: self._verify(made, name))
        made.default_requested.connect(
            lambda: self._do(made, ChangeSettings({"chat.model": name}), "")
        )
        made.trust_requested.connect(
            lambda: self._do(made, TrustModel(name), words.tr("Checking…"))
        )
        made.remove_requested.connect(lambda: self._remove(made, name))
        self._list.addWidget(made)
        return made

    def _do(self, place: "Card", command: Command[Any], doing: str) -> None:
        place.tell(doing)
        self._bridge.do(command, lambda _: place.tell(""), place.explain)

    def _verify(self, place: "Card", name: str) -> None:
        def done(_: Model) -> None:
            place.tell(words.tr("Checked: the file has the SHA-256 on record, byte for byte."))

        place.tell(words.tr("Reading the whole file…"))
        self._bridge.do(VerifyModel(name), done, place.explain)

    def _remove(self, place: "Card", name: str) -> None:
        answer = QMessageBox.question(
            self,
            words.tr("Remove this model?"),
            words.tr("{sentence} Chats are kept.", sentence=place.removal),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._do(place, RemoveModel(name), words.tr("Removing…"))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self,
            words.tr("Import a model"),
            str(Path.home()),
            words.tr("Models (*.gguf);;All files (*)"),
        )
        if path:
            self.import_file(path)

    def import_file(self, path: str) -> None:
        """Have a file checked and copied to the models."""

        def done(model: Model) -> None:
            self._importing(words.tr("{title} is on this computer now.", title=model.title))

        def failed(error: ClosedMeshError) -> None:
            self._importing("")
            self.problem.display(words.explained(error))

        self._importing(words.tr("Checking and copying the file…"), busy=True)
        self._bridge.do(ImportModel(path), done, failed)

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, words.tr("Move all models to"), str(Path.home())
        )
        if folder:
            self.move_to(folder)

    def move_to(self, folder: str) -> None:
        """Have the model folder moved."""

        def failed(error: ClosedMeshError) -> None:
            self._importing("")
            self.problem.display(words.explained(error))

        self._importing(words.tr("Moving the models…"), busy=True)
        moved = words.tr("The models lie in {folder} now.", folder=folder)
        self._bridge.do(MoveModels(folder), lambda _: self._importing(moved), failed)

    def _importing(self, news: str, *, busy: bool = False) -> None:
        self.problem.display("")
        self.news.setText(news)
        self.news.setVisible(bool(news))
        self.import_button.setEnabled(not busy)
        self.move_button.setEnabled(not busy)

    def _redraw(self) -> None:
        for model in self._view.cards:
            self.cards[model.name].display(model)


class Card(QWidget):
    """One model."""

    load_requested = Signal()
    free_requested = Signal()
    verify_requested = Signal()
    default_requested = Signal()
    trust_requested = Signal()
    remove_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = label("", "heading")
        self.facts = label()
        self.hash = label("", "muted")
        self.hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.icon = QLabel()
        self.state = label()
        self.news = label("", "muted")
        self.news.hide()
        self.problem = Problem()
        self._failure = ""
        self.removal = ""
        self._make_buttons()
        self._lay_out()

    def display(self, view: ModelCard) -> None:
        """Show a model."""
        self.setAccessibleName(f"{view.title}: {view.state}")
        self.title.setText(view.title)
        self.removal = view.removal
        self.facts.setText(view.facts)
        default = (
            words.tr("answers where no other model is named") if view.is_default else view.name
        )
        self.hash.setText(
            words.tr(
                "SHA-256 {short_hash}… · {default}", short_hash=view.short_hash, default=default
            )
            if view.hash
            else view.name
        )
        self.hash.setToolTip(view.hash)
        self.icon.setPixmap(self._theme.icon(view.icon).pixmap(ICON, ICON))
        self.state.setText(view.state)
        self.problem.display(self._failure or view.problem)
        self._known_problem = view.problem
        self.load.setEnabled(view.can_load)
        self.free.setVisible(view.can_free)
        self.load.setVisible(not view.can_free and not view.can_trust)
        self.trust.setVisible(view.can_trust)
        self.default.setEnabled(not view.is_default and not view.can_trust and bool(view.hash))
        self.verify.setEnabled(bool(view.hash))
        self.remove.setEnabled(view.can_remove)

    def tell(self, news: str) -> None:
        """Say what is being done or was done, instead of an earlier error."""
        self._failure = ""
        self.problem.display(self._known_problem)
        self.news.setText(news)
        self.news.setVisible(bool(news))

    def explain(self, error: ClosedMeshError) -> None:
        """Say what went wrong."""
        self.tell("")
        self._failure = words.explained(error)
        self.problem.display(self._failure)

    def _make_buttons(self) -> None:
        self._known_problem = ""
        self.load = button(words.tr("Load into memory"), self.load_requested.emit)
        self.free = button(words.tr("Free the memory"), self.free_requested.emit)
        self.default = button(words.tr("Use for new chats"), self.default_requested.emit)
        self.verify = button(words.tr("Verify the file"), self.verify_requested.emit)
        self.trust = button(words.tr("Use it all the same"), self.trust_requested.emit)
        self.remove = button(words.tr("Remove…"), self.remove_requested.emit, "danger")

    def _lay_out(self) -> None:
        frame, layout = card()
        state = QHBoxLayout()
        state.addWidget(self.icon)
        state.addWidget(self.state, 1)
        for widget in (self.title, self.facts, self.hash):
            layout.addWidget(widget)
        layout.addLayout(state)
        layout.addWidget(self.news)
        layout.addWidget(self.problem)
        layout.addLayout(
            row(self.load, self.free, self.trust, self.default, self.verify, self.remove)
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
