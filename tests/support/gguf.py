"""Small GGUF files of any shape, also of impossible ones."""

import hashlib
import struct

from closedmesh.models.catalogue import Catalogue, Known

U32, STRING, ARRAY, U64, F32 = 4, 8, 9, 10, 6
"""Numbers of value types."""

FACTS = {
    "general.architecture": "llama",
    "general.name": "Tiny",
    "general.file_type": 2,
    "llama.context_length": 2048,
    "llama.embedding_length": 64,
    "llama.block_count": 2,
    "llama.attention.head_count": 4,
    "llama.attention.head_count_kv": 2,
    "tokenizer.ggml.tokens": ["<s>", "a", "b"],
}


def text(value):
    data = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(data)) + data


def fact(key, value):
    """One fact; `value` may be bytes, which then are type and value as they stand."""
    return text(key) + (value if isinstance(value, bytes) else _typed(value))


def _typed(value):
    if isinstance(value, str):
        return struct.pack("<I", STRING) + text(value)
    if isinstance(value, list):
        return struct.pack("<IIQ", ARRAY, STRING, len(value)) + b"".join(map(text, value))
    if isinstance(value, float):
        return struct.pack("<If", F32, value)
    return struct.pack("<II", U32, value)


def tensor(name, dimensions, kind=0, offset=0):
    """One tensor's description; kind 0 is F32."""
    sizes = b"".join(struct.pack("<Q", d) for d in dimensions)
    return (
        text(name) + struct.pack("<I", len(dimensions)) + sizes + struct.pack("<IQ", kind, offset)
    )


def gguf(
    *, facts=None, without=(), tensors=None, data=768, magic=b"GGUF", version=3,
    tensor_count=None, fact_count=None, filling=b"\0",
):  # fmt: skip
    """A file with the facts of a tiny model, changed by `facts` and `without`.

    `filling` fills the tensors, so that files of one shape can have different hashes.
    """
    chosen = {k: v for k, v in (FACTS | (facts or {})).items() if k not in without}
    described = tensors if tensors is not None else [tensor("token_embd.weight", (64, 3))]
    head = magic + struct.pack(
        "<IQQ",
        version,
        len(described) if tensor_count is None else tensor_count,
        len(chosen) if fact_count is None else fact_count,
    )
    head += b"".join(fact(key, value) for key, value in chosen.items()) + b"".join(described)
    head += bytes(-len(head) % 32)
    return head + (filling * data)[:data]


def vouching_for(**files):
    """A catalogue that knows files of these contents by these names."""
    return Catalogue(tuple(
        Known(name, name.title(), f"{name}.gguf", len(data), hashlib.sha256(data).hexdigest(),
              "MIT", "Q4_0", 192, 2048, ())
        for name, data in files.items()
    ))  # fmt: skip


def with_facts(file, facts):
    """A real file with more facts, whose tensors stay where their offsets say."""
    version, tensors, count = struct.unpack("<IQQ", file[4:24])
    added = b"".join(fact(key, value) for key, value in facts.items())
    empty = fact("test.filling", "")
    filling = "x" * (-len(added + empty) % 32)
    added += fact("test.filling", filling)
    head = file[:4] + struct.pack("<IQQ", version, tensors, count + len(facts) + 1)
    return head + added + file[24:]
