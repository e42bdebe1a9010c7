"""Names of the weights and templates of model files; read once, kept with size and time of change.

digests = Digests(store)
names = await digests.of(path)
"""

import asyncio
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from closedmesh.models.gguf import read_layout
from closedmesh.node.store import Store
from closedmesh.trust.digests import FileHash, WeightsDigest, template_digest

log = logging.getLogger(__name__)

CHUNK = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Names:
    """What a model file is, whatever it is called."""

    sha256: str
    """Of the whole file."""
    weights: WeightsDigest
    template: str


class Digests:
    """The table `model_digests`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reading: dict[Path, asyncio.Lock] = {}

    async def of(self, path: Path) -> Names:
        """The names of a file. The first time this reads all of it, on a thread. Raises
        `ModelFileRefused` and `OSError`."""
        async with self._reading.setdefault(path, asyncio.Lock()):
            found = await asyncio.to_thread(path.stat)
            known = self._known(path, found)
            if known is None:
                known = await asyncio.to_thread(_read, path)
                self._remember(path, found, known)
                log.info("%s has the weights %s", path.name, known.weights[:12])
            return known

    def _known(self, path: Path, found: os.stat_result) -> Names | None:
        rows = self._store.rows(
            "SELECT sha256, weights, template FROM model_digests"
            " WHERE path = ? AND size = ? AND mtime_ns = ?",
            str(path),
            found.st_size,
            found.st_mtime_ns,
        )
        return Names(**dict(rows[0])) if rows else None

    def _remember(self, path: Path, found: os.stat_result, names: Names) -> None:
        with self._store.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO model_digests VALUES (?, ?, ?, ?, ?, ?)",
                (str(path), found.st_size, found.st_mtime_ns, names.sha256, names.weights,
                 names.template),
            )  # fmt: skip


def _read(path: Path) -> Names:
    with path.open("rb") as file:
        layout = read_layout(file, os.fstat(file.fileno()).st_size)
        running = FileHash(layout)
        file.seek(0)
        while chunk := file.read(CHUNK):
            running.update(chunk)
    template = template_digest(layout.header.chat_template)
    return Names(running.gguf_sha256, running.weights_digest, template)
