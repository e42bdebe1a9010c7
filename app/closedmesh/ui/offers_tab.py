"""The recommended models: the catalogue, by how each would run on this computer."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from closedmesh.control import ListOffers, PullModel
from closedmesh.errors import ClosedMeshError
from closedmesh.models.offers import Offer
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.offer_card import OfferList
from closedmesh.ui.offers_view import offer_cards
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Problem, button, label, row, scrolled


class OffersTab(QWidget):
    """Asks for the offers when it is first looked at and whenever the models change."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._offers: tuple[Offer, ...] = ()
        self._status: Status | None = None
        self._models: tuple[str, ...] | None = None
        self._looked_at = False
        area, layout = scrolled(words.tr("Recommended"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.news = label(words.tr("Looking at this computer…"), "muted")
        self.problem = Problem()
        self.list = OfferList(theme)
        self.list.wanted.connect(self._get)
        self.again = button(words.tr("Look again"), self.refresh)
        layout.addWidget(label(_introduction(), "muted"))
        for widget in (self.news, self.problem, self.list):
            layout.addWidget(widget)
        layout.addLayout(row(self.again))
        layout.addStretch(1)

    def display(self, status: Status) -> None:
        """Take in a status."""
        models = tuple(model.sha256 for model in status.models)
        self._status = status
        if self._looked_at and models != self._models:
            self.refresh()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """It comes into sight."""
        super().showEvent(event)
        if not self._looked_at:
            self.refresh()

    def refresh(self) -> None:
        """Ask how each model would run now."""
        self._looked_at = True
        if self._status:
            self._models = tuple(model.sha256 for model in self._status.models)
        self._bridge.do(ListOffers(), self._take, self._refused)

    def _take(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        self.news.hide()
        self.problem.display("")
        self._show()

    def _refused(self, error: ClosedMeshError) -> None:
        self.news.hide()
        self.problem.display(words.explained(error))

    def _show(self) -> None:
        if self._status:
            self.list.display(offer_cards(self._offers, self._status))

    def _get(self, ref: str) -> None:
        get(self._bridge, self.list, ref)


def _introduction() -> str:
    return words.tr(
        "What runs well on this computer comes first. Nothing is fetched before you ask for it, "
        "and a file is used only when its SHA-256 is the one announced."
    )


def get(bridge: Bridge, offers: OfferList, ref: str) -> None:
    """Have a model fetched; what is wrong with that is said on its card."""

    def failed(error: ClosedMeshError) -> None:
        if ref in offers.cards:
            offers.cards[ref].explain(error)

    def done(_: object) -> None:
        if ref in offers.cards:
            offers.cards[ref].clear()

    bridge.do(PullModel(ref), done, failed)
