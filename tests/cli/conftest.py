"""A peer in memory and what a terminal shows of it."""

import json

import pytest

from closedmesh.cli.output import Output
from tests.support.control import FakeControl


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def text():
    return Output(as_json=False)


@pytest.fixture
def as_json():
    return Output(as_json=True)


@pytest.fixture
def said(capsys):
    """What was said on standard output since the last look."""
    return lambda: capsys.readouterr().out


@pytest.fixture
def facts(said):
    """The same, which is one line of JSON."""
    return lambda: json.loads(said())
