import pytest
from PySide6.QtWidgets import QFileDialog

from closedmesh.control import Diagnose
from closedmesh.ui.report_dialog import LOG_LINES, ReportDialog, ends_of
from tests.support.control import STATUS


@pytest.fixture
def dialog(bridge, qtbot, tmp_path):
    (tmp_path / "peer.log").write_text("the last line\n")
    dialog = ReportDialog(bridge, STATUS, tmp_path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.save.isEnabled)
    return dialog


def test_the_text_is_shown_and_saved_as_it_was_changed(dialog, control, tmp_path, monkeypatch):
    assert Diagnose() in control.done
    assert "the last line" in dialog.text.toPlainText()
    dialog.text.setPlainText("Only this.")
    file = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.save.click()
    assert file.read_text("utf-8") == "Only this."


def test_a_file_that_cannot_be_written_says_why(dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    dialog.save.click()
    assert dialog.problem.words.text().startswith("It could not be written: ")
    assert dialog.result() == 0


def test_only_the_ends_of_logs_are_read(tmp_path):
    (tmp_path / "peer.log").write_text("\n".join(f"line {n}" for n in range(1000)))
    read = ends_of(tmp_path).splitlines()
    assert len(read) == LOG_LINES + 1
    assert read[-1] == "line 999"
