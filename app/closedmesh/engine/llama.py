"""The only file that knows llama.cpp: tokens, one batch of many sequences, logits.

Used by the worker's one decoding thread. llama.cpp's own messages go to stderr, where the
supervisor keeps the last of them to explain a death.
"""

import ctypes
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from llama_cpp import _ggml, llama_cpp
from numpy.typing import NDArray

from closedmesh.engine.messages import Load, Loaded
from closedmesh.errors import ModelFileRefused
from closedmesh.models.fit import CacheType, Choice

BATCH = 512
"""Tokens of one decoding step at most: large enough for a fast prefill, small enough that a
running answer is not held up for long."""

_LOG_WARNING = 3
_LOG_CONTINUE = 5

# ggml's own numbers; llama_cpp has no name for that of bf16.
_TYPES = {
    CacheType.F32: llama_cpp.GGML_TYPE_F32,
    CacheType.F16: llama_cpp.GGML_TYPE_F16,
    CacheType.BF16: 30,
    CacheType.Q8_0: llama_cpp.GGML_TYPE_Q8_0,
    CacheType.Q5_1: llama_cpp.GGML_TYPE_Q5_1,
    CacheType.Q5_0: llama_cpp.GGML_TYPE_Q5_0,
    CacheType.Q4_1: llama_cpp.GGML_TYPE_Q4_1,
    CacheType.Q4_0: llama_cpp.GGML_TYPE_Q4_0,
}

_FLASH_ATTENTION = {
    Choice.AUTO: llama_cpp.LLAMA_FLASH_ATTN_TYPE_AUTO,
    Choice.ON: llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED,
    Choice.OFF: llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED,
}


class DecodeFailed(Exception):
    """llama.cpp could not compute a step; its memory is as it was before."""


@dataclass(slots=True)
class _Heard:
    """What llama.cpp says in its log and nowhere else."""

    flash_attention: bool = False


_heard = _Heard()


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]  # llama_cpp has no types
def _log(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    if _LOG_WARNING <= level < _LOG_CONTINUE:
        sys.stderr.write(text.decode("utf-8", "replace"))
    if b"Flash Attention" in text:
        _heard.flash_attention = text.endswith(b"enabled\n")


class Llama:
    """A model in memory with a cache for `slots` sequences of `context` tokens."""

    def __init__(self, model: Any, context: Any, load: Load) -> None:
        self._load = load
        self._context = context
        self._vocabulary = llama_cpp.llama_model_get_vocab(model)
        self._memory = llama_cpp.llama_get_memory(context)
        self._batch = llama_cpp.llama_batch_init(BATCH, 0, 1)
        self._model = model
        self._pieces: dict[int, bytes] = {}
        self.slots = load.slots
        self.context = int(llama_cpp.llama_n_ctx_seq(context))
        self.vocabulary_size = int(llama_cpp.llama_vocab_n_tokens(self._vocabulary))

    def facts(self) -> Loaded:
        """What was loaded, and what computes it."""
        layers = int(llama_cpp.llama_model_n_layer(self._model)) + 1
        can_offload = llama_cpp.llama_supports_gpu_offload()
        wanted = layers if self._load.gpu_layers < 0 else min(self._load.gpu_layers, layers)
        return Loaded(
            context=self.context,
            slots=self.slots,
            vocabulary_size=self.vocabulary_size,
            keys=self._load.keys,
            values=self._load.values,
            flash_attention=_heard.flash_attention,
            devices=_devices(),
            gpu_layers=wanted if can_offload else 0,
            build=_build(),
        )

    def set_threads(self, threads: int) -> None:
        """Use this many threads from the next step on."""
        llama_cpp.llama_set_n_threads(self._context, threads, threads)

    def tokenize(self, text: str, *, special: bool, beginning: bool) -> list[int]:
        """Tokens of a text. `special` reads names like `<|im_end|>` as the tokens they name;
        `beginning` adds the model's BOS token if it wants one."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 2
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(
            self._vocabulary, data, len(data), tokens, room, beginning, special
        )
        if count < 0:
            raise DecodeFailed(f"a text of {len(data)} bytes has more than {room} tokens")
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """The bytes a token stands for; control tokens stand for nothing."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._read_piece(token, special=False)
        return known

    def special_text(self, token: int) -> str:
        """The name of a token, also of a control token; empty for -1."""
        return (
            self._read_piece(token, special=True).decode("utf-8", "replace") if token >= 0 else ""
        )

    def _read_piece(self, token: int, *, special: bool) -> bytes:
        for size in (64, 1024, 65536):
            buffer = ctypes.create_string_buffer(size)
            length = llama_cpp.llama_token_to_piece(
                self._vocabulary, token, buffer, size, 0, special
            )
            if length >= 0:
                return buffer.raw[:length]
        return b""

    def ends_answer(self, token: int) -> bool:
        """Whether the model says with this token that its answer is complete."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocabulary, token))

    @property
    def beginning_text(self) -> str:
        """Name of the BOS token, for chat templates."""
        return self.special_text(llama_cpp.llama_vocab_bos(self._vocabulary))

    @property
    def end_text(self) -> str:
        """Name of the EOS token, for chat templates."""
        return self.special_text(llama_cpp.llama_vocab_eos(self._vocabulary))

    def control_texts(self) -> frozenset[str]:
        """Names of all control tokens, like `<|im_start|>`."""
        return frozenset(
            self.special_text(token)
            for token in range(self.vocabulary_size)
            if llama_cpp.llama_vocab_is_control(self._vocabulary, token)
        ) - {""}

    def chat_template(self) -> str | None:
        """The model's own chat template, or `None` if it has none."""
        template: bytes | None = llama_cpp.llama_model_chat_template(self._model, None)
        return None if template is None else template.decode("utf-8", "replace")

    def forget(self, sequence: int, start: int = 0) -> bool:
        """Drop a sequence's cache from a position on. `False` if this kind of model can only
        forget everything, which then has been done."""
        if llama_cpp.llama_memory_seq_rm(self._memory, sequence, start, -1):
            return True
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        return False

    def decode(self, entries: Sequence[tuple[int, int, int, bool]]) -> None:
        """Compute one step for `(token, position, sequence, wants logits)` entries, at most
        `BATCH`. Raises `DecodeFailed`."""
        batch = self._batch
        batch.n_tokens = len(entries)
        for i, (token, position, sequence, wants_logits) in enumerate(entries):
            batch.token[i] = token
            batch.pos[i] = position
            batch.n_seq_id[i] = 1
            batch.seq_id[i][0] = sequence
            batch.logits[i] = wants_logits
        result = llama_cpp.llama_decode(self._context, batch)
        if result != 0:
            raise DecodeFailed(f"llama_decode gave {result}")

    def logits(self, entry: int) -> NDArray[np.float32]:
        """Logits of an entry of the last step, float32 of shape (vocabulary,). A view: it is
        overwritten by the next step."""
        pointer = llama_cpp.llama_get_logits_ith(self._context, entry)
        return np.ctypeslib.as_array(pointer, shape=(self.vocabulary_size,))

    def close(self) -> None:
        """Give the memory back."""
        llama_cpp.llama_batch_free(self._batch)
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)


@contextmanager
def load(load: Load) -> Iterator[Llama]:
    """Read a model file. Raises `ModelFileRefused` when llama.cpp will not have it, `MemoryError`
    when there is no room for the cache."""
    llama_cpp.llama_log_set(_log, None)
    llama_cpp.llama_backend_init()
    _heard.flash_attention = load.flash_attention is Choice.ON
    wanted = llama_cpp.llama_model_default_params()
    wanted.n_gpu_layers = load.gpu_layers
    # WORKAROUND: built by GCC 12.2, llama.cpp's AMX kernels run ldtilecfg on a configuration that
    # is not yet written, and the first matrix product faults. They live in the extra buffers.
    wanted.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()
    model = llama_cpp.llama_model_load_from_file(load.path.encode(), wanted)
    if not model:
        raise ModelFileRefused(
            "llama.cpp could not read the model file.",
            "Verify the file, or get another copy; its architecture may be too new.",
        )
    parameters = llama_cpp.llama_context_default_params()
    parameters.n_ctx = load.context * load.slots
    parameters.n_batch = BATCH
    parameters.n_ubatch = BATCH
    parameters.n_seq_max = load.slots
    parameters.n_threads = parameters.n_threads_batch = load.threads
    parameters.no_perf = True
    parameters.kv_unified = False
    parameters.type_k, parameters.type_v = _TYPES[load.keys], _TYPES[load.values]
    parameters.flash_attn_type = _FLASH_ATTENTION[load.flash_attention]
    handle = llama_cpp.llama_init_from_model(model, parameters)
    if not handle:
        llama_cpp.llama_model_free(model)
        raise MemoryError(f"no room for {load.slots} sequences of {load.context} tokens")
    llama = Llama(model, handle, load)
    try:
        yield llama
    finally:
        llama.close()


def _devices() -> tuple[str, ...]:
    """Name and description of everything that llama.cpp can compute with here."""
    ggml = _ggml.libggml
    for function in (ggml.ggml_backend_dev_name, ggml.ggml_backend_dev_description):
        function.argtypes, function.restype = [ctypes.c_void_p], ctypes.c_char_p
    ggml.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    ggml.ggml_backend_dev_get.restype = ctypes.c_void_p
    ggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    devices = map(ggml.ggml_backend_dev_get, range(ggml.ggml_backend_dev_count()))
    return tuple(
        f"{ggml.ggml_backend_dev_name(device).decode('utf-8', 'replace')}"
        f" {ggml.ggml_backend_dev_description(device).decode('utf-8', 'replace')}"
        for device in devices
    )


def _build() -> str:
    version = llama_cpp.llama_version().decode()
    features = llama_cpp.llama_print_system_info().decode("utf-8", "replace")
    used = [word.split("=")[0].strip() for word in features.split("|") if "= 1" in word]
    return f"llama.cpp {version} ({', '.join(used)})"
