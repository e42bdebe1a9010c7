import time
from contextlib import closing

from closedmesh.host.machine import Machine


def test_this_computer_can_be_looked_at(tmp_path):
    with closing(Machine(tmp_path)) as machine:
        situation = machine.look(1_767_225_600.0)
        assert situation.now == 1_767_225_600.0
        assert situation.memory_free
        assert situation.disk_free
        assert 0 <= situation.moment.minute < 24 * 60
        power = machine.power(1.0)
        assert power is None or power.watts >= 0


def test_dates_are_those_of_its_own_clock(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        with closing(Machine(tmp_path)) as machine:
            assert machine.day(1_767_225_600.0) == "2026-01-01"
            assert machine.moment(1_767_225_600.0).minute == 13 * 60
            assert machine.moment(1_767_225_600.0).weekday == 3
    finally:
        monkeypatch.undo()
        time.tzset()
