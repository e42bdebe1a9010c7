import pytest
from PySide6.QtWidgets import QInputDialog

from closedmesh.models.conversations import ChatOptions
from closedmesh.ui.chat.preset_row import PresetRow
from closedmesh.ui.chat.presets import Preset, Presets

NOW = ChatOptions(system_prompt="Now.")


@pytest.fixture
def presets(tmp_path):
    presets = Presets(tmp_path / "presets.json")
    presets.keep(Preset.of("Brief", ChatOptions(system_prompt="Be brief.")))
    return presets


@pytest.fixture
def line(presets, qtbot):
    line = PresetRow(presets, lambda: NOW)
    qtbot.addWidget(line)
    return line


def test_one_is_chosen(line, qtbot):
    assert not line.forget.isEnabled()
    line.box.setCurrentIndex(1)
    with qtbot.waitSignal(line.chosen) as signal:
        line.box.activated.emit(1)
    assert signal.args[0].system_prompt == "Be brief."


def test_what_stands_in_the_form_is_kept_and_forgotten(line, presets, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("  My   own ", True))
    line.keep.click()
    assert line.box.currentText() == "My own"
    assert [one.system_prompt for one in presets.all()] == ["Be brief.", "Now."]
    line.forget.click()
    assert [one.name for one in presets.all()] == ["Brief"]
    assert line.box.currentData() is None


def test_without_a_name_nothing_is_kept(line, presets, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("", True))
    line.keep.click()
    assert len(presets.all()) == 1
