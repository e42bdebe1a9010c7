import pytest
from msgspec import structs

from closedmesh.models.chat import Route
from closedmesh.models.conversations import ChatOptions
from closedmesh.ui.chat.header import Header
from closedmesh.ui.chat.header_view import header_view, routes
from tests.support.control import MEMBER, MODEL, STATUS

OTHER = structs.replace(MODEL, name="other", title="Other One")
TWO = structs.replace(STATUS, models=(MODEL, OTHER))


@pytest.fixture
def header(qtbot, theme):
    header = Header(theme)
    qtbot.addWidget(header)
    return header


def show(header, title="T", status=STATUS, **options):
    header.display(title, header_view(ChatOptions(**options), status))


def test_models_are_shown_in_their_order(header):
    show(header, status=TWO)
    assert [header.model.itemText(i) for i in range(header.model.count())] == [
        "Default: SmolLM2 135M Instruct", "SmolLM2 135M Instruct", "Other One",
    ]  # fmt: skip


def test_the_name_of_a_model_is_read_whole_though_it_comes_late(header, qtbot):
    with qtbot.waitExposed(header):
        header.resize(900, 60)
        header.show()
    show(header, status=TWO)
    qtbot.waitUntil(lambda: header.model.width() >= header.model.sizeHint().width())
    words = header.model.fontMetrics().horizontalAdvance(header.model.currentText())
    assert header.model.width() > words


def test_choosing_a_model_is_told_and_showing_one_is_not(header, qtbot):
    with qtbot.assertNotEmitted(header.model_chosen):
        show(header, status=TWO, model="other")
    assert header.model.currentText() == "Other One"
    with qtbot.waitSignal(header.model_chosen) as signal:
        header.model.setCurrentIndex(1)
    assert signal.args == [MODEL.name]


def test_without_a_mesh_there_is_one_place(header):
    show(header)
    assert header.route.text() == "On this computer"
    assert header.route.menu() is None
    assert not header.route.property("exposed")


@pytest.mark.parametrize("route", [Route.MESH, Route.AUTO, Route.LOCAL])
def test_a_member_chooses_the_place(header, qtbot, route):
    show(header, status=MEMBER)
    (action,) = [a for a in header.route.menu().actions() if a.text() == routes()[route].name]
    with qtbot.waitSignal(header.route_chosen) as signal:
        action.trigger()
    assert signal.args == [route]
    show(header, status=MEMBER, route=route)
    assert header.route.text() == routes()[route].name
    assert header.route.property("exposed") is routes()[route].exposed


def test_who_has_left_the_mesh_can_choose_this_computer_again(header):
    show(header, status=STATUS, route=Route.MESH)
    assert header.route.menu() is not None
    show(header, status=STATUS)
    assert header.route.menu() is None


def test_a_long_title_ends_in_dots_and_is_whole_in_the_tool_tip(header):
    header.resize(600, 50)
    header.show()
    show(header, "word " * 60)
    assert header._title.text().endswith("…")
    assert "word word" in header._title.toolTip()


def test_a_title_is_plain_text(header):
    header.resize(900, 50)
    header.show()
    show(header, "<b>x</b>")
    assert header._title.text() == "<b>x</b>"
    assert "<b>" not in header._title.toolTip().removeprefix("<p>")
