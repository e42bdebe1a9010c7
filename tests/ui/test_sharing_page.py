import time

import pytest
from msgspec import structs

from closedmesh.control import (
    ChangeSettings,
    ListDuties,
    PauseSharing,
    ResumeSharing,
    ShareAnyway,
)
from closedmesh.errors import BadRequest
from closedmesh.models.duty import Action, Reason, Span
from closedmesh.settings import Settings, SharingSettings
from closedmesh.status import Sharing
from closedmesh.ui.sharing_page import SharingPage, pauses, tomorrow_morning
from tests.support.control import STATUS

ON = Settings(sharing=SharingSettings(share=True))
SHARED = structs.replace(STATUS, settings=ON, sharing=Sharing(Reason.ON))


@pytest.fixture
def page(qtbot, bridge, theme):
    page = SharingPage(bridge, theme)
    qtbot.addWidget(page)
    page.display(STATUS)
    page.show()
    return page


def shows(page, reason, action=None):
    page.display(structs.replace(SHARED, sharing=Sharing(reason, "Why.", action=action)))


def test_the_switch_changes_the_setting(qtbot, page, control):
    page.switch.click()
    qtbot.waitUntil(lambda: ChangeSettings({"sharing.share": True}) in control.done)


def test_a_refused_switch_goes_back_and_says_why(qtbot, page, control, monkeypatch):
    async def refuse(_command):
        raise BadRequest("No.", "Do something else.")

    monkeypatch.setattr(control, "do", refuse)
    page.switch.click()
    qtbot.waitUntil(lambda: page.problem.words.text() == "No. Do something else.")
    assert not page.switch.isChecked()


@pytest.mark.parametrize(
    ("reason", "action", "command"),
    [
        (Reason.PAUSED, Action.RESUME, ResumeSharing),
        (Reason.METERED, Action.SHARE_ANYWAY, ShareAnyway),
    ],
)
def test_the_button_does_what_it_says(qtbot, page, control, reason, action, command):
    shows(page, reason, action)
    assert page.action.isVisible()
    page.action.click()
    qtbot.waitUntil(lambda: any(isinstance(done, command) for done in control.done))


def test_without_models_it_leads_to_them(qtbot, page):
    shows(page, Reason.NOTHING, Action.GET_MODELS)
    with qtbot.waitSignal(page.models_requested):
        page.action.click()


def test_pauses_are_offered_while_it_shares(qtbot, page, control):
    page.display(SHARED)
    assert page.pause.isVisible()
    assert not page.action.isVisible()
    entries = page.pause.menu().actions()
    assert [entry.text() for entry in entries] == [words for words, _ in pauses()]
    entries[-1].trigger()
    qtbot.waitUntil(lambda: PauseSharing(None) in control.done)


def test_tomorrow_morning_is_eight_o_clock_of_the_next_day():
    found = time.localtime(tomorrow_morning())
    assert (found.tm_hour, found.tm_min) == (8, 0)
    assert 0 < tomorrow_morning() - time.mktime(time.localtime()) <= 32 * 3600


def test_the_strip_is_asked_for_while_the_page_is_seen(qtbot, page, control):
    now = time.mktime(time.localtime())
    control.duties = (Span(now - 7200, now, Reason.ON),)
    page.display(SHARED)
    qtbot.waitUntil(lambda: page.strip.accessibleDescription() != "")
    assert ListDuties() in control.done
    page.hide()
    assert not page.looking.is_asking


def test_rules_lead_to_the_settings(qtbot, page):
    with qtbot.waitSignal(page.rules_requested):
        page.rules_requested.emit()
