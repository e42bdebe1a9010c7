import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.ui.chat.markdown_view import (
    DIRECTION,
    MAX_LINE,
    MAX_MARKDOWN,
    MAX_SHOWN,
    SCHEMES,
    TAGS,
    Code,
    Growing,
    Prose,
    blocks,
    plain,
)
from closedmesh.ui.colours import LIGHT

COLOURS = dict.fromkeys(LIGHT, "#123456")


class Inspector(HTMLParser):
    """Fails on whatever is not allowed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.links = []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        for name, value in attrs:
            assert name in ("href", "style")
            if name == "href":
                assert tag == "a"
                assert value.startswith(SCHEMES)
                self.links.append(value)
            else:
                assert re.fullmatch(r"color:#[0-9a-f]{6}", value)

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def inspected(text):
    inspector = Inspector()
    for block in blocks(text):
        if isinstance(block, Prose):
            inspector.feed(block.html)
    inspector.close()
    return inspector


SCRAPS = st.lists(st.sampled_from([
    "![x](http://e.x/a.png)", "![](file:///etc/passwd)", "[a](javascript:alert(1))",
    "[b](http://e.x \"t\")", "<img src=x onerror=y>", "<script>", "</p>", "<!-- ", "-->",
    "```python\n", "```", "`", "**", "_", "~~", "> ", "- ", "1. ", "# ", "\n", "\n\n",
    " | a | b |\n",
    "|--|--|\n", "&lt;", "&#x3c;", "<", ">", '"', "'", "[r]: file:///x\n", "[r]", "\u202e", "\0",
    "http://e.x", "word", "\\", "    code\n", "<style>*{}</style>", "data:text/html,x",
]), max_size=30).map("".join)  # fmt: skip


@given(SCRAPS)
def test_only_harmless_markup_comes_out_of_markdown(text):
    inspected(text)


@given(st.text(max_size=200))
def test_only_harmless_markup_comes_out_of_any_text(text):
    inspected(text)


@given(st.text(max_size=200))
def test_plain_text_hides_nothing(text):
    shown = plain(text)
    assert not set(shown) & DIRECTION
    assert all(c.isprintable() or c in "\n\t" or ord(c) > 127 for c in shown)
    assert all(len(line) <= MAX_LINE for line in shown.split("\n"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![cat](http://e.x/c.png)", "[image: cat http://e.x/c.png]"),
        ("![x](file:///etc/passwd)", "file:///etc/passwd"),
        ("<img src='http://e.x/a'>", "<img src='http://e.x/a'>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[bank](http://evil.x)", "bank http://evil.x"),
        ("[x](javascript:alert(1))", "javascript:alert(1)"),
        ("\u202egnp.exe", "[U+202E]gnp.exe"),
    ],
)
def test_what_could_act_is_shown_as_words(text, shown):
    assert shown in inspected(text).words


def test_only_web_addresses_are_links():
    text = "[a](http://a.x) [b](https://b.x) [c](file:///c) [d](ftp://d) [e](//e.x) [f](mailto:f)"
    assert inspected(text).links == ["http://a.x", "https://b.x"]


def test_markdown_is_markup():
    (prose,) = blocks("# Title\n\n- *one*\n- **two**\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    for tag in ("<h1>", "<li>", "<em>", "<strong>", "<table>", "<td>"):
        assert tag in prose.html


def test_code_is_a_block_of_its_own():
    before, code, after = blocks("Look:\n\n```python extra\nx = 1\n```\n\nDone.")
    assert (before.html, after.html) == ("<p>Look:</p>", "<p>Done.</p>")
    assert code == Code("x = 1", "python")


def test_a_fence_that_is_not_closed_yet_is_code_already():
    assert blocks("```python\nx = ")[0] == Code("x = ", "python")


def test_words_that_grow_keep_the_blocks_before_them():
    text = "One.\n\n```c\nint x;\n```\n\nTwo"
    assert blocks(text)[:2] == blocks(text + " and more.")[:2]


def test_very_long_texts_and_lines_are_bounded():
    assert len(plain("x" * 10 * MAX_SHOWN)) < MAX_SHOWN + MAX_SHOWN // MAX_LINE + 100
    assert "more characters" in plain("x" * 2 * MAX_SHOWN)
    (block,) = blocks("* " * MAX_MARKDOWN)
    assert isinstance(block, Code)


@pytest.mark.parametrize("text", ["> " * 20_000, "[" * 20_000, "`" * 20_000, "**a" * 10_000])
def test_deep_nesting_is_no_trouble(text):
    inspected(text)


LINES = (
    "Words.", "", "  ", "- one", "  more", "1. first", "> said", "```python", "```", "x = 1",
    "    y",     "# Title", "---", "===", "| a | b |", "|---|---|", "| 1 | 2 |", "[a link][x]",
    "[x]: https://x.org",     "~~~", "**b", "* * *", "<b>", "\u202e", "#", "\t- z",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=30).map("\n".join), st.integers(1, 7))
def test_a_text_that_grows_shows_what_the_whole_would(text, step):
    growing = Growing()
    for end in range(step, len(text) + step, step):
        shown = growing.blocks(text[:end])
        assert shown == blocks(text[:end])


def test_a_text_that_is_another_begins_anew():
    growing = Growing()
    growing.blocks("One.\n\nTwo.\n\nThree.\n\nFour.")
    assert growing.blocks("Other.") == blocks("Other.")


def test_long_prose_stands_in_several_blocks_and_the_first_ones_stay():
    paragraphs = "Some words of a paragraph.\n\n" * 300
    first = blocks(paragraphs)
    assert len(first) > 3
    assert blocks(paragraphs + "More.")[: len(first) - 1] == first[:-1]
