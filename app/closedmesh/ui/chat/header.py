"""The line above the open chat: its title, the model and the place that answer."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from closedmesh.models.chat import Route
from closedmesh.ui import words
from closedmesh.ui.chat.blocks import ThemedButton
from closedmesh.ui.chat.header_view import OFFERED, HeaderView, ModelChoice, routes
from closedmesh.ui.chat.markdown_view import plain
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Choices, Line, button, mark

NARROWEST = 90
"""Pixels of the list of models, which gives way in a small window."""

WIDEST = 240
"""Pixels of the list of models; longer names end in an ellipsis."""


class Header(QWidget):
    """Title, model, route, parameters."""

    model_chosen = Signal(object)
    """The name of a model, or `None` for the default one."""
    route_chosen = Signal(object)
    """A `Route`."""
    parameters_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = Line("heading")
        self._route = Route.LOCAL
        self._models: tuple[ModelChoice, ...] = ()
        self.model = Choices()
        self.model.setAccessibleName(words.tr("Model"))
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model.setMinimumWidth(NARROWEST)
        self.model.setMaximumWidth(WIDEST)
        self.model.currentIndexChanged.connect(self._choose)
        self.route = button("", lambda: None, "chip")
        self._menu = QMenu(self)
        for route in OFFERED:
            self._menu.addAction(routes()[route].name, partial(self.route_chosen.emit, route))
        theme.changed.connect(self._redraw)
        parameters = ThemedButton(theme, "settings", words.tr("How this chat is asked"))
        parameters.clicked.connect(self.parameters_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 10, 16, 6)
        layout.setSpacing(8)
        layout.addWidget(self._title, 1)
        layout.addWidget(self.model)
        layout.addWidget(self.route)
        layout.addWidget(parameters)
        self._redraw()

    def display(self, title: str, view: HeaderView) -> None:
        """Show a chat's title, model and place."""
        self._title.display(plain(title))
        with QSignalBlocker(self.model):
            if view.models != self._models:
                self._models = view.models
                self.model.clear()
                for choice in view.models:
                    self.model.addItem(choice.words, choice.ref)
            self.model.setCurrentIndex(view.chosen)
        # The name, which may be cut, and what it is.
        tip = words.tr("The model that answers in this chat")
        self.model.setToolTip(f"{self.model.currentText()}\n{tip}".strip())
        has_menu = self.route.menu() is not None
        if has_menu is not bool(view.routes):
            menu = self._menu if view.routes else None
            self.route.setMenu(menu)  # type: ignore[arg-type]  # Qt takes none as well
        if view.route is not self._route:
            self._route = view.route
            self._redraw()

    def _redraw(self) -> None:
        shown = routes()[self._route]
        self.route.setText(shown.name)
        self.route.setIcon(self._theme.icon(shown.icon))
        self.route.setToolTip(shown.tip)
        self.route.setAccessibleName(words.tr("Place that answers: {place}", place=shown.name))
        mark(self.route, "exposed", on=shown.exposed)
        for action, route in zip(self._menu.actions(), OFFERED, strict=True):
            action.setIcon(self._theme.icon(routes()[route].icon))
            action.setToolTip(routes()[route].tip)

    def _choose(self, index: int) -> None:
        self.model_chosen.emit(self.model.itemData(index))
