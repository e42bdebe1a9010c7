"""The Models page: recommended ones, those of this computer, the hub; downloads stay in sight."""

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.download_bar import DownloadBar
from closedmesh.ui.hub_tab import HubTab
from closedmesh.ui.library_tab import LibraryTab
from closedmesh.ui.offers_tab import OffersTab
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import MARGIN, label


class ModelsPage(QWidget):
    """Three tabs over the bar of downloads."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offers = OffersTab(bridge, theme)
        self.library = LibraryTab(bridge, theme)
        self.hub = HubTab(bridge, theme)
        self.downloads = DownloadBar(bridge)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(words.tr("Where models come from"))
        self.tabs.addTab(self.offers, words.tr("Recommended"))
        self.tabs.addTab(self.library, words.tr("On this computer"))
        self.tabs.addTab(self.hub, words.tr("Hugging Face"))
        self.tabs.setCurrentWidget(self.library)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        title = label(words.tr("Models"), "title")
        title.setContentsMargins(MARGIN, MARGIN, MARGIN, 6)
        for widget in (title, self.tabs, self.downloads):
            layout.addWidget(widget, 1 if widget is self.tabs else 0)

    def display(self, status: Status) -> None:
        """Show the models and downloads of a peer."""
        self.library.display(status)
        self.offers.display(status)
        self.hub.display(status)
        self.downloads.display(status)
