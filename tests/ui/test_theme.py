import pytest
from PySide6.QtWidgets import QCheckBox

from closedmesh.status import State
from closedmesh.ui.colours import DARK, LIGHT
from closedmesh.ui.theme import Theme
from tests.support.desktop import RESOURCES


@pytest.fixture
def theme(qapp):
    theme = Theme(RESOURCES)
    yield theme
    qapp.setStyleSheet("")


def drawn(icon, size=22):
    return bytes(icon.pixmap(size, size).toImage().constBits())


def test_a_chosen_theme_changes_colours_icons_and_the_application(theme, qapp, qtbot):
    theme.choose("light")
    light = drawn(theme.icon("send"))

    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.choose("dark")

    assert theme.dark
    assert theme.colour("window").name() == DARK["window"] != LIGHT["window"]
    assert qapp.palette().window().color().name() == DARK["window"]
    assert drawn(theme.icon("send")) != light


def test_no_colour_of_the_style_sheet_is_left_unnamed(theme, qapp):
    theme.choose("light")

    assert "@" not in qapp.styleSheet()


def test_every_icon_can_be_drawn(theme):
    for file in (RESOURCES / "icons").glob("*.svg"):
        image = theme.icon(file.stem).pixmap(32, 32).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)), file.name


def test_each_state_has_an_icon_of_another_shape(theme):
    shapes = set()
    for state in State:
        image = theme.icon(f"tray-{state.value}").pixmap(22, 22).toImage()
        shapes.add(
            tuple(image.pixelColor(x, y).alpha() > 128 for x in range(22) for y in range(22))
        )

    assert len(shapes) == len(State)


def test_a_panel_icon_has_light_and_dark_in_it(theme):
    image = theme.panel_icon("tray-not-sharing").pixmap(22, 22).toImage()
    seen = [
        image.pixelColor(x, y).lightness()
        for x in range(22)
        for y in range(22)
        if image.pixelColor(x, y).alpha() > 200
    ]

    assert min(seen) < 80
    assert max(seen) > 180


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_checked_box_has_a_tick_and_not_only_another_colour(theme, qtbot, choice):
    theme.choose(choice)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    picture = box.grab().toImage()
    inside = {picture.pixelColor(x, y).name() for x in range(3, 14) for y in range(3, 14)}
    assert theme.colour("accent").name() in inside
    assert theme.colour("accent-text").name() in inside


def test_text_is_as_large_as_was_chosen(theme, qapp):
    before = qapp.font().pointSizeF()
    theme.choose("light", 150)
    assert qapp.font().pointSizeF() == pytest.approx(1.5 * before)
    assert "font-size: 25.5pt" in qapp.styleSheet()
    theme.choose("light")
    assert qapp.font().pointSizeF() == pytest.approx(before)
