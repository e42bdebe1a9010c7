from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QUrl

from closedmesh.errors import ClosedMeshError
from closedmesh.models.attachments import MAX_FILES, Attachment
from closedmesh.ui.chat.attached import Attached, MessageField, files_in
from closedmesh.ui.widgets import Line


def read(path):
    if path.suffix == ".png":
        raise ClosedMeshError(f"{path.name} holds no text.", "Choose another.")
    return Attachment(path.name, "word " * 720, "Only the first page." if path.suffix else "")


@pytest.fixture
def attached(qtbot, theme):
    attached = Attached(theme, read)
    qtbot.addWidget(attached)
    return attached


def names(attached):
    return [file.name for file in attached.files]


def test_files_are_read_in_order_and_counted(attached, qtbot, tmp_path):
    assert attached.isHidden()
    attached.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    qtbot.waitUntil(lambda: names(attached) == ["a.txt", "b.txt"])
    assert not attached.isHidden()
    line = attached.findChild(Line)
    assert "a.txt · about 1,000 tokens" in line.toolTip()


def test_what_cannot_be_read_says_why_and_the_rest_goes_on(attached, qtbot, tmp_path):
    attached.add([tmp_path / "a.png", tmp_path / "b.txt"])
    qtbot.waitUntil(lambda: names(attached) == ["b.txt"])
    assert attached.problem.words.text() == "a.png holds no text. Choose another."


def test_one_can_be_left_out(attached, qtbot, tmp_path):
    attached.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    qtbot.waitUntil(lambda: len(attached.files) == 2)
    attached._leave_out(attached.files[0])
    assert names(attached) == ["b.txt"]


def test_there_is_an_end_to_files(attached, qtbot, tmp_path):
    attached.add([tmp_path / f"{n}.txt" for n in range(MAX_FILES + 1)])
    qtbot.waitUntil(lambda: len(attached.files) == MAX_FILES)
    assert attached.problem.words.text() == "At most 10 files go with a message."


def test_what_comes_too_late_is_for_nobody(qtbot, theme, tmp_path):
    go = Event()

    def slow(path):
        go.wait(30)
        return Attachment(path.name, "late")

    attached = Attached(theme, slow)
    qtbot.addWidget(attached)
    attached.add([tmp_path / "a.txt"])
    assert attached.busy
    attached.put(())
    go.set()
    attached._read = read
    attached.add([tmp_path / "b.txt"])
    qtbot.waitUntil(lambda: names(attached) == ["b.txt"])


def test_pasted_files_are_attached_and_words_inserted(qtbot, tmp_path):
    field = MessageField()
    qtbot.addWidget(field)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt")), QUrl("https://example.com/b.txt")])
    assert files_in(data) == [tmp_path / "a.txt"]
    assert field.canInsertFromMimeData(data)
    with qtbot.waitSignal(field.files_given) as signal:
        field.insertFromMimeData(data)
    assert signal.args == [[tmp_path / "a.txt"]]
    data = QMimeData()
    data.setText("words")
    field.insertFromMimeData(data)
    assert field.toPlainText() == "words"
