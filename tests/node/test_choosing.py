"""Whom this computer asks next, by what it knows of peers and their owners."""

import random

import pytest

from closedmesh.mesh.directory import EPOCH_BYTES, Directory
from closedmesh.mesh.routing import Chosen
from closedmesh.models.chat import Question, RawText
from closedmesh.node.choosing import Choosing
from tests.support.clock import FakeClock
from tests.support.mesh import MESH, NOW, OFFER, key

QUESTION = Question(RawText("a question"))


@pytest.fixture
def choosing():
    directory = Directory(MESH.mesh, bytes(EPOCH_BYTES))
    for name, owner in (("one", "ann"), ("two", "ann"), ("three", "ann"), ("alone", None)):
        named = {"owner": key(owner).node} if owner else {}
        directory.merge(MESH.announcement(key(name), **named), NOW)
    return Choosing(
        directory, FakeClock(NOW), key("asker").node, b"secret", random.Random(1),
        lambda _: None, lambda _node, _model: False,
    )  # fmt: skip


def chosen(choosing, *tried):
    nodes = frozenset(key(name).node for name in tried)
    return choosing.choose(OFFER.sha256, QUESTION, nodes)


@pytest.mark.parametrize("tried", ["one", "two", "three"])
def test_in_somebodys_place_another_owners_computer_is_asked(choosing, tried):
    for _ in range(20):
        assert chosen(choosing, tried).node == key("alone").node


def test_a_relative_is_better_than_nobody(choosing):
    found = chosen(choosing, "alone", "one")
    assert isinstance(found, Chosen)
    assert found.node in (key("two").node, key("three").node)


def test_who_was_tried_is_not_asked_again(choosing):
    assert not isinstance(chosen(choosing, "alone", "one", "two", "three"), Chosen)
