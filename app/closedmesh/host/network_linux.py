"""Whether the network costs by the byte, as NetworkManager knows it."""

from jeepney import DBusAddress, Properties

from closedmesh.host.bus import Bus, ask

MANAGER = DBusAddress(
    "/org/freedesktop/NetworkManager",
    bus_name="org.freedesktop.NetworkManager",
    interface="org.freedesktop.NetworkManager",
)

YES, NO, GUESS_YES, GUESS_NO = 1, 2, 3, 4
"""`NMMetered`; 0 is unknown."""


def metered() -> bool | None:
    """The answer for the connection that is used now."""
    match ask(Bus.SYSTEM, Properties(MANAGER).get("Metered")):
        case ((_signature, value),):
            return meaning(value)
        case _:
            return None


def meaning(value: object) -> bool | None:
    """NetworkManager's number as an answer."""
    if value in (YES, GUESS_YES):
        return True
    return False if value in (NO, GUESS_NO) else None
