"""Finds model files that other programs keep on this computer: Ollama, LM Studio, Hugging Face.

Their folders are only read. A file that is found can be used where it lies, without a copy; it is
checked like any other file then.
"""

import asyncio
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from closedmesh.models.hub import parts_of
from closedmesh.models.offers import Elsewhere
from closedmesh.node.model_files import clean

MOST = 500
"""Files that are looked at in each program's folder."""

MAX_MANIFEST = 256 * 1024
"""Bytes of one of Ollama's manifests."""

OLLAMA_MODEL = "application/vnd.ollama.image.model"


async def find_elsewhere() -> tuple[Elsewhere, ...]:
    """What is there, by program and title."""
    return await asyncio.to_thread(look, Path.home(), dict(os.environ))


def look(home: Path, environment: dict[str, str]) -> tuple[Elsewhere, ...]:
    """The same for a home folder and an environment."""
    cache = Path(environment.get("XDG_CACHE_HOME") or home / ".cache")
    hub = Path(environment.get("HF_HOME") or cache / "huggingface") / "hub"
    ollama = Path(environment.get("OLLAMA_MODELS") or home / ".ollama" / "models")
    found = [
        *_ggufs("LM Studio", home / ".lmstudio" / "models"),
        *_ggufs("LM Studio", cache / "lm-studio" / "models"),
        *_ggufs("Hugging Face", hub),
        *_ollama(ollama),
        *_ollama(Path("/usr/share/ollama/.ollama/models")),
    ]
    by_path = {one.path: one for one in found}
    return tuple(sorted(by_path.values(), key=lambda one: (one.program, one.title)))


def _ggufs(program: str, folder: Path) -> Iterator[Elsewhere]:
    """GGUF files below a folder; of a model in parts the first one."""
    try:
        paths = list(islice(folder.rglob("*.gguf"), MOST))
    except OSError:
        return
    for path in paths:
        name = path.name
        if parts_of(name)[0] == name and not name.startswith("mmproj"):
            yield from _one(program, path, name.removesuffix(".gguf"))


def _ollama(folder: Path) -> Iterator[Elsewhere]:
    """Ollama keeps manifests that name blobs."""
    try:
        manifests = list(islice((folder / "manifests").rglob("*"), MOST))
    except OSError:
        return
    for manifest in manifests:
        if blob := _blob_of(manifest):
            name = f"{manifest.parent.name}:{manifest.name}"
            yield from _one("Ollama", folder / "blobs" / blob, name)


def _blob_of(manifest: Path) -> str | None:
    """The file name of a manifest's model."""
    try:
        if not manifest.is_file() or manifest.stat().st_size > MAX_MANIFEST:
            return None
        layers = json.loads(manifest.read_bytes())["layers"]
        digest = next(str(x["digest"]) for x in layers if x["mediaType"] == OLLAMA_MODEL)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
    kind, _, digits = digest.partition(":")
    if kind != "sha256" or not digits.isalnum():
        return None
    return f"sha256-{digits}"


def _one(program: str, path: Path, title: str) -> Iterator[Elsewhere]:
    try:
        size = path.stat().st_size
    except OSError:
        return
    yield Elsewhere(str(path), program, clean(title), size)
