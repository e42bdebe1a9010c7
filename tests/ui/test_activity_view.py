from msgspec import structs

from closedmesh.ui.activity_view import activity_view
from tests.support.control import MODEL, STATUS


def test_activity_says_what_is_going_on():
    assert activity_view(STATUS).headline == "No question is being answered"

    busy = structs.replace(STATUS, models=(structs.replace(MODEL, busy=1, queued=3),))
    assert activity_view(busy).headline == "1 question is being answered, 3 waiting"
