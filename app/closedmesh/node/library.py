"""The model files of this computer: found, named, hashed, checked, taken in and removed.

A model is its file's SHA-256. The hash is computed once and kept with the file's size and time of
change; a file that has changed since is never used under its old name.
"""

import asyncio
import difflib
import hashlib
import logging
import os
import re
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from msgspec import structs

from closedmesh.errors import BadRequest, ClosedMeshError, ModelFileRefused, ModelNotFound
from closedmesh.host.hardware import disk_free
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import ModelHash
from closedmesh.models.gguf import Header, read_header
from closedmesh.node.store import Store
from closedmesh.status import Model, ModelState

log = logging.getLogger(__name__)

CHUNK = 4 * 2**20
SPARE_DISK = 512 * 2**20
"""Bytes that an import leaves free."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where model files lie."""

    own: Path
    """Imports go here, and only files here are ever removed."""
    bundled: Path
    """Comes with the program; read only."""


@dataclass(frozen=True, slots=True)
class _File:
    """A model file as it was when it was read."""

    model: Model
    header: Header | None
    size: int
    mtime_ns: int


class Library:
    """All models of this computer."""

    def __init__(self, store: Store, catalogue: Catalogue, folders: Callable[[], Folders]) -> None:
        self._store = store
        self._catalogue = catalogue
        self._folders = folders
        self._files: dict[Path, _File] = {}
        self._elsewhere: set[Path] = set()
        self._scanning = asyncio.Lock()
        self.scanned = False

    async def scan(self) -> None:
        """Look at the folders anew; only files that changed are read."""
        async with self._scanning:
            found: dict[Path, _File] = {}
            for path in [*self._paths(), *sorted(self._elsewhere)]:
                if file := await self._look(path):
                    found[path] = _named_apart(file, found)
            self._files = found
            self.scanned = True

    def _paths(self) -> list[Path]:
        folders = self._folders()
        paths = []
        for folder in (folders.bundled, folders.own):
            if folder.is_dir():
                paths += sorted(p for p in folder.glob("*.gguf") if not p.name.startswith("."))
        return paths

    async def _look(self, path: Path) -> _File | None:
        found = _stat(path)
        if found is None:
            return None
        known = self._files.get(path)
        if known and (known.size, known.mtime_ns) == (found.st_size, found.st_mtime_ns):
            return known
        sha256 = self._store.model_hash(path, found.st_size, found.st_mtime_ns)
        try:
            header = await asyncio.to_thread(_header_of, path)
            if sha256 is None:
                sha256 = await asyncio.to_thread(_hash_of, path)
                self._store.remember_hash(path, found.st_size, found.st_mtime_ns, sha256)
        except (ClosedMeshError, OSError) as error:
            return _File(_refused(path, found.st_size, error), None, found.st_size,
                         found.st_mtime_ns)  # fmt: skip
        model = self._describe(path, found.st_size, sha256, header)
        return _File(model, header, found.st_size, found.st_mtime_ns)

    def _describe(self, path: Path, size: int, sha256: ModelHash, header: Header) -> Model:
        known = self._catalogue.by_hash(sha256)
        return Model(
            name=known.name if known else _slug(path.stem),
            title=known.title if known else _clean(header.name or path.stem),
            sha256=sha256,
            size_bytes=size,
            quantisation=header.quantisation,
            parameters=header.parameters,
            context_trained=header.context_length,
            licence=known.licence if known else _clean(header.licence),
            path=str(path),
        )

    def models(self) -> tuple[Model, ...]:
        """Every model, with what is true of its file at this moment."""
        return tuple(_as_it_is(file) for file in self._files.values())

    async def find(self, ref: str) -> Model:
        """The model of a name, a SHA-256 or an absolute path. Raises `ModelNotFound` for one that
        is not here, `ModelFileRefused` for one that cannot be used."""
        model = await self._find(ref)
        if model.state in (ModelState.FAILED, ModelState.MISSING):
            raise ModelFileRefused(model.problem or f"{model.title} cannot be used.", "")
        return model

    async def _find(self, ref: str) -> Model:
        if not self.scanned or not (model := self._known(ref)) or model.state != ModelState.ON_DISK:
            await self.scan()
            if self._add_elsewhere(ref):
                await self.scan()
        if model := self._known(ref):
            return model
        raise self._not_found(ref)

    def _add_elsewhere(self, ref: str) -> bool:
        """Know a file outside the folders from now on, if that is what `ref` names."""
        path = Path(ref)
        if not (ref.endswith(".gguf") and path.is_absolute() and path.is_file()):
            return False
        self._elsewhere.add(path.resolve())
        return True

    def _known(self, ref: str) -> Model | None:
        for model in self.models():
            if ref in (model.name, model.sha256, model.path):
                return model
        if not Path(ref).is_absolute():
            return None
        resolved = str(Path(ref).resolve())
        return next((m for m in self.models() if m.path == resolved), None)

    def _not_found(self, ref: str) -> ModelNotFound:
        names = [model.name for model in self.models()]
        if not names:
            advice = "No model is on this computer; `closedmesh models import FILE` takes one in."
        elif near := difflib.get_close_matches(ref, names, n=1):
            advice = f"Did you mean {near[0]}? On this computer: {', '.join(names)}."
        else:
            advice = f"On this computer: {', '.join(names)}."
        return ModelNotFound(f"There is no model {ref[:100]!r} on this computer.", advice)

    def path(self, model: Model) -> Path:
        """Where a model's file lies."""
        return Path(model.path)

    def header(self, model: Model) -> Header:
        """What a model's file says of itself."""
        file = self._files.get(Path(model.path))
        if file is None or file.header is None:
            raise ModelNotFound(f"{model.title} is no longer on this computer.", "Choose another.")
        return file.header

    async def verify(self, ref: str) -> Model:
        """Read a whole file and compare. Raises `ModelFileRefused` if it differs."""
        model = await self.find(ref)
        path = Path(model.path)
        before = _stat(path)
        sha256 = await asyncio.to_thread(_hash_of, path)
        if sha256 != model.sha256:
            raise ModelFileRefused(
                f"The file of {model.title} has changed: its SHA-256 is {sha256}, on record is"
                f" {model.sha256}.",
                "The disk may be failing, or somebody changed the file. Remove it and take it in"
                " again.",
            )
        if before:
            self._store.remember_hash(path, before.st_size, before.st_mtime_ns, sha256)
        return model

    async def import_file(self, source: Path) -> Model:
        """Check a file and copy it into the model folder."""
        own = self._folders().own
        sha256, target = await asyncio.to_thread(_take_in, source, own, self._have)
        await self.scan()
        for model in self.models():
            if model.sha256 == sha256:
                log.info("took in %s", model.name)
                return model
        raise ModelFileRefused(f"{target.name} vanished after it was copied.", "Try again.")

    def _have(self, sha256: ModelHash) -> bool:
        return any(m.sha256 == sha256 and m.state is ModelState.ON_DISK for m in self.models())

    async def remove(self, ref: str) -> None:
        """Delete a model's file."""
        model = await self._find(ref)
        path = Path(model.path)
        if path.parent != self._folders().own:
            raise BadRequest(
                f"{model.title} does not lie in the model folder.",
                f"It is {path}; delete it there if you want.",
                param="model",
            )
        await asyncio.to_thread(path.unlink, missing_ok=True)
        await self.scan()


def _header_of(path: Path) -> Header:
    with _open_regular(path) as file:
        return read_header(file, os.fstat(file.fileno()).st_size)


def _open_regular(path: Path) -> BinaryIO:
    if not stat.S_ISREG(path.stat().st_mode):
        raise ModelFileRefused(f"{path.name} is no file.", "Choose a GGUF file.")
    return path.open("rb")


def _hash_of(path: Path) -> ModelHash:
    with path.open("rb") as file:
        return ModelHash(hashlib.file_digest(file, "sha256").hexdigest())


def _take_in(source: Path, own: Path, have: Callable[[ModelHash], bool]) -> tuple[ModelHash, Path]:
    """Copy a checked file under a free name, hashing on the way."""
    try:
        with _open_regular(source) as file:
            size = os.fstat(file.fileno()).st_size
            read_header(file, size)
            file.seek(0)
            own.mkdir(parents=True, exist_ok=True)
            if disk_free(own) < size + SPARE_DISK:
                raise ClosedMeshError(
                    f"{source.name} has {size / 1e9:.1f} GB, and the disk of the model folder has"
                    f" {disk_free(own) / 1e9:.1f} GB free.",
                    "Make room, or choose another models.folder.",
                )
            return _copy(file, own, _slug(source.stem), have)
    except OSError as error:
        raise ModelFileRefused(
            f"{source} could not be copied: {error.strerror}.", "Look at the file and the disk."
        ) from error


def _copy(
    file: BinaryIO, own: Path, name: str, have: Callable[[ModelHash], bool]
) -> tuple[ModelHash, Path]:
    digest = hashlib.sha256()
    handle, temporary = tempfile.mkstemp(dir=own, prefix=".import-")
    try:
        with os.fdopen(handle, "wb") as copy:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        sha256 = ModelHash(digest.hexdigest())
        target = own / f"{name}.gguf"
        if have(sha256):
            return sha256, target
        if target.exists():
            target = own / f"{name}-{sha256[:8]}.gguf"
        Path(temporary).replace(target)
        return sha256, target
    finally:
        Path(temporary).unlink(missing_ok=True)


def _as_it_is(file: _File) -> Model:
    found = _stat(Path(file.model.path))
    if found is None:
        problem = f"The file {file.model.path} is gone. Take it in again."
        return structs.replace(file.model, state=ModelState.MISSING, problem=problem)
    if (found.st_size, found.st_mtime_ns) != (file.size, file.mtime_ns):
        problem = f"The file {file.model.path} was changed. Ask again to have it read anew."
        return structs.replace(file.model, state=ModelState.MISSING, problem=problem)
    return file.model


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _refused(path: Path, size: int, error: Exception) -> Model:
    return Model(
        name=_slug(path.stem),
        title=_clean(path.stem),
        sha256=ModelHash(""),
        size_bytes=size,
        quantisation="",
        parameters=0,
        context_trained=0,
        licence="",
        path=str(path),
        state=ModelState.FAILED,
        problem=str(error),
    )


def _named_apart(file: _File, others: dict[Path, _File]) -> _File:
    """A file whose name no other one has."""
    if file.model.name not in {other.model.name for other in others.values()}:
        return file
    name = f"{file.model.name}-{file.model.sha256[:8]}"
    return _File(structs.replace(file.model, name=name), file.header, file.size, file.mtime_ns)


def _slug(stem: str) -> str:
    slug = re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("-._")
    return slug[:100] or "model"


def _clean(text: str) -> str:
    """A text of a model file, which may say anything, as one short printable line."""
    return "".join(c for c in text if c.isprintable())[:100]
