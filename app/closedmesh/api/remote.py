"""A peer that runs in another process, as a `Control`: the other side of `control_routes`.

    async with Remote("http://127.0.0.1:9337", key) as peer:
        await peer.do(LoadModel("..."))

When the peer stops answering, every method raises `NotRunning`.
"""

from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, aclosing, contextmanager
from types import TracebackType
from typing import Any, Self

import aiohttp
import msgspec

from closedmesh.api.bodies import MALFORMED
from closedmesh.api.failures import FailureBody
from closedmesh.control import Command, Result, result_type
from closedmesh.errors import ClosedMeshError, NotRunning
from closedmesh.models.chat import Finished
from closedmesh.models.conversations import AnswerEvent, Ask
from closedmesh.status import Status

CONNECT_LIMIT = 5.0
"""Seconds to connect; on one computer it either works at once or never."""

MAX_LINE = 32 * 1024 * 1024
"""Bytes of one status or event; a whole answer of the greatest length fits."""


class Remote:
    """A peer behind its local API. A resource: enter it before use."""

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._key = key
        self._entered = AsyncExitStack()
        self._opened: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # A fresh connection for each request: an idle one may die together with its peer.
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Authorization": f"Bearer {self._key}"},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_LIMIT),
            trust_env=False,
        )
        self._opened = await self._entered.enter_async_context(session)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened = None
        await self._entered.aclose()

    async def statuses(self) -> AsyncGenerator[Status]:
        """The whole picture now, then each new one; raises `NotRunning` when the peer goes."""
        with _reaching():
            async with self._session.get(f"{self._address}/api/events") as response:
                await _check(response)
                async with aclosing(_lines(response)) as lines:
                    async for line in lines:
                        if line.startswith(b"data: "):
                            status: Status = _value(line.removeprefix(b"data: "), Status)
                            yield status
        raise _gone()

    async def do(self, command: Command[Result]) -> Result:
        """Carry out a command, and return when it is done."""
        tag = command.__struct_config__.tag
        body = msgspec.json.encode(command)
        with _reaching():
            async with self._session.post(
                f"{self._address}/api/control/{tag}", data=body, headers=_JSON
            ) as response:
                await _check(response)
                result: Result = _decode(await response.read(), result_type(type(command)))
                return result

    async def ask(self, ask: Ask) -> AsyncGenerator[AnswerEvent]:
        """Have something answered. Closing the generator closes the connection, and so cancels."""
        with _reaching():
            async with self._session.post(
                f"{self._address}/api/control/ask", data=msgspec.json.encode(ask), headers=_JSON
            ) as response:
                await _check(response)
                async with aclosing(_lines(response)) as lines:
                    async for line in lines:
                        event: AnswerEvent = _value(line, AnswerEvent)
                        yield event
                        if isinstance(event, Finished):
                            return
        raise _gone()

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            raise RuntimeError("Remote is used outside of its `async with` block")
        return self._opened


_JSON = {"Content-Type": "application/json"}


async def _check(response: aiohttp.ClientResponse) -> None:
    """Raise the error that a response tells of."""
    if response.status != 200:
        raise _decode(await response.read(), FailureBody).error.error()


async def _lines(response: aiohttp.ClientResponse) -> AsyncGenerator[bytes]:
    """The lines of a response that are not empty, as they come; aiohttp's own are too short."""
    rest = bytearray()
    async for data in response.content.iter_any():
        *lines, last = data.split(b"\n")
        for line in lines:
            if whole := bytes(rest) + line:
                yield whole
            rest.clear()
        rest += last
        if len(rest) > MAX_LINE:
            raise _foreign()


def _value(line: bytes, kind: Any) -> Any:
    """What a line of a stream says; raises if it says that something went wrong."""
    if "error" in _decode(line, dict[str, Any]):
        raise _decode(line, FailureBody).error.error()
    return _decode(line, kind)


def _decode(data: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except MALFORMED:
        raise _foreign() from None


@contextmanager
def _reaching() -> Iterator[None]:
    """Whatever happens to a connection means that the peer is gone."""
    try:
        yield
    except (aiohttp.ClientError, OSError, TimeoutError):
        raise _gone() from None


def _gone() -> ClosedMeshError:
    return NotRunning("The program in the background stopped answering.", "Start it again.")


def _foreign() -> ClosedMeshError:
    return ClosedMeshError(
        "What answers at the local API's address does not speak as this program does.",
        "Quit every ClosedMesh on this computer and start it again: versions may differ.",
    )
