import pytest
from msgspec import structs

from closedmesh.models.chat import Route
from closedmesh.models.conversations import ChatOptions
from closedmesh.settings import ChatSettings, Settings
from closedmesh.status import ModelState
from closedmesh.ui.chat.header_view import (
    OFFERED,
    composer_view,
    header_view,
    no_mesh,
    no_model,
    routes,
    titles_of,
)
from tests.support.control import HASH, MEMBER, MODEL, OTHER_HASH, PEERS, STATUS

OTHER = structs.replace(MODEL, name="other", title="Other One", sha256="0" * 64)
BROKEN = structs.replace(MODEL, name="broken", title="Broken", state=ModelState.FAILED)
MESH, AUTO = ChatOptions(route=Route.MESH), ChatOptions(route=Route.AUTO)
THIRD = "other-7b-q4_k_m"


def words(view):
    return [choice.words for choice in view.models]


def refs(view):
    return [choice.ref for choice in view.models]


def test_models_that_can_answer_are_offered():
    view = header_view(ChatOptions(), structs.replace(STATUS, models=(MODEL, OTHER, BROKEN)))
    assert words(view) == ["Default: SmolLM2 135M Instruct", "SmolLM2 135M Instruct", "Other One"]
    assert view.chosen == 0


@pytest.mark.parametrize(
    ("options", "gone"), [(ChatOptions(), "not on this computer"), (MESH, "nobody shares it now")]
)
def test_a_model_that_is_gone_is_said_to_be_gone_and_stays_chosen(options, gone):
    view = header_view(structs.replace(options, model="gone"), MEMBER)
    assert view.models[view.chosen].words == f"gone ({gone})"
    assert view.models[view.chosen].ref == "gone"


def test_in_the_mesh_the_models_of_others_are_offered():
    view = header_view(MESH, MEMBER)
    assert words(view) == [
        "Default: SmolLM2 135M Instruct",
        "SmolLM2 135M Instruct · 1 peer",
        f"{THIRD} · 1 peer",
    ]
    assert refs(view) == [None, MODEL.name, THIRD]


def test_what_only_this_computer_shares_is_not_offered_there():
    view = header_view(MESH, structs.replace(MEMBER, peers=PEERS[:2]))
    assert words(view) == ["Default: SmolLM2 135M Instruct (nobody shares it now)"]


def test_automatic_offers_both_and_each_model_once():
    view = header_view(AUTO, MEMBER)
    assert refs(view) == [None, MODEL.name, THIRD]
    assert words(view)[1] == "SmolLM2 135M Instruct"


def test_two_models_of_one_name_are_told_apart_by_their_files():
    peer = PEERS[2]
    twins = tuple(structs.replace(offer, name="same") for offer in peer.offers)
    view = header_view(MESH, structs.replace(MEMBER, models=(), peers=(peer,)))
    assert refs(view)[1:] == [MODEL.name, THIRD]
    twin = structs.replace(peer, offers=twins)
    view = header_view(MESH, structs.replace(MEMBER, models=(), peers=(twin, twin)))
    assert refs(view)[1:] == [HASH, OTHER_HASH]
    assert words(view)[2] == f"same ({OTHER_HASH[:12]}) · 2 peers"


def test_names_from_the_mesh_hide_nothing():
    offer = structs.replace(PEERS[2].offers[1], name="x\u202e" + "y" * 300)
    peer = structs.replace(PEERS[2], offers=(offer,))
    view = header_view(MESH, structs.replace(MEMBER, peers=(peer,)))
    assert words(view)[1].startswith("x[U+202E]y")
    assert len(words(view)[1]) < 80
    assert refs(view)[1] == offer.name


def test_a_place_can_be_chosen_by_members_only():
    assert header_view(ChatOptions(), STATUS).routes == ()
    assert header_view(ChatOptions(), MEMBER).routes == OFFERED
    assert header_view(MESH, STATUS).routes == OFFERED


def test_a_default_model_that_is_not_here_is_said_to_be_missing():
    elsewhere = Settings(chat=ChatSettings(model="gone"))
    view = header_view(ChatOptions(), structs.replace(STATUS, settings=elsewhere))
    assert words(view)[0] == "Default: gone (not on this computer)"


@pytest.mark.parametrize(
    ("options", "status", "place", "usable", "exposed"),
    [
        (ChatOptions(), STATUS, routes()[Route.LOCAL].readers, True, False),
        (ChatOptions(), structs.replace(STATUS, models=()), no_model(), False, False),
        (ChatOptions(), None, routes()[Route.LOCAL].readers, False, False),
        (MESH, MEMBER, routes()[Route.MESH].readers, True, True),
        (MESH, structs.replace(MEMBER, models=()), routes()[Route.MESH].readers, True, True),
        (MESH, STATUS, no_mesh(), False, True),
        (AUTO, MEMBER, routes()[Route.AUTO].readers, True, True),
        (AUTO, STATUS, routes()[Route.LOCAL].readers, True, False),
        (AUTO, structs.replace(STATUS, models=()), no_mesh(), False, True),
    ],
)
def test_who_can_read_is_always_said(options, status, place, usable, exposed):
    view = composer_view(options, status)
    assert (view.place, view.usable, view.exposed) == (place, usable, exposed)


@pytest.mark.parametrize("route", list(Route))
def test_every_place_where_others_read_says_so(route):
    said = "others can read this" in routes()[route].readers
    assert said is routes()[route].exposed is (route is not Route.LOCAL)


def test_titles_are_those_of_this_computer():
    assert titles_of(STATUS) == {MODEL.name: MODEL.title}
    assert titles_of(None) == {}
