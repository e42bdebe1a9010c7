"""The diagnostic report, to be read and changed before it is saved. It is sent nowhere."""

import platform
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from closedmesh.control import Diagnose
from closedmesh.errors import ClosedMeshError
from closedmesh.status import Finding, Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.later import Later
from closedmesh.ui.report_view import report
from closedmesh.ui.widgets import Problem, button, label, row

SIZE = (720, 560)
"""Pixels."""

LOG_LINES = 200
"""Of each log, from its end."""

FILE_NAME = "closedmesh-report.txt"


class ReportDialog(QDialog):
    """Asks for a diagnosis, then shows the text."""

    def __init__(
        self, bridge: Bridge, status: Status, logs: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._status = status
        self.setWindowTitle(words.tr("Diagnostic report"))
        self.resize(*SIZE)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(words.tr("Diagnostic report"))
        self.text.setPlaceholderText(words.tr("Looking at everything that can be wrong…"))
        self.save = button(words.tr("Save…"), self._save, "primary")
        self.save.setEnabled(False)
        self.problem = Problem()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.addWidget(
            label(
                words.tr(
                    "This is all that is saved. It holds no question, answer, key or address of"
                    " anybody else. Take out what you do not want to show."
                )
            )
        )
        layout.addWidget(self.text, 1)
        layout.addWidget(self.problem)
        layout.addLayout(row(self.save, button(words.tr("Cancel"), self.reject)))
        take = partial(self._read_logs, logs)
        bridge.do(Diagnose(), take, lambda _error: take(()))

    def _read_logs(self, logs: Path, findings: Iterable[Finding]) -> None:
        reading = Later(partial(ends_of, logs), self)
        reading.done.connect(partial(self._show, tuple(findings)))
        reading.failed.connect(self._explain)
        reading.start()

    def _show(self, findings: tuple[Finding, ...], logs: str) -> None:
        system = f"{platform.platform()}, Python {platform.python_version()}, Qt {qVersion()}"
        account = str(Path.home())
        self.text.setPlainText(report(self._status, findings, system, logs, account))
        self.save.setEnabled(True)

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, words.tr("Save the report"), FILE_NAME)
        if not name:
            return
        try:
            Path(name).write_text(self.text.toPlainText(), "utf-8")
        except OSError as error:
            self.problem.display(
                words.tr("It could not be written: {reason}.", reason=error.strerror or "")
            )
        else:
            self.accept()

    def _explain(self, error: ClosedMeshError) -> None:
        self.problem.display(words.explained(error))


def ends_of(folder: Path) -> str:
    """The last lines of every log."""
    parts = []
    for file in sorted(folder.glob("*.log")):
        lines = file.read_text("utf-8", "replace").splitlines()[-LOG_LINES:]
        parts.append("\n".join([f"## {file.name}", *lines]))
    return "\n".join(parts)
