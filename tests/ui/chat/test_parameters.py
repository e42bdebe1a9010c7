import pytest
from PySide6.QtWidgets import QDialog

from closedmesh.models.chat import Overflow, Sampling
from closedmesh.models.conversations import ChatOptions
from closedmesh.ui.chat.parameters import Parameters
from closedmesh.ui.chat.presets import Preset, Presets

OPTIONS = ChatOptions(
    model="m",
    system_prompt="Be brief.",
    sampling=Sampling(temperature=0.5, seed=7, presence_penalty=0.3),
    max_tokens=100,
)


@pytest.fixture
def dialog(qtbot):
    dialog = Parameters(OPTIONS)
    qtbot.addWidget(dialog)
    return dialog


def test_what_was_not_touched_stays_as_it_was(dialog):
    assert dialog.options == OPTIONS


def test_what_was_changed_is_given_back(dialog):
    dialog.system_prompt.setPlainText("Sing.")
    dialog.temperature.setValue(1.25)
    dialog.top_k.setValue(3)
    dialog.seed.clear()
    dialog.max_tokens.setValue(0)
    dialog.drop_oldest.setChecked(False)
    options = dialog.options
    assert options.system_prompt == "Sing."
    assert (options.sampling.temperature, options.sampling.top_k) == (1.25, 3)
    assert (options.sampling.seed, options.max_tokens) == (None, None)
    assert options.overflow is Overflow.REFUSE
    assert options.model == "m"


@pytest.mark.parametrize("seed", ["-1", "x", "1.5", str(2**63), "9" * 5000, "٣"])
def test_a_seed_that_makes_no_sense_is_told_and_keeps_the_form_open(dialog, seed):
    dialog.seed.setText(seed)
    dialog._accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "whole number" in dialog.problem.text()


def test_a_seed_is_taken(dialog):
    dialog.seed.setText(str(2**63 - 1))
    dialog._accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.options.sampling.seed == 2**63 - 1


def test_a_preset_fills_the_form_and_leaves_the_model(qtbot, tmp_path):
    presets = Presets(tmp_path / "presets.json")
    presets.keep(Preset.of("Plain", ChatOptions(system_prompt="Plainly.")))
    dialog = Parameters(OPTIONS, presets)
    qtbot.addWidget(dialog)
    dialog.presets.chosen.emit(presets.all()[0])
    assert dialog.options == ChatOptions(model="m", system_prompt="Plainly.")
