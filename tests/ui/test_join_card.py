import pytest
from PySide6.QtGui import QGuiApplication

from closedmesh.control import Join, ReadInvite
from closedmesh.errors import InviteRefused, MeshUnreachable
from closedmesh.mesh.invites import MAX_TOKEN
from closedmesh.ui.join_card import JoinCard

INVITE = "closedmesh://join/cm1example"


@pytest.fixture
def card(qtbot, bridge):
    card = JoinCard(bridge)
    card._timer.setInterval(0)
    qtbot.addWidget(card)
    card.show()
    return card


def read(card, qtbot, text=INVITE):
    card.field.setPlainText(text)
    qtbot.waitUntil(card.join.isEnabled)


def test_an_invite_is_read_and_not_used(card, qtbot, control):
    assert not card.join.isEnabled()
    read(card, qtbot)
    assert card.facts.text().startswith("An invite to Example.")
    assert control.done == [ReadInvite(INVITE)]


def test_the_click_joins_and_forgets_the_invite(card, qtbot, control):
    read(card, qtbot, f"  {INVITE}\n")
    card.join.click()
    assert not card.join.isEnabled()
    qtbot.waitUntil(lambda: card.field.toPlainText() == "")
    assert control.done[-1] == Join(INVITE)


def test_other_words_are_read_anew(card, qtbot):
    read(card, qtbot)
    card.field.setPlainText("closed")
    assert not card.join.isEnabled()
    assert card.facts.isHidden()


def test_what_is_no_invite_is_said_to_be_none(card, qtbot, control, monkeypatch):
    async def refuse(_command):
        raise InviteRefused("This is not an invite.", "Copy it again.")

    monkeypatch.setattr(control, "do", refuse)
    card.field.setPlainText("hello")
    qtbot.waitUntil(lambda: card.problem.words.text() == "This is not an invite. Copy it again.")
    assert not card.join.isEnabled()


def test_a_mesh_that_does_not_answer_can_be_tried_again(card, qtbot, control, monkeypatch):
    read(card, qtbot)

    async def refuse(_command):
        raise MeshUnreachable("No entry answers.", "Try again.")

    monkeypatch.setattr(control, "do", refuse)
    card.join.click()
    qtbot.waitUntil(lambda: card.problem.words.text() == "No entry answers. Try again.")
    assert card.join.isEnabled()
    assert card.field.toPlainText() == INVITE


def test_an_invite_comes_from_the_clipboard(card, qtbot):
    QGuiApplication.clipboard().setText(f"\n{INVITE} ")
    card.paste.click()
    assert card.field.toPlainText() == INVITE


def test_an_offered_invite_is_cut_to_the_longest_there_is(card):
    card.offer("x" * 100_000)
    assert len(card.field.toPlainText()) == MAX_TOKEN
