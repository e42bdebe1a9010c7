"""A model in memory: computes one step of many sequences, keeps and moves their caches."""

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np
from llama_cpp import llama_cpp
from numpy.typing import NDArray

from closedmesh.engine.llama.vocabulary import Vocabulary

BATCH = 512
"""Tokens of one step at most: enough for the fastest prefill, and buffers stay small."""

State = NDArray[np.uint8]
"""The cache of one sequence, as llama.cpp writes it."""


class DecodeFailed(Exception):
    """llama.cpp could not compute a step; its memory is as it was before."""


class _Batch:
    """The arrays of a step. llama.cpp reads them in place; numpy writes them as slices, which
    costs a tenth of writing each entry through ctypes."""

    def __init__(self, size: int) -> None:
        self.token = np.zeros(size, np.int32)
        self.position = np.zeros(size, np.int32)
        self.sequence = np.zeros(size, np.int32)
        self.wanted = np.zeros(size, np.int8)
        self._one_each = np.ones(size, np.int32)
        addresses = self.sequence.ctypes.data + 4 * np.arange(size, dtype=np.uint64)
        self._addresses = addresses.astype(np.uint64)
        self.struct = llama_cpp.llama_batch(
            n_tokens=0,
            token=_pointer(self.token, llama_cpp.llama_token),
            embd=None,
            pos=_pointer(self.position, llama_cpp.llama_pos),
            n_seq_id=_pointer(self._one_each, ctypes.c_int32),
            seq_id=ctypes.cast(
                self._addresses.ctypes.data,
                ctypes.POINTER(ctypes.POINTER(llama_cpp.llama_seq_id)),
            ),
            logits=_pointer(self.wanted, ctypes.c_int8),
        )


def _pointer(array: NDArray[Any], kind: Any) -> Any:
    return array.ctypes.data_as(ctypes.POINTER(kind))


class Llama(Vocabulary):
    """A model with a cache for `slots` sequences of `context` tokens."""

    def __init__(self, model: Any, context: Any, slots: int, batch: int = BATCH) -> None:
        super().__init__(model)
        self._context = context
        self._memory = llama_cpp.llama_get_memory(context)
        self._batch = _Batch(batch)
        self._rows: NDArray[np.float32] | None = None
        self._rows_at = 0
        self.slots = slots
        self.batch = batch
        self.context = int(llama_cpp.llama_n_ctx_seq(context))
        self.layers = int(llama_cpp.llama_model_n_layer(model))
        self.forgets_parts = not (
            llama_cpp.llama_model_is_recurrent(model) or llama_cpp.llama_model_is_hybrid(model)
        )
        """Whether the end of a sequence can be taken back."""

    def set_threads(self, threads: int) -> None:
        """Use this many threads from the next step on."""
        llama_cpp.llama_set_n_threads(self._context, threads, threads)

    def forget(self, sequence: int, start: int = 0) -> bool:
        """Drop a sequence's cache from a position on. `False` if this kind of model can only
        forget everything, which then has been done."""
        if not self._memory or llama_cpp.llama_memory_seq_rm(self._memory, sequence, start, -1):
            return True
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        return False

    def copy(self, source: int, target: int) -> None:
        """Make a sequence a copy of another one."""
        llama_cpp.llama_memory_seq_rm(self._memory, target, -1, -1)
        llama_cpp.llama_memory_seq_cp(self._memory, source, target, -1, -1)

    def save(self, sequence: int, limit: int) -> State | None:
        """A sequence's cache, unless it has more than `limit` bytes."""
        size = int(llama_cpp.llama_state_seq_get_size(self._context, sequence))
        if size > limit:
            return None
        state = np.empty(size, np.uint8)
        written = llama_cpp.llama_state_seq_get_data(
            self._context, _pointer(state, ctypes.c_uint8), size, sequence
        )
        return state[:written] if written else None

    def restore(self, sequence: int, state: State) -> bool:
        """Put a cache that `save` gave into a sequence. `False` if llama.cpp will not have it; the
        sequence then is empty."""
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        if llama_cpp.llama_state_seq_set_data(
            self._context, _pointer(state, ctypes.c_uint8), len(state), sequence
        ):
            return True
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        return False

    def decode(
        self,
        tokens: Sequence[int],
        positions: Sequence[int],
        sequences: Sequence[int],
        wanted: Sequence[int] | int,
    ) -> NDArray[np.float32]:
        """Compute one step of at most `batch` tokens, each with its position in its sequence.

        `wanted` says with 1 or 0 after which of them to predict, in one number for all or one for
        each. The logits of those come back, float32 of shape (their number, vocabulary), in their
        order; a view that the next step overwrites. Raises `DecodeFailed`."""
        batch, count = self._batch, len(tokens)
        batch.token[:count] = tokens
        batch.position[:count] = positions
        batch.sequence[:count] = sequences
        batch.wanted[:count] = wanted
        batch.struct.n_tokens = count
        result = llama_cpp.llama_decode(self._context, batch.struct)
        if result != 0:
            raise DecodeFailed(f"llama_decode gave {result}")
        return self._logits(count * wanted if isinstance(wanted, int) else sum(wanted))

    def _logits(self, rows: int) -> NDArray[np.float32]:
        pointer = llama_cpp.llama_get_logits(self._context)
        if rows == 0:
            return np.empty((0, self.vocabulary_size), np.float32)
        address = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        if self._rows is None or address != self._rows_at or len(self._rows) < rows:
            self._rows = np.ctypeslib.as_array(pointer, shape=(rows, self.vocabulary_size))
            self._rows_at = address
        return self._rows[:rows]

    def embed(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """One vector for each of at most `slots` texts of at most `batch` tokens together, of
        length 1. Raises `DecodeFailed`."""
        tokens = [token for text in texts for token in text]
        positions = [position for text in texts for position in range(len(text))]
        sequences = [number for number, text in enumerate(texts) for _ in text]
        self.decode(tokens, positions, sequences, 1)
        vectors = np.stack([self._vector(number) for number in range(len(texts))])
        for number in range(len(texts)):
            self.forget(number)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        result: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-12))
        return result

    def _vector(self, sequence: int) -> NDArray[np.float32]:
        pointer = llama_cpp.llama_get_embeddings_seq(self._context, sequence)
        if not pointer:
            raise DecodeFailed("llama.cpp gave no vector")
        return np.ctypeslib.as_array(pointer, shape=(self.embedding_size,)).copy()

    @property
    def embedding_size(self) -> int:
        """Numbers of a vector of `embed`; 0 if this model is for writing, not for that."""
        kind = llama_cpp.llama_pooling_type(self._context)
        if kind not in _POOLED:
            return 0
        return int(llama_cpp.llama_model_n_embd_out(self._model))

    def close(self) -> None:
        """Give the memory back."""
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)


_POOLED = (
    llama_cpp.LLAMA_POOLING_TYPE_MEAN,
    llama_cpp.LLAMA_POOLING_TYPE_CLS,
    llama_cpp.LLAMA_POOLING_TYPE_LAST,
)
