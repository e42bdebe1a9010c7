"""Reads the header of a GGUF file, which may come from anybody and say anything.

Every count and length is checked against a limit and against the size of the file before anything
is read or kept for it; vocabularies are counted, not stored. What passes has a complete header
and all its tensors inside the file. Source: the GGUF specification of ggml, versions 2 and 3.
"""

import math
import struct
from collections import Counter
from dataclasses import dataclass
from typing import BinaryIO

from closedmesh.errors import ModelFileRefused

MAX_KEYS = 65_536
MAX_TENSORS = 262_144
MAX_KEY_BYTES = 65_535
MAX_STRING_BYTES = 4 * 1024 * 1024
"""Of one text; a chat template has some thousands, a long licence some ten thousands."""
MAX_KEPT = 256 * 1024
"""Texts longer than this are read over, not kept."""
MAX_ARRAY = 16_777_216
"""Elements; the largest vocabularies have 300,000."""
MAX_DIMENSIONS = 4
MAX_NESTING = 4
MAX_PARTS = 200

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q",
            12: "d"}  # fmt: skip
_STRING = 8
_ARRAY = 9

_TENSOR_TYPES = {
    # number: (name, values of a block, bytes of a block)
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22), 7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 36),
    10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292), 16: ("IQ2_XXS", 256, 66),
    17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136), 24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4),
    27: ("I64", 1, 8), 28: ("F64", 1, 8), 29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2),
    34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17),
}  # fmt: skip

_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S",
    17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS",
    23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M",
    30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip

Scalar = int | float | bool | str


@dataclass(frozen=True, slots=True)
class Header:
    """What a model file says of itself, checked for consistency but not for truth."""

    version: int
    architecture: str
    name: str
    quantisation: str
    parameters: int
    """Weights, counted from the tensors."""
    context_length: int
    block_count: int
    embedding_length: int
    head_count: int
    head_count_kv: int
    key_length: int
    value_length: int
    vocabulary_size: int
    merge_count: int
    """Merges of a byte-pair vocabulary; other kinds have none."""
    chat_template: str | None
    licence: str
    parts: int = 1
    """Files that the model is split into; this is the first of them."""


def read_header(file: BinaryIO, size: int) -> Header:
    """Read the header of a model file of `size` bytes from its beginning.

    Raises `ModelFileRefused`, and nothing else but the `OSError`s of `file`.
    """
    return read_layout(file, size).header


@dataclass(frozen=True, slots=True)
class Tensor:
    """One array of weights."""

    name: bytes
    type: str
    shape: tuple[int, ...]
    values: int
    bytes: int
    offset: int
    """From `Layout.start`."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A header, and where the weights lie."""

    header: Header
    tensors: tuple[Tensor, ...]
    start: int
    """Place of the first byte of weights in the file."""


def read_layout(file: BinaryIO, size: int) -> Layout:
    """Read the header with the list of tensors; limits and errors are those of `read_header`."""
    reader = _Reader(file, size)
    version = _read_magic(reader)
    tensor_count = reader.count("Q", MAX_TENSORS, "tensors")
    key_count = reader.count("Q", MAX_KEYS, "facts")
    facts, lengths = _read_facts(reader, key_count)
    tensors = _read_tensors(reader, tensor_count)
    number, parts = _part_of(facts)
    if number:
        raise _refuse(f"is part {number + 1} of {parts}; the first part stands for the model")
    if not tensors and parts == 1:
        raise _refuse("has no tensors")
    start = _check_tensors(tensors, reader.position, facts, size)
    return Layout(_header(version, facts, lengths, tensors), tuple(tensors), start)


def read_part(file: BinaryIO, size: int, number: int, parts: int) -> int:
    """Read the header of part `number` (from 0) of a model that is split into `parts` files; the
    weights that it holds. Raises as `read_header`."""
    reader = _Reader(file, size)
    _read_magic(reader)
    tensor_count = reader.count("Q", MAX_TENSORS, "tensors")
    facts, _ = _read_facts(reader, reader.count("Q", MAX_KEYS, "facts"))
    tensors = _read_tensors(reader, tensor_count)
    if _part_of(facts) != (number, parts):
        raise _refuse(f"is not part {number + 1} of {parts} of its model")
    _check_tensors(tensors, reader.position, facts, size)
    return sum(tensor.values for tensor in tensors)


def _part_of(facts: dict[str, Scalar]) -> tuple[int, int]:
    """Number (from 0) and count of the parts, as a file states them."""
    number, parts = facts.get("split.no", 0), facts.get("split.count", 1)
    if type(number) is not int or type(parts) is not int or parts > MAX_PARTS:
        raise _refuse(f"says that it is part {number!r} of {parts!r}")
    if not 0 <= number < max(parts, 1):
        raise _refuse(f"says that it is part {number + 1} of {parts}")
    return number, max(parts, 1)


class _Reader:
    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self.position = 0

    def take(self, length: int) -> bytes:
        if length > self._size - self.position:
            raise _truncated(self.position + length, self._size)
        data = self._file.read(length)
        if len(data) < length:
            raise _truncated(self.position + length, self.position + len(data))
        self.position += length
        return data

    def skip(self, length: int) -> None:
        if length > self._size - self.position:
            raise _truncated(self.position + length, self._size)
        self._file.seek(length, 1)
        self.position += length

    def scalar(self, code: str) -> int | float | bool:
        value: int | float | bool = struct.unpack("<" + code, self.take(struct.calcsize(code)))[0]
        return value

    def count(self, code: str, limit: int, what: str) -> int:
        value = int(self.scalar(code))
        if value > limit:
            raise _refuse(f"claims to have {value:,} {what}; more than {limit:,} are refused")
        return value

    def text(self, limit: int = MAX_STRING_BYTES) -> str | None:
        """A text, or `None` if it is too long to be kept."""
        length = self.count("Q", limit, "bytes in one text")
        if length > MAX_KEPT:
            self.skip(length)
            return None
        return self.take(length).decode("utf-8", "replace")

    def skip_array(self, depth: int = 0) -> int:
        """Read over an array, and say how many elements it has."""
        if depth >= MAX_NESTING:
            raise _refuse("has lists within lists within lists")
        kind = int(self.scalar("I"))
        length = self.count("Q", MAX_ARRAY, "elements in one list")
        if kind in _SCALARS:
            self.skip(length * struct.calcsize(_SCALARS[kind]))
        elif kind == _STRING:
            for _ in range(length):
                self.skip(self.count("Q", MAX_STRING_BYTES, "bytes in one text"))
        elif kind == _ARRAY:
            for _ in range(length):
                self.skip_array(depth + 1)
        else:
            raise _refuse(f"has a list of the unknown type {kind}")
        return length


def _read_magic(reader: _Reader) -> int:
    if reader.take(4) != b"GGUF":
        raise ModelFileRefused("This is not a GGUF file.", "Choose a file that ends in .gguf.")
    version = int(reader.scalar("I"))
    if version in (0x02000000, 0x03000000):
        raise _refuse("was made for big-endian computers")
    if version not in (2, 3):
        raise _refuse(f"has version {version} of the GGUF format; versions 2 and 3 can be read")
    return version


def _read_facts(reader: _Reader, count: int) -> tuple[dict[str, Scalar], dict[str, int]]:
    """The scalar facts by key, and the lengths of the lists by key."""
    facts: dict[str, Scalar] = {}
    lengths: dict[str, int] = {}
    for _ in range(count):
        key = reader.text(MAX_KEY_BYTES) or ""
        if key in facts or key in lengths:
            raise _refuse(f"states {key[:80]!r} twice")
        kind = int(reader.scalar("I"))
        if kind in _SCALARS:
            facts[key] = reader.scalar(_SCALARS[kind])
        elif kind == _STRING:
            facts[key] = reader.text() or ""
        elif kind == _ARRAY:
            lengths[key] = reader.skip_array()
        else:
            raise _refuse(f"has a fact of the unknown type {kind}")
    return facts, lengths


def _read_tensors(reader: _Reader, count: int) -> list[Tensor]:
    return [_read_tensor(reader) for _ in range(count)]


def _read_tensor(reader: _Reader) -> Tensor:
    called = reader.take(reader.count("Q", MAX_KEY_BYTES, "bytes in one name"))
    dimensions = tuple(
        int(reader.scalar("Q"))
        for _ in range(reader.count("I", MAX_DIMENSIONS, "dimensions in one tensor"))
    )
    kind = int(reader.scalar("I"))
    offset = int(reader.scalar("Q"))
    if kind not in _TENSOR_TYPES:
        raise _refuse(f"has a tensor of the unknown type {kind}")
    name, block, size = _TENSOR_TYPES[kind]
    values = math.prod(dimensions)
    if dimensions and dimensions[0] % block:
        raise _refuse(f"has a {name} tensor with rows of {dimensions[0]:,} values")
    return Tensor(called, name, dimensions, values, values // block * size, offset)


def _check_tensors(
    tensors: list[Tensor], header_end: int, facts: dict[str, Scalar], size: int
) -> int:
    """Where the weights begin."""
    alignment = facts.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 0 < alignment <= 65_536 or alignment % 8:
        raise _refuse(f"has the impossible alignment {alignment!r}")
    start = -(-header_end // alignment) * alignment
    end = start + max((tensor.offset + tensor.bytes for tensor in tensors), default=0)
    if tensors and end > size:
        raise _truncated(end, size)
    if any(tensor.offset % alignment for tensor in tensors):
        raise _refuse("has a tensor at a place that is not aligned")
    return start


def _header(
    version: int, facts: dict[str, Scalar], lengths: dict[str, int], tensors: list[Tensor]
) -> Header:
    architecture = _text(facts, "general.architecture")
    if not architecture or not architecture.replace("-", "").replace("_", "").isalnum():
        raise _refuse("does not name its architecture")
    number = _Numbers(architecture, facts, lengths)
    embedding = number("embedding_length", 1_000_000)
    heads = number("attention.head_count", 65_536, default=embedding // 64 or 1)
    head_size = max(1, embedding // heads)
    return Header(
        version=version,
        architecture=architecture,
        name=_text(facts, "general.name"),
        quantisation=_quantisation(facts, tensors),
        parameters=sum(tensor.values for tensor in tensors),
        context_length=number("context_length", 100_000_000),
        block_count=number("block_count", 10_000),
        embedding_length=embedding,
        head_count=heads,
        head_count_kv=number("attention.head_count_kv", 65_536, default=heads),
        key_length=number("attention.key_length", 1_000_000, default=head_size),
        value_length=number("attention.value_length", 1_000_000, default=head_size),
        vocabulary_size=lengths.get("tokenizer.ggml.tokens", 0),
        merge_count=lengths.get("tokenizer.ggml.merges", 0),
        chat_template=_text(facts, "tokenizer.chat_template") or None,
        licence=_text(facts, "general.license")[:100],
        parts=_part_of(facts)[1],
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers that describe an architecture."""

    architecture: str
    facts: dict[str, Scalar]
    lengths: dict[str, int]

    def __call__(self, key: str, largest: int, default: int | None = None) -> int:
        name = f"{self.architecture}.{key}"
        value = self.facts.get(name, default)
        if name in self.lengths and default is not None:
            value = default  # one number a layer: the default is the largest it can be
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= largest:
            raise _refuse(f"says {name} is {value!r}")
        return value


def _quantisation(facts: dict[str, Scalar], tensors: list[Tensor]) -> str:
    """The word for it that the file gives, else the type of most of its weights."""
    stated = facts.get("general.file_type")
    if isinstance(stated, int) and stated in _FILE_TYPES:
        return _FILE_TYPES[stated]
    types = Counter[str]()
    for tensor in tensors:
        types[tensor.type] += tensor.values
    return types.most_common(1)[0][0] if types else ""


def _text(facts: dict[str, Scalar], key: str) -> str:
    value = facts.get(key, "")
    return value if isinstance(value, str) else ""


def _truncated(wanted: int, there: int) -> ModelFileRefused:
    return _refuse(f"should hold at least {_mb(wanted)}, but has only {_mb(there)}")


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"


def _refuse(what: str) -> ModelFileRefused:
    return ModelFileRefused(
        f"The model file {what}.", "It is damaged or incomplete; get it once more."
    )
