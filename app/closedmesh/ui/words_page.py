"""A page that has only something to say."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from closedmesh.ui.activity_view import PageView
from closedmesh.ui.widgets import card, label, scrolled


class WordsPage(QWidget):
    """Shows a `PageView`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        area, layout = scrolled(title, titled=True)
        frame, inside = card()
        self.headline = label("", "heading")
        self.words = label()
        inside.addWidget(self.headline)
        inside.addWidget(self.words)
        layout.addWidget(frame)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def display(self, view: PageView) -> None:
        """Show the words."""
        self.headline.setText(view.headline)
        self.words.setText("\n\n".join(view.sentences))
