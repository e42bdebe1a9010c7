"""The local API: its address and its key, to be copied into other programs."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMessageBox, QVBoxLayout, QWidget

from closedmesh.control import NewKey, ShowKey
from closedmesh.errors import ClosedMeshError
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
        self.address.setAccessibleName("Address of the local API")
        self.copy_address = button("Copy", lambda: _copy(self.address.text()))
        self.key = QLineEdit(HIDDEN, readOnly=True)
        self.key.setAccessibleName("Key of the local API")
        self.show_key = button("Show", self._toggle)
        self.copy_key = button("Copy", lambda: self._with_key(_copy))
        self.new_key = button("New key…", self._confirm_new_key)
        self.problem = Problem()
        frame, layout = card()
        layout.addWidget(label("For programs on this computer", "heading"))
        layout.addWidget(label("Works with clients made for OpenAI's API.", "muted"))
        layout.addWidget(label("Address"))
        layout.addLayout(row(self.address, self.copy_address))
        layout.addWidget(label("Key"))
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
        self.show_key.setText("Hide")

    def _hide(self) -> None:
        self.key.setText(HIDDEN)
        self.show_key.setText("Show")

    def _with_key(self, use: Callable[[str], None]) -> None:
        self.problem.display("")
        self._bridge.do(ShowKey(), use, self._explain)

    def _confirm_new_key(self) -> None:
        answer = QMessageBox.question(
            self,
            "Make a new key?",
            "Programs that use the old key are shut out at once.",
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Yes:
            self.problem.display("")
            self._bridge.do(NewKey(), self._reveal, self._explain)

    def _explain(self, error: ClosedMeshError) -> None:
        self.problem.display(str(error))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
