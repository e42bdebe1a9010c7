"""The models of this computer: found, named, hashed, vouched for, checked, taken in and removed.

A model is its file's SHA-256, or that of its parts together. A hash is computed once and kept with
the file's size and time of change; a file that has changed since is never used under its old name.
Used is only what somebody vouches for: the catalogue, a download whose hash was announced, or the
person who imported the file or said that it may be used. The rest is held back, with the reason.
"""

import asyncio
import difflib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from msgspec import structs

from closedmesh.errors import (
    BadRequest,
    ClosedMeshError,
    DownloadFailed,
    ModelFileRefused,
    ModelNotFound,
)
from closedmesh.models.catalogue import Catalogue, hash_of_parts
from closedmesh.models.chat import ModelHash
from closedmesh.models.gguf import Header
from closedmesh.node import model_files
from closedmesh.node.model_files import Fingerprint, clean, fingerprints, paths_of, slug
from closedmesh.node.model_notes import ModelNotes
from closedmesh.node.store import Store
from closedmesh.status import Model, ModelState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where model files lie."""

    own: Path
    """Imports go here, and only files here are ever removed."""
    bundled: Path
    """Comes with the program; read only."""


@dataclass(frozen=True, slots=True)
class _File:
    """A model as it was when its files were read."""

    model: Model
    header: Header | None
    prints: tuple[Fingerprint, ...]


class Library:
    """All models of this computer."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        folders: Callable[[], Folders],
        cap: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._folders = folders
        self._cap = cap
        """Bytes that the model folder may hold; 0 is no limit."""
        self._files: dict[Path, _File] = {}
        self._named: set[Path] = set()
        """Files elsewhere that were asked for by their path, until the program ends."""
        self.notes = ModelNotes(store)
        self._scanning = asyncio.Lock()
        self.scanned = False

    async def scan(self) -> None:
        """Look at the folders anew; only files that changed are read."""
        async with self._scanning:
            found: dict[Path, _File] = {}
            for path in self._paths():
                if file := await self._look(path):
                    found[path] = _named_apart(file, found)
            self._files = found
            self.scanned = True

    def _paths(self) -> list[Path]:
        folders = self._folders()
        paths = []
        for folder in (folders.bundled, folders.own):
            if folder.is_dir():
                inside = (p for p in folder.glob("*.gguf") if not p.name.startswith("."))
                paths += sorted(p for p in inside if not model_files.is_later_part(p))
        return list(dict.fromkeys([*paths, *self.notes.referenced, *sorted(self._named)]))

    async def _look(self, path: Path) -> _File | None:
        prints = fingerprints(path)
        if prints is None:
            return _missing_part(path)
        known = self._files.get(path)
        if known and known.prints == prints and known.model.state is ModelState.ON_DISK:
            return known
        try:
            header = await asyncio.to_thread(model_files.header_of, path)
            before = self._store.hash_before(path)
            digests = [
                await self._digest(part, seen)
                for part, seen in zip(paths_of(path), prints, strict=True)
            ]
        except (ClosedMeshError, OSError) as error:
            return _File(self._broken(path, sum(p.size for p in prints), error), None, prints)
        sha256 = hash_of_parts(digests)
        changed = before is not None and before != digests[0]
        model = self._describe(path, sum(p.size for p in prints), sha256, header)
        return _File(self._vouched(model, path, changed=changed), header, prints)

    def _broken(self, path: Path, size: int, error: Exception) -> Model:
        removable = path.parent == self._folders().own
        return structs.replace(_refused(path, size, error), removable=removable)

    async def _digest(self, path: Path, seen: Fingerprint) -> ModelHash:
        sha256 = self._store.model_hash(path, seen.size, seen.mtime_ns)
        if sha256 is None:
            sha256 = await asyncio.to_thread(model_files.hash_of, path)
            self._store.remember_hash(path, seen.size, seen.mtime_ns, sha256)
        return sha256

    def _describe(self, path: Path, size: int, sha256: ModelHash, header: Header) -> Model:
        known = self._catalogue.by_hash(sha256)
        return Model(
            name=known.name if known else slug(path.stem),
            title=known.title if known else clean(header.name or path.stem),
            sha256=sha256,
            size_bytes=size,
            quantisation=header.quantisation,
            parameters=header.parameters,
            context_trained=header.context_length,
            licence=known.licence if known else clean(header.licence),
            path=str(path),
            parts=header.parts,
            removable=path.parent == self._folders().own,
            referenced=path in self.notes.referenced,
        )

    def _vouched(self, model: Model, path: Path, *, changed: bool) -> Model:
        """The model, held back unless somebody vouches for its file."""
        if (
            self._catalogue.by_hash(model.sha256)
            or model.sha256 in self.notes.trusted
            or path.parent == self._folders().bundled
            or path in self._named
        ):
            return model
        why = (
            "The file is not the one that was here before: somebody or something changed it."
            if changed
            else "Nobody vouches for this file: it is not in the catalogue, and neither a download"
            " nor an import brought it."
        )
        problem = f"{why} Use it only if you know where it comes from."
        return structs.replace(model, state=ModelState.HELD_BACK, problem=problem)

    def models(self) -> tuple[Model, ...]:
        """Every model, with what is true of its file at this moment."""
        return tuple(self._as_it_is(file) for file in self._files.values())

    def has(self, sha256: str) -> bool:
        """Whether a model can be used here."""
        return any(
            m.sha256 == sha256 and m.state is ModelState.ON_DISK for m in self.models() if sha256
        )

    async def find(self, ref: str) -> Model:
        """The model of a name, a SHA-256 or an absolute path. Raises `ModelNotFound` for one that
        is not here, `ModelFileRefused` for one that cannot be used."""
        model = await self._find(ref)
        if model.state in (ModelState.FAILED, ModelState.MISSING, ModelState.HELD_BACK):
            raise ModelFileRefused(model.problem or f"{model.title} cannot be used.", "")
        return model

    async def _find(self, ref: str) -> Model:
        if not self.scanned or not (model := self._known(ref)) or model.state != ModelState.ON_DISK:
            await self.scan()
            if self._add_named(ref):
                await self.scan()
        if model := self._known(ref):
            return model
        raise self._not_found(ref)

    def _add_named(self, ref: str) -> bool:
        """Know a file by its path from now on, if that is what `ref` names."""
        path = Path(ref)
        if not (ref.endswith(".gguf") and path.is_absolute() and path.is_file()):
            return False
        self._named.add(path.resolve())
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
        if self._catalogue.by_name(ref):
            advice = f"`closedmesh models pull {ref}` fetches it."
        elif not names:
            advice = "No model is on this computer; `closedmesh models import FILE` takes one in."
        elif near := difflib.get_close_matches(ref, names, n=1):
            advice = f"Did you mean {near[0]}? On this computer: {', '.join(names)}."
        else:
            advice = f"On this computer: {', '.join(names)}."
        return ModelNotFound(f"There is no model {ref[:100]!r} on this computer.", advice)

    def path(self, model: Model) -> Path:
        """Where a model's (first) file lies."""
        return Path(model.path)

    def draft(self, model: Model) -> Model | None:
        """The small model that the catalogue names to guess ahead for this one, if it is here."""
        known = self._catalogue.by_hash(model.sha256)
        small = self._catalogue.by_name(known.draft) if known and known.draft else None
        return self._known(small.sha256) if small and self.has(small.sha256) else None

    def header(self, model: Model) -> Header:
        """What a model's file says of itself."""
        file = self._files.get(Path(model.path))
        if file is None or file.header is None:
            raise ModelNotFound(f"{model.title} is no longer on this computer.", "Choose another.")
        return file.header

    async def verify(self, ref: str) -> Model:
        """Read all files of a model and compare. Raises `ModelFileRefused` if one differs."""
        model = await self._find(ref)
        if model.state is ModelState.FAILED:
            raise ModelFileRefused(model.problem or "", "")
        path = Path(model.path)
        digests = [await asyncio.to_thread(model_files.hash_of, part) for part in paths_of(path)]
        sha256 = hash_of_parts(digests)
        if sha256 != model.sha256:
            raise ModelFileRefused(
                f"The file of {model.title} has changed: its SHA-256 is {sha256}, on record is"
                f" {model.sha256}.",
                "The disk may be failing, or somebody changed the file. Remove it and take it in"
                " again.",
            )
        return model

    async def trust(self, ref: str) -> Model:
        """Use a file from now on that was held back."""
        model = await self._find(ref)
        if model.state is not ModelState.HELD_BACK:
            return model
        self.notes.trust(model.sha256)
        await self.scan()
        return await self.find(model.sha256)

    async def import_file(self, source: Path, *, copy: bool = True) -> Model:
        """Check a file and copy it into the model folder, or use it where it lies."""
        if not copy:
            return await self._reference(source)
        self.check_cap(_size(source))
        own = self._folders().own
        sha256, target = await asyncio.to_thread(model_files.take_in, source, own, self.has)
        self.notes.trust(sha256)
        await self.scan()
        for model in self.models():
            if model.sha256 == sha256:
                log.info("took in %s", model.name)
                return model
        raise ModelFileRefused(f"{target.name} vanished after it was copied.", "Try again.")

    async def _reference(self, source: Path) -> Model:
        path = await asyncio.to_thread(source.resolve)
        try:
            await asyncio.to_thread(model_files.header_of, path)
        except OSError as error:
            raise ModelFileRefused(
                f"{source} cannot be read: {error.strerror}.", "Look at its rights and its disk."
            ) from error
        self.notes.refer(path)
        await self.scan()
        model = self._files[path].model
        self.notes.trust(model.sha256)
        await self.scan()
        return self._files[path].model

    async def accept(self, files: list[tuple[Path, str]]) -> None:
        """Take in files of the model folder whose hashes were just found to be right."""
        for path, sha256 in files:
            found = await asyncio.to_thread(path.stat)
            self._store.remember_hash(path, found.st_size, found.st_mtime_ns, ModelHash(sha256))
        self.notes.trust(hash_of_parts(sha256 for _, sha256 in files))
        await self.scan()

    def check_cap(self, more: int) -> None:
        """Raise `DownloadFailed` if so many bytes more are above the cap of the model folder."""
        cap = self._cap()
        held = sum(model.size_bytes for model in self.models() if model.removable)
        if cap and held + more > cap:
            raise DownloadFailed(
                f"Models may have {cap / 1e9:.1f} GB together (models.cap_gb); with this one they"
                f" would have {(held + more) / 1e9:.1f} GB.",
                "Remove one that you do not use, or raise the cap.",
            )

    async def remove(self, ref: str) -> None:
        """Delete a model's files; of one that lies elsewhere only forget it."""
        model = await self._find(ref)
        path = Path(model.path)
        if path in self.notes.referenced:
            self.notes.forget(path)
        elif not model.removable:
            raise BadRequest(
                f"{model.title} does not lie in the model folder.",
                f"It is {path}; delete it there if you want.",
                param="model",
            )
        else:
            for part in paths_of(path):
                await asyncio.to_thread(part.unlink, missing_ok=True)
        await self.scan()

    async def move(self, folder: Path) -> None:
        """Move the model folder with all that is in it. The caller then uses the new one."""
        if not folder.is_absolute():
            raise BadRequest(f"{folder} is no whole path.", "Begin it with /.", param="folder")
        async with self._scanning:
            await asyncio.to_thread(model_files.move_all, self._folders().own, folder)

    def _as_it_is(self, file: _File) -> Model:
        model = structs.replace(file.model, last_used=self.notes.last_used(file.model.sha256))
        now = fingerprints(Path(model.path))
        if now == file.prints or model.state is ModelState.FAILED:
            return model
        what = "is gone. Take it in again." if now is None else _CHANGED
        problem = f"The file {model.path} {what}"
        return structs.replace(model, state=ModelState.MISSING, problem=problem)


_CHANGED = "was changed. Ask again to have it read anew."


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # it is explained where it is opened


def _missing_part(path: Path) -> _File | None:
    """A model of which a later part is not there; `None` if nothing is there at all."""
    if not path.exists():
        return None
    names = [part.name for part in paths_of(path) if not part.exists()]
    error = ModelFileRefused(f"{names[0]} is missing.", "Get all parts of the model once more.")
    return _File(_refused(path, _size(path), error), None, ())


def _refused(path: Path, size: int, error: Exception) -> Model:
    return Model(
        name=slug(path.stem),
        title=clean(path.stem),
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
    return _File(structs.replace(file.model, name=name), file.header, file.prints)
