from closedmesh.ui.chat.fold import Fold


def test_it_is_closed_until_it_is_opened(qtbot, theme):
    fold = Fold(theme, "thinking")
    qtbot.addWidget(fold)
    fold.display("Thought", "Hm.")
    assert fold.body is None
    fold.line.click()
    assert fold.body.toPlainText() == "Hm."
    fold.display("Thought", "Hm. Yes.")
    assert fold.body.toPlainText() == "Hm. Yes."
    fold.line.click()
    assert fold.body.isHidden()


def test_nothing_in_it_is_markup(qtbot, theme):
    fold = Fold(theme, "attach")
    qtbot.addWidget(fold)
    fold.display("a & b \u202ecod", "<b>x</b> \u202e")
    fold.line.click()
    assert fold.line.text() == "a && b [U+202E]cod"
    assert fold.body.toPlainText() == "<b>x</b> [U+202E]"
