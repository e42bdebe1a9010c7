"""Runs model files as a peer would (answers with traces) and as a verifier does (scores)."""

import ctypes
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from llama_cpp import llama_cpp

from closedmesh.models import sampling
from closedmesh.models.chat import TRACE_TOP, TRACE_UNIT, Sampling

REFERENCE_TOP = 64
CONTEXT = 512
CACHE_TYPES = {"f16": 1, "q8_0": 8, "q4_0": 2}
FLASH = {"auto": -1, "off": 0, "on": 1}


@dataclass(frozen=True)
class Way:
    """How a model is run."""

    threads: int = 1
    slots: int = 16
    step: int = 512
    """Tokens of one batch at most."""
    flash: str = "auto"
    cache: str = "f16"
    repack: bool = True
    """Weights laid out anew for this processor."""
    context: int = CONTEXT
    """Tokens of one sequence."""


USUAL = Way()


@dataclass(frozen=True)
class Item:
    """One check: what is asked."""

    prompt: tuple[int, ...]
    sampling: Sampling
    max_tokens: int


@dataclass(frozen=True)
class Answer:
    """What a peer returns: arrays of one row a token."""

    tokens: np.ndarray
    top: np.ndarray
    """(tokens, 8) ids, best first."""
    units: np.ndarray
    """(tokens, 8) log-probabilities in 1/64 nat."""


@dataclass(frozen=True)
class Scored:
    """What a reference says of an answer."""

    logprobs: np.ndarray
    top: np.ndarray
    """(tokens, 64)."""
    top_logprobs: np.ndarray


class Runner:
    def __init__(self, model, context, way: Way) -> None:
        self._model, self._context, self._way = model, context, way
        self._vocabulary = llama_cpp.llama_model_get_vocab(model)
        self._memory = llama_cpp.llama_get_memory(context)
        self._size = llama_cpp.llama_vocab_n_tokens(self._vocabulary)
        self._batch = llama_cpp.llama_batch_init(way.step, 0, 1)

    def tokenize(self, text: str, *, beginning: bool = True, special: bool = True) -> list[int]:
        data = text.encode()
        tokens = (llama_cpp.llama_token * (len(data) + 2))()
        count = llama_cpp.llama_tokenize(
            self._vocabulary, data, len(data), tokens, len(data) + 2, beginning, special
        )
        return list(tokens[:count])

    def text(self, tokens: Sequence[int]) -> str:
        data = b""
        buffer = ctypes.create_string_buffer(1024)
        for token in tokens:
            size = llama_cpp.llama_token_to_piece(
                self._vocabulary, int(token), buffer, 1024, 0, False
            )
            data += buffer.raw[: max(0, size)]
        return data.decode("utf-8", "replace")

    def _decode(self, entries) -> None:
        batch = self._batch
        batch.n_tokens = len(entries)
        for i, (token, position, sequence, wanted) in enumerate(entries):
            batch.token[i], batch.pos[i], batch.n_seq_id[i] = int(token), position, 1
            batch.seq_id[i][0], batch.logits[i] = sequence, wanted
        if llama_cpp.llama_decode(self._context, batch):
            raise SystemExit("llama_decode failed")

    def _row(self, entry: int) -> np.ndarray:
        pointer = llama_cpp.llama_get_logits_ith(self._context, entry)
        return np.ctypeslib.as_array(pointer, shape=(self._size,))

    def answer(self, items: Sequence[Item]) -> list[Answer]:
        """Answer all, `slots` at a time."""
        answers = []
        for start in range(0, len(items), self._way.slots):
            answers += self._wave(items[start : start + self._way.slots])
        return answers

    def _wave(self, items: Sequence[Item]) -> list[Answer]:
        llama_cpp.llama_memory_clear(self._memory, True)
        steps = [[] for _ in items]
        rows = {}
        for sequence, item in enumerate(items):
            rows[sequence] = self._read(item.prompt, sequence)
        running = set(rows)
        while running:
            for sequence in sorted(running):
                item, done = items[sequence], steps[sequence]
                logits = rows[sequence]
                recent = [*item.prompt, *(step[0] for step in done)]
                seed = item.sampling.seed or 0
                token = sampling.choose(logits, item.sampling, seed, len(done), recent)
                done.append((token, *_trace(logits)))
                ended = llama_cpp.llama_vocab_is_eog(self._vocabulary, token)
                if ended or len(done) >= item.max_tokens:
                    running.discard(sequence)
            order = sorted(running)
            if order:
                self._decode(
                    [(steps[s][-1][0], len(items[s].prompt) + len(steps[s]) - 1, s, True)
                     for s in order]
                )  # fmt: skip
                rows = {s: self._row(i).copy() for i, s in enumerate(order)}
        return [Answer(*(np.array(column) for column in zip(*done, strict=True))) for done in steps]

    def _read(self, prompt: Sequence[int], sequence: int) -> np.ndarray:
        for start in range(0, len(prompt), self._way.step):
            part = prompt[start : start + self._way.step]
            last = start + len(part) == len(prompt)
            self._decode(
                [(token, start + i, sequence, last and i == len(part) - 1)
                 for i, token in enumerate(part)]
            )  # fmt: skip
        return self._row(len(part) - 1).copy()

    def score(self, item: Item, tokens: Sequence[int]) -> Scored:
        """One pass over the question and the returned tokens."""
        llama_cpp.llama_memory_clear(self._memory, True)
        whole = [*item.prompt, *tokens][:-1]
        first = len(item.prompt) - 1
        rows = []
        for start in range(0, len(whole), self._way.step):
            part = whole[start : start + self._way.step]
            self._decode([(t, start + i, 0, start + i >= first) for i, t in enumerate(part)])
            for i in range(max(0, first - start), len(part)):
                logits = self._row(i)
                top = sampling.best(logits, REFERENCE_TOP)
                token = int(tokens[start + i - first])
                values = sampling.logprobs(logits, [token, *top.tolist()])
                rows.append((values[0], top, values[1:]))
        own, top, values = zip(*rows, strict=True)
        return Scored(np.array(own), np.array(top), np.array(values))


def _trace(logits: np.ndarray) -> tuple[list[int], list[int]]:
    top = sampling.best(logits, TRACE_TOP).tolist()
    return top, [round(value * TRACE_UNIT) for value in sampling.logprobs(logits, top)]


@contextmanager
def running(file: Path, way: Way):
    llama_cpp.llama_log_set(_quiet, None)
    llama_cpp.llama_backend_init()
    wanted = llama_cpp.llama_model_default_params()
    wanted.use_extra_bufts = way.repack
    model = llama_cpp.llama_model_load_from_file(str(file).encode(), wanted)
    if not model:
        raise SystemExit(f"llama.cpp could not read {file}")
    parameters = llama_cpp.llama_context_default_params()
    parameters.n_ctx = way.context * way.slots
    parameters.n_batch = parameters.n_ubatch = way.step
    parameters.n_seq_max = way.slots
    parameters.n_threads = parameters.n_threads_batch = way.threads
    parameters.type_k = parameters.type_v = CACHE_TYPES[way.cache]
    parameters.flash_attn_type = FLASH[way.flash]
    parameters.kv_unified = False
    context = llama_cpp.llama_init_from_model(model, parameters)
    if not context:
        raise SystemExit(f"llama.cpp cannot run {file.name} as {way}")
    try:
        yield Runner(model, context, way)
    finally:
        llama_cpp.llama_free(context)
        llama_cpp.llama_model_free(model)


@llama_cpp.llama_log_callback
def _quiet(_level, _text, _data) -> None:
    """Thousands of lines about each model."""


def reference_way() -> Way:
    """How the verifier reads: one question at a time."""
    return replace(USUAL, slots=1)
