"""The line above the open chat: its title, the model and the place that answer."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from closedmesh.status import Model, ModelState, Status
from closedmesh.ui.chat.blocks import ThemedButton
from closedmesh.ui.chat.markdown_view import plain
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Line, button

USABLE = (ModelState.ON_DISK, ModelState.LOADING, ModelState.LOADED)


class Header(QWidget):
    """Title, model, route, parameters."""

    model_chosen = Signal(object)
    """The name of a model, or `None` for the default one."""
    parameters_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Line("heading")
        self.model = QComboBox()
        self.model.setAccessibleName("Model")
        self.model.setToolTip("The model that answers in this chat")
        self.model.currentIndexChanged.connect(self._choose)
        self._route = button("On this computer", lambda: None, "chip")
        self._route.setIcon(theme.icon("lock"))
        self._route.setToolTip(
            "This chat is answered here. This computer is in no mesh, so there is no other place."
        )
        theme.changed.connect(lambda: self._route.setIcon(theme.icon("lock")))
        parameters = ThemedButton(theme, "settings", "How this chat is asked")
        parameters.clicked.connect(self.parameters_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 10, 16, 6)
        layout.setSpacing(8)
        layout.addWidget(self._title, 1)
        layout.addWidget(self.model)
        layout.addWidget(self._route)
        layout.addWidget(parameters)

    def display(self, title: str, chosen: str | None, status: Status) -> None:
        """Show a chat's title and model."""
        self._title.display(plain(title))
        usable = [model for model in status.models if model.state in USABLE]
        items: list[tuple[str, str | None]] = [(_default_words(status, usable), None)]
        items += [(plain(model.title), model.name) for model in usable]
        if chosen is not None and chosen not in [model.name for model in usable]:
            items.append((f"{chosen} (not on this computer)", chosen))
        with QSignalBlocker(self.model):
            if items != [(self.model.itemText(i), self.model.itemData(i))
                         for i in range(self.model.count())]:  # fmt: skip
                self.model.clear()
                for words, name in items:
                    self.model.addItem(words, name)
            self.model.setCurrentIndex([name for _, name in items].index(chosen))

    def _choose(self, index: int) -> None:
        self.model_chosen.emit(self.model.itemData(index))


def _default_words(status: Status, usable: list[Model]) -> str:
    default = status.settings.chat.model
    title = next((plain(model.title) for model in usable if model.name == default), default)
    return f"Default: {title}"
