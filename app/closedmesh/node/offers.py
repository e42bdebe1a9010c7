"""What this computer shares: models whose files were read to the end, and how fast they answer.

A model is offered only after its whole file was read and had the SHA-256 it is known by.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from closedmesh.engine.messages import Loaded
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh import announcements
from closedmesh.mesh.announcements import MAX_MODELS, Backend
from closedmesh.mesh.picture import Speed
from closedmesh.models.chat import ModelHash
from closedmesh.node.clock import Clock, within
from closedmesh.node.digests import Digests, Names
from closedmesh.node.engines import Engines
from closedmesh.node.library import Library
from closedmesh.settings import Settings
from closedmesh.status import Model, ModelState

log = logging.getLogger(__name__)

LOOK_EVERY = 10.0
"""Seconds between two looks for models that were not read yet."""

KEPT_SPEEDS = 50
"""Answers whose speeds count."""

DEFAULT_CONTEXT = 4096
"""Tokens, as in the setting `engine.context`, while a model is not in memory."""

USABLE = frozenset({ModelState.ON_DISK, ModelState.LOADING, ModelState.LOADED})

_BACKENDS = {
    "cuda": Backend.CUDA,
    "rocm": Backend.ROCM,
    "hip": Backend.ROCM,
    "metal": Backend.METAL,
    "mtl": Backend.METAL,
    "vulkan": Backend.VULKAN,
    "blas": Backend.BLAS,
}


class NativeSpeeds:
    """How fast this computer's engine is alone, from the answers it gave."""

    def __init__(self) -> None:
        self._decode: dict[ModelHash, deque[float]] = {}
        self._prefill: dict[ModelHash, deque[float]] = {}

    def note(self, model: ModelHash, decode_tps: float | None, prefill_tps: float | None) -> None:
        """Count one answer."""
        for known, tps in ((self._decode, decode_tps), (self._prefill, prefill_tps)):
            if tps is not None and tps > 0:
                known.setdefault(model, deque(maxlen=KEPT_SPEEDS)).append(tps)

    def of(self, model: ModelHash) -> Speed:
        """What is known of a model."""
        decode, prefill = self._decode.get(model), self._prefill.get(model)
        return Speed(
            decode_tps=median(decode) if decode else None,
            prefill_tps=median(prefill) if prefill else None,
            samples=len(decode or prefill or ()),
        )


@dataclass(slots=True)
class Offers:
    """The models that others may use. `changed` is called when there are others than before."""

    _library: Library
    _engines: Engines
    _digests: Digests
    _settings: Callable[[], Settings]
    _clock: Clock
    _sharing: Callable[[], bool]
    _changed: Callable[[], None]
    speeds: NativeSpeeds = field(default_factory=NativeSpeeds)
    _read_files: dict[str, Names | None] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Read what is to be shared and was not read yet, until cancelled."""
        while True:
            if self._settings().sharing.share:
                for model in self._allowed():
                    await self._read(model)
            self._wake.clear()
            try:
                await within(self._clock, LOOK_EVERY, self._wake.wait())
            except TimeoutError:
                continue

    def hurry(self) -> None:
        """Look now: what is shared may be different."""
        self._wake.set()

    def _allowed(self) -> list[Model]:
        chosen = self._settings().sharing.models
        return [
            model
            for model in self._library.models()
            if model.state is ModelState.ON_DISK and (not chosen or model.name in chosen)
        ][:MAX_MODELS]

    async def _read(self, model: Model) -> None:
        """Read a file once; one that is not what it should be is never shared."""
        stamp = _stamp(model)
        if stamp is None or stamp in self._read_files:
            return
        try:
            names = await self._digests.of(Path(model.path))
        except (ClosedMeshError, OSError) as error:
            log.warning("%s is not shared: %s", model.name, error)
            names = None
        if names is not None and names.sha256 != model.sha256:
            log.warning("%s is not shared: its file has changed", model.name)
            names = None
        self._read_files[stamp] = names
        self._changed()

    def models(self) -> list[tuple[Model, Names]]:
        """What may be used now, with the names of its weights."""
        found = []
        for model in self._allowed():
            shown = self._engines.show(model)
            names = self._read_files.get(_stamp(model) or "")
            if names and shown.state in USABLE:
                found.append((shown, names))
        return found

    def find(self, sha256: str) -> Model | None:
        """The shared model with this hash."""
        return next((model for model, _ in self.models() if model.sha256 == sha256), None)

    def offers(self) -> tuple[announcements.Offer, ...]:
        """What to announce; nothing while this computer does not share."""
        if not self._sharing():
            return ()
        return tuple(self._offer(model, names) for model, names in self.models())

    def _offer(self, model: Model, names: Names) -> announcements.Offer:
        settings = self._settings().engine
        loaded = self._engines.loaded(model) or Loaded(
            context=min(model.context_trained, settings.context or DEFAULT_CONTEXT),
            slots=settings.slots,
        )
        slots = min(loaded.slots, self._settings().sharing.requests or loaded.slots)
        speed = self.speeds.of(model.sha256)
        return announcements.Offer(
            sha256=model.sha256,
            weights=names.weights,
            template=names.template,
            name=model.name[:96],
            quantisation=model.quantisation[:96],
            context=max(1, loaded.context),
            slots=slots,
            free=max(0, slots - model.busy - model.queued),
            keys=loaded.keys,
            values=loaded.values,
            flash_attention=loaded.flash_attention,
            prefill=_announced(speed.prefill_tps, speed.samples),
            decode=_announced(speed.decode_tps, speed.samples),
        )

    def machine(self) -> tuple[Backend, str]:
        """What computes, and llama.cpp's build: of a model in memory, else what is usual."""
        for model, _ in self.models():
            if loaded := self._engines.loaded(model):
                return backend(loaded.devices), loaded.build[:96]
        return Backend.CPU, ""


def backend(devices: tuple[str, ...]) -> Backend:
    """The kind of the fastest device."""
    names = " ".join(devices).lower()
    return next((kind for word, kind in _BACKENDS.items() if word in names), Backend.CPU)


def _announced(tps: float | None, samples: int) -> announcements.Speed | None:
    return None if tps is None else announcements.Speed(tps, samples)


def _stamp(model: Model) -> str | None:
    """By which it is known that a file was read: another one has another stamp."""
    try:
        found = Path(model.path).stat()
    except OSError:
        return None
    return f"{model.path} {found.st_size} {found.st_mtime_ns}"
