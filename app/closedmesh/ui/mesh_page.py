"""The Mesh page: join; or the connection, the peers, the connection test, invites and leaving."""

from functools import partial
from html import escape
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from closedmesh.control import (
    CheckConnection,
    Command,
    Join,
    Leave,
    ReadInvite,
    RevokeInvite,
    RevokeMember,
)
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.ids import InviteId, short
from closedmesh.mesh.picture import InviteFacts
from closedmesh.status import Finding, Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.invite_dialog import ComputerDialog, InviteDialog
from closedmesh.ui.join_card import JoinCard
from closedmesh.ui.mesh_view import InviteLine, MeshView, becomes, mesh_view
from closedmesh.ui.peers_table import PeersTable
from closedmesh.ui.widgets import Problem, button, card, label, row, scrolled

NAME = "ClosedMesh"

WIDTH = 1240
"""Pixels; the table has many columns."""


class MeshPage(QWidget):
    """Shows a `MeshView`; carries out what is clicked."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view: MeshView | None = None
        self._offered = ""
        """An invite from outside that was not looked at yet."""
        self.join = JoinCard(bridge)
        self.member = QWidget()
        self.name = label("", "heading")
        self.connection = label("", "strong")
        self.facts = label()
        self.node = label("", "muted")
        self.copy = button(words.tr("Copy my peer id"), self._copy)
        self.test = button(words.tr("Test the connection"), self._test)
        self.leave = button(words.tr("Leave the mesh…"), self._leave, "danger")
        self.findings = label()
        self.problem = Problem()
        self.peers = PeersTable()
        self.peers.chosen.connect(self._enable)
        self.end = button(words.tr("End this membership…"), self._end, "danger")
        self.invite_button = button(words.tr("Invite someone…"), self.invite, "primary")
        self.invites = QVBoxLayout()
        self.owner = label()
        self.add = button(words.tr("Add a computer of mine…"), self.add_computer)
        self._lay_out()
        self.member.hide()
        self.findings.hide()

    def display(self, status: Status) -> None:
        """Show the mesh, or where to join one."""
        view = mesh_view(status)
        if view == self._view:
            return
        before, self._view = self._view, view
        self.join.setVisible(view is None)
        self.member.setVisible(view is not None)
        if view is None:
            self.findings.hide()
            return
        self.name.setText(view.name)
        self.connection.setText(view.connection)
        self.facts.setText("\n".join(view.facts))
        self.node.setText(words.tr("My peer id: {id}", id=view.node))
        self.leave.setVisible(not view.is_entry)
        self.peers.display(view.peers)
        self.end.setVisible(view.is_entry)
        self.invites_card.setVisible(view.is_entry)
        self.computers_card.setVisible(bool(view.owner))
        self.owner.setText(view.owner)
        self.add.setVisible(view.can_add)
        if before is None or view.invites != before.invites:
            self._show_invites(view.invites)
        if self._offered:
            self._look_at_offered(view)
        self._enable()

    def offer(self, invite: str) -> None:
        """Look at an invite that was opened outside of the program."""
        self.join.offer(invite)
        self._offered = invite
        if self._view is not None:
            self._look_at_offered(self._view)

    def invite(self) -> None:
        """Make an invite, step by step."""
        dialog = InviteDialog(self._bridge, self)
        dialog.exec()
        dialog.deleteLater()

    def add_computer(self) -> None:
        """Make a link for another computer of the same person."""
        dialog = ComputerDialog(self._bridge, self)
        dialog.exec()
        dialog.deleteLater()

    def _lay_out(self) -> None:
        area, layout = scrolled(words.tr("Mesh"), WIDTH, titled=True)
        inside = QVBoxLayout(self.member)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        for part in (
            self._make_connection(),
            self._make_peers(),
            self._make_computers(),
            self._make_invites(),
        ):
            inside.addWidget(part)
        for widget in (self.problem, self.join, self.member):
            layout.addWidget(widget)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _make_connection(self) -> QWidget:
        frame, inside = card()
        for widget in (self.name, self.connection, self.facts, self.node):
            inside.addWidget(widget)
        inside.addLayout(row(self.test, self.copy, self.leave))
        inside.addWidget(self.findings)
        return frame

    def _make_peers(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(words.tr("Peers"), "heading"))
        inside.addWidget(
            label(
                words.tr("Tokens a second in three columns, with the number of samples."), "muted"
            )
        )
        inside.addWidget(self.peers)
        inside.addLayout(row(self.end))
        return frame

    def _make_computers(self) -> QWidget:
        self.computers_card, inside = card()
        inside.addWidget(label(words.tr("My computers"), "heading"))
        inside.addWidget(self.owner)
        inside.addLayout(row(self.add))
        return self.computers_card

    def _make_invites(self) -> QWidget:
        self.invites_card, inside = card()
        inside.addWidget(label(words.tr("Invites"), "heading"))
        inside.addLayout(self.invites)
        inside.addLayout(row(self.invite_button))
        return self.invites_card

    def _show_invites(self, lines: tuple[InviteLine, ...]) -> None:
        while (item := self.invites.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if not lines:
            self.invites.addWidget(label(words.tr("None was made yet."), "muted"))
        for line in lines:
            self.invites.addWidget(self._make_invite(line))

    def _make_invite(self, line: InviteLine) -> QWidget:
        revoke = button(words.tr("Withdraw"), partial(self._revoke, line.id), "danger")
        revoke.setEnabled(line.can_be_revoked)
        revoke.setAccessibleName(words.tr("Withdraw the invite {invite}", invite=line.id))
        made = QWidget()
        layout = QHBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(line.words), 1)
        layout.addWidget(revoke)
        return made

    def _enable(self) -> None:
        self.end.setEnabled(self.peers.ending is not None)

    def _look_at_offered(self, view: MeshView) -> None:
        """A member can only use an invite of its own owner's, for the mesh in which it is."""
        invite, self._offered = self._offered, ""
        self._bridge.do(
            ReadInvite(invite),
            lambda facts: self._go_over(invite, facts, view),
            lambda _: self._say_already(view),
        )

    def _go_over(self, invite: str, facts: InviteFacts, view: MeshView) -> None:
        if facts.owner is None or facts.mesh != view.mesh:
            self._say_already(view)
        elif self._is_sure(
            words.tr("Make this computer one of owner {owner}?", owner=short(facts.owner)),
            becomes(facts),
        ):
            self._do(Join(invite))

    def _say_already(self, view: MeshView) -> None:
        self.problem.display(
            words.tr(
                "An invite was opened, but this computer is a member of {mesh} already. Leave it "
                "first.",
                mesh=view.name,
            )
        )

    def _copy(self) -> None:
        if self._view:
            QGuiApplication.clipboard().setText(self._view.node)

    def _test(self) -> None:
        self.problem.display("")
        self.test.setEnabled(False)
        self.findings.setText(words.tr("Testing…"))
        self.findings.show()
        self._bridge.do(CheckConnection(), self._tested, self._not_tested)

    def _tested(self, findings: tuple[Finding, ...]) -> None:
        self.test.setEnabled(True)
        self.findings.setText(
            "\n".join(
                f"{'✓' if each.ok else '✗'}  {words.said(each.title)}: {words.said(each.detail)}"
                for each in findings
            )
        )

    def _not_tested(self, error: ClosedMeshError) -> None:
        self.test.setEnabled(True)
        self.findings.hide()
        self._failed(error)

    def _leave(self) -> None:
        name = self._view.name if self._view else ""
        if self._is_sure(
            words.tr("Leave {name}?", name=name),
            words.tr(
                "This computer asks and answers nobody any more. Joining again takes an invite."
            ),
        ):
            self._do(Leave())

    def _end(self) -> None:
        node = self.peers.ending
        if node and self._is_sure(
            words.tr("End the membership of peer {peer}?", peer=short(node)),
            words.tr("It is shut out within a minute, and joining again takes an invite."),
        ):
            self._do(RevokeMember(node))

    def _revoke(self, invite: InviteId) -> None:
        self._do(RevokeInvite(invite))

    def _is_sure(self, question: str, meaning: str) -> bool:
        answer = QMessageBox.question(
            self,
            NAME,
            f"<b>{escape(question)}</b><br><br>{escape(meaning)}",
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Yes

    def _do(self, command: Command[Any]) -> None:
        self.problem.display("")
        self._bridge.do(command, lambda _: None, self._failed)

    def _failed(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))
