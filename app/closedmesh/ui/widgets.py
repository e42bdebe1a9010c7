"""The few small widgets that pages share. All show plain text, never markup: titles of models
and errors come from files and from other programs."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from closedmesh.ui.flow import Flow

MARGIN = 24
"""Pixels around a page."""

FIELD_INDENT = 5
"""Pixels from the edge of a field to its words."""

PAGE_WIDTH = 860
"""Pixels; wider lines are hard to read."""


def label(text: str = "", role: str = "") -> QLabel:
    """Words that wrap; `role` is one of `style.qss`."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    return made


class Line(QLabel):
    """One line of words that ends in "…" where there is no room; the tool tip has all of it."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def display(self, words: str) -> None:
        """Show words."""
        self._words = " ".join(words.split())
        self.setToolTip(f"<p>{escape(self._words)}</p>")
        self.setAccessibleName(self._words)
        self.setAccessibleDescription(self._words)  # else it is the tool tip with its markup
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as much as there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        elide = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._words, elide, self.width()))


class Choices(QComboBox):
    """A list to choose from; what is chosen ends in "…" where there is no room."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The box, and as much of the words as there is room for."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        elide = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.currentText(), elide, room.width())
        option.currentText = text
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def indented(box: QAbstractSpinBox) -> None:
    """Have the words of a box begin where those of other fields do; a style sheet cannot say so."""
    box.lineEdit().setTextMargins(FIELD_INDENT, 0, FIELD_INDENT, 0)


def button(text: str, clicked: Callable[[], object], role: str = "") -> QPushButton:
    """A button with words."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.clicked.connect(lambda _checked: clicked())
    return made


def mark(widget: QWidget, name: str, *, on: bool) -> None:
    """Set a property that `style.qss` looks at."""
    if widget.property(name) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def card() -> tuple[QFrame, QVBoxLayout]:
    """A frame that holds things that belong together."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(18, 16, 18, 16)
    layout.setSpacing(6)
    return frame, layout


def row(*widgets: QWidget) -> Flow:
    """Widgets side by side, in more lines where one has no room for them."""
    return Flow(*widgets)


def keyed(key: QWidget, text: str) -> QWidget:
    """One entry of a legend: a sample, and what it stands for."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 8, 0)
    layout.setSpacing(6)
    words = label(text, "muted")
    words.setWordWrap(False)
    layout.addWidget(key)
    layout.addWidget(words)
    return made


def scrolled(
    name: str, width: int = PAGE_WIDTH, *, titled: bool = False
) -> tuple[QScrollArea, QVBoxLayout]:
    """A page that scrolls, at most `width` pixels wide, and the layout its content goes to. Screen
    readers say its name; `titled` shows it too."""
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content = QWidget()
    content.setProperty("role", "page")
    content.setMaximumWidth(width)
    layout = QVBoxLayout(content)
    layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    layout.setSpacing(12)
    if titled:
        layout.addWidget(label(name, "title"))
    area.setWidget(content)
    return area, layout


class Problem(QWidget):
    """An error where it happened; invisible while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "problem")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        self.hide()

    def display(self, text: str) -> None:
        """Show an error, or none with an empty text."""
        self.words.setText(text)
        self.setVisible(bool(text))
