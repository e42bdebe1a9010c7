"""Model files on the disk: looked at, hashed, copied in and moved, never half."""

import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from closedmesh.errors import BadRequest, ClosedMeshError, ModelFileRefused
from closedmesh.host.hardware import disk_free
from closedmesh.models import gguf
from closedmesh.models.chat import ModelHash
from closedmesh.models.gguf import Header, read_header
from closedmesh.models.hub import parts_of

CHUNK = 4 * 2**20

SPARE_DISK = 512 * 2**20
"""Bytes that an import leaves free."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells without reading that a file was changed."""

    size: int
    mtime_ns: int


def paths_of(path: Path) -> tuple[Path, ...]:
    """All files of the model whose first one this is."""
    return tuple(path.with_name(name) for name in parts_of(path.name))


def is_later_part(path: Path) -> bool:
    """Whether a file is a part of a model, and not its first."""
    return parts_of(path.name)[0] != path.name


def fingerprints(path: Path) -> tuple[Fingerprint, ...] | None:
    """Of all files of a model; `None` if one is not there."""
    try:
        found = [part.stat() for part in paths_of(path)]
    except OSError:
        return None
    return tuple(Fingerprint(entry.st_size, entry.st_mtime_ns) for entry in found)


def header_of(path: Path) -> Header:
    """What a model's files say of themselves; weights are counted over all parts. Raises
    `ModelFileRefused` and `OSError`."""
    with open_regular(path) as file:
        header = read_header(file, os.fstat(file.fileno()).st_size)
    paths = paths_of(path)
    if header.parts != len(paths):
        raise ModelFileRefused(
            f"{path.name} is one of {header.parts} parts, and its name does not say so.",
            "Give the parts the names they were published with, side by side.",
        )
    weights = header.parameters
    for number, part in enumerate(paths[1:], 1):
        with open_regular(part) as file:
            weights += gguf.read_part(file, os.fstat(file.fileno()).st_size, number, header.parts)
    return replace(header, parameters=weights)


def open_regular(path: Path) -> BinaryIO:
    """Open a file; anything else that has a name is refused without waiting for it."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ModelFileRefused(f"{path.name} is no file.", "Choose a GGUF file.")
    return path.open("rb")


def hash_of(path: Path) -> ModelHash:
    """The SHA-256 of one file, by reading all of it."""
    with path.open("rb") as file:
        return ModelHash(hashlib.file_digest(file, "sha256").hexdigest())


def take_in(source: Path, own: Path, have: Callable[[ModelHash], bool]) -> tuple[ModelHash, Path]:
    """Copy a checked file under a free name, hashing on the way."""
    try:
        with open_regular(source) as file:
            size = os.fstat(file.fileno()).st_size
            if read_header(file, size).parts > 1:
                raise BadRequest(
                    f"{source.name} is one of several parts.",
                    "Use it where it lies, or put all parts into the model folder.",
                    param="path",
                )
            file.seek(0)
            own.mkdir(parents=True, exist_ok=True)
            if disk_free(own) < size + SPARE_DISK:
                raise ClosedMeshError(
                    f"{source.name} has {size / 1e9:.1f} GB, and the disk of the model folder has"
                    f" {disk_free(own) / 1e9:.1f} GB free.",
                    "Make room, or choose another models.folder.",
                )
            return _copy(file, own, slug(source.stem), have)
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


def move_all(old: Path, new: Path) -> None:
    """Move what lies in a model folder to another place. Nothing is lost if it fails half-way:
    each file is in one of the two. Raises `ClosedMeshError`."""
    try:
        new.mkdir(parents=True, exist_ok=True)
        names = [entry for entry in sorted(old.iterdir()) if not entry.is_dir()]
        clash = next((entry.name for entry in names if (new / entry.name).exists()), None)
        if clash:
            raise BadRequest(
                f"{new} has a file {clash} already.", "Choose an empty folder.", param="folder"
            )
        size = sum(entry.stat().st_size for entry in names)
        if new.stat().st_dev != old.stat().st_dev and disk_free(new) < size + SPARE_DISK:
            raise ClosedMeshError(
                f"The models have {size / 1e9:.1f} GB, and the disk of {new} has"
                f" {disk_free(new) / 1e9:.1f} GB free.",
                "Choose a disk with more room, or remove models first.",
            )
        for entry in names:
            _move(entry, new / entry.name)
    except OSError as error:
        raise ClosedMeshError(
            f"The models could not be moved to {new}: {error.strerror}.",
            "Nothing is lost; look at the folder's rights and its disk, and try again.",
        ) from error


def _move(source: Path, target: Path) -> None:
    """To another disk over a file of another name, so that a half copy is never taken for one."""
    try:
        source.rename(target)
    except OSError:
        half = target.with_name(f".move-{target.name}")
        shutil.copy2(source, half)
        half.replace(target)
        source.unlink()


def slug(stem: str) -> str:
    """A name that can be typed and can stand in a file's name."""
    made = re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).strip("-._")
    return made[:100] or "model"


def clean(text: str) -> str:
    """A text of a model file, which may say anything, as one short printable line."""
    return "".join(c for c in text if c.isprintable())[:100]
