from closedmesh.host import power
from closedmesh.models.energy import Kind, Scope


def test_this_computer_can_be_asked_and_never_raises():
    meter = power.PowerMeter()
    for now in (1.0, 2.0):
        for reading in meter.read(now):
            assert 0 <= reading.watts < 5000
    meter.close()


def test_the_estimate_says_that_it_is_one_and_grows_with_the_load():
    power.estimate()
    sum(range(3_000_000))
    busy = power.estimate()
    assert (busy.kind, busy.scope) == (Kind.ESTIMATED, Scope.PROCESSOR)
    assert busy.watts > 0
