"""The mesh first, and a provider outside of it only where the mesh cannot answer in time.

Nothing of the mesh's answer is shown before its first token is there, because what is shown says
who answers. Once there is one, the mesh keeps the answer, whatever happens.
"""

import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from closedmesh.errors import (
    ContextTooLong,
    MeshUnreachable,
    ModelNotFound,
    NotAMember,
)
from closedmesh.host.secrets import Secrets
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import (
    Accepted,
    FallbackReason,
    Finished,
    ModelHash,
    Piece,
    Question,
    RequestId,
    Route,
    Waiting,
)
from closedmesh.node.asking import Elsewhere
from closedmesh.node.clock import Clock, within
from closedmesh.node.provider import FALLBACK_KEY, Provider
from closedmesh.settings import Settings

log = logging.getLogger(__name__)

Event = Accepted | Waiting | Piece | Finished


@dataclass(frozen=True, slots=True)
class FallingBack:
    """Answers in place of this computer. `mesh` is `None` in no mesh."""

    mesh: Elsewhere | None
    provider: Provider
    catalogue: Catalogue
    clock: Clock

    async def answer(
        self, question: Question, ref: str, request: RequestId
    ) -> AsyncGenerator[Event]:
        """As the mesh answers; for a question that allows it, as the provider does if the mesh
        does not. Raises what whoever answers raises."""
        stand_in = self._stand_in(question, ref)
        if stand_in is None:
            if self.mesh is None:
                raise NotAMember("This computer is in no mesh.", "Join one with an invite.")
            async with aclosing(self.mesh.answer(question, ref, request)) as events:
                async for event in events:
                    yield event
            return
        reason = FallbackReason.NO_REPLICA
        if self.mesh is not None:
            held: list[Event] = []
            async with aclosing(self.mesh.answer(question, ref, request)) as events:
                problem = await self._first_token(events, held)
                if problem is None:
                    for event in held:
                        yield event
                    async for event in events:
                        yield event
                    return
            reason = problem
        log.info("request %s: falls back (%s)", request, reason)
        outside = self.provider.answer(question, stand_in, request, reason)
        async with aclosing(outside) as answer:
            async for said in answer:
                yield said

    async def _first_token(
        self, events: AsyncGenerator[Event], held: list[Event]
    ) -> FallbackReason | None:
        """Hold what the mesh says up to its first token; why there was none in time."""
        limit = self.provider.settings().first_token_seconds
        due = self.clock.monotonic() + limit
        try:
            while not held or not isinstance(held[-1], Piece | Finished):
                left = due - self.clock.monotonic()
                held.append(await within(self.clock, left, _next(events)))
        except TimeoutError:
            return FallbackReason.LATENCY_TARGET
        except (ModelNotFound, NotAMember):
            return FallbackReason.NO_REPLICA
        except ContextTooLong:
            raise
        except MeshUnreachable:
            return FallbackReason.MESH_ERROR
        return None

    def _stand_in(self, question: Question, ref: str) -> str | None:
        known = self.catalogue.by_name(ref) or self.catalogue.by_hash(ModelHash(ref))
        allowed = question.route is Route.MESH_THEN_FALLBACK
        if known is None or known.tier != "daily_driver" or not allowed:
            return None
        return self.provider.model(known.name, question)


@dataclass(frozen=True, slots=True)
class Outside:
    """The provider of this computer, as the settings of the moment say."""

    settings: Callable[[], Settings]
    keychain: Secrets
    catalogue: Catalogue
    clock: Clock

    def beside(self, mesh: Elsewhere | None) -> Elsewhere | None:
        """Who answers in place of this computer: the mesh, with the provider where allowed."""
        if not self.settings().fallback.enabled:
            return mesh
        provider = Provider(
            lambda: self.settings().fallback, lambda: self.keychain.get(FALLBACK_KEY), self.clock
        )
        return FallingBack(mesh, provider, self.catalogue, self.clock)

    async def keep_key(self, key: str) -> None:
        """Keep the provider's key."""
        await self.keychain.set(FALLBACK_KEY, key)


async def _next(events: AsyncGenerator[Event]) -> Event:
    try:
        return await anext(events)
    except StopAsyncIteration:
        raise MeshUnreachable("The mesh said nothing.", "Ask again.") from None
