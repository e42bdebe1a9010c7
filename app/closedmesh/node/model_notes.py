"""What is remembered of models beside their files: who may be used, what lies elsewhere, when each
was used last; and how fast this computer's memory is."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from closedmesh.node.store import Store

FACT = "model-notes"


class _Notes(Struct):
    trusted: list[str] = []
    referenced: list[str] = []
    last_used: dict[str, float] = {}
    memory_speed: float = 0.0


class ModelNotes:
    """The notes; each change is kept at once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.fact(FACT)
        self._notes = msgspec.json.decode(kept, type=_Notes) if kept else _Notes()

    @property
    def trusted(self) -> frozenset[str]:
        """SHA-256 of models that somebody vouched for."""
        return frozenset(self._notes.trusted)

    @property
    def referenced(self) -> tuple[Path, ...]:
        """Files that are used where they lie."""
        return tuple(Path(path) for path in self._notes.referenced)

    @property
    def memory_speed(self) -> float:
        """Bytes a second that this computer reads memory; 0 if it was never measured."""
        return self._notes.memory_speed

    def last_used(self, sha256: str) -> float:
        """Unix time, seconds; 0 if never."""
        return self._notes.last_used.get(sha256, 0.0)

    def trust(self, sha256: str) -> None:
        """Vouch for a model."""
        self._keep(trusted=sorted({*self._notes.trusted, sha256}))

    def refer(self, path: Path) -> None:
        """Use a file where it lies."""
        self._keep(referenced=[*dict.fromkeys([*self._notes.referenced, str(path)])])

    def forget(self, path: Path) -> None:
        """Use it no longer."""
        self._keep(referenced=[known for known in self._notes.referenced if known != str(path)])

    def use(self, sha256: str, now: float) -> None:
        """A model was used."""
        self._keep(last_used=self._notes.last_used | {sha256: now})

    def keep_memory_speed(self, bytes_per_second: float) -> None:
        """It was measured."""
        self._keep(memory_speed=bytes_per_second)

    def _keep(self, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self._notes, name, value)
        self._store.remember(FACT, msgspec.json.encode(self._notes).decode())
