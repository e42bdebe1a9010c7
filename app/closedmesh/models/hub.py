"""What the hub says, as values: models that were found, the files of one, and REFs to them.

The shapes are those of Hugging Face's HTTP API (`/api/models`); fields we do not use are left
out, and everything is checked: texts are clipped, names must be safe, sizes sensible.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field

from closedmesh.errors import BadRequest

MAX_FILE_BYTES = 4 * 10**12
"""Nobody publishes a larger file; a size above this is a mistake or an attack."""

MAX_PARTS = 200

_REPO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_REF = re.compile(r"hf:(?P<repo>[^/]+/[^/]+)/(?P<file>.+\.gguf)")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()+,=-]*(/[A-Za-z0-9][A-Za-z0-9 ._()+,=-]*){0,4}")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PART = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that are devices on Windows."""

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class HubRef:
    """A file on the hub."""

    repo: str
    file: str
    """Path inside the repository."""
    revision: str = "main"

    def __post_init__(self) -> None:
        safe = _REPO.fullmatch(self.repo) and _FILE.fullmatch(self.file)
        names = (*self.repo.split("/"), *self.file.split("/"))
        if not safe or any(_is_unsafe(name) for name in names):
            raise ValueError("no name of a file on the hub")
        if not _REVISION.fullmatch(self.revision) or ".." in self.revision:
            raise ValueError("no name of a revision")

    def __str__(self) -> str:
        return f"hf:{self.repo}/{self.file}"

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.file.rpartition("/")[2]


def _is_unsafe(name: str) -> bool:
    return ".." in name or name.endswith((".", " ")) or bool(_RESERVED.fullmatch(name))


def parse_ref(text: str) -> HubRef:
    """`hf:owner/repo/file.gguf`. Raises `BadRequest`."""
    match = _REF.fullmatch(text)
    if match:
        with suppress(ValueError):
            return HubRef(match["repo"], match["file"])
    raise BadRequest(
        f"{text[:120]!r} is no file on the hub.",
        "Write it as hf:owner/repo/file.gguf; `closedmesh models search` finds some.",
        param="model",
    )


def check_repo(repo: str) -> str:
    """A repository's name. Raises `BadRequest`."""
    if not _REPO.fullmatch(repo) or any(_is_unsafe(name) for name in repo.split("/")):
        raise BadRequest(
            f"{repo[:120]!r} is no repository.", "Write it as owner/name.", param="repo"
        )
    return repo


class Found(Struct, frozen=True):
    """A repository that a search found."""

    repo: str
    downloads: int
    likes: int
    gated: bool
    """Its owner asks people to agree to terms first."""
    updated: str
    """Date, or empty."""
    licence: str


class HubFile(Struct, frozen=True):
    """A model on the hub: one file, or the first of several parts."""

    ref: str
    name: str
    size_bytes: int
    """Of all parts together."""
    sha256: str
    """Of the file, or of the first part."""
    parts: int


class Lfs(Struct, frozen=True):
    """What the hub knows of a large file."""

    sha256: Sha256
    size: Annotated[int, Meta(ge=1, le=MAX_FILE_BYTES)]


class Sibling(Struct, frozen=True):
    """A file of a repository."""

    rfilename: str
    lfs: Lfs | None = None


class Listing(Struct, frozen=True):
    """A repository at one revision: `/api/models/{repo}/revision/{revision}?blobs=true`."""

    sha: Annotated[str, Meta(pattern="^[0-9a-f]{40}$")]
    siblings: tuple[Sibling, ...] = ()
    gated: bool | str = False
    card: dict[str, Any] | None = field(default=None, name="cardData")

    @property
    def licence(self) -> str:
        """As its owner states it."""
        return _line((self.card or {}).get("license"))

    def large(self, path: str) -> Lfs | None:
        """What is known of one file."""
        return next((s.lfs for s in self.siblings if s.rfilename == path), None)


class _Row(Struct, frozen=True):
    id: str
    downloads: int = 0
    likes: int = 0
    gated: bool | str = False
    lastModified: str = ""  # noqa: N815 - the hub's name
    tags: tuple[str, ...] = ()


def read_search(body: bytes) -> tuple[Found, ...]:
    """The answer to a search. Raises `msgspec.MsgspecError`; rows with unsafe names are left
    out."""
    rows = msgspec.json.decode(body, type=tuple[_Row, ...])
    return tuple(
        Found(
            repo=row.id,
            downloads=max(0, row.downloads),
            likes=max(0, row.likes),
            gated=bool(row.gated),
            updated=_line(row.lastModified)[:10],
            licence=next((_line(t[8:]) for t in row.tags if t.startswith("license:")), ""),
        )
        for row in rows
        if _REPO.fullmatch(row.id)
    )


def read_listing(body: bytes) -> Listing:
    """The files of a repository. Raises `msgspec.MsgspecError`."""
    return msgspec.json.decode(body, type=Listing)


def models_of(repo: str, listing: Listing) -> tuple[HubFile, ...]:
    """The models that a repository holds, smallest first; parts of one are one. Files without
    a SHA-256, projectors and unsafe names are left out."""
    found = []
    for sibling in listing.siblings:
        path = sibling.rfilename
        if sibling.lfs is None or not _is_model(repo, path):
            continue
        parts = parts_of(path)
        lfs = [listing.large(part) for part in parts]
        if path == parts[0] and all(lfs):
            size = sum(known.size for known in lfs if known)
            ref = HubRef(repo, path)
            found.append(HubFile(str(ref), ref.name, size, sibling.lfs.sha256, len(parts)))
    return tuple(sorted(found, key=lambda file: file.size_bytes))


def _is_model(repo: str, path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    if not name.endswith(".gguf") or name.startswith("mmproj") or "imatrix" in name:
        return False
    try:
        HubRef(repo, path)
    except ValueError:
        return False
    return True


def parts_of(path: str) -> tuple[str, ...]:
    """All parts of the model that a file belongs to, in order; a whole model is its one part."""
    match = _PART.fullmatch(path)
    if match is None or not 1 < int(match["count"]) <= MAX_PARTS:
        return (path,)
    count = int(match["count"])
    return tuple(f"{match['stem']}-{n:05}-of-{count:05}.gguf" for n in range(1, count + 1))


def _line(value: object) -> str:
    """One short printable line, whatever came."""
    text = value if isinstance(value, str) else ""
    return "".join(c for c in text if c.isprintable())[:60]
