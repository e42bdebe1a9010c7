import pytest
from PySide6.QtWidgets import QPushButton

from closedmesh.errors import NotRunning
from closedmesh.status import Health, Severity
from closedmesh.ui.health_bar import MAX_ITEMS, HealthBar

INFO = Health("port", Severity.INFO, "The port is taken.", "Another one is used.")
ERROR = Health("disk", Severity.ERROR, "The disk is full.", "Free some space.")
LOST = NotRunning("The peer is gone.", "Start it again.")


@pytest.fixture
def bar(theme, qtbot):
    bar = HealthBar(theme)
    qtbot.addWidget(bar)
    return bar


def test_the_worst_comes_first_and_all_is_gone_when_all_is_well(bar):
    bar.display((INFO, ERROR))
    assert bar.lines() == (
        "The disk is full. Free some space.",
        "The port is taken. Another one is used.",
    )

    bar.display(())
    assert bar.lines() == ()


def test_a_lost_peer_can_be_started_again(bar, qtbot):
    bar.display((INFO,))
    bar.display_lost(LOST)
    assert bar.lines() == ("The peer is gone. Start it again.",)

    with qtbot.waitSignal(bar.start_requested, timeout=1000):
        bar.findChildren(QPushButton)[-1].click()
    bar.display_starting()
    assert bar.lines() == ()


def test_a_peer_that_runs_again_is_no_longer_lost(bar):
    bar.display_lost(LOST)
    bar.display(())

    assert bar.lines() == ()


def test_a_notice_stays_until_it_is_dismissed(bar):
    bar.display_notice(LOST)
    bar.display((INFO,))
    assert len(bar.lines()) == 2

    bar.findChildren(QPushButton)[-1].click()
    assert bar.lines() == ("The port is taken. Another one is used.",)


def test_many_items_leave_room_for_the_page(bar):
    bar.display((INFO,) * 50)

    assert len(bar.lines()) == MAX_ITEMS


@pytest.mark.parametrize(
    ("code", "page"),
    [("setting-ignored-a.b", "settings"), ("no-entry", "mesh"), ("membership-ended", "mesh")],
)
def test_what_can_be_mended_leads_there(bar, qtbot, code, page):
    bar.display((Health(code, Severity.WARNING, "Something is wrong.", "Mend it."),))
    with qtbot.waitSignal(bar.page_requested) as signal:
        bar.findChild(QPushButton).click()
    assert signal.args == [page]


def test_what_nobody_here_can_mend_makes_a_report(bar, qtbot):
    bar.display((ERROR,))
    with qtbot.waitSignal(bar.report_requested):
        bar.findChild(QPushButton).click()
    bar.display((INFO,))
    assert not [b for b in bar.findChildren(QPushButton) if b.isVisibleTo(bar)]
