"""Whole peers and an entry in one process, with real files and scripted workers."""

import sys

import pytest

from tests.support.small_mesh import SmallMesh


@pytest.fixture
async def mesh(tmp_path, monkeypatch):
    """A mesh with an entry and nobody else."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    async with SmallMesh(tmp_path) as mesh:
        yield mesh
