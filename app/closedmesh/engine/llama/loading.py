"""Reads a model file into memory, and says what it has become there."""

import ctypes
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llama_cpp import llama_cpp
from msgspec import structs

from closedmesh.engine.llama import devices
from closedmesh.engine.llama.model import BATCH, Llama
from closedmesh.engine.messages import Load, Loaded
from closedmesh.errors import ModelFileRefused
from closedmesh.models import fit
from closedmesh.models.fit import CacheType, Choice
from closedmesh.models.gguf import read_header

OUTPUTS = 64
"""Tokens of one step after which there may be a prediction: llama.cpp keeps a buffer of that many
times the vocabulary."""

EMBEDDING_BATCH = 2048
"""Tokens of the longest text that an embedding model reads: it must see all of it at once."""

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


@dataclass(slots=True)
class _Heard:
    """What llama.cpp says in its log and nowhere else."""

    flash_attention: bool = False
    kernels: str = ""
    """Family of processors whose kernels were opened; empty where there is but one build."""


_heard = _Heard()

_OPENED = re.compile(rb"loaded CPU backend from .*ggml-cpu-([\w.]+)\.\w+$")


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]  # llama_cpp has no types
def _log(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    if _LOG_WARNING <= level < _LOG_CONTINUE:
        sys.stderr.write(text.decode("utf-8", "replace"))
    if b"Flash Attention" in text or b"enabling flash_attn" in text:
        _heard.flash_attention = b"disabled" not in text
    if opened := _OPENED.search(text.strip()):
        _heard.kernels = opened[1].decode()


@dataclass(frozen=True, slots=True)
class Models:
    """A model and maybe a smaller one that guesses for it."""

    model: Llama
    draft: Llama | None
    facts: Loaded

    def set_threads(self, threads: int) -> None:
        """Use this many threads from the next step on."""
        for model in (self.model, self.draft):
            if model:
                model.set_threads(threads)


@contextmanager
def load(wanted: Load) -> Iterator[Models]:
    """Read a model file, and that of its draft. Raises `ModelFileRefused` when llama.cpp will not
    have one, `MemoryError` when there is no room for the cache."""
    llama_cpp.llama_log_set(_log, None)
    devices.open_libraries()
    llama_cpp.llama_backend_init()
    wanted = _with_layers(wanted)
    with ExitStack() as stack:
        model = _open(wanted, wanted.path)
        stack.callback(model.close)
        flash_attention = _heard.flash_attention
        draft = None
        if wanted.draft is not None and not model.embedding_size:
            draft = _open(wanted, wanted.draft)
            stack.callback(draft.close)
            if not model.same_as(draft):
                raise ModelFileRefused(
                    "The draft model has another vocabulary than the model it guesses for.",
                    "Choose another draft model, or none.",
                )
        facts = _facts(model, wanted, draft=draft is not None, flash_attention=flash_attention)
        yield Models(model, draft, facts)


def _open(wanted: Load, path: str) -> Llama:
    _heard.flash_attention = wanted.flash_attention is Choice.ON
    model = _read(wanted, path)
    embeds = _embeds(model)
    slots = wanted.slots
    parameters = llama_cpp.llama_context_default_params()
    parameters.n_ctx = wanted.context * slots
    parameters.n_batch = parameters.n_ubatch = BATCH
    parameters.n_outputs_max = max(OUTPUTS, slots)
    parameters.n_seq_max = slots
    parameters.n_threads = parameters.n_threads_batch = wanted.threads
    parameters.no_perf = True
    parameters.kv_unified = False
    parameters.type_k, parameters.type_v = _TYPES[wanted.keys], _TYPES[wanted.values]
    parameters.flash_attn_type = _FLASH_ATTENTION[wanted.flash_attention]
    if embeds:
        parameters.n_batch = parameters.n_ubatch = min(EMBEDDING_BATCH, wanted.context)
        parameters.n_outputs_max = 0
        parameters.embeddings = True
    handle = llama_cpp.llama_init_from_model(model, parameters)
    if not handle:
        llama_cpp.llama_model_free(model)
        raise MemoryError(f"no room for {slots} sequences of {wanted.context} tokens")
    return Llama(model, handle, slots, parameters.n_batch)


def _read(wanted: Load, path: str) -> Any:
    parameters = llama_cpp.llama_model_default_params()
    parameters.n_gpu_layers = wanted.gpu_layers
    # WORKAROUND: built by GCC 12.2, llama.cpp's AMX kernels run ldtilecfg on a configuration that
    # is not yet written, and the first matrix product faults. They live in the extra buffers.
    parameters.use_extra_bufts = b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info()
    model = llama_cpp.llama_model_load_from_file(path.encode(), parameters)
    if not model:
        raise ModelFileRefused(
            "llama.cpp could not read the model file.",
            "Verify the file, or get another copy; its architecture may be too new.",
        )
    return model


def _embeds(model: Any) -> bool:
    """Whether a model was made for vectors: its file then says how they are pooled."""
    kind = _metadata(model, f"{_metadata(model, 'general.architecture')}.pooling_type")
    return kind not in ("", str(llama_cpp.LLAMA_POOLING_TYPE_NONE))


def _metadata(model: Any, key: str) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = llama_cpp.llama_model_meta_val_str(model, key.encode(), buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace") if length >= 0 else ""


def _facts(model: Llama, wanted: Load, *, draft: bool, flash_attention: bool) -> Loaded:
    layers = model.layers + 1
    can_offload = llama_cpp.llama_supports_gpu_offload()
    given = layers if wanted.gpu_layers < 0 else min(wanted.gpu_layers, layers)
    return Loaded(
        context=model.context,
        slots=model.slots,
        vocabulary_size=model.vocabulary_size,
        embedding_size=model.embedding_size,
        keys=wanted.keys,
        values=wanted.values,
        flash_attention=flash_attention,
        devices=devices.names(),
        gpu_layers=given if can_offload else 0,
        build=_build(),
        draft=draft,
    )


def _with_layers(wanted: Load) -> Load:
    """The wish with as many layers for graphics cards as their free memory holds, where that was
    left open and there are any."""
    if wanted.gpu_layers >= 0 or not llama_cpp.llama_supports_gpu_offload():
        return wanted
    size = Path(wanted.path).stat().st_size
    with Path(wanted.path).open("rb") as file:
        header = read_header(file, size)
    cache = fit.cache_bytes_per_token(header, wanted.keys) * wanted.context * wanted.slots
    layers = fit.gpu_layers(header, size, int(cache), devices.graphics_memory())
    return structs.replace(wanted, gpu_layers=layers)


def _build() -> str:
    version = llama_cpp.llama_version().decode()
    features = llama_cpp.llama_print_system_info().decode("utf-8", "replace")
    family = f"{_heard.kernels}: " if _heard.kernels else ""
    return f"llama.cpp {version} ({family}{', '.join(features_used(features))})"


def features_used(told: str) -> list[str]:
    """Of what llama.cpp tells about itself, like "CPU : AVX = 1 | FMA = 0 | ", what it has."""
    words = (word.rpartition(":")[2].split("=") for word in told.split("|"))
    return [name.strip() for name, *value in words if value and value[0].strip() == "1"]
