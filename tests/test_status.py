import pytest
from msgspec import structs

from closedmesh.models.duty import Reason
from closedmesh.status import Health, ModelState, Severity, Sharing, State, state_of
from tests.support.control import MODEL, STATUS

ERROR = Health("x", Severity.ERROR, "t", "a")
WARNING = Health("x", Severity.WARNING, "t", "a")
LOADING = structs.replace(MODEL, state=ModelState.LOADING)
BUSY = structs.replace(MODEL, busy=1)


@pytest.mark.parametrize(
    ("models", "health", "starting", "state"),
    [
        ((), (), False, State.NOT_SHARING),
        ((MODEL,), (WARNING,), False, State.NOT_SHARING),
        ((MODEL,), (), True, State.LOADING),
        ((BUSY,), (), False, State.ANSWERING),
        ((BUSY, LOADING), (), False, State.LOADING),
        ((BUSY, LOADING), (ERROR,), True, State.ATTENTION),
    ],
)
def test_the_most_important_word_is_said(models, health, starting, state):
    assert state_of(models, health, starting=starting) is state


def test_answers_in_progress_are_counted_over_all_models():
    both = (structs.replace(MODEL, busy=2), structs.replace(MODEL, busy=1))
    assert structs.replace(STATUS, models=both).answering == 3


@pytest.mark.parametrize(
    ("sharing", "state"),
    [
        (Sharing(Reason.ON, serving=1), State.SERVING),
        (Sharing(Reason.ON), State.SHARING),
        (Sharing(Reason.PAUSED), State.PAUSED),
        (Sharing(Reason.HEAT), State.HELD),
        (Sharing(Reason.NOTHING), State.NOT_SHARING),
        (Sharing(Reason.OFF), State.NOT_SHARING),
    ],
)
def test_sharing_shows_in_the_state(sharing, state):
    assert state_of((), (), sharing, starting=False) is state
