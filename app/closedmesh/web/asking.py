"""Lets anybody ask the mesh through its entry, where the operator wants that: OpenAI's `/v1`.

The entry reads what is asked here, and every answer says so. Questions are asked like the entry's
own, of other peers only, never of a provider outside; members go first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import msgspec
from aiohttp import web
from msgspec import structs

from closedmesh.api import answers, failures, openai
from closedmesh.api.chat_routes import ROUTE_HEADER, complete
from closedmesh.api.failures import Handler
from closedmesh.control import Control
from closedmesh.errors import BadRequest, MeshUnreachable, ModelNotFound
from closedmesh.mesh.picture import Offer
from closedmesh.models.chat import Question, Route
from closedmesh.settings import PublicSettings
from closedmesh.status import Status
from closedmesh.web.limits import Limits, client_of
from closedmesh.web.public import ModelFacts, models_of

PREFIX = "/v1/"

READABLE_BY = "x-closedmesh-readable-by"
"""Response header: who can read question and answer, beside whoever asked."""

READ_LIMIT = 20.0
"""Seconds that a request may take to arrive."""

ANSWER_LIMIT = 300.0
"""Seconds that an answer may take, also one that is read slowly."""

FORWARDED = "X-Forwarded-For"


class PublicApi:
    """Handlers of the routes under `/v1`. `status` gives the newest one."""

    def __init__(
        self,
        control: Control,
        status: Callable[[], Awaitable[Status]],
        monotonic: Callable[[], float],
    ) -> None:
        self._control = control
        self._status = status
        self._monotonic = monotonic
        self._limits = Limits()

    def routes(self) -> Iterable[web.RouteDef]:
        """What to add to an application."""
        return (
            web.post("/v1/chat/completions", self._chat),
            web.get("/v1/models", self._models, allow_head=False),
        )

    @web.middleware
    async def explain(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Middleware: under `/v1` errors look as OpenAI's clients expect them."""
        if not request.path.startswith(PREFIX):
            return await handler(request)
        return await failures.explain(request, handler)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        status = await self._open()
        settings = status.settings.public
        client = client_of(
            request.remote,
            request.headers.get(FORWARDED),
            behind_proxy=settings.behind_proxy,
        )
        asked = openai.chat(await _body(request), request.headers.get(ROUTE_HEADER, Route.MESH))
        question = _question(asked, client, settings)
        question, offers = _offers(status, question)
        asked = structs.replace(asked, questions=(question,))
        with self._limits.place(client, offers[0].sha256, offers, settings):
            # Only now: whom the mesh had no place for may come again as if they had not asked.
            self._limits.ask(client, settings, self._monotonic())
            return await self._answer(request, asked)

    async def _answer(self, request: web.Request, asked: openai.Asked) -> web.StreamResponse:
        try:
            async with asyncio.timeout(ANSWER_LIMIT):
                return await complete(self._control, request, asked, answers.Chat)
        except TimeoutError:
            if asked.stream and request.transport:
                request.transport.abort()  # its beginning was sent: nothing else can be said
            raise MeshUnreachable(
                f"The answer took longer than {ANSWER_LIMIT / 60:.0f} minutes.",
                "Ask for a shorter one.",
            ) from None

    async def _models(self, _: web.Request) -> web.Response:
        status = await self._open()
        data = [_describe(model, status) for model in models_of(status.peers)]
        return web.json_response(body=msgspec.json.encode({"object": "list", "data": data}))

    async def _open(self) -> Status:
        """The status, if the public may ask; else there is nothing here."""
        status = await self._status()
        if not status.settings.public.enabled:
            raise web.HTTPNotFound
        return status


async def label(request: web.Request, response: web.StreamResponse) -> None:
    """Signal before each response: say who can read what is asked here."""
    if request.path.startswith(PREFIX):
        response.headers[READABLE_BY] = "entry, peer"


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(READ_LIMIT):
            return await request.read()
    except TimeoutError:
        raise BadRequest("The request did not arrive in time.", "Send it at once.") from None


def _question(asked: openai.Asked, client: str, settings: PublicSettings) -> Question:
    """What is asked of the mesh. Raises `BadRequest` for what the public cannot have."""
    question, *others = asked.questions
    if others:
        raise BadRequest("n must be 1 here.", "Ask again for another answer.", param="n")
    if question.route is not Route.MESH:
        raise BadRequest(
            "Only the mesh answers here.", f"Leave {ROUTE_HEADER} out.", param=ROUTE_HEADER
        )
    if not question.model:
        raise BadRequest("No model is named.", "/v1/models lists them.", param="model")
    most = settings.max_tokens
    return structs.replace(
        question,
        client=f"public {client}",
        max_tokens=min(question.max_tokens or most, most),
    )


def _offers(status: Status, question: Question) -> tuple[Question, list[Offer]]:
    """Who has the model that is asked for, and the question as it is put to them: to this entry
    itself only where nobody else has it. Raises `ModelNotFound`."""
    own, others = (
        [
            offer
            for peer in status.peers
            if peer.this_computer is here
            for offer in peer.offers
            if question.model in (offer.name, offer.sha256)
        ]
        for here in (True, False)
    )
    if not others and not own:
        raise ModelNotFound(
            f"No peer of the mesh shares {(question.model or '')[:100]!r} now.",
            "/v1/models lists what there is.",
        )
    found = others or own
    sha256 = found[0].sha256
    if not others:
        question = structs.replace(question, route=Route.LOCAL, model=sha256)
    return question, [offer for offer in found if offer.sha256 == sha256]


def _describe(model: ModelFacts, status: Status) -> dict[str, Any]:
    return {
        "id": model.name,
        "object": "model",
        "created": int(status.started),
        "owned_by": "closedmesh",
        "closedmesh": {"model_sha256": model.model_sha256, "replicas": model.replicas},
    }
