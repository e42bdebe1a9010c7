"""The Sharing page: the switch, the one reason with its one button, the last day, the rules."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from closedmesh.control import (
    ChangeSettings,
    Command,
    ListDuties,
    PauseSharing,
    ResumeSharing,
    ShareAnyway,
)
from closedmesh.errors import ClosedMeshError
from closedmesh.models.duty import Action, Span
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.day_strip import DayStrip, LegendKey
from closedmesh.ui.flow import Flow
from closedmesh.ui.sharing_view import RuleLine, SharingView, legend, segments, sharing_view
from closedmesh.ui.theme import Theme
from closedmesh.ui.while_seen import WhileSeen
from closedmesh.ui.widgets import Problem, button, card, keyed, label, row, scrolled

STRIP_MS = 60_000
"""Milliseconds between two looks at what held when, while the page is seen."""

HOUR = timedelta(hours=1)

MORNING = 8
"""The hour until which "until tomorrow" lasts."""


def in_an_hour() -> float:
    """Unix time, seconds."""
    return (datetime.now().astimezone() + HOUR).timestamp()


def tomorrow_morning() -> float:
    """Unix time of the next day's morning on this computer's clock, seconds."""
    tomorrow = datetime.now() + timedelta(days=1)
    return tomorrow.replace(hour=MORNING, minute=0, second=0, microsecond=0).timestamp()


def pauses() -> tuple[tuple[str, Callable[[], PauseSharing]], ...]:
    """What the menus of page and tray offer."""
    morning = words.hour(MORNING)
    return (
        (words.tr("After the current request"), lambda: PauseSharing(finish=True)),
        (words.tr("For 1 hour"), lambda: PauseSharing(in_an_hour())),
        (
            words.tr("Until tomorrow {time}", time=morning),
            lambda: PauseSharing(tomorrow_morning()),
        ),
        (words.tr("Until I resume"), PauseSharing),
    )


class SharingPage(QWidget):
    """Shows a `SharingView`; carries out what is clicked."""

    models_requested = Signal()
    rules_requested = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view: SharingView | None = None
        self.switch = QCheckBox(words.tr("Share this computer"))
        # Not `clicked`: screen readers toggle a box without a click.
        self.switch.toggled.connect(self._switch)
        self.headline = label("", "heading")
        self.detail = label()
        self.action = button("", self._act, "primary")
        self.pause = button(words.tr("Pause sharing"), lambda: None)
        self.pause.setMenu(self._pause_menu())
        self.figures = label("", "muted")
        self.ahead = label()
        self.leaving = label("", "muted")
        self.problem = Problem()
        self.strip = DayStrip(theme)
        self.rules = QVBoxLayout()
        self.looking = WhileSeen(self, STRIP_MS, self.refresh)
        self._lay_out()

    def display(self, status: Status) -> None:
        """Show whether this computer is shared."""
        view = sharing_view(status)
        if view == self._view:
            return
        changed = self._view is None or view.headline != self._view.headline
        self._view = view
        with QSignalBlocker(self.switch):
            self.switch.setChecked(view.switched_on)
        self.headline.setText(view.headline)
        self.detail.setText(view.detail)
        self.action.setText(view.button)
        self.action.setVisible(view.action is not None)
        self.pause.setVisible(view.can_pause)
        self.figures.setText(view.figures)
        self.ahead.setText(view.ahead)
        self.ahead.setVisible(bool(view.ahead))
        self.leaving.setText(view.leaving)
        self._show_rules(view.rules)
        if changed and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask what held when."""

        def done(spans: tuple[Span, ...]) -> None:
            self.strip.display(segments(spans, datetime.now().astimezone().timestamp()))

        self._bridge.do(ListDuties(), done, self._failed)

    def _lay_out(self) -> None:
        area, layout = scrolled(words.tr("Sharing"), titled=True)
        frame, inside = card()
        for widget in (self.switch, self.headline, self.detail, self.ahead, self.problem):
            inside.addWidget(widget)
        inside.addLayout(row(self.action, self.pause))
        inside.addWidget(self.figures)
        layout.addWidget(frame)
        frame, inside = card()
        inside.addWidget(label(words.tr("The last 24 hours"), "heading"))
        inside.addWidget(self.strip)
        inside.addLayout(_legend())
        layout.addWidget(frame)
        frame, inside = card()
        inside.addWidget(label(words.tr("When this computer may be shared"), "heading"))
        inside.addLayout(self.rules)
        inside.addWidget(self.leaving)
        inside.addLayout(row(button(words.tr("Change the rules…"), self.rules_requested.emit)))
        layout.addWidget(frame)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _pause_menu(self) -> QMenu:
        menu = QMenu(self)
        for text, pause in pauses():
            menu.addAction(text, partial(self._pause, pause))
        return menu

    def _show_rules(self, rules: tuple[RuleLine, ...]) -> None:
        while (item := self.rules.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for rule in rules:
            now = words.tr("active now", "of a rule")
            active = f"{rule.text}  ·  {now}"
            text = active if rule.active else rule.text
            self.rules.addWidget(label(f"•  {text}", "strong" if rule.active else ""))

    def _switch(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._do(ChangeSettings({"sharing.share": checked}))

    def _act(self) -> None:
        match self._view.action if self._view else None:
            case Action.RESUME:
                self._do(ResumeSharing())
            case Action.SHARE_ANYWAY:
                self._do(ShareAnyway(in_an_hour()))
            case Action.GET_MODELS:
                self.models_requested.emit()
            case Action.SWITCH_ON | None:
                pass

    def _pause(self, pause: Callable[[], PauseSharing]) -> None:
        self._do(pause())

    def _do(self, command: Command[Any]) -> None:
        self.problem.display("")
        self._bridge.do(command, lambda _: None, self._failed)

    def _failed(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))
        if self._view:
            with QSignalBlocker(self.switch):
                self.switch.setChecked(self._view.switched_on)


def _legend() -> Flow:
    return row(*(keyed(LegendKey(kind), text) for kind, text in legend().items()))
