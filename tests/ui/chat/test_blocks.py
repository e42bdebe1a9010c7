import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPixmap, QTextDocument
from PySide6.QtWidgets import QMessageBox

from closedmesh.ui.chat.blocks import CodeBlock, InertText, MessageText, ProseBlock, ThemedButton
from closedmesh.ui.chat.markdown_view import Code


@pytest.fixture
def text(qtbot, theme):
    widget = MessageText(theme)
    qtbot.addWidget(widget)
    return widget


def shown(text):
    return [
        block._code.text if isinstance(block, CodeBlock) else block.toPlainText()
        for block in text._widgets
    ]


def test_prose_and_code_stand_one_below_the_other(text):
    text.display_markdown("One.\n\n```python\nx = 1\n```\n\nTwo.")
    assert shown(text) == ["One.", "x = 1", "Two."]


def test_only_what_changed_is_drawn_anew(text):
    text.display_markdown("One.\n\n```python\nx\n```\n\nTwo")
    first, code, last = text._widgets
    text.display_markdown("One.\n\n```python\nx\n```\n\nTwo and three.\n\n```\ny\n```")
    assert text._widgets[:3] == [first, code, last]
    assert shown(text) == ["One.", "x", "Two and three.", "y"]


def test_a_block_may_turn_into_another_kind(text):
    text.display_markdown("``")
    text.display_markdown("```\nx")
    assert shown(text) == ["x"]
    text.display_markdown("Words.")
    assert shown(text) == ["Words."]


def test_another_theme_redraws_the_same_words(text, theme):
    text.display_markdown("One.\n\n```python\nif x: pass\n```")
    light = text._widgets[1]._text.toHtml()
    theme.choose("dark")
    assert shown(text) == ["One.", "if x: pass"]
    assert text._widgets[1]._text.toHtml() != light


def test_code_that_grows_is_what_it_would_be_at_once(qtbot, theme):
    growing, whole = CodeBlock(theme), CodeBlock(theme)
    for block in (growing, whole):
        qtbot.addWidget(block)
    text = "\n\n".join(f"def f{n}():\n    return 'é😀' + str({n})" for n in range(80))
    for end in range(0, len(text), 211):
        growing.display(Code(text[:end], "python"))
    growing.display(Code(text, "python"))
    whole.display(Code(text, "python"))
    assert growing._text.toPlainText() == text
    assert growing._text.toHtml() == whole._text.toHtml()
    assert len(growing._pieces) > 3


def test_code_is_copied_as_it_stands(qtbot, theme):
    block = CodeBlock(theme)
    qtbot.addWidget(block)
    block.display(Code("a <b>\n  c", "html"))
    button = block.findChild(ThemedButton)
    button.click()
    assert QGuiApplication.clipboard().text() == "a <b>\n  c"


def test_a_picture_of_this_computer_is_not_loaded(qtbot, tmp_path):
    path = tmp_path / "secret.png"
    QPixmap(40, 40).save(str(path))
    view = InertText("prose", wrap=True)
    qtbot.addWidget(view)
    loaded = view.loadResource(
        QTextDocument.ResourceType.ImageResource, QUrl.fromLocalFile(str(path))
    )
    assert loaded.isEmpty()
    view.setHtml(f'<img src="{path.as_uri()}">')
    image = view.document().resource(
        QTextDocument.ResourceType.ImageResource, QUrl.fromLocalFile(str(path))
    )
    assert not image


@pytest.fixture
def opened(monkeypatch):
    """Addresses that the browser was asked to open."""
    addresses = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: addresses.append(url.toString()))
    return addresses


def answers(monkeypatch, button):
    asked = []

    def ask(_parent, _title, words, *_more):
        asked.append(words)
        return button

    monkeypatch.setattr(QMessageBox, "question", ask)
    return asked


def test_an_address_is_opened_only_after_yes(qtbot, theme, monkeypatch, opened):
    view = ProseBlock(theme)
    qtbot.addWidget(view)
    asked = answers(monkeypatch, QMessageBox.StandardButton.No)
    view.anchorClicked.emit(QUrl("https://e.x/path?q=1"))
    assert "https://e.x/path?q=1" in asked[0]
    assert opened == []
    answers(monkeypatch, QMessageBox.StandardButton.Yes)
    view.anchorClicked.emit(QUrl("https://e.x/"))
    assert opened == ["https://e.x/"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "smb://x/y"])
def test_other_addresses_are_not_even_asked_about(qtbot, theme, monkeypatch, opened, address):
    view = ProseBlock(theme)
    qtbot.addWidget(view)
    asked = answers(monkeypatch, QMessageBox.StandardButton.Yes)
    view.anchorClicked.emit(QUrl(address))
    assert (asked, opened) == ([], [])


def test_a_long_text_is_shown_at_its_full_height(qtbot, theme):
    view = ProseBlock(theme)
    qtbot.addWidget(view)
    view.resize(300, 10)
    view.setHtml("<p>word</p>" * 50)
    assert view.height() >= view.document().size().height()


def test_a_button_follows_the_theme_and_its_meaning(qtbot, theme):
    button = ThemedButton(theme, "send", "Send")
    qtbot.addWidget(button)
    button.become("stop", "Stop")
    assert (button.toolTip(), button.accessibleName()) == ("Stop", "Stop")
