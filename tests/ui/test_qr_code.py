import pytest
import segno
from PySide6.QtGui import QColor

from closedmesh.ui.qr_code import MODULE, QUIET, QrCode, matrix

LINK = "closedmesh://join/cm1" + "Ab9_" * 120


@pytest.fixture
def code(qtbot):
    code = QrCode()
    qtbot.addWidget(code)
    return code


def test_every_module_is_drawn_in_its_place(code):
    code.display(LINK)
    picture = code.grab().toImage()
    wanted = segno.make(LINK, error="l", micro=False, boost_error=False).matrix
    middle = MODULE // 2
    drawn = [
        [
            picture.pixelColor((x + QUIET) * MODULE + middle, (y + QUIET) * MODULE + middle)
            == QColor("black")
            for x in range(len(wanted))
        ]
        for y in range(len(wanted))
    ]
    assert drawn == [[bool(dark) for dark in line] for line in wanted]


def test_the_quiet_zone_is_light(code):
    code.display(LINK)
    picture = code.grab().toImage()
    edge = [
        picture.pixelColor(x, y) for x in range(picture.width()) for y in (0, QUIET * MODULE - 1)
    ]
    assert set(map(QColor.name, edge)) == {"#ffffff"}


def test_nothing_and_too_much_are_no_code(code):
    assert matrix("") == ()
    assert matrix("x" * 3000) == ()
    code.display("x" * 3000)
    assert code.isHidden()
    code.display(LINK)
    assert not code.isHidden()
