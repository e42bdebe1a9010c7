"""OpenAI's routes: `/v1/chat/completions`, `/v1/completions`,
`/v1/embeddings`, `/v1/models`.

A stream's headers are sent with its first piece, so that whatever goes wrong before has an HTTP
status of its own; what goes wrong later is an event of the stream, which then ends.
"""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from aiohttp import web

from closedmesh.api import answers, embeddings, openai, streams
from closedmesh.api.merging import merged
from closedmesh.control import Control
from closedmesh.errors import ClosedMeshError, EngineDied, ModelNotFound
from closedmesh.models.chat import Accepted, Finished, Piece
from closedmesh.models.conversations import AnswerEvent
from closedmesh.status import Model, ModelState, Status

ROUTE_HEADER = "x-closedmesh-route"

DONE = b"[DONE]"
"""How OpenAI's streams end."""

Understand = Callable[[bytes, str | None], openai.Asked]
Events = AsyncGenerator[tuple[int, AnswerEvent]]
"""What happens to each answer, by its index."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning: what must be known before headers can be sent."""

    accepted: Accepted
    index: int
    first: Piece | Finished


class ChatRoutes:
    """Handlers of the routes under `/v1`."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def routes(self) -> Iterable[web.RouteDef]:
        """What to add to an application."""
        return (
            web.post("/v1/chat/completions", self.chat),
            web.post("/v1/completions", self.text),
            web.post("/v1/embeddings", self.embed),
            web.get("/v1/models", self.models, allow_head=False),
            web.get("/v1/models/{name:.+}", self.model, allow_head=False),
        )

    async def chat(self, request: web.Request) -> web.StreamResponse:
        """Continue a conversation."""
        return await self._complete(request, openai.chat, answers.Chat)

    async def text(self, request: web.Request) -> web.StreamResponse:
        """Continue a text."""
        return await self._complete(request, openai.text, answers.Text)

    async def embed(self, request: web.Request) -> web.Response:
        """Turn texts into vectors."""
        asked, command = embeddings.understand(await request.read())
        made = await self._control.do(command)
        return _json(embeddings.tell(asked, made), embeddings.headers(made))

    async def models(self, _: web.Request) -> web.Response:
        """Every model that has a file."""
        status = await self._status()
        data = [_describe(model, status) for model in _usable(status)]
        return _json({"object": "list", "data": data})

    async def model(self, request: web.Request) -> web.Response:
        """One model, by name or hash."""
        status = await self._status()
        name = request.match_info["name"]
        for model in _usable(status):
            if name in (model.name, model.sha256):
                return _json(_describe(model, status))
        raise ModelNotFound(
            f"There is no model {name[:200]!r} on this computer.",
            f"There are: {', '.join(m.name for m in _usable(status)) or 'none'}.",
        )

    async def _status(self) -> Status:
        async with aclosing(self._control.statuses()) as statuses:
            return await anext(statuses)

    async def _complete(
        self, request: web.Request, understand: Understand, form: type[answers.Form]
    ) -> web.StreamResponse:
        asked = understand(await request.read(), request.headers.get(ROUTE_HEADER))
        return await complete(self._control, request, asked, form)


async def complete(
    control: Control, request: web.Request, asked: openai.Asked, form: type[answers.Form]
) -> web.StreamResponse:
    """Have questions answered, and answer a request with that."""
    async with aclosing(merged([control.ask(each) for each in asked.questions])) as events:
        opening = await _open(events)
        if not asked.stream:
            return await _whole(asked, form, opening, events)
        return await streams.send(
            request,
            _parts(asked, form, opening, events),
            streams.SERVER_SENT_EVENTS,
            answers.headers(opening.accepted),
        )


async def _open(events: Events) -> Opening:
    accepted = None
    async for index, event in events:
        match event:
            case Accepted():
                accepted = accepted or event
            case Piece() | Finished() if accepted is not None:
                return Opening(accepted, index, event)
            case _:
                pass
    raise _cut_short()


async def _answers(
    opening: Opening, events: Events, count: int
) -> AsyncGenerator[tuple[int, Piece | Finished]]:
    """All of `count` answers that can be shown."""
    yield opening.index, opening.first
    finished = int(isinstance(opening.first, Finished))
    if finished == count:
        return
    async for index, event in events:
        if isinstance(event, Piece | Finished):
            yield index, event
        finished += isinstance(event, Finished)
        if finished == count:
            return
    raise _cut_short()


async def _whole(
    asked: openai.Asked, form: type[answers.Form], opening: Opening, events: Events
) -> web.Response:
    wanted = _wanted(asked)
    whole = answers.Whole(form, opening.accepted, wanted)
    async with aclosing(_answers(opening, events, wanted.count)) as answer:
        async for index, event in answer:
            match event:
                case Piece():
                    whole.add(index, event)
                case Finished(receipt=receipt):
                    if complete := whole.finish(index, receipt):
                        return _json(complete, answers.headers(opening.accepted, receipt))
    raise _cut_short()


async def _parts(
    asked: openai.Asked, form: type[answers.Form], opening: Opening, events: Events
) -> AsyncGenerator[bytes]:
    wanted = _wanted(asked)
    chunks = answers.Chunks(form, opening.accepted, wanted)
    for chunk in chunks.open():
        yield msgspec.json.encode(chunk)
    async with aclosing(_answers(opening, events, wanted.count)) as answer:
        async for index, event in answer:
            match event:
                case Piece(text=text, logprobs=logprobs, calls=calls):
                    if text or calls or (logprobs and asked.logprobs):
                        yield msgspec.json.encode(chunks.add(index, event))
                case Finished(receipt=receipt):
                    for chunk in chunks.finish(index, receipt):
                        yield msgspec.json.encode(chunk)
    yield DONE


def _wanted(asked: openai.Asked) -> answers.Wanted:
    return answers.Wanted(len(asked.questions), asked.logprobs, asked.include_usage, _now())


def _usable(status: Status) -> tuple[Model, ...]:
    return tuple(model for model in status.models if model.state is not ModelState.MISSING)


def _describe(model: Model, status: Status) -> dict[str, Any]:
    return {
        "id": model.name,
        "object": "model",
        "created": int(status.started),
        "owned_by": "closedmesh",
        "closedmesh": {
            "title": model.title,
            "state": model.state,
            "model_sha256": model.sha256,
            "quantisation": model.quantisation,
            "parameters": model.parameters,
            "context": model.context or model.context_trained,
        },
    }


def _json(value: Any, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(body=msgspec.json.encode(value), headers=headers)


def _cut_short() -> ClosedMeshError:
    return EngineDied("The answer ended before it was complete.", "Ask again.")


def _now() -> int:
    """Unix time: OpenAI's `created`."""
    return int(datetime.now(UTC).timestamp())
