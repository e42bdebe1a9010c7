"""The line of presets in the form of a chat's parameters: choose one, keep one, forget one."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from closedmesh.errors import ClosedMeshError
from closedmesh.models.conversations import ChatOptions
from closedmesh.ui import words
from closedmesh.ui.chat.presets import MAX_NAME, Preset, Presets
from closedmesh.ui.widgets import Choices, Problem, button


class PresetRow(QWidget):
    """Says `chosen` with the preset whose values are wanted."""

    chosen = Signal(object)

    def __init__(
        self, presets: Presets, options: Callable[[], ChatOptions], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presets = presets
        self._options = options
        self.box = Choices()
        self.box.setAccessibleName(words.tr("Preset"))
        self.box.activated.connect(self._choose)
        self.keep = button(words.tr("Keep as preset…"), self._keep)
        self.forget = button(words.tr("Forget"), self._forget)
        self.problem = Problem()
        line = QHBoxLayout()
        line.addWidget(self.box, 1)
        line.addWidget(self.keep)
        line.addWidget(self.forget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.problem)
        self._fill("")

    def _fill(self, name: str) -> None:
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem(words.tr("No preset"), None)
            for preset in self._presets.all():
                self.box.addItem(preset.name, preset)
            self.box.setCurrentIndex(max(0, self.box.findText(name) if name else 0))
        self.forget.setEnabled(self.box.currentData() is not None)

    def _choose(self) -> None:
        preset = self.box.currentData()
        self.forget.setEnabled(preset is not None)
        if preset is not None:
            self.chosen.emit(preset)

    def _keep(self) -> None:
        now = self.box.currentText() if self.box.currentData() else ""
        text, good = QInputDialog.getText(
            self, words.tr("Keep as preset"), words.tr("Its name:"), text=now
        )
        name = " ".join(text.split())[:MAX_NAME]
        if good and name:
            self._change(lambda: self._presets.keep(Preset.of(name, self._options())), name)

    def _forget(self) -> None:
        preset = self.box.currentData()
        if preset is not None:
            self._change(lambda: self._presets.forget(preset.name), "")

    def _change(self, change: Callable[[], None], name: str) -> None:
        self.problem.display("")
        try:
            change()
        except ClosedMeshError as error:
            self.problem.display(words.explained(error))
        self._fill(name)
