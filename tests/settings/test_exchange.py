import json

import pytest

from closedmesh.errors import BadRequest
from closedmesh.settings import Settings, changed, exchange

MINE = changed(
    Settings(),
    {
        "chat.temperature": 0.2,
        "engine.slots": 2,
        "network.proxy_address": "http://me:secret@proxy.example:3128",
        "sharing.hours": ["mon-fri 22:00-07:00"],
    },
)


def test_what_was_exported_comes_back_without_a_password():
    data = exchange.to_json(MINE)
    assert b"secret" not in data
    changes = exchange.from_json(data, Settings())
    assert changes == {
        "chat.temperature": 0.2,
        "engine.slots": 2,
        "network.proxy_address": "http://proxy.example:3128",
        "sharing.hours": ["mon-fri 22:00-07:00"],
    }
    assert changed(Settings(), changes).sharing == MINE.sharing


def test_what_a_file_does_not_name_goes_back_to_how_it_comes():
    first = exchange.to_json(Settings())
    assert json.loads(first)["settings"] == {}
    assert exchange.from_json(first, MINE)["engine.slots"] == 4


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"[]",
        b'{"format": "else", "settings": {}}',
        b'{"format": "closedmesh-settings-1", "settings": {"chat": 3}}',
        b'{"format": "closedmesh-settings-1", "settings": {}, "more": 1}',
        b'{"format": "closedmesh-settings-1", "settings": {' + b" " * exchange.MAX_BYTES + b"}}",
    ],
)
def test_what_is_no_file_of_settings_is_refused(data):
    with pytest.raises(BadRequest, match="holds no settings"):
        exchange.from_json(data, MINE)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"chat": {"nothing": 1}}, "chat.nothing that is not known"),
        ({"nothing": {"x": 1}}, "nothing.x that is not known"),
        ({"engine": {"slots": 0}}, "0 is no value for engine.slots"),
        ({"fallback": {"enabled": True}}, "there is no address"),
    ],
)
def test_a_setting_that_makes_no_sense_changes_nothing(tables, message):
    data = json.dumps({"format": exchange.FORMAT, "settings": tables}).encode()
    with pytest.raises(BadRequest, match=message):
        exchange.from_json(data, MINE)
