"""How the questions of one chat are asked: system prompt and sampling."""

from msgspec import structs
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from closedmesh.models.chat import Overflow
from closedmesh.models.conversations import ChatOptions
from closedmesh.ui import words
from closedmesh.ui.chat.preset_row import PresetRow
from closedmesh.ui.chat.presets import Presets
from closedmesh.ui.widgets import indented, label

MAX_INT = 2**31 - 1


class Parameters(QDialog):
    """A form for `ChatOptions`; nothing changes before OK."""

    def __init__(
        self,
        options: ChatOptions,
        presets: Presets | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = options
        self.setWindowTitle(words.tr("How this chat is asked"))
        self.system_prompt = QPlainTextEdit()
        self.system_prompt.setPlaceholderText(words.tr("What the model is told before every chat"))
        self.temperature = _real(0.0, 5.0)
        self.top_k = _whole(1_000_000)
        self.top_p = _real(0.01, 1.0)
        self.min_p = _real(0.0, 1.0)
        self.repeat_penalty = _real(0.1, 10.0)
        self.seed = QLineEdit()
        self.seed.setPlaceholderText(words.tr("A fresh one for each answer"))
        self.max_tokens = _whole(MAX_INT)
        self.max_tokens.setSpecialValueText(words.tr("As long as it fits"))
        self.drop_oldest = QCheckBox(
            words.tr("Leave out the oldest messages when the chat is too long")
        )
        self._fill(options)
        self.problem = label("", "problem")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        if presets is not None:
            self.presets = PresetRow(presets, lambda: self.options)
            self.presets.chosen.connect(lambda preset: self._fill(preset.applied(self.options)))
            layout.addWidget(self.presets)
        layout.addLayout(self._form())
        layout.addWidget(self.drop_oldest)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def _fill(self, options: ChatOptions) -> None:
        sampling = options.sampling
        self._options = options
        self.system_prompt.setPlainText(options.system_prompt)
        self.temperature.setValue(sampling.temperature)
        self.top_k.setValue(sampling.top_k)
        self.top_p.setValue(sampling.top_p)
        self.min_p.setValue(sampling.min_p)
        self.repeat_penalty.setValue(sampling.repeat_penalty)
        self.seed.setText("" if sampling.seed is None else str(sampling.seed))
        self.max_tokens.setValue(options.max_tokens or 0)
        self.drop_oldest.setChecked(options.overflow is Overflow.DROP_OLDEST)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        for name, widget, tip in (
            (
                words.tr("System prompt"),
                self.system_prompt,
                words.tr("Stands before the whole chat."),
            ),
            (
                words.tr("Temperature"),
                self.temperature,
                words.tr("0 always takes the likeliest word."),
            ),
            (words.tr("Top k"), self.top_k, words.tr("Only this many likeliest tokens; 0 is all.")),
            (
                words.tr("Top p"),
                self.top_p,
                words.tr("Only the likeliest tokens of this total share."),
            ),
            (
                words.tr("Min p"),
                self.min_p,
                words.tr("Leaves out tokens far less likely than the best."),
            ),
            (
                words.tr("Repeat penalty"),
                self.repeat_penalty,
                words.tr("Above 1 repeats less; 1 is off."),
            ),
            (words.tr("Seed"), self.seed, words.tr("The same seed gives the same answer.")),
            (words.tr("Longest answer"), self.max_tokens, words.tr("In tokens.")),
        ):
            widget.setToolTip(tip)
            widget.setAccessibleName(name)
            form.addRow(name, widget)
        return form

    def _accept(self) -> None:
        seed = self.seed.text().strip()
        if seed and not _is_seed(seed):
            self.problem.setText(
                words.tr("A seed is a whole number from 0 to 2^63 - 1, or nothing.")
            )
            return
        self.accept()

    @property
    def options(self) -> ChatOptions:
        """What the form says."""
        seed = self.seed.text().strip()
        sampling = structs.replace(
            self._options.sampling,
            temperature=self.temperature.value(),
            top_k=self.top_k.value(),
            top_p=self.top_p.value(),
            min_p=self.min_p.value(),
            repeat_penalty=self.repeat_penalty.value(),
            seed=int(seed) if seed else None,
        )
        overflow = Overflow.DROP_OLDEST if self.drop_oldest.isChecked() else Overflow.REFUSE
        return structs.replace(
            self._options,
            system_prompt=self.system_prompt.toPlainText(),
            sampling=sampling,
            max_tokens=self.max_tokens.value() or None,
            overflow=overflow,
        )


def _is_seed(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 19 and int(text) < 2**63


def _real(low: float, high: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    indented(box)
    box.setDecimals(2)
    box.setSingleStep(0.05)
    box.setRange(low, high)
    return box


def _whole(high: int) -> QSpinBox:
    box = QSpinBox()
    indented(box)
    box.setRange(0, high)
    return box
