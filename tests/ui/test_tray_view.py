import os

import pytest
from msgspec import structs

from closedmesh.models.releases import Update, UpdateState
from closedmesh.status import Health, ModelState, Severity, Sharing, State
from closedmesh.ui.tray_view import (
    MAX_MODELS,
    MAX_WORDS,
    offline,
    rail_words,
    starting,
    state_words,
    tray_view,
)
from tests.support.control import AT_THE_ENTRY, HASH, MEMBER, MODEL, STATUS
from tests.support.desktop import RESOURCES

LOADING = structs.replace(MODEL, state=ModelState.LOADING)
BUSY = structs.replace(MODEL, busy=2)
TROUBLE = Health("disk", Severity.ERROR, "The disk is full.", "Free some space.")


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        (State.ATTENTION, {"health": (TROUBLE,)}, "The disk is full."),
        (State.LOADING, {"models": (LOADING,)}, "Loading SmolLM2 135M Instruct…"),
        (State.LOADING, {"models": ()}, "Starting…"),
        (State.ANSWERING, {"models": (BUSY,)}, "Answering 2 of your questions"),
        (State.ANSWERING, {}, "Answering your question"),
        (State.NOT_SHARING, {}, "Ready · not sharing"),
        (State.OFFLINE, {}, "Not running"),
    ],
)
def test_each_state_has_its_words_and_its_icon(state, changes, words):
    view = tray_view(structs.replace(STATUS, state=state, **changes))

    assert view.state == words
    assert view.tooltip == f"ClosedMesh: {words}"
    assert (RESOURCES / "icons" / f"{view.icon}.svg").is_file()


def test_the_memory_that_would_be_freed_is_named():
    view = tray_view(STATUS)

    assert view.free_memory == "Free the memory now (260 MB)"
    assert view.loaded == (HASH,)


def test_nothing_loaded_is_nothing_to_free():
    resting = structs.replace(MODEL, state=ModelState.ON_DISK)

    assert tray_view(structs.replace(STATUS, models=(resting,))).loaded == ()


def test_the_default_model_is_chosen_and_missing_ones_are_left_out():
    gone = structs.replace(MODEL, name="gone", sha256="0" * 64, path="", state=ModelState.MISSING)
    view = tray_view(structs.replace(STATUS, models=(gone, MODEL)))

    assert [(choice.text, choice.chosen) for choice in view.models] == [(MODEL.title, True)]
    assert view.model == f"Model: {MODEL.title}"


def test_a_hostile_title_cannot_fill_the_screen():
    model = structs.replace(MODEL, title="a\n" * 5000)
    view = tray_view(structs.replace(STATUS, models=(model,) * 100))

    assert len(view.models) == MAX_MODELS
    assert all(len(c.text) <= MAX_WORDS and "\n" not in c.text for c in view.models)


def test_a_new_version_that_is_ready_can_be_started_while_nothing_is_answered():
    ready = structs.replace(
        STATUS, update=Update(UpdateState.READY, "0.2.0"), process=os.getpid(), models=()
    )
    view = tray_view(ready)
    assert (view.restart, view.can_restart) == ("Restart to update to 0.2.0", True)
    busy = structs.replace(ready, sharing=structs.replace(ready.sharing, serving=1))
    assert not tray_view(busy).can_restart
    assert tray_view(structs.replace(ready, process=1)).restart == ""  # of a service
    assert tray_view(structs.replace(ready, update=Update(UpdateState.AVAILABLE))).restart == ""


def test_without_a_peer_nothing_can_be_asked_for():
    assert tray_view(None) == offline()
    for view in (offline(), starting()):
        assert not view.ready
        assert view.api is None
        assert (RESOURCES / "icons" / f"{view.icon}.svg").is_file()


def test_only_an_entry_invites():
    assert [tray_view(s).can_invite for s in (STATUS, MEMBER, AT_THE_ENTRY)] == [False, False, True]


def test_the_rail_has_no_room_for_reasons():
    held = structs.replace(STATUS, state=State.HELD, sharing=Sharing(text="You use this computer."))
    assert rail_words(held) == "Not sharing now"
    assert state_words(held).startswith("Not sharing now: You use")
    assert rail_words(structs.replace(STATUS, state=State.ATTENTION)).endswith("your attention")
    assert rail_words(STATUS) == state_words(STATUS)
