"""Text that is folded away under a line that says what it is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from closedmesh.ui.chat.blocks import InertText
from closedmesh.ui.chat.markdown_view import plain
from closedmesh.ui.theme import Theme


class Fold(QWidget):
    """Closed at first; the text is laid out only while it is open."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._text = ""
        self._body: InertText | None = None
        self.line = QToolButton()
        self.line.setProperty("role", "fold")
        self.line.setCheckable(True)
        self.line.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.line.toggled.connect(lambda _open: self._show())
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.line)
        theme.changed.connect(self._redraw)
        self._redraw()

    def display(self, title: str, text: str) -> None:
        """Show a line, and behind it a text."""
        self._text = text
        self.line.setText(plain(title).replace("&", "&&"))
        self._show()

    @property
    def body(self) -> InertText | None:
        """The text, once it was open."""
        return self._body

    def _show(self) -> None:
        is_open = self.line.isChecked()
        if is_open and self._body is None:
            self._body = InertText("folded", wrap=True)
            self._body.setAccessibleName(self.line.text())
            self._layout.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(is_open)
            if is_open:
                self._body.setPlainText(plain(self._text))

    def _redraw(self) -> None:
        self.line.setIcon(self._theme.icon(self._icon, "muted"))
