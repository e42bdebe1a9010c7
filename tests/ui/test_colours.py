import re

import pytest

from closedmesh.ui.colours import DARK, LIGHT
from tests.support.desktop import RESOURCES

GROUNDS = {
    "text": ("window", "surface", "sunken", "button", "hover", "accent-soft", "question", "mesh",
             "warning-soft", "error-soft", "info-soft"),
    "muted": ("window", "surface", "sunken", "mesh"),
    "accent-text": ("accent",),
    "link": ("surface", "window"),
    "good": ("surface",),
    "warning": ("surface", "warning-soft"),
    "error": ("surface", "error-soft", "button"),
    "code-keyword": ("code",),
    "code-name": ("code",),
    "code-string": ("code",),
    "code-number": ("code",),
    "code-comment": ("code",),
}  # fmt: skip


def luminance(colour):
    def linear(part):
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "grounds"), GROUNDS.items(), ids=list(GROUNDS))
def test_text_can_be_read(colours, text, grounds):
    for ground in grounds:
        assert contrast(colours[text], colours[ground]) >= 4.5, ground


def test_light_and_dark_have_the_same_names():
    assert LIGHT.keys() == DARK.keys()


EDGES = {
    "edge": ("surface", "window"),
    "muted": ("surface", "window", "sunken"),
    "accent": ("surface", "window", "sunken", "button"),
    "accent-text": ("accent",),
    "warning": ("surface", "warning-soft"),
    "error": ("surface", "error-soft"),
}
"""What must be told from its ground without being read: fields, ticks, focus, signs."""


def rules():
    """Text and ground that stand in one rule of the style sheet, by name."""
    sheet = (RESOURCES / "style.qss").read_text("utf-8")
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        if ":disabled" in selector:
            continue  # what cannot be used may be faint
        text = re.search(r"(?<![-\w])color: @([\w-]+)", body)
        ground = re.search(r"background(?:-color)?: @([\w-]+)", body)
        if text and ground:
            yield selector.strip(), text[1], ground[1]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "grounds"), EDGES.items(), ids=list(EDGES))
def test_edges_and_focus_can_be_seen(colours, edge, grounds):
    for ground in grounds:
        assert contrast(colours[edge], colours[ground]) >= 3.0, ground


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_the_style_sheet_puts_together_can_be_read(colours):
    pairs = list(rules())
    assert len(pairs) >= 8
    faint = [
        (selector, round(contrast(colours[text], colours[ground]), 2))
        for selector, text, ground in pairs
        if contrast(colours[text], colours[ground]) < 4.5
    ]
    assert not faint


def test_every_control_that_takes_keys_shows_its_focus():
    sheet = (RESOURCES / "style.qss").read_text("utf-8")
    for control in ("QPushButton", "QToolButton", "QLineEdit", "QPlainTextEdit", "QCheckBox",
                    "QTabBar::tab", "QListWidget", "QTableWidget"):  # fmt: skip
        assert re.search(rf"{control}(::indicator)?:focus", sheet), control
