"""A child process whose standard streams are heard without a detour.

asyncio's own streams wake a reader at every piece, who wakes whoever waits: three rounds of the
event loop for each token of an answer. Here what the child writes is handled in the round in which
it arrives.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import cast

Hear = Callable[[bytes], None]
"""Takes what was written, as it comes; must not raise."""

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


class Child:
    """A running process. `start` makes one."""

    def __init__(self, transport: asyncio.SubprocessTransport, gone: asyncio.Event) -> None:
        self._transport = transport
        self._gone = gone
        self._input = cast("asyncio.WriteTransport", transport.get_pipe_transport(_INPUT))

    @property
    def pid(self) -> int:
        """Process id."""
        return self._transport.get_pid()

    def write(self, data: bytes) -> None:
        """Write to its standard input, unless that is closed."""
        if not self._input.is_closing():
            self._input.write(data)

    def close_input(self) -> None:
        """Say that nothing more comes."""
        self._input.close()

    def kill(self) -> None:
        """End it at once; it may have ended already."""
        if self._transport.get_returncode() is None:
            self._transport.kill()

    async def wait(self) -> int | None:
        """Its exit code, once it has ended and all that it wrote was heard."""
        await self._gone.wait()
        return self._transport.get_returncode()


async def start(
    command: Sequence[str], environment: Mapping[str, str], hear: Hear, hear_errors: Hear
) -> Child:
    """Run a command. `hear` is called with what it writes to standard output, and with nothing
    when that has ended. Raises `OSError` if it cannot be run."""
    loop = asyncio.get_running_loop()
    gone = asyncio.Event()
    transport, _ = await loop.subprocess_exec(
        lambda: _Listener(hear, hear_errors, gone), *command, env=environment
    )
    _hear_at_once(transport, hear)
    return Child(transport, gone)


class _Listener(asyncio.SubprocessProtocol):
    """What asyncio tells of the process."""

    def __init__(self, hear: Hear, hear_errors: Hear, gone: asyncio.Event) -> None:
        self._hear = {_OUTPUT: hear, _ERRORS: hear_errors}
        self._gone = gone
        self._transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._hear[fd](data)

    def pipe_connection_lost(self, fd: int, _: Exception | None) -> None:
        if fd == _OUTPUT:
            self._hear[fd](b"")

    def connection_lost(self, _: Exception | None) -> None:
        if self._transport:
            self._transport.close()
        self._gone.set()


def _hear_at_once(transport: asyncio.SubprocessTransport, hear: Hear) -> None:
    """Take the place of the protocol that would hand each piece on a round later."""
    pipe = transport.get_pipe_transport(_OUTPUT)
    assert pipe is not None
    usual = cast("asyncio.Protocol", pipe.get_protocol())
    pipe.set_protocol(_AtOnce(usual, hear))


class _AtOnce(asyncio.Protocol):
    """Hears what comes; all else is the usual protocol's business."""

    def __init__(self, usual: asyncio.Protocol, hear: Hear) -> None:
        self._usual = usual
        self._hear = hear

    def data_received(self, data: bytes) -> None:
        self._hear(data)

    def eof_received(self) -> bool | None:
        return self._usual.eof_received()

    def connection_lost(self, error: Exception | None) -> None:
        self._usual.connection_lost(error)
