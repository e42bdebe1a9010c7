import pytest
from msgspec import structs

from closedmesh.status import Memory, ModelState
from closedmesh.ui.library_view import library_view
from tests.support.control import MODEL, STATUS
from tests.support.desktop import RESOURCES


def card(**changes):
    model = structs.replace(MODEL, **changes)
    return library_view(structs.replace(STATUS, models=(model,))).cards[0]


def test_a_card_says_what_the_model_is():
    assert card().facts == (
        "98 MB · Q4_1 · 135 million weights · trained for 8,192 tokens of context · "
        "licence Apache-2.0"
    )


def test_an_unknown_licence_is_said_to_be_unknown():
    assert card(licence="").facts.endswith("licence unknown")


def test_a_loaded_model_says_what_it_takes_and_does():
    view = card(busy=1, queued=2)

    assert view.state == (
        "In memory: 260 MB · 4 conversations at a time, 4,096 tokens each · 1 being answered · "
        "2 waiting"
    )


@pytest.mark.parametrize(
    ("state", "load", "free"),
    [
        (ModelState.ON_DISK, True, False),
        (ModelState.LOADING, False, True),
        (ModelState.LOADED, False, True),
        (ModelState.FAILED, True, False),
        (ModelState.MISSING, False, False),
    ],
)
def test_only_what_can_work_is_offered(state, load, free):
    view = card(state=state, problem="It broke.")

    assert (view.can_load, view.can_free) == (load, free)
    assert view.problem == "It broke."
    assert (RESOURCES / "icons" / f"{view.icon}.svg").is_file()


def test_the_headline_counts_models_disk_and_memory():
    memory = Memory(total=16_000_000_000, available=7_200_000_000)

    assert library_view(structs.replace(STATUS, memory=memory)).headline == (
        "1 model on this computer, 98 MB of disk · 7.2 GB of 16.0 GB memory free"
    )
    assert library_view(structs.replace(STATUS, models=())).headline.startswith("There is no model")


def test_the_default_model_is_marked():
    assert card().is_default
    assert not card(name="other", sha256="0" * 64, path="/other").is_default


def test_the_day_of_its_last_use_and_its_parts_are_told():
    model = structs.replace(MODEL, last_used=1_800_000_000.0, parts=3)
    (card,) = library_view(structs.replace(STATUS, models=(model,))).cards
    assert "last used on 15 January 2027" in card.facts
    assert "3 files" in card.facts


def test_of_a_file_that_could_not_be_read_only_the_size_is_told():
    model = structs.replace(MODEL, sha256="", state=ModelState.FAILED)
    (card,) = library_view(structs.replace(STATUS, models=(model,))).cards
    assert card.facts == "98 MB"
    assert not card.can_load
