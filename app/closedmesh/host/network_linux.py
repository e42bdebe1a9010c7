"""Whether the network costs by the byte, as NetworkManager knows it."""

import os
from pathlib import Path

from jeepney import DBusAddress, DBusErrorResponse, Properties
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

MANAGER = DBusAddress(
    "/org/freedesktop/NetworkManager",
    bus_name="org.freedesktop.NetworkManager",
    interface="org.freedesktop.NetworkManager",
)

PATIENCE = 1.0
"""Seconds for the answer."""

YES, NO, GUESS_YES, GUESS_NO = 1, 2, 3, 4
"""`NMMetered`; 0 is unknown."""

SYSTEM_BUS = Path("/run/dbus/system_bus_socket")


def metered() -> bool | None:
    """The answer for the connection that is used now."""
    if "DBUS_SYSTEM_BUS_ADDRESS" not in os.environ and not SYSTEM_BUS.exists():
        return None
    try:
        with open_dbus_connection("SYSTEM") as connection:
            reply = connection.send_and_get_reply(
                Properties(MANAGER).get("Metered"), timeout=PATIENCE
            )
            ((_signature, value),) = unwrap_msg(reply)
    except (OSError, DBusErrorResponse, TimeoutError, ValueError):
        return None
    return meaning(value)


def meaning(value: object) -> bool | None:
    """NetworkManager's number as an answer."""
    if value in (YES, GUESS_YES):
        return True
    return False if value in (NO, GUESS_NO) else None
