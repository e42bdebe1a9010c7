from msgspec import structs

from closedmesh.settings import changed, describe
from closedmesh.ui.settings_view import (
    Choice,
    Decimal,
    Lines,
    Switch,
    Text,
    Whole,
    about_view,
    limits,
    settings_view,
)
from tests.support.control import MODEL, STATUS


def fields(status=STATUS):
    return {field.name: field for page in settings_view(status).values() for field in page}


def test_every_setting_is_shown_once_with_its_sentence():
    shown = fields()

    assert list(shown) == [setting.name for setting in describe()]
    assert all(field.sentence and field.title for field in shown.values())


def test_types_have_their_editors():
    shown = fields()

    assert shown["engine.low_priority"].editor == Switch()
    assert shown["engine.slots"].editor == Whole(1, 64)
    assert shown["chat.temperature"].editor == Decimal(0.0, 5.0)
    assert shown["models.folder"].editor == Text(long=False)
    assert shown["chat.system_prompt"].editor == Text(long=True)
    assert shown["api.allowed_origins"].editor == Lines()
    assert [value for value, _ in shown["window.theme"].editor.options] == [
        "system", "light", "dark",
    ]  # fmt: skip


def test_the_model_is_chosen_among_those_here_and_the_chosen_one():
    assert fields()["chat.model"].editor == Choice(((MODEL.name, MODEL.title),))

    other = structs.replace(STATUS, settings=changed(STATUS.settings, {"chat.model": "gone"}))
    assert fields(other)["chat.model"].editor.options[-1] == (
        "gone",
        "gone (not on this computer)",
    )


def test_a_value_that_differs_from_its_default_is_changed():
    assert not any(field.is_changed for field in fields().values())

    status = structs.replace(STATUS, settings=changed(STATUS.settings, {"engine.slots": 2}))
    assert [f.name for f in fields(status).values() if f.is_changed] == ["engine.slots"]


def test_every_default_is_accepted_as_a_change():
    changed(STATUS.settings, {field.name: field.default for field in fields().values()})


def test_limits_are_said_where_there_are_any():
    assert limits(Whole(1, 64)) == "1 to 64"
    assert limits(fields()["chat.min_p"].editor) == "0 to 1"
    assert limits(fields()["engine.queue"].editor) == ""


def test_a_closed_api_is_said_to_be_closed():
    assert about_view(STATUS).api == "http://127.0.0.1:9337/v1"
    closed = about_view(structs.replace(STATUS, api=None))
    assert (closed.api, closed.has_api) == ("closed", False)
