"""Our own routes: `/api/status`, `/api/events` and `/api/control/...`, the whole of `Control`.

`api.remote` is the other side. Values are msgspec's JSON; a command's result is the body. Answers
come as one `AnswerEvent` a line. In every stream an error is a last value `{"error": ...}`.
"""

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import Any

import msgspec
from aiohttp import web

from closedmesh.api import streams
from closedmesh.api.bodies import decode
from closedmesh.control import COMMANDS, Command, Control
from closedmesh.errors import BadRequest, EngineDied
from closedmesh.models.chat import Question
from closedmesh.models.conversations import Again, AnswerEvent, Ask, Say

BY_TAG: dict[str, type[Command[Any]]] = {
    str(command.__struct_config__.tag): command for command in COMMANDS
}
"""Commands by their names on the API."""

ASKS: dict[str, type[Ask]] = {"question": Question, "say": Say, "again": Again}
"""What can be asked, by its tag."""


class ControlRoutes:
    """Handlers of the routes under `/api`."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> Iterable[web.RouteDef]:
        """What to add to an application."""
        return (
            web.get("/api/status", self.status, allow_head=False),
            web.get("/api/events", self.events, allow_head=False),
            web.post("/api/control/ask", self.ask),
            web.post("/api/control/{command}", self.do),
        )

    async def status(self, _: web.Request) -> web.Response:
        """The whole picture, once."""
        async with aclosing(self._control.statuses()) as statuses:
            return web.json_response(body=msgspec.json.encode(await anext(statuses)))

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The whole picture, then each new one."""
        return await streams.send(request, self._pictures(), streams.SERVER_SENT_EVENTS)

    async def do(self, request: web.Request) -> web.Response:
        """Carry out a command."""
        tag = request.match_info["command"]
        if tag not in BY_TAG:
            raise BadRequest(
                f"There is no command {tag[:40]!r}.",
                f"Use one of {', '.join(BY_TAG)}.",
                param="command",
            )
        command = decode(await request.read(), BY_TAG[tag])
        return web.json_response(body=msgspec.json.encode(await self._control.do(command)))

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """Answer a question or a turn."""
        asked = _decode_ask(await request.read())
        async with aclosing(self._control.ask(asked)) as events:
            first = await anext(events, None)
            if first is None:
                raise EngineDied("The answer ended before it began.", "Ask again.")
            return await streams.send(request, _values(first, events), streams.NDJSON)

    async def _pictures(self) -> AsyncGenerator[bytes]:
        async with aclosing(self._control.statuses()) as statuses:
            async for status in statuses:
                yield msgspec.json.encode(status)


async def _values(first: AnswerEvent, rest: AsyncGenerator[AnswerEvent]) -> AsyncGenerator[bytes]:
    yield msgspec.json.encode(first)
    async for event in rest:
        yield msgspec.json.encode(event)


def _decode_ask(body: bytes) -> Ask:
    tag = decode(body, dict[str, Any]).get("type")
    if not isinstance(tag, str) or tag not in ASKS:
        raise BadRequest(
            "The body is neither a question nor a turn.",
            f"Set type to one of {', '.join(ASKS)}.",
            param="type",
        )
    return decode(body, ASKS[tag])
