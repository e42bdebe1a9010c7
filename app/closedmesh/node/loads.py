"""How a model is read into memory: what its plan and the settings come to."""

from pathlib import Path

from closedmesh.engine.messages import Load
from closedmesh.models.fit import Plan
from closedmesh.settings import EngineSettings
from closedmesh.status import Model

DRAFT_SHARE = 1.5
"""Memory that a draft model takes, its own cache included, by the size of its file."""


def load(path: Path, plan: Plan, settings: EngineSettings, threads: int) -> Load:
    """A model by its plan."""
    return Load(
        path=str(path),
        context=plan.context,
        slots=plan.slots,
        threads=threads,
        low_priority=settings.low_priority,
        keys=plan.cache,
        values=plan.cache,
        flash_attention=plan.flash_attention,
        gpu_layers=settings.gpu_layers,
        prompt_lookup=settings.guess,
    )


def cache_bytes(settings: EngineSettings, spare: int) -> int:
    """Memory for conversations that have no place: what is wanted, of what is `spare`."""
    wanted = settings.conversations_mb * 2**20
    return max(0, min(wanted, spare - settings.keep_free_mb * 2**20))


def cache_file(settings: EngineSettings, folder: Path | None, model: Model) -> str | None:
    """Where a model's conversations are kept while it is not in memory, if they are."""
    if folder is None or not settings.keep_conversations:
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder / f"{model.sha256}.cache")


def draft(settings: EngineSettings, found: Model | None, spare: int) -> str | None:
    """The file of a model that guesses ahead, if one is wanted, here, and small enough."""
    if found is None or not settings.guess:
        return None
    needed = found.size_bytes * DRAFT_SHARE + settings.keep_free_mb * 2**20
    return found.path if needed <= spare else None
