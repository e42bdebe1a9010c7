import pytest
from PySide6.QtGui import QGuiApplication

from closedmesh.control import InviteComputer, MakeInvite
from closedmesh.errors import BadRequest
from closedmesh.ui.invite_dialog import DAY, ComputerDialog, InviteDialog


@pytest.fixture
def dialog(qtbot, bridge):
    dialog = InviteDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_an_invite_is_made_shown_and_copied(dialog, qtbot, control):
    dialog.scope.setCurrentIndex(1)
    dialog.uses.setValue(5)
    dialog.lifetime.setCurrentIndex(2)
    dialog.make.click()
    qtbot.waitUntil(dialog.made.isVisible)
    assert control.done == [MakeInvite("share", 5, 30 * DAY)]
    assert dialog.form.isHidden()
    assert dialog.link.toPlainText() == "closedmesh://join/cm1example"
    assert dialog.code.isVisible()
    assert "5 times" in dialog.words.text()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "closedmesh://join/cm1example"


def test_the_first_proposal_is_the_most_careful(dialog, qtbot, control):
    dialog.make.click()
    qtbot.waitUntil(lambda: control.done == [MakeInvite("chat", 1, 7 * DAY)])


def test_a_refusal_is_told_and_the_form_stays(dialog, qtbot, control, monkeypatch):
    async def refuse(_command):
        raise BadRequest("Only an entry makes invites.", "Ask its owner.")

    monkeypatch.setattr(control, "do", refuse)
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.problem.words.text() != "")
    assert dialog.problem.words.text() == "Only an entry makes invites. Ask its owner."
    assert dialog.make.isEnabled()
    assert not dialog.made.isVisible()


def test_the_link_for_another_computer_needs_no_choice(qtbot, bridge, control):
    dialog = ComputerDialog(bridge)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.made.isVisible)
    assert control.done == [InviteComputer()]
    assert dialog.link.toPlainText() == "closedmesh://join/cm1computer"
    assert "Give the link to nobody else." in dialog.words.text()
