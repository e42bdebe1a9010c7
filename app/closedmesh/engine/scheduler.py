"""Answers many requests in one batch: the worker's decoding loop, without pipe and process.

Every step computes the next token of all running answers and a piece of the prompts that are
still being read, so that requests join and leave at any step. A place (sequence of the cache)
keeps its tokens after an answer; the next request of the same client that begins with the same
tokens re-uses them. Waiting requests: the owner first, then the client that has had the least.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from closedmesh.engine.llama import BATCH, DecodeFailed, Llama
from closedmesh.engine.messages import Done, Failed, FromWorker, Generate, Priority, Started, Tokens
from closedmesh.engine.prompts import Prepared
from closedmesh.engine.text import TextStream
from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.models import sampling
from closedmesh.models.chat import Alternative, FinishReason, TokenLogprob

log = logging.getLogger(__name__)

PROMPT_STEP = 128
"""Prompt tokens read in one step while answers run: their pause stays short."""

_TURN = {Priority.OWNER: 0, Priority.USER: 1, Priority.BACKGROUND: 2}


@dataclass(slots=True)
class _Place:
    """One sequence of the cache: `tokens` are in it, on behalf of `client`."""

    sequence: int
    tokens: list[int] = field(default_factory=list)
    client: str = ""
    last_used: int = 0
    job: "_Job | None" = None


@dataclass(slots=True)
class _Job:
    """A request in progress. `pending` tokens are not in the cache yet."""

    request: Generate
    text: TextStream
    limit: int
    pending: list[int]
    position: int = 0
    """Tokens of the answer so far."""


class Scheduler:
    """Runs requests on a model. Not thread-safe: all calls come from the decoding thread."""

    def __init__(
        self,
        model: Llama,
        prepare: Callable[[Generate], Prepared],
        send: Callable[[FromWorker], None],
    ) -> None:
        self._model = model
        self._prepare = prepare
        self._send = send
        self._places = [_Place(sequence) for sequence in range(model.slots)]
        self._waiting: list[Generate] = []
        self._had: Counter[str] = Counter()
        self._step = 0

    @property
    def idle(self) -> bool:
        """Nothing to compute."""
        return not self._waiting and not any(place.job for place in self._places)

    def add(self, request: Generate) -> None:
        """Take a request into the queue."""
        self._waiting.append(request)

    def cancel(self, request_id: int) -> None:
        """Forget a request; its place is free for the next step."""
        self._waiting = [r for r in self._waiting if r.id != request_id]
        for place in self._places:
            if place.job and place.job.request.id == request_id:
                place.job = None

    def step(self) -> None:
        """Compute one step for everybody."""
        self._step += 1
        self._admit()
        entries, sampled = self._compose()
        if not entries:
            return
        try:
            self._model.decode(entries)
        except DecodeFailed as error:
            self._give_up(str(error))
            return
        for entry, place in sampled:
            if place.job:
                self._advance(place, place.job, self._model.logits(entry))

    def _admit(self) -> None:
        while self._waiting and (free := [place for place in self._places if not place.job]):
            request = min(self._waiting, key=self._turn)
            self._waiting.remove(request)
            try:
                _refuse(request)
                prepared = self._prepare(request)
            except ClosedMeshError as error:
                self._send(Failed(request.id, error.code, error.title, error.advice))
                continue
            self._start(request, prepared, free)

    def _turn(self, request: Generate) -> tuple[int, int, int]:
        return _TURN[request.priority], self._had[request.client], request.id

    def _start(self, request: Generate, prepared: Prepared, free: list[_Place]) -> None:
        def cached(place: _Place) -> int:
            own = place.client == request.client
            return _common(place.tokens, prepared.tokens[:-1]) if own else 0

        place = max(free, key=lambda p: (cached(p), not p.tokens, -p.last_used))
        keep = cached(place)
        if not self._model.forget(place.sequence, keep):
            keep = 0
        place.tokens = prepared.tokens[:keep]
        place.client = request.client
        room = self._model.context - len(prepared.tokens)
        limit = room if request.max_tokens is None else min(room, request.max_tokens)
        place.job = _Job(request, TextStream(request.stop), limit, prepared.tokens[keep:])
        self._had[request.client] += 1
        self._send(Started(request.id, len(prepared.tokens), keep, prepared.dropped_messages))

    def _compose(self) -> tuple[list[tuple[int, int, int, bool]], list[tuple[int, _Place]]]:
        """The batch of this step, and which of its entries give whose next token. Running
        answers first (one token each), then prompts, the shortest rest first."""
        busy = [(place, place.job) for place in self._places if place.job]
        busy.sort(key=lambda pair: len(pair[1].pending))
        running = any(len(job.pending) == 1 for _, job in busy)
        room = BATCH
        if running:
            room = min(room, len(busy) + PROMPT_STEP)
        entries: list[tuple[int, int, int, bool]] = []
        sampled: list[tuple[int, _Place]] = []
        for place, job in busy:
            taken = job.pending[: max(0, room - len(entries))]
            job.pending = job.pending[len(taken) :]
            for token in taken:
                entries.append((token, len(place.tokens), place.sequence, False))
                place.tokens.append(token)
            if taken and not job.pending:
                entries[-1] = (*entries[-1][:3], True)
                sampled.append((len(entries) - 1, place))
            place.last_used = self._step
        return entries, sampled

    def _advance(self, place: _Place, job: _Job, logits: NDArray[np.float32]) -> None:
        """Choose the next token of an answer, send what can be shown, end it if it is over."""
        request = job.request
        seed = request.sampling.seed or 0
        token = sampling.choose(logits, request.sampling, seed, job.position, place.tokens)
        if self._model.ends_answer(token):
            self._finish(place, job, FinishReason.STOP)
            return
        job.position += 1
        text = job.text.push(self._model.piece(token))
        details = self._details(token, logits, request.top_logprobs)
        self._send(Tokens(request.id, text, job.position, details, (token,)))
        if job.text.stopped:
            self._finish(place, job, FinishReason.STOP)
        elif job.position >= job.limit:
            self._finish(place, job, FinishReason.LENGTH)
        else:
            job.pending = [token]

    def _details(
        self, token: int, logits: NDArray[np.float32], top: int | None
    ) -> tuple[TokenLogprob, ...]:
        if top is None:
            return ()
        tokens = [token, *(sampling.best(logits, top).tolist() if top else ())]
        chosen, *others = (
            Alternative(self._model.piece(t), value)
            for t, value in zip(tokens, sampling.logprobs(logits, tokens), strict=True)
        )
        return (TokenLogprob(chosen, tuple(others)),)

    def _finish(self, place: _Place, job: _Job, reason: FinishReason) -> None:
        rest = job.text.finish()
        if rest:
            self._send(Tokens(job.request.id, rest, job.position))
        self._send(Done(job.request.id, reason, job.position))
        place.job = None

    def _give_up(self, why: str) -> None:
        """A step failed: whoever was in it hears so, and their places start afresh."""
        log.error("a step failed: %s", why)
        for place in self._places:
            if place.job:
                title = "The model could not compute the answer."
                advice = "Ask again; if it repeats, choose a smaller context or another model."
                self._send(Failed(place.job.request.id, "engine_died", title, advice))
            self._model.forget(place.sequence)
            place.tokens, place.job = [], None


def _refuse(request: Generate) -> None:
    if request.form or request.begun or request.trace or request.sampling.logit_bias:
        raise BadRequest("This engine cannot do that.", "Ask for a plain answer.")


def _common(left: Sequence[int], right: Sequence[int]) -> int:
    """How many tokens both begin with."""
    for i, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return i
    return min(len(left), len(right))
