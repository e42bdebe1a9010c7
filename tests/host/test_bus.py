import pytest
from jeepney import DBusAddress, new_method_call

from closedmesh.host import bus as dbus
from closedmesh.host.bus import Bus, ask

SOMEBODY = DBusAddress("/", bus_name="org.example.Somebody", interface="org.example.Somebody")
CALL = new_method_call(SOMEBODY, "Tell", "s", ("please",))


@pytest.mark.parametrize("which", list(Bus))
def test_a_service_answers(bus, which):
    with bus.service("org.example.Somebody", {"Tell": ("us", (7, "yes"))}) as service:
        assert ask(which, CALL) == (7, "yes")
        assert service.calls == [("Tell", ("please",))]


def test_who_is_not_there_or_says_no_gives_no_answer(bus):
    assert ask(Bus.SESSION, CALL) is None
    with bus.service("org.example.Somebody", {}):
        assert ask(Bus.SESSION, CALL) is None


def test_without_a_bus_nobody_answers(monkeypatch, tmp_path):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert ask(Bus.SESSION, CALL) is None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    assert ask(Bus.SESSION, CALL) is None


def test_the_system_bus_is_where_its_socket_is(monkeypatch, tmp_path):
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(dbus, "SYSTEM_SOCKET", tmp_path / "socket")
    assert not Bus.SYSTEM.is_here
    (tmp_path / "socket").touch()
    assert Bus.SYSTEM.is_here
