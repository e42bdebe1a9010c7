import pytest
from msgspec import structs
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

from closedmesh.control import CheckConnection, Join, Leave, RevokeInvite, RevokeMember
from closedmesh.errors import MeshUnreachable
from closedmesh.mesh.ids import NodeId
from closedmesh.ui import mesh_page
from closedmesh.ui.mesh_page import MeshPage
from tests.support.control import AT_THE_ENTRY, INVITE, MEMBER, MESH, PEERS, STATUS


@pytest.fixture
def page(qtbot, bridge):
    page = MeshPage(bridge)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def sure(monkeypatch):
    """What a person answers, and what was asked."""
    asked = []

    def answer(with_what):
        def question(_parent, _title, text, *_buttons):
            asked.append(text)
            return with_what

        monkeypatch.setattr(QMessageBox, "question", question)
        return asked

    return answer


def test_whoever_is_in_no_mesh_may_join_one(page):
    page.display(STATUS)
    assert page.join.isVisible()
    assert not page.member.isVisible()


def test_a_member_sees_the_mesh(page):
    page.display(MEMBER)
    assert not page.join.isVisible()
    assert page.name.text() == "Example"
    assert page.connection.text() == "Connected: direct, 12 ms"
    assert page.peers.rowCount() == 4
    assert page.leave.isVisible()
    assert not page.invites_card.isVisible()
    assert not page.end.isVisible()
    page.copy.click()
    assert QGuiApplication.clipboard().text() == MESH.node


def test_the_connection_test_says_what_it_found(page, qtbot, control):
    page.display(MEMBER)
    page.test.click()
    assert page.findings.text() == "Testing…"
    assert not page.test.isEnabled()
    qtbot.waitUntil(lambda: page.findings.text() == "✓  Entry 0123456789: Direct, 12 ms.")
    assert page.test.isEnabled()
    assert control.done == [CheckConnection()]


def test_a_test_that_cannot_be_made_says_why(page, qtbot, control, monkeypatch):
    async def refuse(_command):
        raise MeshUnreachable("The network is closed.", "Wait.")

    page.display(MEMBER)
    monkeypatch.setattr(control, "do", refuse)
    page.test.click()
    qtbot.waitUntil(lambda: page.problem.words.text() == "The network is closed. Wait.")
    assert page.test.isEnabled()
    assert page.findings.isHidden()


@pytest.mark.parametrize("yes", [True, False])
def test_leaving_is_asked_once(page, qtbot, control, sure, yes):
    page.display(MEMBER)
    button = QMessageBox.StandardButton
    asked = sure(button.Yes if yes else button.Cancel)
    page.leave.click()
    assert len(asked) == 1
    assert "Leave Example?" in asked[0]
    if yes:
        qtbot.waitUntil(lambda: control.done == [Leave()])
    else:
        assert control.done == []


def test_an_entry_withdraws_invites_and_does_not_leave(page, qtbot, control):
    done = structs.replace(INVITE, id="ffffffffffff", revoked=True)
    page.display(structs.replace(AT_THE_ENTRY, invites=(INVITE, done)))
    assert page.invites_card.isVisible()
    assert not page.leave.isVisible()
    buttons = [b for b in page.invites_card.findChildren(QPushButton) if b.text() == "Withdraw"]
    assert [b.isEnabled() for b in buttons] == [True, False]
    buttons[0].click()
    qtbot.waitUntil(lambda: control.done == [RevokeInvite(INVITE.id)])


def test_an_entry_ends_a_membership_after_it_was_asked(page, qtbot, control, sure):
    page.display(AT_THE_ENTRY)
    assert not page.end.isEnabled()
    page.peers.selectRow(2)
    assert page.end.isEnabled()
    asked = sure(QMessageBox.StandardButton.Yes)
    page.end.click()
    assert "End the membership of peer 1a1a1a1a1a?" in asked[0]
    qtbot.waitUntil(lambda: control.done == [RevokeMember(PEERS[2].node)])


def test_inviting_opens_the_dialog(page, monkeypatch):
    opened = []

    def run(dialog):
        opened.append(dialog)

    monkeypatch.setattr(mesh_page.InviteDialog, "exec", run)
    page.display(AT_THE_ENTRY)
    page.invite_button.click()
    assert len(opened) == 1


def test_an_invite_from_outside_waits_for_the_click(page, qtbot, control):
    page.offer("closedmesh://join/cm1example")
    page.display(STATUS)
    qtbot.waitUntil(page.join.join.isEnabled)
    assert not any(type(command).__name__ == "Join" for command in control.done)


@pytest.mark.parametrize("first", [True, False])
def test_a_member_is_told_why_an_invite_is_not_used(page, qtbot, first):
    if first:
        page.offer("closedmesh://join/cm1example")
    page.display(MEMBER)
    if not first:
        page.offer("closedmesh://join/cm1example")
    qtbot.waitUntil(lambda: page.problem.words.text() != "")
    assert page.problem.words.text().startswith("An invite was opened, but this computer is a")


OWNED = structs.replace(MEMBER, mesh=structs.replace(MESH, owner=NodeId("ab" * 32)))


def test_a_member_goes_over_to_its_owner_after_it_was_asked(page, qtbot, control, sure):
    control.invite_owner = NodeId("cd" * 32)
    asked = sure(QMessageBox.StandardButton.Yes)
    page.display(OWNED)
    page.offer("closedmesh://join/cm1own")
    qtbot.waitUntil(lambda: control.done[-1:] == [Join("closedmesh://join/cm1own")])
    assert "Make this computer one of owner cdcdcdcdcd?" in asked[0]
    assert "a link that you made yourself" in asked[0]


def test_a_link_for_another_computer_is_made_where_the_key_is(page, monkeypatch):
    opened = []

    def run(dialog):
        opened.append(dialog)

    monkeypatch.setattr(mesh_page.ComputerDialog, "exec", run)
    page.display(MEMBER)
    assert page.computers_card.isHidden()
    page.display(OWNED)
    assert "whose key is kept here" in page.owner.text()
    page.add.click()
    assert len(opened) == 1

    page.display(structs.replace(OWNED, mesh=structs.replace(OWNED.mesh, adopted=True)))
    assert "on another computer" in page.owner.text()
    assert page.add.isHidden()
