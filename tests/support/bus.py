"""A D-Bus of our own, with services that answer what a test says.

with running_bus() as bus, bus.service("org.example.Name", {"Method": ("u", (7,))}) as service:
    ...
    service.calls
"""

import subprocess
import threading
from contextlib import contextmanager

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


class Service:
    """One name on the bus; `answers` are signature and body by method, or by property."""

    def __init__(self, address, name, answers):
        self.calls = []
        self._answers = answers
        self._connection = open_dbus_connection(address, enable_fds=True)
        self._connection.send_and_get_reply(message_bus.RequestName(name))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def owner(self):
        return self._connection.unique_name

    def _serve(self):
        while True:
            call = self._connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            member = call.header.fields[HeaderFields.member]
            if member == "End":
                return
            body = call.body
            if member == "Get":
                member = body[1]
            self.calls.append((member, body))
            self._connection.send(self._reply(call, member))

    def _reply(self, call, member):
        answer = self._answers.get(member)
        if answer is None:
            return new_error(call, UNKNOWN)
        signature, body = answer
        return new_method_return(call, signature, body)

    def end(self, address):
        with open_dbus_connection(address) as other:
            other.send(new_method_call(DBusAddress("/", bus_name=self.owner), "End"))
            self._thread.join()
        self._connection.close()


class RunningBus:
    def __init__(self, address):
        self.address = address

    @contextmanager
    def service(self, name, answers):
        service = Service(self.address, name, answers)
        try:
            yield service
        finally:
            service.end(self.address)

    def clients(self):
        """The connections that are open, but for the one that asks."""
        with open_dbus_connection(self.address) as connection:
            (names,) = unwrap_msg(connection.send_and_get_reply(message_bus.ListNames()))
            return {name for name in names if name.startswith(":")} - {connection.unique_name}


@contextmanager
def running_bus():
    """A bus, for the length of a block."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield RunningBus(daemon.stdout.readline().strip())
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()
