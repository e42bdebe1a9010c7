from typing import get_args

import msgspec
import pytest

from closedmesh import control
from closedmesh.control import COMMANDS, AnyCommand, ChangeSettings, VerifyModel, result_type
from closedmesh.settings import Settings
from closedmesh.status import Model


def test_every_command_has_a_route_and_is_carried_out():
    defined = {
        value
        for value in vars(control).values()
        if isinstance(value, type)
        and issubclass(value, control.Command)
        and value is not control.Command
    }
    assert set(COMMANDS) == defined == set(get_args(AnyCommand))


def test_names_are_unique_and_explained():
    tags = [command.__struct_config__.tag for command in COMMANDS]
    assert len(set(tags)) == len(tags)
    assert all(command.__doc__ for command in COMMANDS)


@pytest.mark.parametrize(("command", "kind"), [(VerifyModel, Model), (ChangeSettings, Settings)])
def test_a_command_knows_what_it_gives_back(command, kind):
    assert result_type(command) is kind


@pytest.mark.parametrize("title", ["", "x" * 201])
def test_a_title_has_a_length(title):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"conversation": "c", "title": title}, control.RenameConversation)
