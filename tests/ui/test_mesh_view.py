from msgspec import structs

from closedmesh.ui.mesh_view import activity_view, mesh_view
from tests.support.control import MODEL, STATUS


def test_no_page_pretends_that_there_is_a_mesh():
    assert mesh_view(STATUS).headline == "This computer belongs to no mesh"
    assert "peer 7f3a" in mesh_view(STATUS).sentences[0]


def test_activity_says_what_is_going_on():
    assert activity_view(STATUS).headline == "No question is being answered"

    busy = structs.replace(STATUS, models=(structs.replace(MODEL, busy=1, queued=3),))
    assert activity_view(busy).headline == "1 question is being answered, 3 waiting"
