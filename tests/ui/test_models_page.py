import pytest
from msgspec import structs

from closedmesh.control import (
    CancelDownload,
    FindElsewhere,
    GiveHubToken,
    ImportModel,
    ListOffers,
    ListRepository,
    PauseDownload,
    PreferDownload,
    PullModel,
    ResumeDownload,
    SearchHub,
)
from closedmesh.errors import DownloadFailed
from closedmesh.models.hub import Found
from closedmesh.models.offers import Elsewhere, Fit, FitLabel, HubOffer, Offer, Repository
from closedmesh.status import DownloadState
from closedmesh.ui.models_page import ModelsPage
from tests.support.control import DOWNLOAD, STATUS

FIT = Fit(FitLabel.RUNS_WELL, 3_000_000_000, 4096, tokens_per_second=21.4)
OFFER = Offer(
    "qwen", "Qwen", 2_740_000_000, "Apache-2.0", "Q4_K_M", 4_000_000_000, 4_000_000_000, 262_144,
    "daily_driver", ("many",), ("tools",), checked=True, fit=FIT, here=False,
)  # fmt: skip
FOUND = Found("me/model", 1200, 3, gated=False, updated="2026-08-01", licence="mit")
FILE = HubOffer("hf:me/model/a.gguf", "a.gguf", 10**9, 1, FIT, here=False)


@pytest.fixture
def page(bridge, control, theme, qtbot):
    control.offers = (OFFER,)
    control.found = (FOUND,)
    control.repository = Repository("me/model", "mit", gated=True, files=(FILE,))
    page = ModelsPage(bridge, theme)
    qtbot.addWidget(page)
    page.display(STATUS)
    return page


def test_offers_are_asked_for_when_they_are_looked_at(page, control, qtbot):
    page.show()
    assert control.done == []
    page.tabs.setCurrentWidget(page.offers)
    qtbot.waitUntil(lambda: "qwen" in page.offers.list.cards)
    assert control.done == [ListOffers()]
    card = page.offers.list.cards["qwen"]
    assert (card.fit.text(), card.get.text()) == ("Runs well", "Get 2.7 GB")


def test_a_model_is_fetched_only_when_its_button_is_pressed(page, control, qtbot):
    page.show()
    page.tabs.setCurrentWidget(page.offers)
    qtbot.waitUntil(lambda: "qwen" in page.offers.list.cards)
    page.offers.list.cards["qwen"].get.click()
    qtbot.waitUntil(lambda: PullModel("qwen") in control.done)


def test_why_a_model_cannot_be_had_stands_on_its_card(page, control, qtbot, monkeypatch):
    page.show()
    page.tabs.setCurrentWidget(page.offers)
    qtbot.waitUntil(lambda: "qwen" in page.offers.list.cards)

    def refuse(command):
        raise DownloadFailed("The disk has no room.", "Make room.")

    monkeypatch.setattr(control, "_result", refuse)
    card = page.offers.list.cards["qwen"]
    card.get.click()
    qtbot.waitUntil(lambda: not card.problem.isHidden())
    assert card.problem.words.text() == "The disk has no room. Make room."


def test_a_search_shows_repositories_and_then_their_files(page, control, qtbot):
    page.hub.text.setText("model")
    page.hub.search_button.click()
    qtbot.waitUntil(lambda: len(page.hub.rows) == 1)
    page.hub.rows[0].open.click()
    qtbot.waitUntil(lambda: FILE.ref in page.hub.files.cards)
    assert control.done == [SearchHub("model"), ListRepository("me/model")]
    assert "agree to terms" in page.hub.news.text()
    assert page.hub.rows[0].isHidden()
    page.hub.back.click()
    assert not page.hub.rows[0].isHidden()
    assert page.hub.files.isHidden()


def test_a_repository_that_is_named_is_opened_at_once(page, control, qtbot):
    page.hub.text.setText("me/model")
    page.hub.search()
    qtbot.waitUntil(lambda: FILE.ref in page.hub.files.cards)
    page.hub.files.cards[FILE.ref].get.click()
    qtbot.waitUntil(lambda: PullModel(FILE.ref) in control.done)


def test_a_search_that_fails_says_why(page, control, qtbot, monkeypatch):
    def refuse(command):
        raise DownloadFailed("The name could not be found.", "Are you online?")

    monkeypatch.setattr(control, "_result", refuse)
    page.hub.text.setText("x")
    page.hub.search()
    qtbot.waitUntil(lambda: not page.hub.problem.isHidden())
    page.hub.text.setText("  ")
    page.hub.search()


def test_a_token_is_kept_hidden_and_forgotten(page, control, qtbot):
    assert page.hub.forget.isHidden()
    page.hub.token.setText("hf_secret")
    page.hub.keep.click()
    qtbot.waitUntil(lambda: control.done == [GiveHubToken("hf_secret")])
    assert page.hub.token.text() == ""
    page.display(structs.replace(STATUS, has_hub_token=True))
    page.hub.forget.click()
    qtbot.waitUntil(lambda: control.done[-1] == GiveHubToken(""))


def test_models_of_other_programs_are_used_where_they_lie(page, control, qtbot):
    control.elsewhere = (Elsewhere("/b/sha256-1", "Ollama", "llama3:8b", 10**9),)
    card = page.library.elsewhere
    card.look_button.click()
    qtbot.waitUntil(lambda: len(card.rows) == 1)
    card._use(control.elsewhere[0])
    qtbot.waitUntil(lambda: "among the models" in card.words.text())
    assert control.done == [FindElsewhere(), ImportModel("/b/sha256-1", copy=False)]


def test_the_bar_is_there_while_something_is_in_the_queue(page, control, qtbot):
    assert page.downloads.isHidden()
    other = structs.replace(DOWNLOAD, id="d2", title="Other", state=DownloadState.PAUSED)
    page.display(structs.replace(STATUS, downloads=(DOWNLOAD, other)))
    assert not page.downloads.isHidden()
    first, second = page.downloads.rows["d1"], page.downloads.rows["d2"]
    assert not first.pause.isHidden()
    assert not second.resume.isHidden()
    for pressed in (first.pause, second.resume, second.prefer, first.cancel):
        pressed.click()
    wanted = [PauseDownload("d1"), ResumeDownload("d2"), PreferDownload("d2"), CancelDownload("d1")]
    qtbot.waitUntil(lambda: len(control.done) == 4)
    assert {type(c) for c in control.done} == {type(c) for c in wanted}
    page.display(STATUS)
    assert page.downloads.isHidden()
