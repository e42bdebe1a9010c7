"""Caches of conversations on disk, from the unloading of a model to its next loading.

The file holds what people wrote, as tokens and as the model's own figures, and is readable by its
owner alone. llama.cpp trusts what it is given, so that a file of another model, build or kind of
cache, or one that was changed in any byte, is left alone.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from closedmesh.engine.cache import Kept
from closedmesh.engine.messages import Load, Loaded
from closedmesh.host.files import write_atomically

log = logging.getLogger(__name__)

_MAGIC = b"closedmesh-cache-1\n"
_LENGTH = 8
_DIGEST = 32


class _Entry(Struct, frozen=True):
    client: str
    tokens: tuple[int, ...]
    state_bytes: int
    state_sha256: bytes


class _Header(Struct, frozen=True):
    origin: str
    entries: tuple[_Entry, ...]


def origin(load: Load, facts: Loaded) -> str:
    """Everything that must be the same for a cache to be read."""
    shape = (facts.context, facts.keys, facts.values, facts.flash_attention)
    return "|".join(map(str, (load.model_sha256, facts.build, facts.devices, *shape)))


def write(path: Path, origin: str, conversations: Iterable[Kept]) -> tuple[int, int]:
    """Replace the file; how many conversations are in it, and its bytes."""
    kept = list(conversations)
    entries = tuple(
        _Entry(k.client, k.tokens, len(k.state), hashlib.sha256(k.state.data).digest())
        for k in kept
    )
    header = msgspec.msgpack.encode(_Header(origin, entries))
    head = _MAGIC + len(header).to_bytes(_LENGTH, "big") + hashlib.sha256(header).digest() + header
    write_atomically(path, [head, *(k.state.data for k in kept)])
    return len(kept), len(head) + sum(entry.state_bytes for entry in entries)


def read(path: Path, origin: str) -> Iterator[Kept]:
    """The conversations in the file; none if it is not exactly what `write` wrote."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return
            size = int.from_bytes(file.read(_LENGTH), "big")
            digest = file.read(_DIGEST)
            encoded = file.read(min(size, path.stat().st_size))
            if hashlib.sha256(encoded).digest() != digest:
                return
            header = msgspec.msgpack.decode(encoded, type=_Header)
            if header.origin != origin:
                return
            for entry in header.entries:
                data = file.read(entry.state_bytes)
                if hashlib.sha256(data).digest() != entry.state_sha256:
                    return
                yield Kept(entry.client, entry.tokens, np.frombuffer(data, np.uint8))
    except FileNotFoundError:
        return
    except (OSError, msgspec.DecodeError) as error:
        log.warning("the cache of conversations cannot be read: %s", type(error).__name__)
