from typing import get_args

import pytest
from msgspec import structs

from closedmesh.mesh.messages import Message
from closedmesh.models.chat import Sampling
from tests.support.mesh import example_ask, example_messages


def test_there_is_an_example_of_every_message():
    assert {type(message) for message in example_messages()} == set(get_args(Message))


def test_a_question_to_a_peer_has_a_seed():
    with pytest.raises(ValueError, match="seed"):
        structs.replace(example_ask(), sampling=Sampling())


def test_a_question_leaves_something_to_answer():
    ask = example_ask()
    with pytest.raises(ValueError, match="nothing is left"):
        structs.replace(ask, max_tokens=len(ask.begun))
