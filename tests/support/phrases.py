"""The words of checks, as they come with the program."""

from pathlib import Path

import pytest

from closedmesh.trust import phrases as reader


@pytest.fixture(scope="session")
def words():
    return (Path(__file__).parents[2] / "resources" / "probes.toml").read_text("utf-8")


@pytest.fixture(scope="session")
def phrases(words):
    return reader.parse(words)
