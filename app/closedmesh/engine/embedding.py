"""Makes vectors of texts with a model that was made for it: the worker's loop for such models."""

import logging

import numpy as np
from numpy.typing import NDArray

from closedmesh.engine.jobs import Send
from closedmesh.engine.llama.model import DecodeFailed, Llama
from closedmesh.engine.messages import Embed, Embedded, Failed
from closedmesh.engine.queue import Queue, Waiting
from closedmesh.errors import BadRequest, ClosedMeshError, ContextTooLong

log = logging.getLogger(__name__)


class _Job:
    """A request in progress: its texts as tokens, and the vectors so far."""

    def __init__(self, request: Embed, texts: list[list[int]]) -> None:
        self.request = request
        self.texts = texts
        self.vectors: list[NDArray[np.float32]] = []

    def next_texts(self, most: int, room: int) -> list[list[int]]:
        """The texts of the next step: at most so many, with at most `room` tokens."""
        chosen: list[list[int]] = []
        for text in self.texts[len(self.vectors) :][:most]:
            room -= len(text)
            if room < 0:
                break
            chosen.append(text)
        return chosen


class Embedder:
    """Runs requests for vectors, one after the other, some texts a step."""

    def __init__(self, model: Llama, send: Send) -> None:
        self._model = model
        self._send = send
        self._queue = Queue()
        self._job: _Job | None = None

    @property
    def idle(self) -> bool:
        """Nothing to compute."""
        return self._job is None and not self._queue

    def add(self, request: Waiting) -> None:
        """Take a request into the queue."""
        self._queue.add(request)

    def cancel(self, request_id: int) -> None:
        """Forget a request."""
        self._queue.remove(request_id)
        if self._job and self._job.request.id == request_id:
            self._job = None

    def step(self) -> None:
        """Compute the vectors of some texts."""
        if self._job is None:
            self._job = self._begin(self._queue.take())
        if self._job is not None:
            self._go_on(self._job)

    def _begin(self, request: Waiting) -> _Job | None:
        try:
            if not isinstance(request, Embed):
                raise BadRequest(
                    "This model makes vectors; it writes no answers.",
                    "Choose a model for chats.",
                    param="model",
                )
            return _Job(request, [self._tokens(text) for text in request.texts])
        except ClosedMeshError as error:
            self._send(Failed(request.id, error.code, error.title, error.advice))
            return None

    def _tokens(self, text: str) -> list[int]:
        tokens = self._model.tokenize(text, special=False, beginning=True)
        if not tokens:
            raise BadRequest("A text is empty.", "Leave it out.", param="input")
        most = min(self._model.batch, self._model.context)
        if len(tokens) > most:
            raise ContextTooLong(
                f"A text has {len(tokens):,} tokens; the model reads {most:,} at once.",
                "Cut it into parts.",
            )
        return tokens

    def _go_on(self, job: _Job) -> None:
        texts = job.next_texts(self._model.slots, self._model.batch)
        try:
            job.vectors += list(self._model.embed(texts))
        except DecodeFailed as error:
            log.error("a step failed: %s", error)  # noqa: TRY400 - the message says all
            title = "The model could not compute the vectors."
            self._send(Failed(job.request.id, "engine_died", title, "Ask again."))
            self._job = None
            return
        if len(job.vectors) == len(job.texts):
            vectors = tuple(tuple(vector.tolist()) for vector in job.vectors)
            self._send(Embedded(job.request.id, vectors, sum(map(len, job.texts))))
            self._job = None
