"""Makes an invite: for what, how often, how long; then shows its link and its QR code, once. One
for another computer of the same person needs no choice."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from closedmesh.control import InviteComputer, MakeInvite
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.invites import MAX_USES
from closedmesh.mesh.picture import NewInvite
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.mesh_view import facts_of_new_computer, facts_of_new_invite
from closedmesh.ui.qr_code import QrCode
from closedmesh.ui.widgets import Choices, Problem, button, indented, label, row

DAY = 24 * 3600.0
"""Seconds."""

FIRST_LIFETIME = 1
"""Index of the one that is proposed."""

WIDTH = 460
"""Pixels."""

LINK_HEIGHT = 92
"""Pixels."""


def scopes() -> tuple[tuple[str, str], ...]:
    """What an invite may allow, with its words."""
    return (
        ("chat", words.tr("Ask the mesh")),
        ("share", words.tr("Ask the mesh and share a computer")),
    )


def lifetimes() -> tuple[tuple[float, str], ...]:
    """Seconds with their words."""
    return (
        (DAY, words.tr("1 day")),
        (7 * DAY, words.tr("7 days")),
        (30 * DAY, words.tr("30 days")),
        (365 * DAY, words.tr("1 year")),
    )


class InviteDialog(QDialog):
    """A form first, then what was made; closing it forgets the link."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setWindowTitle(words.tr("Invite someone"))
        self.setMinimumWidth(WIDTH)
        self.scope = _choice(words.tr("What the invite allows"), scopes())
        self.uses = QSpinBox()
        indented(self.uses)
        self.uses.setRange(1, MAX_USES)
        self.uses.setAccessibleName(words.tr("How often it can be used"))
        self.lifetime = _choice(words.tr("How long it can be used"), lifetimes())
        self.lifetime.setCurrentIndex(FIRST_LIFETIME)
        self.make = button(words.tr("Make the invite"), self._make, "primary")
        self.problem = Problem()
        self.words = label()
        self.link = QPlainTextEdit()
        self.link.setReadOnly(True)
        self.link.setAccessibleName(words.tr("Link of the invite"))
        self.link.setFixedHeight(LINK_HEIGHT)
        self.copy = button(words.tr("Copy the link"), self._copy, "primary")
        self.code = QrCode()
        self.form, self.made = self._make_form(), self._make_result()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        for widget in (self.form, self.made, self.problem):
            layout.addWidget(widget)
        self.made.hide()

    def _make_form(self) -> QWidget:
        form = QWidget()
        layout = QFormLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addRow(words.tr("It allows to"), self.scope)
        layout.addRow(words.tr("It can be used"), self.uses)
        layout.addRow(words.tr("for"), self.lifetime)
        layout.addRow(row(self.make, button(words.tr("Cancel"), self.reject)))
        self.uses.setSuffix(words.tr(" times", "of an invite: 3 times"))
        return form

    def _make_result(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.words)
        layout.addWidget(self.link)
        layout.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(row(self.copy, button(words.tr("Done"), self.accept)))
        return made

    def _make(self) -> None:
        self.problem.display("")
        self.make.setEnabled(False)
        command = MakeInvite(
            self.scope.currentData(), self.uses.value(), self.lifetime.currentData()
        )
        self._bridge.do(command, self._show, self._refuse)

    def _show(self, made: NewInvite) -> None:
        self.form.hide()
        self.words.setText(self._facts(made))
        self.link.setPlainText(made.link)
        self.code.display(made.link)
        self.made.show()
        self.copy.setFocus()
        self.adjustSize()

    def _facts(self, made: NewInvite) -> str:
        return facts_of_new_invite(made)

    def _refuse(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))
        self.make.setEnabled(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.link.toPlainText())
        self.copy.setText(words.tr("Copied"))


class ComputerDialog(InviteDialog):
    """The link for another computer of the same person, made as soon as it opens."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.setWindowTitle(words.tr("Another computer of mine"))
        self.form.hide()
        bridge.do(InviteComputer(), self._show, self._refuse)

    def _facts(self, made: NewInvite) -> str:
        return facts_of_new_computer(made)


def _choice(name: str, options: Sequence[tuple[object, str]]) -> QComboBox:
    box = Choices()
    box.setAccessibleName(name)
    for value, called in options:
        box.addItem(called, value)
    return box
