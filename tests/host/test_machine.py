import time
from contextlib import closing

from closedmesh.host import awake
from closedmesh.host.machine import Machine


def test_this_computer_can_be_looked_at(tmp_path):
    with closing(Machine(tmp_path)) as machine:
        situation = machine.look(1_767_225_600.0)
        assert situation.now == 1_767_225_600.0
        assert situation.memory_free
        assert situation.disk_free
        assert 0 <= situation.moment.minute < 24 * 60
        power = machine.power(1.0, ())
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


def test_it_is_kept_awake_once_and_let_go_once(tmp_path, monkeypatch):
    log = []

    def hold(why):
        log.append(why)
        return lambda: log.append("let go")

    monkeypatch.setattr(awake, "hold", hold)
    with closing(Machine(tmp_path)) as machine:
        assert machine.stay_awake("why")
        assert machine.stay_awake("why")
        machine.may_sleep()
        machine.may_sleep()
        assert log == ["why", "let go"]
        machine.stay_awake("again")
    assert log == ["why", "let go", "again", "let go"]


def test_where_the_system_does_not_grant_it_it_is_asked_again(tmp_path, monkeypatch):
    monkeypatch.setattr(awake, "hold", lambda _why: None)
    with closing(Machine(tmp_path)) as machine:
        assert not machine.stay_awake("why")
        machine.may_sleep()
