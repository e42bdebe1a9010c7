"""Asks services of a Linux desktop over D-Bus. Who is not there or says no gives no answer.

Calls wait for their answer, at most `PATIENCE` seconds: they belong on a thread.
"""

import os
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Any

from jeepney import DBusErrorResponse, Message
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import unwrap_msg

PATIENCE = 1.0
"""Seconds for an answer."""

SYSTEM_SOCKET = Path("/run/dbus/system_bus_socket")

_NO_ANSWER = (OSError, DBusErrorResponse, TimeoutError, ValueError)


class Bus(StrEnum):
    """Which of the two."""

    SESSION = "SESSION"
    """Of the person who is logged in."""
    SYSTEM = "SYSTEM"

    @property
    def is_here(self) -> bool:
        """There may be such a bus; where none is, nothing needs to be tried."""
        if f"DBUS_{self}_BUS_ADDRESS" in os.environ:
            return True
        return self is Bus.SYSTEM and SYSTEM_SOCKET.exists()


def ask(bus: Bus, message: Message) -> tuple[Any, ...] | None:
    """What a service answers."""
    connection = connect(bus)
    if connection is None:
        return None
    with closing(connection):
        return answer(connection, message)


def connect(bus: Bus, *, files: bool = False) -> DBusConnection | None:
    """A connection for several calls, to be closed. `files` allows answers to hold open files."""
    if not bus.is_here:
        return None
    try:
        return open_dbus_connection(bus.value, enable_fds=files)
    except _NO_ANSWER:
        return None


def answer(connection: DBusConnection, message: Message) -> tuple[Any, ...] | None:
    """What a service answers on a connection."""
    try:
        reply = connection.send_and_get_reply(message, timeout=PATIENCE)
        body: tuple[Any, ...] = unwrap_msg(reply)
    except _NO_ANSWER:
        return None
    return body
