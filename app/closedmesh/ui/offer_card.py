"""A model that can be had, with the one thing to do about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from closedmesh.errors import ClosedMeshError
from closedmesh.ui import words
from closedmesh.ui.offers_view import OfferCard
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Problem, button, card, label

ICON = 18
"""Pixels of the icon beside a label."""


class OfferWidget(QWidget):
    """Shows an `OfferCard`."""

    wanted = Signal(str)
    """The REF of the model to get."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ref = ""
        self.title = label("", "heading")
        self.icon = QLabel()
        self.fit = label("", "strong")
        self.fit.setWordWrap(False)
        self.facts = label()
        self.about = label("", "muted")
        self.advice = label("", "muted")
        self.problem = Problem()
        self.get = button("", lambda: self.wanted.emit(self._ref), "primary")
        self._lay_out()

    def display(self, view: OfferCard) -> None:
        """Show a model."""
        self._ref = view.ref
        self.setAccessibleName(f"{view.title}: {view.fit}")
        self.title.setText(view.title)
        self.icon.setPixmap(self._theme.icon(view.icon, view.colour).pixmap(ICON, ICON))
        self.fit.setText(view.fit)
        self.facts.setText(view.facts)
        for widget, text in ((self.about, view.about), (self.advice, view.advice)):
            widget.setText(text)
            widget.setVisible(bool(text))
        self.get.setText(view.action)
        role = "primary" if view.is_advised else ""
        if self.get.property("role") != role:
            self.get.setProperty("role", role)
            self.get.style().polish(self.get)
        self.get.setEnabled(view.can_get)

    def explain(self, error: ClosedMeshError) -> None:
        """Say why it cannot be had."""
        self.problem.display(words.explained(error))

    def clear(self) -> None:
        """Forget an earlier error."""
        self.problem.display("")

    def _lay_out(self) -> None:
        frame, layout = card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.icon)
        head.addWidget(self.fit)
        layout.addLayout(head)
        for widget in (self.facts, self.about, self.advice, self.problem):
            layout.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self.get)
        foot.addStretch(1)
        layout.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)


class OfferList(QWidget):
    """Cards of models, one below the other."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[OfferCard, ...] = ()
        self.cards: dict[str, OfferWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        theme.changed.connect(self._redraw)

    def display(self, cards: tuple[OfferCard, ...]) -> None:
        """Show these models in this order."""
        if [c.ref for c in cards] != [c.ref for c in self._shown]:
            for widget in self.cards.values():
                widget.deleteLater()
            self.cards = {}
            for view in cards:
                made = OfferWidget(self._theme)
                made.wanted.connect(self.wanted)
                self._layout.addWidget(made)
                self.cards[view.ref] = made
        self._shown = cards
        self._redraw()

    def _redraw(self) -> None:
        for view in self._shown:
            self.cards[view.ref].display(view)
