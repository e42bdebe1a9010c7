import pytest
from msgspec import structs

from closedmesh.models.hub import Found
from closedmesh.models.offers import Fit, FitLabel, HubOffer, Offer, Repository
from closedmesh.ui.colours import LIGHT
from closedmesh.ui.offers_view import file_cards, fits, found_rows, offer_cards
from tests.support.control import DOWNLOAD, STATUS
from tests.support.desktop import RESOURCES

FIT = Fit(FitLabel.RUNS_WELL, 3_000_000_000, 4096, tokens_per_second=21.4)
OFFER = Offer(
    "qwen", "Qwen", 2_740_000_000, "Apache-2.0", "Q4_K_M", 4_000_000_000, 4_000_000_000, 262_144,
    "daily_driver", ("many",), ("tools", "reasoning"), checked=True, fit=FIT, here=False,
)  # fmt: skip


def test_an_offer_says_what_it_takes_and_what_it_can():
    (card,) = offer_cards((OFFER,), STATUS)
    assert card.facts == (
        "2.7 GB · 4.0 billion weights · Q4_K_M · 3.0 GB of memory at 4,096 tokens · 21 tokens a"
        " second, estimated"
    )
    assert card.about == "tools, reasoning · many languages · licence Apache-2.0"
    assert (card.action, card.can_get) == ("Get 2.7 GB", True)


def test_a_mixture_of_experts_and_what_is_not_confirmed_are_told():
    offer = structs.replace(OFFER, active=3_000_000_000, checked=False, languages=("en", "de"))
    (card,) = offer_cards((offer,), STATUS)
    assert "4.0 billion weights, 3.0 billion of them at a time" in card.facts
    assert "languages en, de" in card.about
    assert card.about.endswith("the hub is asked for its SHA-256 first")


def test_a_measured_speed_is_called_so_and_an_unknown_one_not_made_up():
    slow = structs.replace(FIT, measured=True, tokens_per_second=3.14)
    assert (
        "3.1 tokens a second, measured"
        in offer_cards((structs.replace(OFFER, fit=slow),), STATUS)[0].facts
    )
    unknown = structs.replace(OFFER, fit=structs.replace(FIT, tokens_per_second=0.0))
    assert "a second" not in offer_cards((unknown,), STATUS)[0].facts


def test_what_is_here_or_on_its_way_cannot_be_got_again():
    here = structs.replace(OFFER, here=True)
    assert offer_cards((here,), STATUS)[0].action == "On this computer"
    queued = structs.replace(STATUS, downloads=(structs.replace(DOWNLOAD, ref="qwen"),))
    (card,) = offer_cards((OFFER,), queued)
    assert (card.action, card.can_get) == ("In the queue", False)


def test_what_runs_well_comes_first_and_the_most_able_of_it_before_others():
    large = structs.replace(OFFER, name="large", parameters=9 * 10**9)
    too_large = structs.replace(
        OFFER, name="huge", parameters=10**11, fit=structs.replace(FIT, label=FitLabel.TOO_LARGE)
    )
    cards = offer_cards((too_large, OFFER, large), STATUS)
    assert [card.ref for card in cards] == ["large", "qwen", "huge"]


@pytest.mark.parametrize("label", list(FitLabel))
def test_every_label_has_words_a_colour_and_an_icon(label):
    words, colour, icon = fits()[label]
    assert words
    assert colour in LIGHT
    assert (RESOURCES / "icons" / f"{icon}.svg").is_file()


def test_files_of_a_repository_say_their_size_and_parts():
    file = HubOffer("hf:a/b/m-00001-of-00002.gguf", "m-00001-of-00002.gguf", 10**10, 2, FIT, False)
    (card,) = file_cards(Repository("a/b", "mit", gated=False, files=(file,)), STATUS)
    assert card.facts.startswith("10.0 GB · 2 parts · 3.0 GB of memory")


def test_what_was_found_is_told_in_figures():
    found = Found("a/b", 12345, 6, gated=True, updated="", licence="")
    (row,) = found_rows((found,))
    assert row.facts == (
        "12,345 downloads · 6 likes · licence not stated · asks you to agree to terms"
    )
