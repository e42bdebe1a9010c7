"""The first screen of a new home: where to be answered, and one click on Start.

Nothing is downloaded, joined, shared or set before that click, and of it only what is ticked.
"""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from closedmesh.assembly import Hardware
from closedmesh.control import ChangeSettings, Join, ListOffers, LoadModel, PullModel, ReadInvite
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.invites import MAX_TOKEN, SCHEME
from closedmesh.mesh.picture import InviteFacts, Mesh
from closedmesh.models.offers import Offer
from closedmesh.settings import Value
from closedmesh.status import Status
from closedmesh.ui import shortcuts, words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.later import Later
from closedmesh.ui.mesh_view import facts_of_invite
from closedmesh.ui.system import System
from closedmesh.ui.welcome_view import hardware_line, welcome_view
from closedmesh.ui.widgets import Problem, button, card, label, row, scrolled

READ_MS = 250
"""Milliseconds after the last change until an invite is read."""

WIDTH = 680
"""Pixels."""

INDENT = 23
"""Pixels, under the words of a choice: its round box and the gap beside it."""


class Welcome(QWidget):
    """Says `finished` when a person has begun."""

    finished = Signal()

    def __init__(self, bridge: Bridge, system: System, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._system = system
        self._status: Status | None = None
        self._hardware: Hardware | None = None
        self._offers: tuple[Offer, ...] = ()
        self._read = ""
        self._asked = False
        self.hardware = label(words.tr("Looking at this computer…"), "muted")
        self.here = QRadioButton(words.tr("On this computer"))
        self.here_words = label("", "muted")
        self.mesh = QRadioButton(words.tr("Through the mesh, now"))
        self.mesh_words = label(
            words.tr("Messages are processed on other people's computers. They can read them."),
            "muted",
        )
        self.invite = QLineEdit()
        self.facts = label("", "strong")
        self.better = QCheckBox()
        self.share = QCheckBox(
            words.tr("Share this computer with the mesh while it is idle and plugged in")
        )
        self.login = QCheckBox(words.tr("Open ClosedMesh when I log in"))
        self.problem = Problem()
        self.start = button(words.tr("Start"), self._start, "primary")
        shortcuts.bind("start", self, self.start.click)
        self._timer = QTimer(self, singleShot=True, interval=READ_MS)
        self._timer.timeout.connect(self._ask_what_it_says)
        self._lay_out()
        self._show()

    def display(self, status: Status) -> None:
        """Show what this computer has."""
        first = self._status is None
        self._status = status
        if self.isVisible():
            self._ask_once()
        self._show()
        if first:
            self.start.setFocus()

    def offer(self, link: str) -> None:
        """An invite came from outside: say what it is, and have its way chosen already."""
        self.invite.setText(link[:MAX_TOKEN])
        self.invite.setCursorPosition(0)
        self.mesh.setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """It comes into sight."""
        super().showEvent(event)
        self._ask_once()

    def _lay_out(self) -> None:
        area, page = scrolled(words.tr("Welcome"), WIDTH)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        page.addStretch(1)
        page.addWidget(label(words.tr("Welcome to ClosedMesh"), "title"))
        page.addWidget(label(words.tr("Where shall your questions be answered?")))
        page.addWidget(self.hardware)
        frame, inside = card()
        inside.addWidget(self.here)
        inside.addLayout(_indented(self.here_words))
        inside.addSpacing(8)
        inside.addWidget(self.mesh)
        inside.addLayout(_indented(self.mesh_words, self.invite, self.facts))
        page.addWidget(frame)
        for box in (self.better, self.share, self.login):
            page.addWidget(box)
        page.addWidget(self.problem)
        page.addLayout(row(self.start))
        page.addWidget(
            label(
                words.tr("Everything here can be changed later. Nothing is reported to anybody."),
                "muted",
            )
        )
        page.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.here.setChecked(True)
        self.invite.setPlaceholderText(words.tr("Paste an invite: {scheme}…", scheme=SCHEME))
        self.invite.setAccessibleName(words.tr("Invite"))
        self.invite.textChanged.connect(self._changed)
        self.mesh.toggled.connect(lambda _on: self._show())
        self.share.toggled.connect(lambda _on: self._show())

    def _ask_once(self) -> None:
        if self._status is None or self._asked:
            return
        self._asked = True
        looking = Later(self._system.look, self)
        looking.done.connect(self._take_hardware)
        looking.failed.connect(lambda _error: self.hardware.hide())
        looking.start()
        self._bridge.do(ListOffers(), self._take_offers, lambda _error: None)

    def _take_hardware(self, found: Hardware) -> None:
        self._hardware = found
        self._show()

    def _take_offers(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self._show()

    def _show(self) -> None:
        if self._hardware is not None:
            self.hardware.setText(hardware_line(self._hardware))
        if self._status is None:
            self.start.setEnabled(False)
            self.better.hide()
            return
        view = welcome_view(self._status, self._offers, self._hardware)
        self.here_words.setText(view.here)
        self.better.setText(view.better)
        self.better.setVisible(bool(view.better))
        asks = self.mesh.isChecked() and not view.member_of
        self.invite.setVisible(asks)
        self.facts.setVisible(self.mesh.isChecked() and bool(self.facts.text()))
        if view.member_of:
            self.facts.setText(words.tr("Member of {mesh} already", mesh=view.member_of))
        ready = bool(self._read) if asks else True
        self.start.setEnabled(ready if self.mesh.isChecked() else view.can_begin_here)

    # The invite

    def _changed(self) -> None:
        self._read = ""
        self.facts.clear()
        self.problem.display("")
        self._show()
        self._timer.start()

    def _ask_what_it_says(self) -> None:
        if text := self.invite.text().strip():
            self._bridge.do(ReadInvite(text), partial(self._take_facts, text), self._refuse)

    def _take_facts(self, text: str, facts: InviteFacts) -> None:
        if text == self.invite.text().strip():
            self._read = text
            self.facts.setText(facts_of_invite(facts))
            self._show()

    def _refuse(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))
        self._show()

    # The click

    def _start(self) -> None:
        self.problem.display("")
        self.start.setEnabled(False)
        if self.mesh.isChecked() and self._read:
            self.start.setText(words.tr("Joining…"))
            self._bridge.do(Join(self._read), self._joined, self._not_begun)
        else:
            self._settle()

    def _joined(self, _mesh: Mesh) -> None:
        self._read = ""
        self.invite.clear()
        self._settle()

    def _settle(self) -> None:
        """All that was ticked, then the chat."""
        changes: dict[str, Value] = {}
        if self.mesh.isChecked():
            changes["chat.route"] = "mesh"
        if self.share.isChecked():
            changes["sharing.share"] = True
        if self.login.isChecked():
            try:
                self._system.at_login.install()
            except ClosedMeshError as error:
                self._not_begun(error)
                return
        if changes:
            command = ChangeSettings(changes)
            self._bridge.do(command, lambda _settings: self._begin(), self._not_begun)
        else:
            self._begin()

    def _begin(self) -> None:
        assert self._status
        view = welcome_view(self._status, self._offers, self._hardware)
        if self.better.isChecked() and view.better_ref:
            self._bridge.do(PullModel(view.better_ref))
        if self.here.isChecked():
            # While the first question is typed; what is wrong is said where it is asked.
            self._bridge.do(LoadModel(view.starter), failed=lambda _error: None)
        self.finished.emit()

    def _not_begun(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))
        self.start.setText(words.tr("Start"))
        self._show()


def _indented(*widgets: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setContentsMargins(INDENT, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
