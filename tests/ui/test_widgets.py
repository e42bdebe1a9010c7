import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionComboBox

from closedmesh.ui.widgets import (
    PAGE_WIDTH,
    Choices,
    Line,
    Problem,
    button,
    card,
    label,
    row,
    scrolled,
)


def test_words_are_never_markup(qapp):
    shown = label("<b>bold</b>", "title")
    assert shown.textFormat() is Qt.TextFormat.PlainText
    assert shown.wordWrap()
    assert shown.property("role") == "title"


def test_a_button_calls_without_arguments(qapp, qtbot):
    called = []
    made = button("Do it", lambda: called.append("done"), "primary")
    made.click()
    assert called == ["done"]


@pytest.mark.parametrize("width", [40, 200])
def test_a_long_line_ends_where_there_is_no_room_and_its_tip_has_all(qtbot, width):
    line = Line()
    qtbot.addWidget(line)
    line.resize(width, 20)
    line.display("words\n& <b>more</b> words " * 20)
    assert line.text().endswith("…")
    assert line.fontMetrics().horizontalAdvance(line.text()) <= width
    assert "&lt;b&gt;more&lt;/b&gt;" in line.toolTip()
    assert "\n" not in line.toolTip()


def test_a_line_shows_more_when_there_is_more_room(qtbot):
    line = Line()
    qtbot.addWidget(line)
    line.show()
    line.display("a few words")
    line.resize(10, 20)
    assert line.text() != "a few words"
    line.resize(400, 20)
    assert line.text() == "a few words"


def test_a_problem_is_seen_only_while_there_is_one(qtbot):
    problem = Problem()
    qtbot.addWidget(problem)
    assert problem.isHidden()
    problem.display("It broke.")
    assert problem.isVisible()
    assert problem.words.text() == "It broke."
    problem.display("")
    assert problem.isHidden()


def test_cards_rows_and_pages_hold_what_they_are_given(qtbot):
    frame, inside = card()
    first, second = QLabel("a"), QLabel("b")
    inside.addLayout(row(first, second))
    area, layout = scrolled("Title", titled=True)
    qtbot.addWidget(area)
    layout.addWidget(frame)
    area.resize(2 * PAGE_WIDTH, 300)
    area.show()
    assert first.isVisible()
    assert second.x() > first.x()
    assert frame.width() <= PAGE_WIDTH
    assert "Title" in [found.text() for found in area.findChildren(QLabel)]


def test_a_choice_that_has_no_room_ends_in_an_ellipsis_and_not_in_half_a_letter(qtbot, theme):
    theme.choose("light")
    boxes = [Choices(), Choices()]
    for box, name in zip(
        boxes, ("A model with a very long name", "A model with a very"), strict=True
    ):
        qtbot.addWidget(box)
        box.addItem(name)
    long, short = boxes
    long.resize(short.sizeHint())
    short.resize(short.sizeHint())
    shown, whole = (box.grab().toImage() for box in boxes)
    assert shown != whole
    option = QStyleOptionComboBox()
    long.initStyleOption(option)
    room = long.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, long
    )
    right = shown.copy(room.right() - 2, 6, 2, long.height() - 12)
    assert len({right.pixel(x, y) for x in range(2) for y in range(right.height())}) == 1
