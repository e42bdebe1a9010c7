"""A few downloads from a server that does every mischief, ended by SIGKILL at random moments; the
same as `tests/benchmarks/downloads.py hostile`, which does three hundred."""

import pytest

from tests.benchmarks.downloads import hostile


@pytest.mark.parametrize("seed", [3, 8])
async def test_downloads_end_right_or_with_the_stated_error(seed):
    assert await hostile(count=2, megabytes=20, seed=seed) == []
