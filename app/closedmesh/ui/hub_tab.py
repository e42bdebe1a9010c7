"""Search on Hugging Face, the files of what was found, and the token for gated models."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from closedmesh.control import GiveHubToken, ListRepository, SearchHub
from closedmesh.errors import ClosedMeshError
from closedmesh.models.hub import Found
from closedmesh.models.offers import Repository
from closedmesh.status import Status
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
        self.text.setPlaceholderText("Search for models, or paste owner/name")
        self.text.setAccessibleName("Search on Hugging Face")
        self.text.returnPressed.connect(self.search)
        self.search_button = button("Search", self.search, "primary")
        self.news = label("", "muted")
        self.problem = Problem()
        self.back = button("Back to what was found", self._show_found)
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
        self.token_words.setText(_HAS_TOKEN if status.has_hub_token else _NO_TOKEN)
        if self._repository:
            self.files.display(file_cards(self._repository, status))

    def search(self) -> None:
        """Look for what was typed."""
        text = self.text.text().strip()
        if not text:
            return
        self._say("Asking the hub…")
        if text.count("/") == 1 and " " not in text:
            self._bridge.do(ListRepository(text), self._open, self._refused)
        else:
            self._bridge.do(SearchHub(text), self._take, self._refused)

    def _take(self, found: tuple[Found, ...]) -> None:
        self._say("" if found else "Nothing was found.")
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
        self._say("Asking the hub for the files…")
        self._bridge.do(ListRepository(repo), self._open, self._refused)

    def _open(self, repository: Repository) -> None:
        self._repository = repository
        licence = repository.licence or "not stated"
        gated = " Its owner asks you to agree to terms on its page." if repository.gated else ""
        files = "" if repository.files else " It has no model in the GGUF format."
        self._say(f"{repository.repo}, licence {licence}.{gated}{files}")
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
        self.problem.display(str(error))

    def _say(self, words: str) -> None:
        self.problem.display("")
        self.news.setText(words)
        self.news.setVisible(bool(words))

    def _make_token(self) -> None:
        self.token = QLineEdit()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setAccessibleName("Token for gated models")
        self.keep = button("Keep the token", lambda: self._keep(self.token.text()))
        self.forget = button("Forget it", lambda: self._keep(""))
        self.token_words = label(_NO_TOKEN, "muted")

    def _keep(self, token: str) -> None:
        self.token.clear()
        self._bridge.do(GiveHubToken(token), None, self._refused)

    def _lay_out(self) -> None:
        area, layout = scrolled("Hugging Face")
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
        inside.addWidget(label("Gated models", "heading"))
        inside.addWidget(self.token_words)
        tokens = QHBoxLayout()
        tokens.addWidget(self.token, 1)
        tokens.addWidget(self.keep)
        tokens.addWidget(self.forget)
        inside.addLayout(tokens)
        layout.addWidget(frame)
        layout.addStretch(1)


_NO_TOKEN = (
    "Some owners ask people to agree to terms on the model's page first. A token of your account"
    " there lets this computer fetch such models; it is kept in the keychain."
)
_HAS_TOKEN = "A token is kept in the keychain. It goes to the hub and to nobody else."


class FoundWidget(QWidget):
    """One repository."""

    def __init__(self, view: FoundRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, layout = card()
        self.open = button("Show its files", lambda: None)
        self.open.setAccessibleName(f"Show the files of {view.repo}")
        layout.addWidget(label(view.repo, "heading"))
        layout.addWidget(label(view.facts, "muted"))
        layout.addLayout(row(self.open))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
