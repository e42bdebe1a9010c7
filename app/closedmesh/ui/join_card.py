"""Where an invite is pasted: it is read at once, and used only by the click on Join."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from closedmesh.control import Join, ReadInvite
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.invites import MAX_TOKEN, SCHEME
from closedmesh.mesh.picture import InviteFacts, Mesh
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.mesh_view import facts_of_invite, readers
from closedmesh.ui.widgets import Problem, button, card, label, row

READ_MS = 250
"""Milliseconds after the last change until an invite is read."""

FIELD_HEIGHT = 92
"""Pixels; an invite is about five lines long."""


class JoinCard(QWidget):
    """Takes an invite; nothing is sent before Join is clicked."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._read = ""
        """The text that `facts` is about."""
        self.field = QPlainTextEdit()
        self.field.setPlaceholderText(f"{SCHEME}…")
        self.field.setAccessibleName(words.tr("Invite"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(FIELD_HEIGHT)
        self.field.textChanged.connect(self._changed)
        self.paste = button(words.tr("Paste"), self._paste)
        self.facts = label("", "strong")
        self.problem = Problem()
        self.join = button(words.tr("Join"), self._join, "primary")
        self._timer = QTimer(self, singleShot=True, interval=READ_MS)
        self._timer.timeout.connect(self._ask_what_it_says)
        self._lay_out()
        self._changed()

    def offer(self, invite: str) -> None:
        """Put an invite from elsewhere into the field; what it says is shown, and no more."""
        self.field.setPlainText(invite[:MAX_TOKEN])

    def _lay_out(self) -> None:
        frame, inside = card()
        inside.addWidget(label(words.tr("This computer belongs to no mesh"), "heading"))
        inside.addWidget(
            label(
                words.tr(
                    "No other computer is connected, and none is tried. Paste an invite to join "
                    "one."
                )
            )
        )
        inside.addWidget(self.field)
        for widget in (self.facts, self.problem):
            inside.addWidget(widget)
        inside.addLayout(row(self.join, self.paste))
        inside.addWidget(label(readers(), "muted"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _paste(self) -> None:
        self.offer(QGuiApplication.clipboard().text().strip())

    def _changed(self) -> None:
        """What was read is of no use once the text is another one."""
        self._read = ""
        self.facts.hide()
        self.problem.display("")
        self.join.setText(words.tr("Join"))
        self.join.setEnabled(False)
        self._timer.start()

    @property
    def _text(self) -> str:
        return self.field.toPlainText().strip()[: 2 * MAX_TOKEN]

    def _ask_what_it_says(self) -> None:
        text = self._text
        if text:
            self._bridge.do(
                ReadInvite(text),
                lambda facts: self._show(text, facts),
                lambda error: self._refuse(text, error),
            )

    def _show(self, text: str, facts: InviteFacts) -> None:
        if text == self._text:
            self._read = text
            self.facts.setText(facts_of_invite(facts))
            self.facts.show()
            self.join.setEnabled(True)

    def _refuse(self, text: str, error: ClosedMeshError) -> None:
        if text == self._text:
            self.problem.display(words.explained(error))

    def _join(self) -> None:
        self.problem.display("")
        self.join.setText(words.tr("Joining…"))
        self.join.setEnabled(False)
        self._bridge.do(Join(self._read), self._joined, self._not_joined)

    def _joined(self, _mesh: Mesh) -> None:
        """The invite has done its work, and is a secret."""
        self.field.clear()

    def _not_joined(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))
        self.join.setText(words.tr("Join"))
        self.join.setEnabled(bool(self._read))
