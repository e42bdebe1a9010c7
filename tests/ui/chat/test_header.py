import pytest
from msgspec import structs

from closedmesh.status import ModelState
from closedmesh.ui.chat.header import Header
from tests.support.control import MODEL, STATUS

OTHER = structs.replace(MODEL, name="other", title="Other One", state=ModelState.ON_DISK)
BROKEN = structs.replace(MODEL, name="broken", title="Broken", state=ModelState.FAILED)


@pytest.fixture
def header(qtbot, theme):
    header = Header(theme)
    qtbot.addWidget(header)
    return header


def shown(header):
    return [header.model.itemText(i) for i in range(header.model.count())]


def test_models_that_can_answer_are_offered(header):
    header.display("T", None, structs.replace(STATUS, models=(MODEL, OTHER, BROKEN)))
    assert shown(header) == [
        "Default: SmolLM2 135M Instruct", "SmolLM2 135M Instruct", "Other One",
    ]  # fmt: skip
    assert header.model.currentIndex() == 0


def test_a_model_that_is_gone_is_said_to_be_gone_and_stays_chosen(header):
    header.display("T", "gone", STATUS)
    assert header.model.currentText() == "gone (not on this computer)"


def test_choosing_a_model_is_told_and_showing_one_is_not(header, qtbot):
    with qtbot.assertNotEmitted(header.model_chosen):
        header.display("T", "other", structs.replace(STATUS, models=(MODEL, OTHER)))
    with qtbot.waitSignal(header.model_chosen) as signal:
        header.model.setCurrentIndex(1)
    assert signal.args == [MODEL.name]


def test_a_long_title_ends_in_dots_and_is_whole_in_the_tool_tip(header):
    header.resize(600, 50)
    header.show()
    header.display("word " * 60, None, STATUS)
    assert header._title.text().endswith("…")
    assert "word word" in header._title.toolTip()


def test_a_title_is_plain_text(header):
    header.resize(900, 50)
    header.show()
    header.display("<b>x</b>", None, STATUS)
    assert header._title.text() == "<b>x</b>"
    assert "<b>" not in header._title.toolTip().removeprefix("<p>")
