"""Answers many requests in one batch: the worker's decoding loop, without pipe and process.

A step first writes every running answer on, by one token or by several that were guessed, in one
`decode`. Then it reads a piece of the prompts that wait, as long as running answers can wait for
it. So requests join and leave at any step, and a long prompt holds up nobody for long. Work that
nobody waits for is read in small pieces while there is other work, and gives up its place.
"""

import logging
from collections.abc import Sequence
from heapq import heapify, heapreplace

from closedmesh.engine.cache import Cache
from closedmesh.engine.choosing import Chooser
from closedmesh.engine.drafting import Guessers
from closedmesh.engine.guessing import SIZES
from closedmesh.engine.jobs import Answer, Job, Scoring, Send
from closedmesh.engine.llama.loading import OUTPUTS
from closedmesh.engine.llama.model import DecodeFailed, Llama
from closedmesh.engine.messages import (
    Done,
    Embed,
    Failed,
    Generate,
    Priority,
    Queued,
    Score,
    Scored,
    Started,
)
from closedmesh.engine.pace import LONGEST_PAUSE, LONGEST_STEP
from closedmesh.engine.prompts import Prompter
from closedmesh.engine.queue import Queue, Waiting
from closedmesh.engine.text import TextStream
from closedmesh.errors import BadRequest, ClosedMeshError, ContextTooLong
from closedmesh.models.chat import FinishReason
from closedmesh.models.sampling import Logits

log = logging.getLogger(__name__)

BACKGROUND_SHARE = 0.05
"""Share of the time for what nobody waits for, while there is something else."""

BACKGROUND_PAUSE = 0.04
"""Seconds that a running answer waits for a piece of it."""

SHOW_EVERY = 1 / 60
"""Seconds between two pieces of an answer, where a step takes less: as often as a screen shows
anything. Each piece costs processor time, here and in every program on its way to a reader, that
then lacks for the next tokens."""

USUAL_ANSWER = 256
"""Tokens of an answer, for an estimate before anything is known of them."""


class Scheduler:
    """Runs requests on a model. Not thread-safe: all calls come from the decoding thread."""

    def __init__(
        self,
        model: Llama,
        prompter: Prompter,
        cache: Cache,
        send: Send,
        guessers: Guessers,
    ) -> None:
        self._model = model
        self._prompter = prompter
        self._cache = cache
        self._send = send
        self._guessers = guessers
        self._queue = Queue()
        self._jobs: list[Job] = []
        self._pace = guessers.pace
        self._clock = guessers.pace.clock
        self._told: dict[int, int] = {}
        self._background_from = 0.0
        self._usual = float(USUAL_ANSWER)
        self._outputs = max(OUTPUTS, model.slots)

    @property
    def idle(self) -> bool:
        """Nothing to compute."""
        return not self._jobs and not self._queue

    def add(self, request: Waiting) -> None:
        """Take a request into the queue."""
        self._queue.add(request)

    def cancel(self, request_id: int) -> None:
        """Forget a request; its place is free for the next step."""
        self._queue.remove(request_id)
        self._told.pop(request_id, None)
        for job in self._jobs:
            if job.request.id == request_id:
                job.ended = True
        self._let_go()

    def step(self) -> None:
        """Compute one step for everybody."""
        self._admit()
        try:
            self._write()
            self._read()
        except DecodeFailed as error:
            self._give_up(str(error))
        self._let_go()

    def _admit(self) -> None:
        changed = False
        while self._queue and (self._cache.free or self._make_room()):
            changed = True
            request = self._queue.take()
            self._told.pop(request.id, None)
            try:
                self._start(request)
            except ClosedMeshError as error:
                self._send(Failed(request.id, error.code, error.title, error.advice))
        if self._queue and (changed or len(self._told) != len(self._queue)):
            self._tell()

    def _make_room(self) -> bool:
        """Take its place from work that nobody waits for, if somebody waits; it begins anew."""
        job = next((job for job in self._jobs if isinstance(job, Scoring)), None)
        if job is None or not self._queue.urgent():
            return False
        job.ended = True
        self._let_go()
        self._queue.add(job.request)
        return True

    def _start(self, request: Waiting) -> None:
        match request:
            case Generate():
                self._start_answer(request)
            case Score():
                self._start_scoring(request)
            case Embed():
                raise BadRequest(
                    "This model writes answers; it makes no vectors.",
                    "Choose an embedding model.",
                    param="model",
                )

    def _start_answer(self, request: Generate) -> None:
        prepared = self._prompter.prepare(request)
        chooser = Chooser(self._model, request)
        text = TextStream(request.stop)
        for token in self._prompter.known(request.begun):
            text.push(self._model.piece(token))
        count, begun = len(prepared.tokens), len(request.begun)
        room = self._model.context - count
        limit = room if request.max_tokens is None else min(room, request.max_tokens)
        if text.stopped or begun >= limit:
            self._send(Started(request.id, count, 0, prepared.dropped_messages))
            reason = FinishReason.STOP if text.stopped else FinishReason.LENGTH
            self._send(Done(request.id, reason, begun))
            return
        tokens = [*prepared.tokens, *request.begun]
        place = self._cache.take(request.client, tokens)
        cached = len(place.tokens)
        guesser = self._guessers.guesser(request.sampling, place, count)
        self._jobs.append(
            Answer(request, place, tokens[cached:], limit, chooser, guesser, text, position=begun)
        )
        self._send(Started(request.id, count, min(cached, count), prepared.dropped_messages))

    def _start_scoring(self, request: Score) -> None:
        prompt = self._prompter.tokens(request.prompt, request.date)
        tokens = [*prompt, *self._prompter.known(request.continuation)[:-1]]
        if not prompt:
            raise BadRequest("The prompt is empty.", "Score what follows something.")
        if len(tokens) > self._model.context:
            raise ContextTooLong(
                f"Prompt and continuation have {len(tokens):,} tokens; the context holds"
                f" {self._model.context:,}.",
                "Score a shorter text.",
            )
        place = self._cache.take(request.client, prompt)
        cached = len(place.tokens)
        self._jobs.append(Scoring(request, place, tokens[cached:]))
        self._send(Started(request.id, len(prompt), cached, 0))

    def _tell(self) -> None:
        """Say to those that wait how many go first, if that is news."""
        for ahead, request in enumerate(self._queue):
            if self._told.get(request.id) != ahead:
                self._told[request.id] = ahead
                self._send(Queued(request.id, ahead, self._estimate(ahead)))

    def _estimate(self, ahead: int) -> float:
        """Seconds until the turn of a request that `ahead` others go before."""
        usual = self._usual * self._pace.latest
        free_in = [self._left(job) for job in self._jobs]
        heapify(free_in)
        for _ in range(ahead):
            heapreplace(free_in, free_in[0] + usual)
        return free_in[0] if free_in else 0.0

    def _left(self, job: Job) -> float:
        """Seconds until a job ends, as far as can be told."""
        reading = self._pace.reading(len(job.pending))
        if isinstance(job, Scoring):
            return reading
        expected = min(job.limit, max(self._usual, 1.5 * job.position))
        return reading + max(expected - job.position, 1.0) * self._pace.latest

    def _write(self) -> None:
        """Write every running answer on."""
        running = [j for j in self._jobs if isinstance(j, Answer) and not j.pending]
        if not running:
            return
        # llama.cpp computes sequences at once only where their numbers follow each other
        running.sort(key=lambda answer: answer.place.sequence)
        began = self._clock()
        tokens: list[int] = []
        positions: list[int] = []
        sequences: list[int] = []
        guesses: list[list[int]] = []
        for answer in running:
            place = answer.place
            position = len(place.tokens)
            place.tokens.append(answer.next)
            room = self._outputs - len(tokens) - len(running) + len(guesses)
            guessed = self._guess(answer, len(running) - 1, room)
            guesses.append(guessed)
            tokens += [answer.next, *guessed]
            positions += range(position, position + 1 + len(guessed))
            sequences += [place.sequence] * (1 + len(guessed))
        if len(tokens) == len(running):
            began = self._clock()  # what was spent on guesses that came to nothing is no plain step
        rows = self._model.decode(tokens, positions, sequences, 1)
        at = 0
        for answer, guessed in zip(running, guesses, strict=True):
            self._confirm(answer, guessed, rows[at : at + 1 + len(guessed)])
            at += 1 + len(guessed)
        self._pace.wrote(len(running), len(tokens) - len(running), self._clock() - began)

    def _guess(self, answer: Answer, others: int, outputs: int) -> list[int]:
        """What may come next in an answer, as far as guessing pays."""
        if answer.guesser is None:
            return []
        room = min(answer.limit - answer.position - 1, outputs)
        size = answer.trust.size(self._pace, others, room)
        if not size:
            answer.trust.watch(answer.guesser, answer.place.tokens)
            return []
        guessed = answer.guesser.guess(answer.place.tokens, size)
        return guessed[: max((s for s in SIZES if s <= len(guessed)), default=0)]

    def _confirm(self, answer: Answer, guessed: list[int], rows: Logits) -> None:
        """Choose what follows: after each guess that was right, one token more."""
        right = 0
        for logits in rows:
            token = answer.advance(logits, self._model, self._send)
            if token is None or right == len(guessed) or token != guessed[right]:
                break
            answer.place.tokens.append(token)
            right += 1
        if guessed:
            answer.guessed += right
            answer.trust.learn(len(guessed), right)
            if right < len(guessed):
                self._model.forget(answer.place.sequence, len(answer.place.tokens))
        if not answer.ended:
            self._show(answer)

    def _show(self, answer: Answer) -> None:
        """Send what is new in an answer, if it is time or the next step will take longer."""
        now = self._clock()
        if 0 < self._pace.latest < SHOW_EVERY and now - answer.shown < SHOW_EVERY:
            return
        answer.shown = now
        answer.show(self._send)

    def _read(self) -> None:
        """Read a piece of the prompts, no longer than those who wait can stand."""
        reading = [job for job in self._jobs if job.pending and not job.ended]
        if not reading:
            return
        began = self._clock()
        awaited = [j for j in reading if j.request.priority is not Priority.BACKGROUND]
        running = any(not job.pending for job in self._jobs)
        if not awaited and running and began < self._background_from:
            return
        seconds = LONGEST_PAUSE if running else LONGEST_STEP
        if not awaited and running:
            seconds = BACKGROUND_PAUSE
        room = self._pace.chunk(seconds, self._model.batch)
        pieces = _pieces(awaited or reading, room, self._outputs)
        self._show_all()
        self._read_pieces(pieces)
        took = self._clock() - began
        self._pace.read(sum(count for _, count in pieces), took)
        if not awaited:
            self._background_from = self._clock() + took * (1 / BACKGROUND_SHARE - 1)

    def _show_all(self) -> None:
        """Send what was held back: the next step of the answers is not near."""
        for job in self._jobs:
            if isinstance(job, Answer) and not job.ended:
                job.show(self._send)

    def _read_pieces(self, pieces: Sequence[tuple[Job, int]]) -> None:
        tokens: list[int] = []
        positions: list[int] = []
        sequences: list[int] = []
        wanted: list[int] = []
        for job, count in pieces:
            position = len(job.place.tokens)
            silent = min(len(job.pending) - job.predictions, count)
            tokens += job.pending[:count]
            positions += range(position, position + count)
            sequences += [job.place.sequence] * count
            wanted += [0] * silent + [1] * (count - silent)
        rows = self._model.decode(tokens, positions, sequences, wanted)
        at = 0
        for job, count in pieces:
            predicted = count - min(len(job.pending) - job.predictions, count)
            job.place.tokens += job.pending[:count]
            del job.pending[:count]
            self._predicted(job, rows[at : at + predicted])
            at += predicted

    def _predicted(self, job: Job, rows: Logits) -> None:
        match job:
            case Answer():
                for logits in rows:
                    job.advance(logits, self._model, self._send)
                if not job.ended:
                    self._show(job)
            case Scoring():
                for logits in rows:
                    job.score(logits)
                if not job.pending:
                    self._send(Scored(job.request.id, tuple(job.scores)))
                    job.ended = True

    def _let_go(self) -> None:
        """Give back the places of jobs that ended."""
        for job in self._jobs:
            if job.ended:
                self._cache.release(job.place)
                if isinstance(job, Answer) and job.position:
                    self._usual += (job.position - self._usual) * 0.1
        self._jobs = [job for job in self._jobs if not job.ended]

    def _give_up(self, why: str) -> None:
        """A step failed: whoever was in it hears so, and their places start afresh."""
        log.error("a step failed: %s", why)
        self._show_all()
        for job in self._jobs:
            title = "The model could not compute the answer."
            advice = "Ask again; if it repeats, choose a smaller context or another model."
            self._send(Failed(job.request.id, "engine_died", title, advice))
            job.ended = True
        self._cache.clear()


def _pieces(jobs: Sequence[Job], room: int, outputs: int) -> list[tuple[Job, int]]:
    """How much of which prompt is read: up to half of the room for the one that came first, then
    the shortest, so that a long one is neither in the way nor left behind."""
    first, *others = jobs
    counts = {first: min(len(first.pending), room // 2 if others else room)}
    room -= counts[first]
    for job in sorted(others, key=lambda j: len(j.pending)):
        counts[job] = min(len(job.pending), room)
        room -= counts[job]
    counts[first] = min(len(first.pending), counts[first] + room)
    pieces = []
    for number, (job, count) in enumerate(counts.items(), 1):
        silent = len(job.pending) - job.predictions
        taken = min(count, silent + outputs - (len(counts) - number))
        outputs -= max(0, taken - silent)
        if taken > 0:
            pieces.append((job, taken))
    return sorted(pieces, key=lambda piece: piece[0].place.sequence)
