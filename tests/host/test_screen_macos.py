"""Window lists in the form that macOS documents; this project could not run the calls itself."""

import plistlib

import pytest

from closedmesh.host.screen_macos import Area, Window, filled, full_screen, windows_from

SCREEN = Area(0, 0, 1512, 982)
SECOND = Area(1512, 0, 1920, 1080)
BAR = Window(24, Area(0, 0, 1512, 37))
FILM = Window(0, SCREEN)
BELOW_THE_NOTCH = Window(0, Area(0, 38, 1512, 944))
ORDINARY = Window(0, Area(100, 80, 900, 600))


@pytest.mark.parametrize(
    ("windows", "answer"),
    [
        ((FILM,), True),
        ((BELOW_THE_NOTCH,), True),
        ((ORDINARY,), False),
        ((BAR, ORDINARY), False),
        ((BAR, BELOW_THE_NOTCH), False),  # it is large, and the person sees the menu bar
        ((Window(20, SCREEN),), False),
        ((), False),
    ],
)
def test_a_screen_is_filled_by_a_window_without_a_menu_bar(windows, answer):
    assert filled(windows, (SCREEN,)) is answer


def test_one_of_two_screens_is_enough():
    assert filled((BAR, ORDINARY, Window(0, SECOND)), (SCREEN, SECOND))
    assert not filled((BAR, Window(24, Area(1512, 0, 1920, 25)), Window(0, SECOND)), (SECOND,))


def test_the_list_of_windows_is_read():
    said = [
        {"kCGWindowLayer": 0, "kCGWindowOwnerName": "Player", "kCGWindowNumber": 7,
         "kCGWindowBounds": {"X": 0.0, "Y": 0.0, "Width": 1512.0, "Height": 982.0}},
        {"kCGWindowNumber": 8},
    ]  # fmt: skip
    answer = plistlib.dumps(said, fmt=plistlib.FMT_BINARY)
    assert windows_from(answer) == (FILM, Window(-1, Area(0, 0, 0, 0)))


@pytest.mark.parametrize("said", [b"", b"no list", plistlib.dumps([1, "x"])])
def test_what_makes_no_sense_is_no_window(said):
    assert windows_from(said) == ()


def test_where_the_window_server_is_not_there_nothing_is_known():
    assert full_screen() is None
