"""The Activity page: credits and energy by day, what is pending, every receipt."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from closedmesh.control import ListActivity, ListReceipts, OpenReceipt, VerifyReceipts
from closedmesh.errors import ClosedMeshError
from closedmesh.status import Status
from closedmesh.trust.book import Line
from closedmesh.trust.credits import Credits, Day
from closedmesh.ui import words
from closedmesh.ui.activity_view import (
    DAYS,
    activity_view,
    audit_words,
    charts,
    ledger_line,
    total_words,
)
from closedmesh.ui.bar_chart import BarChart, Fill, FillKey
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.flow import Flow
from closedmesh.ui.ledger_export import LedgerExport
from closedmesh.ui.ledger_table import LedgerTable
from closedmesh.ui.receipt_dialog import ReceiptDialog
from closedmesh.ui.theme import Theme
from closedmesh.ui.while_seen import WhileSeen
from closedmesh.ui.widgets import Problem, button, card, keyed, label, row, scrolled

REFRESH_MS = 60_000
"""Milliseconds between two looks at days and receipts, while the page is seen."""

MOST = 1000
"""Receipts that the table shows; the export has all of them."""

PART = 100
"""Receipts that are shown at first, and more at each request."""


class ActivityPage(QWidget):
    """Shows an `ActivityView`, charts and the table of receipts."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._status: Status | None = None
        self._credits: Credits | None = None
        self._shown = PART
        self.headline = label("", "heading")
        self.balance = label()
        self.pending = label()
        self.today = label()
        self.totals = label()
        self.credits = BarChart(theme)
        self.energy = BarChart(theme)
        self.charts = self._make_charts()
        self.table = LedgerTable()
        self.empty = label(words.tr("No answer has gone through the mesh yet."), "muted")
        self.more = button(words.tr("Show earlier ones"), self._show_more)
        self.open = button(words.tr("Open the receipt"), self._open_chosen)
        self.check = button(words.tr("Check all of them"), self._check)
        self.export = button(words.tr("Export as CSV…"), self._choose_file)
        self.outcome = label("", "muted")
        self.outcome.hide()
        self.problem = Problem()
        self.table.opened.connect(self._open)
        self.table.itemSelectionChanged.connect(self._enable)
        self.looking = WhileSeen(self, REFRESH_MS, self.refresh)
        self._lay_out()
        self._display_receipts(())

    def display(self, status: Status) -> None:
        """Show what a status says; days and receipts are read anew where credits have moved."""
        self._status = status
        view = activity_view(status)
        self.headline.setText(view.headline)
        for widget, text in (
            (self.balance, view.balance), (self.pending, view.pending), (self.today, view.today),
        ):  # fmt: skip
            widget.setText(text)
            widget.setVisible(bool(text))
        moved, self._credits = status.credits != self._credits, status.credits
        if moved and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask for days and receipts."""
        self._bridge.do(ListActivity(DAYS), self._display_days, self._failed)
        self._bridge.do(ListReceipts(self._shown), self._display_receipts, self._failed)

    def _display_days(self, days: tuple[Day, ...]) -> None:
        if self._status is None:
            return
        self.problem.display("")
        energy, today = self._status.energy, datetime.now().astimezone().date()
        for widget, chart in zip(
            (self.credits, self.energy), charts(days, today, energy.kind), strict=True
        ):
            widget.display(chart)
        self.charts.setVisible(bool(days))
        currency = self._status.settings.energy.currency
        self.totals.setText(total_words(days, energy.kind, currency))

    def _display_receipts(self, lines: tuple[Line, ...]) -> None:
        now = datetime.now().timestamp()
        self.table.display(tuple(ledger_line(line, now) for line in lines))
        for widget in (self.table, self.open, self.check, self.export):
            widget.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.more.setVisible(len(lines) == self._shown and self._shown < MOST)
        self._enable()

    def _enable(self) -> None:
        self.open.setEnabled(self.table.chosen is not None)

    def _show_more(self) -> None:
        self._shown = min(self._shown + PART, MOST)
        self.refresh()

    def _open_chosen(self) -> None:
        if (number := self.table.chosen) is not None:
            self._open(number)

    def _open(self, number: int) -> None:
        ReceiptDialog(self._bridge, self._theme, OpenReceipt(number), self).open()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            words.tr("Export the receipts"),
            "closedmesh-receipts.csv",
            words.tr("Tables (*.csv)"),
        )
        if name:
            LedgerExport(self._bridge, Path(name), self._tell).start()

    def _check(self) -> None:
        self._tell(words.tr("All receipts are being checked…"))
        self._bridge.do(
            VerifyReceipts(), lambda audit: self._tell(audit_words(audit)), self._refused
        )

    def _refused(self, error: ClosedMeshError) -> None:
        self._tell(words.explained(error))

    def _tell(self, text: str) -> None:
        self.outcome.setText(text)
        self.outcome.show()

    def _failed(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))

    def _make_charts(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(words.tr("Credits a day (not money)"), "strong"))
        layout.addWidget(self.credits)
        layout.addLayout(_legend())
        layout.addSpacing(10)
        layout.addWidget(label(words.tr("Energy of answers a day, above idle"), "strong"))
        layout.addWidget(self.energy)
        return made

    def _lay_out(self) -> None:
        area, layout = scrolled(words.tr("Activity"), titled=True)
        frame, inside = card()
        not_money = words.tr("Credits are not money: they only decide who goes first.")
        for widget in (self.headline, self.today, self.balance, self.pending, self.problem):
            inside.addWidget(widget)
        inside.addWidget(label(not_money, "muted"))
        layout.addWidget(frame)
        frame, inside = card()
        inside.addWidget(label(words.tr("The last 30 days"), "heading"))
        inside.addWidget(self.totals)
        inside.addWidget(self.charts)
        layout.addWidget(frame)
        frame, inside = card()
        inside.addWidget(label(words.tr("Receipts"), "heading"))
        inside.addWidget(self.empty)
        inside.addWidget(self.table)
        inside.addLayout(row(self.open, self.check, self.export, self.more))
        inside.addWidget(self.outcome)
        layout.addWidget(frame)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def _legend() -> Flow:
    fills: tuple[tuple[Fill, str], ...] = (
        ("settled", words.tr("earned and settled")),
        ("pending", words.tr("earned, pending")),
        ("spent", words.tr("spent")),
    )
    return row(*(keyed(FillKey(fill), text) for fill, text in fills))
