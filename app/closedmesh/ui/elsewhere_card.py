"""Model files that other programs keep on this computer, to be used without a copy."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from closedmesh.control import FindElsewhere, ImportModel
from closedmesh.errors import ClosedMeshError
from closedmesh.models.offers import Elsewhere
from closedmesh.status import Model
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.widgets import Line, Problem, button, card, label, row


class ElsewhereCard(QWidget):
    """Looks when it is told to; each file that was found can be used where it lies."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.rows: list[QWidget] = []
        frame, layout = card()
        layout.addWidget(label(words.tr("Models of other programs"), "heading"))
        self.words = label(
            words.tr("Files of Ollama, LM Studio and Hugging Face can be used where they lie."),
            "muted",
        )
        self.problem = Problem()
        self._found = QVBoxLayout()
        self.look_button = button(words.tr("Look for them"), self.look)
        layout.addWidget(self.words)
        layout.addLayout(self._found)
        layout.addWidget(self.problem)
        layout.addLayout(row(self.look_button))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def look(self) -> None:
        """Look now."""
        self.words.setText(words.tr("Looking…"))
        self._bridge.do(FindElsewhere(), self._take, self._refused)

    def _take(self, found: tuple[Elsewhere, ...]) -> None:
        self.problem.display("")
        self.words.setText(
            words.plural("{n} found.", "{n} found.", len(found))
            if found
            else words.tr("None were found.")
        )
        for old in self.rows:
            old.deleteLater()
        self.rows = [self._add(one) for one in found]

    def _add(self, one: Elsewhere) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line_of_it = Line()
        line_of_it.display(f"{one.title} · {words.size(one.size_bytes)} · {one.program}")
        use = button(words.tr("Use it where it lies"), lambda: self._use(one))
        use.setAccessibleName(words.tr("Use {title} where it lies", title=one.title))
        line.addWidget(line_of_it, 1)
        line.addWidget(use)
        self._found.addWidget(made)
        return made

    def _use(self, one: Elsewhere) -> None:
        def done(model: Model) -> None:
            self.words.setText(words.tr("{title} is among the models now.", title=model.title))

        self.words.setText(words.tr("Reading {title}…", title=one.title))
        self._bridge.do(ImportModel(one.path, copy=False), done, self._refused)

    def _refused(self, error: ClosedMeshError) -> None:
        self.words.setText("")
        self.problem.display(words.explained(error))
