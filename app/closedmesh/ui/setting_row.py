"""One setting on the Settings page: its words, the widget that fits its type, and its error."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from closedmesh.settings import Value
from closedmesh.ui import words
from closedmesh.ui.settings_view import (
    Choice,
    Decimal,
    Editor,
    Field,
    Lines,
    Switch,
    Text,
    Whole,
    limits,
)
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Choices, Problem, indented, label

TYPING_MS = 800
"""Milliseconds without a key after which a text of several lines counts as written."""

TEXT_HEIGHT = 76
"""Pixels of a field for several lines."""

EDITOR_WIDTH = 260
"""Pixels of the column of editors."""


class SettingRow(QWidget):
    """Shows a `Field`; says when the person chose another value."""

    changed = Signal(object)
    """The new value."""

    def __init__(self, field: Field, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.field = field
        self.title = label(field.title, "strong")
        sentence = field.sentence
        if allowed := limits(field.editor):
            sentence = f"{sentence} ({allowed})"
        sentence = f"{sentence} {field.effect}".strip()
        self.words = f"{field.title} {sentence} {field.name}".casefold()
        """All that it can be found by."""
        self.sentence = label(sentence, "muted")
        self.problem = Problem()
        self.editor = make_editor(field.editor)
        self.editor.setAccessibleName(field.title)
        self.editor.setAccessibleDescription(field.sentence)
        self.editor.changed.connect(self.changed)
        self.reset = QToolButton()
        self.reset.setToolTip(words.tr("Back to the default"))
        self.reset.setAccessibleName(words.tr("{title}: back to the default", title=field.title))
        self.reset.clicked.connect(lambda: self.changed.emit(self.field.default))
        self._lay_out()
        self.display(field)
        self._redraw()
        theme.changed.connect(self._redraw)

    def display(self, field: Field) -> None:
        """Show the value that holds, unless the person is writing another one."""
        if field.editor != self.field.editor and isinstance(self.editor, ChoiceEditor):
            self.editor.offer(field.editor)
        self.field = field
        self.editor.display(field.value)
        self.reset.setVisible(field.is_changed)

    def _redraw(self) -> None:
        self.reset.setIcon(self._theme.icon("reset"))

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        for widget in (self.title, self.sentence, self.problem):
            column.addWidget(widget)
        column.addStretch(1)
        keeping = self.reset.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keeping)
        self.editor.setFixedWidth(EDITOR_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.addLayout(column, 1)
        layout.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)


class SettingEditor(QWidget):
    """What all editors have; each holds one ordinary widget."""

    changed = Signal(object)

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.inner = inner
        self.setFocusProxy(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The inner widget is the one that a screen reader meets."""
        self.inner.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:  # noqa: N802 - Qt's name
        """The inner widget is the one that a screen reader meets."""
        self.inner.setAccessibleDescription(description)

    def display(self, value: Value) -> None:
        """Show a value without saying that it was changed."""
        raise AssertionError(value)


class SwitchEditor(SettingEditor):
    """Yes or no."""

    def __init__(self) -> None:
        self.box = QCheckBox(words.tr("Off"))
        super().__init__(self.box)
        # Not `clicked`: screen readers toggle a box without a click.
        self.box.toggled.connect(self._toggled)

    def _toggled(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._say(checked=checked)
        self.changed.emit(checked)

    def _say(self, *, checked: bool) -> None:
        """In words too, so that it can be told without the colour of the box."""
        self.box.setText(words.tr("On") if checked else words.tr("Off"))

    def display(self, value: Value) -> None:
        """Show a value."""
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))
        self._say(checked=bool(value))


class ChoiceEditor(SettingEditor):
    """One of some words."""

    def __init__(self, choice: Choice) -> None:
        self.box = Choices()
        super().__init__(self.box)
        self.offer(choice)
        self.box.activated.connect(lambda _: self.changed.emit(self.box.currentData()))

    def offer(self, choice: Editor) -> None:
        """Replace the words to choose from."""
        if isinstance(choice, Choice):
            self.box.clear()
            for value, text in choice.options:
                self.box.addItem(text, value)

    def display(self, value: Value) -> None:
        """Show a value."""
        self.box.setCurrentIndex(self.box.findData(value))


class NumberEditor(SettingEditor):
    """A number, whole or not; counts when Return is pressed or the field is left."""

    def __init__(self, number: Whole | Decimal) -> None:
        self.box = QSpinBox() if isinstance(number, Whole) else QDoubleSpinBox()
        super().__init__(self.box)
        if isinstance(self.box, QDoubleSpinBox):
            self.box.setDecimals(2)
            self.box.setSingleStep(0.05 if number.maximum <= 5 else 1.0)
            self.box.setRange(number.minimum, number.maximum)
        else:
            self.box.setRange(int(number.minimum), int(number.maximum))
        indented(self.box)
        self.box.setKeyboardTracking(False)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.valueChanged.connect(self.changed.emit)

    def display(self, value: Value) -> None:
        """Show a value, unless another one is being typed."""
        if isinstance(value, int | float) and not self.box.hasFocus():
            with QSignalBlocker(self.box):
                self.box.setValue(value)  # type: ignore[arg-type]  # each box is given its own type


class TextEditor(SettingEditor):
    """One line of words."""

    def __init__(self) -> None:
        self.box = QLineEdit()
        super().__init__(self.box)
        self.box.editingFinished.connect(self._finish)
        self._shown = ""

    def display(self, value: Value) -> None:
        """Show a value, unless another one is being typed."""
        if self.box.text() == self._shown or not self.box.hasFocus():
            self.box.setText(str(value))
        self._shown = str(value)

    def _finish(self) -> None:
        if self.box.text() != self._shown:
            self.changed.emit(self.box.text())


class LongEditor(SettingEditor):
    """Several lines: words as they stand, or a list with one entry a line."""

    def __init__(self, *, entries: bool) -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box)
        self.box.setFixedHeight(TEXT_HEIGHT)
        self.box.setTabChangesFocus(True)
        self._entries = entries
        self._timer = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._timer.timeout.connect(lambda: self.changed.emit(self._value()))
        self.box.textChanged.connect(self._timer.start)

    def display(self, value: Value) -> None:
        """Show a value, unless another one is being typed."""
        if value == self._value() or self._timer.isActive():
            return
        with QSignalBlocker(self.box):
            self.box.setPlainText("\n".join(value) if isinstance(value, list) else str(value))

    def _value(self) -> Value:
        text = self.box.toPlainText()
        return (
            [line.strip() for line in text.splitlines() if line.strip()] if self._entries else text
        )


def make_editor(editor: Editor) -> SettingEditor:
    """The widget that fits the type of a setting."""
    match editor:
        case Switch():
            return SwitchEditor()
        case Choice():
            return ChoiceEditor(editor)
        case Whole() | Decimal():
            return NumberEditor(editor)
        case Text(long=long):
            return LongEditor(entries=False) if long else TextEditor()
        case Lines():
            return LongEditor(entries=True)
