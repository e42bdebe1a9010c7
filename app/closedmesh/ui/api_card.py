"""The local API: its address and its key, to be copied into other programs."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMessageBox, QVBoxLayout, QWidget

from closedmesh.control import NewKey, ShowKey
from closedmesh.errors import ClosedMeshError
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.settings_view import AboutView
from closedmesh.ui.widgets import Problem, button, card, label, row

HIDDEN = "•" * 24
"""Stands for a key that is not shown; its length tells nothing."""


class ApiCard(QWidget):
    """The key is asked for only when the person wants to see or copy it."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.address = QLineEdit(readOnly=True)
        self.address.setAccessibleName(words.tr("Address of the local API"))
        self.copy_address = button(words.tr("Copy"), lambda: _copy(self.address.text()))
        self.key = QLineEdit(HIDDEN, readOnly=True)
        self.key.setAccessibleName(words.tr("Key of the local API"))
        self.show_key = button(words.tr("Show"), self._toggle)
        self.copy_key = button(words.tr("Copy"), lambda: self._with_key(_copy))
        self.new_key = button(words.tr("New key…"), self._confirm_new_key)
        self.problem = Problem()
        frame, layout = card()
        layout.addWidget(label(words.tr("For programs on this computer"), "heading"))
        layout.addWidget(label(words.tr("Works with clients made for OpenAI's API."), "muted"))
        layout.addWidget(label(words.tr("Address")))
        layout.addLayout(row(self.address, self.copy_address))
        layout.addWidget(label(words.tr("Key")))
        layout.addLayout(row(self.key, self.show_key, self.copy_key, self.new_key))
        layout.addWidget(self.problem)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        for field in (self.address, self.key):
            field.setMinimumWidth(300)

    def display(self, about: AboutView) -> None:
        """Show the address."""
        self.address.setText(about.api)
        self.copy_address.setEnabled(about.has_api)

    def _toggle(self) -> None:
        if self.key.text() == HIDDEN:
            self._with_key(self._reveal)
        else:
            self._hide()

    def _reveal(self, key: str) -> None:
        self.key.setText(key)
        self.show_key.setText(words.tr("Hide"))

    def _hide(self) -> None:
        self.key.setText(HIDDEN)
        self.show_key.setText(words.tr("Show"))

    def _with_key(self, use: Callable[[str], None]) -> None:
        self.problem.display("")
        self._bridge.do(ShowKey(), use, self._explain)

    def _confirm_new_key(self) -> None:
        answer = QMessageBox.question(
            self,
            words.tr("Make a new key?"),
            words.tr("Programs that use the old key are shut out at once."),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Yes:
            self.problem.display("")
            self._bridge.do(NewKey(), self._reveal, self._explain)

    def _explain(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
