import csv
from datetime import datetime

import pytest
from msgspec import structs
from PySide6.QtWidgets import QFileDialog

from closedmesh.control import ListActivity, ListReceipts, OpenReceipt
from closedmesh.trust.book import Audit
from closedmesh.trust.credits import Credits, Day
from closedmesh.ui.activity_page import MOST, PART, ActivityPage
from closedmesh.ui.receipt_dialog import ReceiptDialog
from tests.support.control import LINE, STATUS


@pytest.fixture
def page(qtbot, bridge, theme):
    page = ActivityPage(bridge, theme)
    qtbot.addWidget(page)
    page.display(STATUS)
    return page


def receipts(count):
    return tuple(structs.replace(LINE, number=number) for number in range(count, 0, -1))


def test_days_and_receipts_are_asked_for_when_it_is_seen(qtbot, page, control):
    today = datetime.now().astimezone().date().isoformat()
    control.days = (Day(today, 1000, energy_wh=2.0),)
    control.receipts = receipts(3)
    assert not [c for c in control.done if isinstance(c, ListActivity | ListReceipts)]
    page.show()
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    assert page.credits.accessibleDescription().endswith("1 credit earned, 0 credits spent")
    assert page.totals.text() == "+1 credit (not money) · ≈ 2.0 Wh · ≈ 500 credits per kWh"
    assert not page.empty.isVisible()


def test_without_receipts_it_says_so(qtbot, page):
    page.show()
    qtbot.waitUntil(lambda: bool(page.totals.text()))
    assert page.empty.isVisible()
    assert not page.charts.isVisible()
    assert not page.table.isVisible()
    assert not page.export.isVisible()


def test_new_credits_are_looked_at_at_once(qtbot, page, control):
    page.show()
    qtbot.waitUntil(lambda: bool(page.totals.text()))
    control.receipts = receipts(1)
    page.display(structs.replace(STATUS, credits=Credits(pending_earned=15)))
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    assert page.pending.text().startswith("Pending: 0.015 credits earned")


def test_earlier_receipts_come_on_request(qtbot, page, control):
    control.receipts = receipts(PART + 5)
    page.show()
    qtbot.waitUntil(lambda: page.table.rowCount() == PART)
    page.more.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == PART + 5)
    assert not page.more.isVisible()
    assert MOST % PART == 0


def test_a_receipt_is_opened_from_the_table(qtbot, page, control):
    control.receipts = receipts(2)
    page.show()
    qtbot.waitUntil(lambda: page.table.rowCount() == 2)
    assert not page.open.isEnabled()
    page.table.selectRow(1)
    page.open.click()
    qtbot.waitUntil(lambda: OpenReceipt(1) in control.done)
    (dialog,) = page.findChildren(ReceiptDialog)
    qtbot.waitUntil(lambda: dialog.headline.text() == "Everything about this receipt holds")
    dialog.close()


def test_all_receipts_are_exported(qtbot, page, control, tmp_path, monkeypatch):
    control.receipts = receipts(3)
    page.show()
    qtbot.waitUntil(lambda: page.table.rowCount() == 3)
    path = tmp_path / "mine.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.export.click()
    qtbot.waitUntil(lambda: page.outcome.text() == "3 receipts saved as mine.csv.")
    with path.open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == 3


def test_all_receipts_are_checked_again(qtbot, page, control):
    control.receipts = receipts(1)
    control.audit = Audit(1, signatures=2, chains=1)
    page.show()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    page.check.click()
    qtbot.waitUntil(lambda: page.outcome.text().endswith("All of them hold."))


def test_nothing_is_asked_while_nobody_looks(qtbot, page, control):
    page.show()
    qtbot.waitUntil(lambda: bool(page.totals.text()))
    page.hide()
    control.done.clear()
    page.display(structs.replace(STATUS, credits=Credits(pending_earned=15)))
    assert not page.looking.is_asking
    assert not control.done
