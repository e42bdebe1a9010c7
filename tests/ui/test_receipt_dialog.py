import pytest
from PySide6.QtWidgets import QLabel

from closedmesh.control import OpenReceipt
from closedmesh.trust.credits import Test as Tried
from closedmesh.ui.receipt_dialog import ReceiptDialog
from tests.support.control import LINE


@pytest.fixture
def opened(qtbot, bridge, theme):
    def open_it(wanted):
        dialog = ReceiptDialog(bridge, theme, wanted)
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return open_it


def said(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_a_receipt_is_opened_by_its_number_with_all_its_checks(qtbot, opened, control):
    control.receipts = (LINE,)
    control.tests = (Tried("Price", ok=True, detail="As it <b>should</b> be."),)
    dialog = opened(OpenReceipt(LINE.number))
    qtbot.waitUntil(lambda: "As it <b>should</b> be." in said(dialog))
    assert dialog.headline.text() == "Everything about this receipt holds"
    assert "Credits are not money." in said(dialog)


def test_one_is_opened_by_the_answer_it_belongs_to(qtbot, opened, control):
    control.receipts = (LINE,)
    dialog = opened(OpenReceipt(request=LINE.request))
    qtbot.waitUntil(lambda: "It holds." in said(dialog))


def test_where_there_is_none_it_says_so(qtbot, opened):
    dialog = opened(OpenReceipt(1))
    qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.headline.text() == "There is no receipt to be checked"


def test_closing_it_before_the_answer_comes_is_no_trouble(qtbot, bridge, theme, control):
    control.receipts = (LINE,)
    dialog = ReceiptDialog(bridge, theme, OpenReceipt(LINE.number))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.open()
        dialog.close()
