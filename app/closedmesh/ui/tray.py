"""The tray icon and its menu. It shows a `TrayView` and says what was asked for.

All entries are made once, in the order of a fixed table; afterwards only text, check, enabled
and visible change, so that a menu that is open survives an update.
"""

import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from closedmesh.control import PauseSharing
from closedmesh.ui import words
from closedmesh.ui.sharing_page import pauses
from closedmesh.ui.theme import Theme
from closedmesh.ui.tray_view import MAX_MODELS, TrayView, offline

UPDATE_MS = 2000
"""Milliseconds between two updates; panels redraw the icon for each one."""


class Tray(QObject):
    """One icon with one menu, for as long as the program runs."""

    open_requested = Signal()
    new_chat_requested = Signal()
    sharing_requested = Signal()
    activity_requested = Signal()
    share_chosen = Signal(bool)
    pause_chosen = Signal(object)
    """A `PauseSharing`."""
    resume_requested = Signal()
    share_anyway_requested = Signal()
    model_chosen = Signal(str)
    memory_requested = Signal()
    """Give the memory of the loaded models back."""
    copy_requested = Signal()
    """Copy the address of the local API."""
    invite_requested = Signal()
    settings_requested = Signal()
    report_requested = Signal()
    logs_requested = Signal()
    about_requested = Signal()
    restart_requested = Signal()
    quit_requested = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: TrayView | None = None
        self._next = offline()
        self._timer = QTimer(self, interval=UPDATE_MS, singleShot=True)
        self._timer.timeout.connect(self._update)
        self.menu = QMenu()
        self._fill_menu()
        self.icon: QSystemTrayIcon | None = None
        theme.changed.connect(self._redraw)
        self._update()

    def speak(self, view: TrayView) -> None:
        """Say everything in the language that holds now, which is also that of the view."""
        self.menu.clear()
        for below in (self.pause_menu, self.model_menu, self.help_menu):
            below.deleteLater()
        self._fill_menu()
        self._next, self._shown = view, None
        self._update()

    def display(self, view: TrayView) -> None:
        """Show a view now, or with the next update if the last one was less than 2 s ago."""
        self._next = view
        if not self._timer.isActive():
            self._update()

    def show(self) -> None:
        """Put the icon into the panel. Qt looks for a panel only once, when the first icon is
        made, so this is for when there is one."""
        if self.icon is None:
            self.icon = QSystemTrayIcon(self)
            self.icon.setContextMenu(self.menu)
            self.icon.activated.connect(self._activated)
            self._redraw()
            self.icon.setToolTip(self._next.tooltip)
        self.icon.show()

    def hide(self) -> None:
        """Take the icon away."""
        if self.icon is not None:
            self.icon.hide()

    def say(self, title: str, text: str) -> None:
        """Show a message beside the icon, if there is one."""
        if self.icon is not None:
            self.icon.showMessage(title, text, self.icon.icon())

    def _update(self) -> None:
        view = self._next
        if view == self._shown:
            return
        if self._shown is not None and view.icon != self._shown.icon:
            self._redraw()
        self._shown = view
        if self.icon is not None:
            self.icon.setToolTip(view.tooltip)
        self.state.setText(_plain(view.state))
        self.model_menu.menuAction().setText(_plain(view.model))
        self.free_memory.setText(view.free_memory)
        self.free_memory.setEnabled(bool(view.loaded))
        self.copy_address.setEnabled(view.api is not None)
        self.new_chat.setEnabled(view.ready)
        self.invite.setVisible(view.can_invite)
        self._show_sharing(view)
        self._show_models(view)
        self._timer.start()

    def _show_models(self, view: TrayView) -> None:
        self.no_models.setVisible(not view.models)
        for action in self.models[len(view.models) :]:
            action.setVisible(False)
        for action, choice in zip(self.models, view.models, strict=False):
            action.setText(_plain(choice.text))
            action.setData(choice.name)
            action.setChecked(choice.chosen)
            action.setVisible(True)

    def _redraw(self) -> None:
        if self.icon is not None:
            self.icon.setIcon(self._theme.panel_icon(self._next.icon))

    def _fill_menu(self) -> None:
        menu = self.menu
        self.state = _add(menu, "", self.sharing_requested)
        self.today = _add(menu, "", self.activity_requested)
        menu.addSeparator()
        self._fill_sharing(menu)
        menu.addSeparator()
        self.new_chat = _add(menu, words.tr("New chat"), self.new_chat_requested)
        self.open = _add(menu, words.tr("Open ClosedMesh"), self.open_requested)
        self._fill_model_menu(menu.addMenu(""))
        menu.addSeparator()
        self.copy_address = _add(menu, words.tr("Copy local API address"), self.copy_requested)
        self.invite = _add(menu, words.tr("Invite someone…"), self.invite_requested)
        menu.addSeparator()
        self.settings = _add(menu, words.tr("Settings…"), self.settings_requested)
        self.help_menu = menu.addMenu(words.tr("Help"))
        self.report = _add(
            self.help_menu, words.tr("Save a diagnostic report…"), self.report_requested
        )
        self.logs = _add(self.help_menu, words.tr("Open the log folder"), self.logs_requested)
        self.about = _add(self.help_menu, words.tr("About ClosedMesh"), self.about_requested)
        menu.addSeparator()
        self.restart = _add(menu, "", self.restart_requested)
        self.quit = _add(menu, words.tr("Quit"), self.quit_requested)

    def _fill_sharing(self, menu: QMenu) -> None:
        self.share = _add(menu, "", None)
        self.share.setCheckable(True)
        self.share.triggered.connect(self.share_chosen)
        self.pause_menu = menu.addMenu(words.tr("Pause sharing"))
        for text, pause in pauses():
            entry = _add(self.pause_menu, text, None)
            entry.triggered.connect(partial(self._choose_pause, pause))
        self.resume = _add(menu, words.tr("Resume sharing"), self.resume_requested)
        self.share_anyway = _add(
            menu, words.tr("Share anyway for 1 hour"), self.share_anyway_requested
        )

    def _choose_pause(self, pause: Callable[[], PauseSharing]) -> None:
        self.pause_chosen.emit(pause())

    def _show_sharing(self, view: TrayView) -> None:
        self.today.setText(_plain(view.today))
        self.today.setVisible(bool(view.today))
        self.share.setText(view.share)
        self.share.setEnabled(view.can_share)
        self.share.setChecked(view.shared)
        self.pause_menu.menuAction().setVisible(view.can_pause)
        self.resume.setVisible(view.can_resume)
        self.share_anyway.setVisible(view.can_share_anyway)
        self.quit.setText(view.quit)
        self.restart.setText(view.restart)
        self.restart.setVisible(bool(view.restart))
        self.restart.setEnabled(view.can_restart)

    def _fill_model_menu(self, menu: QMenu) -> None:
        self.model_menu = menu
        group = QActionGroup(menu)
        self.models = tuple(_add(menu, "", None) for _ in range(MAX_MODELS))
        for action in self.models:
            action.setCheckable(True)
            group.addAction(action)
        group.triggered.connect(lambda action: self.model_chosen.emit(action.data()))
        self.no_models = _add(menu, words.tr("No model on this computer"), None)
        self.no_models.setEnabled(False)
        menu.addSeparator()
        self.free_memory = _add(menu, "", self.memory_requested)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """A left click opens the window; on macOS the system opens the menu instead."""
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.open_requested.emit()


def _add(menu: QMenu, text: str, signal: object | None) -> QAction:
    action = menu.addAction(text)
    # The system must not move "Settings" and "Quit" elsewhere because of their words.
    action.setMenuRole(QAction.MenuRole.NoRole)
    if signal is not None:
        action.triggered.connect(signal)
    return action


def _plain(text: str) -> str:
    """Menus take `&` for the sign of a shortcut; a model's title may hold one."""
    return text.replace("&", "&&")
