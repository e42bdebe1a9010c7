"""Names for what a model is, that do not depend on what a file is called or says of itself.

`weights_digest` is SHA-256 over the tensors in the order of their names: of each the name, type,
shape and the SHA-256 of its data. Two files with the same weights but other texts around them have
the same one. References and verdicts go by it. `template_digest` is SHA-256 of the chat template: a
changed one is a different, visible deviation.
"""

import hashlib
import itertools
from dataclasses import dataclass, field
from typing import NewType

from closedmesh.errors import ModelFileRefused
from closedmesh.models.gguf import Layout, Tensor
from closedmesh.trust.draws import name_of

WeightsDigest = NewType("WeightsDigest", str)
"""64 lower-case hexadecimal digits."""

_DOMAIN = b"closedmesh-weights-1"


@dataclass(slots=True)
class _Running:
    tensor: Tensor
    left: int
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)


class FileHash:
    """Takes the bytes of a model file from the beginning to the end, in pieces of any size.

    Raises `ModelFileRefused` for a file whose tensors share bytes: no honest one does, and it
    would cost a multiple of its size.
    """

    def __init__(self, layout: Layout) -> None:
        self._file = hashlib.sha256()
        self._position = 0
        self._start = layout.start
        in_order = sorted(layout.tensors, key=lambda tensor: (tensor.offset, tensor.name))
        _check_apart(in_order)
        self._waiting = [_Running(tensor, tensor.bytes) for tensor in reversed(in_order)]
        self._done: dict[bytes, tuple[Tensor, bytes]] = {}

    def update(self, data: bytes) -> None:
        """The next piece."""
        self._file.update(data)
        view = memoryview(data)
        end = self._position + len(data)
        while self._waiting:
            running = self._waiting[-1]
            begin = self._start + running.tensor.offset + running.tensor.bytes - running.left
            if begin >= end and running.left:
                break
            piece = view[begin - self._position : begin - self._position + running.left]
            running.digest.update(piece)
            running.left -= len(piece)
            if running.left:
                break
            self._waiting.pop()
            self._done[running.tensor.name] = (running.tensor, running.digest.digest())
        self._position = end

    @property
    def gguf_sha256(self) -> str:
        """Of everything so far."""
        return self._file.hexdigest()

    @property
    def weights_digest(self) -> WeightsDigest:
        """Once the whole file was taken. Raises `ModelFileRefused` if it ended too early."""
        if self._waiting:
            raise ModelFileRefused("The model file ended too early.", "Get it once more.")
        digest = hashlib.sha256(_DOMAIN)
        for name in sorted(self._done):
            tensor, data = self._done[name]
            shape = ",".join(map(str, tensor.shape)).encode()
            digest.update(name_of(name, tensor.type.encode(), shape, data))
        return WeightsDigest(digest.hexdigest())


def _check_apart(in_order: list[Tensor]) -> None:
    if len({tensor.name for tensor in in_order}) < len(in_order):
        raise ModelFileRefused("The model file names a tensor twice.", "Get it once more.")
    for left, right in itertools.pairwise(in_order):
        if left.offset + left.bytes > right.offset:
            raise ModelFileRefused("Tensors of the model file overlap.", "Get it once more.")


def template_digest(template: str | None) -> str:
    """Of a chat template; of none it is that of the empty text."""
    return hashlib.sha256((template or "").encode("utf-8", "replace")).hexdigest()
