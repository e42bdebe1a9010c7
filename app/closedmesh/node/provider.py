"""The external fallback: a provider with OpenAI's interface, outside of the mesh.

Off unless somebody configures it, used only for questions whose route allows it and for models
that the catalogue marks for daily use. What comes from it is labelled wherever it is shown, for a
company reads the prompt and nobody can say which weights answered.
"""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from closedmesh.errors import FallbackFailed
from closedmesh.models.chat import (
    Accepted,
    FallbackReason,
    Finished,
    FinishReason,
    ModelHash,
    Piece,
    Question,
    Receipt,
    RequestId,
    ServedBy,
)
from closedmesh.models.provider import (
    BrokenStream,
    ProviderStream,
    Said,
    can_answer,
    request,
)
from closedmesh.node.clock import Clock
from closedmesh.settings import FallbackSettings

log = logging.getLogger(__name__)

FALLBACK_KEY: Final = "fallback-key"
"""Name of the provider's key among the secrets."""

CONNECT_LIMIT = 10.0
STALL = 60.0
"""Seconds until a connection, and between two parts of an answer."""

UNKNOWN = ModelHash("")
"""Nobody outside of a company can tell which weights it uses."""

MAX_CHUNK = 64 * 1024


@dataclass(slots=True)
class _Answer:
    """One answer as it arrives."""

    asked: float
    first: float | None = None
    last: float = 0.0
    pieces: int = 0
    finish: FinishReason = FinishReason.STOP
    prompt_tokens: int = 0
    completion_tokens: int | None = None

    def note(self, said: Said, now: float) -> None:
        if said.text:
            self.first = now if self.first is None else self.first
            self.last, self.pieces = now, self.pieces + 1
        self.finish = said.finish or self.finish
        if said.prompt_tokens is not None:
            self.prompt_tokens = said.prompt_tokens
            self.completion_tokens = said.completion_tokens

    def tokens(self) -> int:
        """As the provider counts them; pieces, where it does not say."""
        return self.pieces if self.completion_tokens is None else self.completion_tokens

    def tokens_per_second(self) -> float | None:
        took = self.last - (self.first or 0.0)
        return None if self.first is None or took <= 0 else (self.tokens() - 1) / took


@dataclass(frozen=True, slots=True)
class Provider:
    """Asks the provider that the settings name. `key` reads its secret, which may be missing."""

    settings: Callable[[], FallbackSettings]
    key: Callable[[], Awaitable[str | None]]
    clock: Clock

    def model(self, name: str, question: Question) -> str | None:
        """What the provider calls its stand-in for a model; `None` if there is none, or if it
        may not be asked this."""
        settings = self.settings()
        if not settings.enabled or not can_answer(question):
            return None
        return settings.stand_ins().get(name)

    async def answer(
        self, question: Question, model: str, request_id: RequestId, reason: FallbackReason
    ) -> AsyncGenerator[Accepted | Piece | Finished]:
        """Have a question answered by the provider's `model`. Closing the generator cancels it.
        Raises `FallbackFailed`."""
        address = self.settings().address.rstrip("/")
        host = urlsplit(address).hostname or address
        answer = _Answer(self.clock.monotonic())
        log.info("request %s: asks %s, outside of the mesh", request_id, host)
        said_nothing = True
        async with aclosing(self._ask(address, request(question, model))) as stream:
            async for said in stream:
                if said_nothing:
                    yield Accepted(request_id, model, UNKNOWN, ServedBy.FALLBACK, host, reason)
                    said_nothing = False
                answer.note(said, self.clock.monotonic())
                if said.text:
                    yield Piece(said.text)
        yield Finished(self._receipt(question, model, host, request_id, reason, answer))

    def _receipt(  # noqa: PLR0913, PLR0917 - what it says
        self,
        question: Question,
        model: str,
        host: str,
        request_id: RequestId,
        reason: FallbackReason,
        answer: _Answer,
    ) -> Receipt:
        first = None if answer.first is None else (answer.first - answer.asked) * 1000
        return Receipt(
            request_id=request_id,
            model=model,
            model_sha256=UNKNOWN,
            route=question.route,
            served_by=ServedBy.FALLBACK,
            peer=host,
            finish=answer.finish,
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.tokens(),
            first_token_ms=first,
            tokens_per_second=answer.tokens_per_second(),
            attempts=(host,),
            fallback_reason=reason,
        )

    async def _ask(self, address: str, body: dict[str, object]) -> AsyncGenerator[Said]:
        stream = ProviderStream()
        headers = {"Authorization": f"Bearer {await self.key() or ''}"}
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT_LIMIT, sock_read=STALL)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, headers=headers) as session,
                # A redirect would take the key and the prompt to somebody else.
                session.post(
                    f"{address}/chat/completions", json=body, allow_redirects=False
                ) as response,
            ):
                if response.status != 200:
                    raise _refused(address, response.status)
                async for data in response.content.iter_chunked(MAX_CHUNK):
                    for said in stream.feed(data):
                        yield said
                stream.end()
        except (aiohttp.ClientError, OSError, TimeoutError, BrokenStream) as error:
            log.warning("the fallback provider failed: %s", type(error).__name__)
            raise FallbackFailed(
                "The external provider did not answer to the end.",
                "Ask again, or choose the mesh or this computer as the place that answers.",
            ) from error


def _refused(address: str, status: int) -> FallbackFailed:
    host = urlsplit(address).hostname or address
    if status in (401, 403):
        return FallbackFailed(
            f"The external provider {host} does not accept the key ({status}).",
            "Set another one: `closedmesh fallback key`.",
        )
    return FallbackFailed(
        f"The external provider {host} refused the question ({status}).",
        "Look at its address and its name of the model in the settings, page Fallback.",
    )
