import pytest
from msgspec import structs

from closedmesh.control import ChangeSettings, Join, ListOffers, LoadModel, PullModel, ReadInvite
from closedmesh.errors import MeshUnreachable
from closedmesh.ui.welcome import Welcome
from tests.support.control import MEMBER, MODEL, STATUS
from tests.support.desktop import calm_system
from tests.ui.test_welcome_view import LARGE

INVITE = "closedmesh://join/cm1example"


@pytest.fixture
def system():
    return calm_system()


@pytest.fixture
def welcome(bridge, control, system, qtbot):
    control.offers = (LARGE,)
    welcome = Welcome(bridge, system)
    welcome._timer.setInterval(0)
    qtbot.addWidget(welcome)
    welcome.display(STATUS)
    welcome.show()
    qtbot.waitUntil(lambda: not welcome.better.isHidden())
    return welcome


def begun(welcome, qtbot):
    with qtbot.waitSignal(welcome.finished):
        welcome.start.click()


def test_nothing_is_ticked_and_start_only_makes_the_model_ready(welcome, control, system, qtbot):
    assert welcome.here.isChecked()
    assert welcome.hardware.text() == "Example Processor · 16.0 GB memory · 210.0 GB free"
    assert not any(box.isChecked() for box in (welcome.better, welcome.share, welcome.login))
    assert control.done == [ListOffers()]
    begun(welcome, qtbot)
    qtbot.waitUntil(lambda: control.done == [ListOffers(), LoadModel(MODEL.name)])
    assert not system.at_login.find()


def test_what_is_ticked_is_done(welcome, control, system, qtbot):
    for box in (welcome.better, welcome.share, welcome.login):
        box.setChecked(True)
    begun(welcome, qtbot)
    qtbot.waitUntil(lambda: PullModel(LARGE.name) in control.done)
    assert ChangeSettings({"sharing.share": True}) in control.done
    assert system.at_login.find()


def test_an_invite_is_read_and_used_only_by_the_click(welcome, control, qtbot):
    welcome.offer(INVITE)
    assert welcome.mesh.isChecked()
    assert not welcome.start.isEnabled()
    qtbot.waitUntil(welcome.start.isEnabled)
    assert welcome.facts.text().startswith("An invite to Example.")
    assert control.done == [ListOffers(), ReadInvite(INVITE)]
    begun(welcome, qtbot)
    assert control.done[2:] == [Join(INVITE), ChangeSettings({"chat.route": "mesh"})]


def test_a_mesh_that_does_not_answer_leaves_the_choice(welcome, control, qtbot, monkeypatch):
    welcome.offer(INVITE)
    qtbot.waitUntil(welcome.start.isEnabled)

    async def refuse(_command):
        raise MeshUnreachable("No entry answers.", "Try again.")

    monkeypatch.setattr(control, "do", refuse)
    welcome.start.click()
    qtbot.waitUntil(lambda: welcome.problem.words.text() == "No entry answers. Try again.")
    assert welcome.start.text() == "Start"
    assert welcome.start.isEnabled()


def test_a_member_needs_no_invite(welcome):
    welcome.display(MEMBER)
    welcome.mesh.setChecked(True)
    assert welcome.invite.isHidden()
    assert welcome.facts.text() == "Member of Example already"
    assert welcome.start.isEnabled()


def test_without_a_model_this_computer_cannot_answer(welcome):
    welcome.display(structs.replace(STATUS, models=()))
    assert not welcome.start.isEnabled()
