import pytest

from closedmesh.ui.colours import DARK, LIGHT

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
