"""Answers questions: chooses who answers, streams it, measures it, keeps what belongs to a chat."""

import logging
import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from msgspec import structs

from closedmesh.engine.messages import Done, Generate, Priority, Started, Tokens
from closedmesh.errors import ClosedMeshError, EngineDied, ModelNotFound, RouteUnavailable
from closedmesh.models import tools
from closedmesh.models.chat import (
    OWNER,
    Accepted,
    Conversation,
    Finished,
    Piece,
    Question,
    Receipt,
    RequestId,
    Route,
    ServedBy,
    Waiting,
)
from closedmesh.models.conversations import Again, AnswerEvent, Ask, EntryState, Say
from closedmesh.node.calling import read_calls
from closedmesh.node.clock import Clock
from closedmesh.node.conversations import Begun, Conversations
from closedmesh.node.engines import Engines
from closedmesh.node.library import Library
from closedmesh.node.survey import Survey
from closedmesh.status import Model

log = logging.getLogger(__name__)

SAVE_EVERY = 1.0
"""Seconds between two savings of an answer that is being written."""


@dataclass(slots=True)
class _Measure:
    """Figures of one answer, taken where its tokens arrive."""

    asked: float
    energy: str
    """The answer's name in the survey."""
    first: float | None = None
    count_at_first: int = 0
    last: float = 0.0
    count: int = 0
    started: Started | None = None

    def note(self, count: int, now: float) -> None:
        if self.first is None:
            self.first = now
            self.count_at_first = count
        self.count = count
        self.last = now

    def first_token_ms(self) -> float | None:
        return None if self.first is None else (self.first - self.asked) * 1000

    def tokens_per_second(self) -> float | None:
        after_first = self.count - self.count_at_first
        if self.first is None or after_first < 1 or self.last <= self.first:
            return None
        return after_first / (self.last - self.first)


class Elsewhere(Protocol):
    """Who answers in place of this computer."""

    def answer(
        self, question: Question, ref: str, request: RequestId
    ) -> AsyncGenerator[Accepted | Waiting | Piece | Finished]:
        """Have a question answered by exactly the model that `ref` names."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything that answering needs."""

    library: Library
    engines: Engines
    conversations: Conversations
    survey: Survey
    default_model: Callable[[], str]
    clock: Clock
    peer: Callable[[], str]
    """Short id of this computer."""
    elsewhere: Callable[[], Elsewhere | None]
    """The mesh; what is asked of this computer alone never comes near it."""

    async def answer(self, ask: Ask) -> AsyncGenerator[AnswerEvent]:
        """Have something answered; closing the generator cancels it."""
        events = self._question(ask) if isinstance(ask, Question) else self._turn(ask)
        async with aclosing(events):
            async for event in events:
                yield event

    async def _turn(self, turn: Say | Again) -> AsyncGenerator[AnswerEvent]:
        begun = self.conversations.begin(turn)
        reply = begun.recorded.reply
        text, saved = "", self.clock.monotonic()
        state, receipt, problem = EntryState.STOPPED, None, None
        try:
            yield begun.recorded
            async with aclosing(self._question(_question_of(begun))) as events:
                async for event in events:
                    if isinstance(event, Piece):
                        text += event.text
                        if self.clock.monotonic() - saved >= SAVE_EVERY:
                            self.conversations.save(reply, text)
                            saved = self.clock.monotonic()
                    elif isinstance(event, Finished):
                        state, receipt = EntryState.COMPLETE, event.receipt
                        self.conversations.finish(reply, text, state, receipt)
                    yield event
        except ClosedMeshError as error:
            state, problem = EntryState.FAILED, str(error)
            raise
        except Exception:
            state, problem = EntryState.FAILED, "Something went wrong inside the program."
            raise
        finally:
            if receipt is None:
                self.conversations.finish(reply, text, state, None, problem)

    async def _question(self, question: Question) -> AsyncGenerator[AnswerEvent]:
        ref = question.model or self.default_model()
        request = RequestId(secrets.token_hex(8))
        model = await self._model_here(question.route, ref)
        template = self.library.header(model).chat_template if model else None
        prepared, reader = tools.prepare(question, template, request)
        if model:
            told = self._here(request, model, prepared)
        else:
            told = self._there(request, ref, prepared)
        async with aclosing(read_calls(told, reader) if reader else told) as events:
            async for event in events:
                yield event

    async def _model_here(self, route: Route, ref: str) -> Model | None:
        """The model, if this computer is to answer with it; `None` if the mesh is."""
        match route:
            case Route.LOCAL:
                return await self.library.find(ref)
            case Route.MESH | Route.MESH_THEN_FALLBACK:
                return None
            case Route.AUTO:
                try:
                    return await self.library.find(ref)
                except ModelNotFound:
                    return None

    async def _there(
        self, request: RequestId, ref: str, question: Question
    ) -> AsyncGenerator[AnswerEvent]:
        elsewhere = self.elsewhere()
        if elsewhere is None:
            raise RouteUnavailable(
                "This computer is in no mesh.", "Choose this computer as the place that answers."
            )
        log.info("request %s: the mesh answers", request)
        async with aclosing(elsewhere.answer(question, ref, request)) as events:
            async for event in events:
                yield event

    async def _here(
        self, request: RequestId, model: Model, question: Question
    ) -> AsyncGenerator[AnswerEvent]:
        log.info("request %s: %s answers here", request, model.name)
        measure = _Measure(self.clock.monotonic(), self.survey.begin())
        try:
            async with aclosing(self._told(request, model, question, measure)) as events:
                async for event in events:
                    yield event
        finally:
            self.survey.abandon(measure.energy)

    async def _told(
        self, request_id: RequestId, model: Model, question: Question, measure: _Measure
    ) -> AsyncGenerator[AnswerEvent]:
        yield Accepted(request_id, model.name, model.sha256, ServedBy.LOCAL, self.peer())
        async with aclosing(self.engines.answer(model, self._generate(question))) as messages:
            async for message in messages:
                match message:
                    case Waiting():
                        yield message
                    case Started():
                        measure.started = message
                    case Tokens(_, text, count, logprobs, ids, trace):
                        measure.note(count, self.clock.monotonic())
                        yield Piece(text, logprobs, ids, trace)
                    case Done():
                        taken = await self.survey.end(measure.energy)
                        receipt = self._receipt(request_id, model, question, measure, message)
                        yield Finished(
                            structs.replace(
                                receipt, energy_wh=taken.watt_hours, energy_source=taken.source
                            )
                        )

    def _generate(self, question: Question) -> Generate:
        return Generate(
            id=1,
            client=question.client,
            priority=Priority.OWNER if question.client == OWNER else Priority.USER,
            prompt=question.prompt,
            sampling=question.sampling,
            max_tokens=question.max_tokens,
            stop=question.stop,
            top_logprobs=question.top_logprobs,
            overflow=question.overflow,
            date=datetime.fromtimestamp(self.clock.now()).astimezone().date().isoformat(),
            form=question.form,
            begun=question.begun,
            trace=question.trace,
        )

    def _receipt(
        self,
        request_id: RequestId,
        model: Model,
        question: Question,
        measure: _Measure,
        done: Done,
    ) -> Receipt:
        started = measure.started
        if started is None:
            raise EngineDied("The worker ended an answer it had not begun.", "Ask again.")
        return Receipt(
            request_id=request_id,
            model=model.name,
            model_sha256=model.sha256,
            route=question.route,
            served_by=ServedBy.LOCAL,
            peer=self.peer(),
            finish=done.finish,
            prompt_tokens=started.prompt_tokens,
            completion_tokens=done.completion_tokens,
            cached_tokens=started.cached_tokens,
            dropped_messages=started.dropped_messages,
            first_token_ms=measure.first_token_ms(),
            tokens_per_second=measure.tokens_per_second(),
            attempts=(self.peer(),),
        )


def _question_of(begun: Begun) -> Question:
    options = begun.options
    return Question(
        prompt=Conversation(begun.messages),
        model=options.model,
        sampling=options.sampling,
        max_tokens=options.max_tokens,
        overflow=options.overflow,
        route=options.route,
    )
