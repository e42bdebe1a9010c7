"""Lists everything that this program has put on the computer, and asks once whether it shall go."""

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from closedmesh.assembly import Removal
from closedmesh.errors import ClosedMeshError
from closedmesh.ui import words
from closedmesh.ui.later import Later
from closedmesh.ui.system import System
from closedmesh.ui.widgets import Problem, button, label, row

WIDTH = 560
"""Pixels."""


class RemovalDialog(QDialog):
    """Accepted when the person wants it all removed; `found` is then what was shown."""

    def __init__(self, system: System, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Removal | None = None
        self.setWindowTitle(words.tr("Remove everything"))
        self.setMinimumWidth(WIDTH)
        self.list = QPlainTextEdit(readOnly=True)
        self.list.setAccessibleName(words.tr("What will be removed"))
        self.list.setPlaceholderText(words.tr("Looking…"))
        self.problem = Problem()
        self.remove = button(words.tr("Remove all of this and quit"), self.accept, "danger")
        self.remove.setEnabled(False)
        self.keep = button(words.tr("Keep everything"), self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.addWidget(
            label(
                words.tr(
                    "Chats, models, keys and the membership cannot be brought back. This will be"
                    " removed:"
                )
            )
        )
        layout.addWidget(self.list, 1)
        layout.addWidget(self.problem)
        layout.addLayout(row(self.keep, self.remove))
        self.keep.setFocus()
        looking = Later(system.everything, self)
        looking.done.connect(self._show)
        looking.failed.connect(self._explain)
        looking.start()

    def _show(self, found: Removal) -> None:
        self.found = found
        self.list.setPlainText("\n".join(lines(found)))
        self.remove.setEnabled(True)

    def _explain(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))


def lines(found: Removal) -> list[str]:
    """What there is, one thing a line."""
    return [
        *found.paths,
        *(words.tr("the secret {name}", name=name) for name in found.secrets),
        *([words.tr("the service {place}", place=found.service)] if found.service else []),
        *found.opened_by,
        *(words.tr("Kept, because you chose it: {place}", place=place) for place in found.kept),
    ]
