"""Model files that other programs keep on this computer, to be used without a copy."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from closedmesh.control import FindElsewhere, ImportModel
from closedmesh.errors import ClosedMeshError
from closedmesh.models.offers import Elsewhere
from closedmesh.status import Model
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.widgets import Line, Problem, button, card, label, row
from closedmesh.ui.words_view import size


class ElsewhereCard(QWidget):
    """Looks when it is told to; each file that was found can be used where it lies."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.rows: list[QWidget] = []
        frame, layout = card()
        layout.addWidget(label("Models of other programs", "heading"))
        self.words = label(
            "Files of Ollama, LM Studio and Hugging Face can be used where they lie.", "muted"
        )
        self.problem = Problem()
        self._found = QVBoxLayout()
        self.look_button = button("Look for them", self.look)
        layout.addWidget(self.words)
        layout.addLayout(self._found)
        layout.addWidget(self.problem)
        layout.addLayout(row(self.look_button))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def look(self) -> None:
        """Look now."""
        self.words.setText("Looking…")
        self._bridge.do(FindElsewhere(), self._take, self._refused)

    def _take(self, found: tuple[Elsewhere, ...]) -> None:
        self.problem.display("")
        self.words.setText(f"{len(found)} found." if found else "None were found.")
        for old in self.rows:
            old.deleteLater()
        self.rows = [self._add(one) for one in found]

    def _add(self, one: Elsewhere) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        words = Line()
        words.display(f"{one.title} · {size(one.size_bytes)} · {one.program}")
        use = button("Use it where it lies", lambda: self._use(one))
        use.setAccessibleName(f"Use {one.title} where it lies")
        line.addWidget(words, 1)
        line.addWidget(use)
        self._found.addWidget(made)
        return made

    def _use(self, one: Elsewhere) -> None:
        def done(model: Model) -> None:
            self.words.setText(f"{model.title} is among the models now.")

        self.words.setText(f"Reading {one.title}…")
        self._bridge.do(ImportModel(one.path, copy=False), done, self._refused)

    def _refused(self, error: ClosedMeshError) -> None:
        self.words.setText("")
        self.problem.display(str(error))
