"""Search on Hugging Face, the files of what was found, and the token for gated models."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from closedmesh.control import GiveHubToken, ListRepository, SearchHub
from closedmesh.errors import ClosedMeshError
from closedmesh.models.hub import Found
from closedmesh.models.offers import Repository
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.offer_card import OfferList
from closedmesh.ui.offers_tab import get
from closedmesh.ui.offers_view import FoundRow, file_cards, found_rows
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Problem, button, card, label, row, scrolled


class HubTab(QWidget):
    """First what was found; a repository that is opened shows its files instead."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._status: Status | None = None
        self._repository: Repository | None = None
        self.rows: list[FoundWidget] = []
        self.text = QLineEdit()
        self.text.setPlaceholderText(words.tr("Search for models, or paste owner/name"))
        self.text.setAccessibleName(words.tr("Search on Hugging Face"))
        self.text.returnPressed.connect(self.search)
        self.search_button = button(words.tr("Search"), self.search, "primary")
        self.news = label("", "muted")
        self.problem = Problem()
        self.back = button(words.tr("Back to what was found"), self._show_found)
        self.files = OfferList(theme)
        self.files.wanted.connect(lambda ref: get(self._bridge, self.files, ref))
        self._found = QVBoxLayout()
        self._found.setSpacing(12)
        self._make_token()
        self._lay_out()
        self._show_found()

    def display(self, status: Status) -> None:
        """Take in a status."""
        self._status = status
        self.forget.setVisible(status.has_hub_token)
        self.token_words.setText(_token_words(kept=status.has_hub_token))
        if self._repository:
            self.files.display(file_cards(self._repository, status))

    def search(self) -> None:
        """Look for what was typed."""
        text = self.text.text().strip()
        if not text:
            return
        self._say(words.tr("Asking the hub…"))
        if text.count("/") == 1 and " " not in text:
            self._bridge.do(ListRepository(text), self._open, self._refused)
        else:
            self._bridge.do(SearchHub(text), self._take, self._refused)

    def _take(self, found: tuple[Found, ...]) -> None:
        self._say("" if found else words.tr("Nothing was found."))
        for old in self.rows:
            old.deleteLater()
        self.rows = [self._add(view) for view in found_rows(found)]
        self._show_found()

    def _add(self, view: FoundRow) -> "FoundWidget":
        made = FoundWidget(view)
        made.open.clicked.connect(lambda: self._list(view.repo))
        self._found.addWidget(made)
        return made

    def _list(self, repo: str) -> None:
        self._say(words.tr("Asking the hub for the files…"))
        self._bridge.do(ListRepository(repo), self._open, self._refused)

    def _open(self, repository: Repository) -> None:
        self._repository = repository
        self._say(_about(repository))
        if self._status:
            self.files.display(file_cards(repository, self._status))
        self._sides(files=True)

    def _show_found(self) -> None:
        self._repository = None
        self._sides(files=False)

    def _sides(self, *, files: bool) -> None:
        self.back.setVisible(files and bool(self.rows))
        self.files.setVisible(files)
        for found in self.rows:
            found.setVisible(not files)

    def _refused(self, error: ClosedMeshError) -> None:
        self._say("")
        self.problem.display(words.explained(error))

    def _say(self, text: str) -> None:
        self.problem.display("")
        self.news.setText(text)
        self.news.setVisible(bool(text))

    def _make_token(self) -> None:
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setAccessibleName(words.tr("Token for gated models"))
        self.keep = button(words.tr("Keep the token"), lambda: self._keep(self.token.text()))
        self.forget = button(words.tr("Forget it"), lambda: self._keep(""))
        self.token_words = label(_token_words(kept=False), "muted")

    def _keep(self, token: str) -> None:
        self.token.clear()
        self._bridge.do(GiveHubToken(token), None, self._refused)

    def _lay_out(self) -> None:
        area, layout = scrolled(words.tr("Hugging Face"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.search_button)
        layout.addLayout(line)
        for widget in (self.news, self.problem):
            layout.addWidget(widget)
        layout.addLayout(row(self.back))
        layout.addLayout(self._found)
        layout.addWidget(self.files)
        frame, inside = card()
        inside.addWidget(label(words.tr("Gated models"), "heading"))
        inside.addWidget(self.token_words)
        tokens = QHBoxLayout()
        tokens.addWidget(self.token, 1)
        tokens.addWidget(self.keep)
        tokens.addWidget(self.forget)
        inside.addLayout(tokens)
        layout.addWidget(frame)
        layout.addStretch(1)


def _about(repository: Repository) -> str:
    licence = repository.licence or words.tr("not stated")
    parts = [words.tr("{repo}, licence {licence}.", repo=repository.repo, licence=licence)]
    if repository.gated:
        parts.append(words.tr("Its owner asks you to agree to terms on its page."))
    if not repository.files:
        parts.append(words.tr("It has no model in the GGUF format."))
    return " ".join(parts)


def _token_words(*, kept: bool) -> str:
    if kept:
        return words.tr("A token is kept in the keychain. It goes to the hub and to nobody else.")
    return words.tr(
        "Some owners ask people to agree to terms on the model's page first. A token of your "
        "account there lets this computer fetch such models; it is kept in the keychain."
    )


class FoundWidget(QWidget):
    """One repository."""

    def __init__(self, view: FoundRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, layout = card()
        self.open = button(words.tr("Show its files"), lambda: None)
        self.open.setAccessibleName(words.tr("Show the files of {repo}", repo=view.repo))
        layout.addWidget(label(view.repo, "heading"))
        layout.addWidget(label(view.facts, "muted"))
        layout.addLayout(row(self.open))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
