import pytest
from PySide6.QtWidgets import QApplication

from closedmesh.ui.motion import ALL_EFFECTS, Motion


@pytest.fixture
def lively(qapp):
    """A system that moves much."""
    before, blinking = qapp.isEffectEnabled(ALL_EFFECTS), qapp.cursorFlashTime()
    qapp.setEffectEnabled(ALL_EFFECTS, True)
    qapp.setCursorFlashTime(1000)
    yield
    qapp.setEffectEnabled(ALL_EFFECTS, before)
    qapp.setCursorFlashTime(blinking)


@pytest.mark.usefixtures("lively")
def test_less_movement_and_back():
    motion = Motion()
    motion.choose(reduced=True)
    assert not QApplication.isEffectEnabled(ALL_EFFECTS)
    assert QApplication.cursorFlashTime() == 0
    motion.choose(reduced=False)
    assert QApplication.isEffectEnabled(ALL_EFFECTS)
    assert QApplication.cursorFlashTime() == 1000
