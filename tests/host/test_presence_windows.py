import pytest

from closedmesh.host.presence_windows import idle_from


@pytest.mark.parametrize(
    ("now", "last", "seconds"), [(5_000, 2_000, 3.0), (1_000, (1 << 32) - 500, 1.5), (7, 7, 0.0)]
)
def test_the_counter_may_have_started_again_in_between(now, last, seconds):
    assert idle_from(now, last) == seconds
