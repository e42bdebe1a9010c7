"""One receipt, opened: what it says, and everything that was checked about it just now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from closedmesh.control import OpenReceipt
from closedmesh.errors import ClosedMeshError
from closedmesh.trust.credits import OpenedReceipt
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.receipt_view import Check, ReceiptView, receipt_view
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Problem, button, label, row

WIDTH = 640
"""Pixels."""

ROOM = 4
"""Pixels that words which can be selected take above and below a line, and do not ask for."""

ICON = 18
"""Pixels."""


class ReceiptDialog(QDialog):
    """Opens a receipt by its number, or the newest one of an answer."""

    def __init__(
        self, bridge: Bridge, theme: Theme, wanted: OpenReceipt, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answered = False
        self.setWindowTitle(words.tr("Receipt of an answer"))
        self.setMinimumWidth(WIDTH)
        self.headline = label(words.tr("The receipt is being checked…"), "heading")
        self.problem = Problem()
        self.facts = QGridLayout()
        self.checks = QGridLayout()
        for grid in (self.facts, self.checks):
            grid.setHorizontalSpacing(14)
            grid.setVerticalSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(self.headline)
        layout.addWidget(self.problem)
        layout.addLayout(self.facts)
        layout.addLayout(self.checks)
        layout.addWidget(label(words.tr("Credits are not money."), "muted"))
        layout.addLayout(row(button(words.tr("Close"), self.accept, "primary")))
        self.finished.connect(self._put_away)
        bridge.do(wanted, self._show, self._refuse)

    def _show(self, opened: OpenedReceipt) -> None:
        self.display(receipt_view(opened))
        self._hear()

    def _hear(self) -> None:
        """The answer came; a person may have closed the dialog before."""
        self._answered = True
        if not self.isVisible():
            self.deleteLater()

    def _put_away(self) -> None:
        if self._answered:
            self.deleteLater()

    def display(self, view: ReceiptView) -> None:
        """Show a receipt."""
        self.headline.setText(view.headline)
        for place, (name, value) in enumerate(view.facts):
            called = label(name, "muted")
            called.setWordWrap(False)
            self.facts.addWidget(called, place, 0)
            self.facts.addWidget(_selectable(value), place, 1)
        for place, check in enumerate(view.checks):
            self._add(place, check)
        self.facts.setColumnStretch(1, 1)
        self.checks.setColumnStretch(2, 1)
        inside = self.layout()
        if inside is not None:  # wrapped words take more than `adjustSize` gives them
            inside.activate()
            self.resize(self.width(), inside.totalHeightForWidth(self.width()))

    def _add(self, place: int, check: Check) -> None:
        mark = label()
        mark.setPixmap(self._theme.icon(check.icon, check.colour).pixmap(ICON, ICON))
        mark.setAccessibleName(check.verdict)
        mark.setToolTip(check.verdict)
        self.checks.addWidget(mark, place, 0, Qt.AlignmentFlag.AlignTop)
        title = label(check.title, "strong")
        title.setWordWrap(False)
        self.checks.addWidget(title, place, 1, Qt.AlignmentFlag.AlignTop)
        self.checks.addWidget(_selectable(check.detail), place, 2)

    def _refuse(self, error: ClosedMeshError) -> None:
        self.headline.setText(words.tr("There is no receipt to be checked"))
        self.problem.display(words.explained(error))
        self._hear()


def _selectable(text: str) -> QWidget:
    shown = label(text)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown.setMinimumHeight(shown.fontMetrics().lineSpacing() + ROOM)
    return shown
