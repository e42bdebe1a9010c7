from closedmesh.host.glance import this_computer
from closedmesh.host.paths import Paths


def test_it_tells_of_the_computer_that_this_is(tmp_path):
    found = this_computer(Paths.find(tmp_path))
    assert found.processor
    assert found.memory_total > 100_000_000
    assert found.disk_free > 0
    assert isinstance(found.metered, bool)
