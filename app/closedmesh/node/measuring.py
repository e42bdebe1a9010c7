"""Measures how fast models run by themselves, while nobody needs them, and remembers it.

A run reads a short made-up prompt and writes a few tokens, as work that can wait. Somebody's
question ends it at once, and then it does not count.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import structs

from closedmesh.engine.messages import Generate, Priority
from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import Overflow, RawText, Sampling
from closedmesh.models.speed import ENOUGH, Run, Speed, fresh, run_of, speed_of
from closedmesh.node.clock import Clock
from closedmesh.node.engines import Engines
from closedmesh.node.store import Store
from closedmesh.status import Model

log = logging.getLogger(__name__)

QUIET = 20.0
"""Seconds without a question before a run."""

LOOK_EVERY = 10.0
"""Seconds between two looks whether a run can be made; so far apart are runs at least."""

WRITTEN = 32
"""Tokens that a run writes."""

KEPT = 20
"""Runs that are remembered of each model, build and number of threads."""

TRIES = 3 * ENOUGH
"""Runs that a person's wish for figures may take."""

CLIENT = "measurement"
"""Whose cache the runs use: nobody's conversation is looked at."""

# fmt: off
_WORDS = ("river", "stone", "cloud", "seven", "green", "paper", "north", "table", "music",
          "light", "window", "garden")
# fmt: on


@dataclass(slots=True)
class Measuring:
    """The service, and the figures."""

    engines: Engines
    store: Store
    wanted: Callable[[], bool]
    """The setting."""
    clock: Clock
    changed: Callable[[], None]
    _builds: dict[str, str] = field(default_factory=dict)
    _runs: int = 0

    async def run(self) -> None:
        """Measure models in memory whose figures are missing or old, until cancelled."""
        while True:
            await self.clock.sleep(LOOK_EVERY)
            if not self.wanted() or self.engines.pace.giving_way:
                continue
            for model in self.engines.resting(QUIET):
                try:
                    if await self._lacks(model) and await self._once(model):
                        break
                except (ClosedMeshError, TimeoutError) as error:
                    log.info("%s was not measured: %s", model.name, type(error).__name__)

    async def now(self, model: Model) -> Speed:
        """Fresh figures, from runs that are made now. Raises `ClosedMeshError`."""
        runs: list[Run] = []
        disturbed = False
        for _ in range(TRIES):
            try:
                run = await self._once(model)
            except TimeoutError:
                continue
            runs += [run] if run else []
            disturbed = disturbed or self.engines.pace.giving_way
            if len(runs) == ENOUGH:
                break
        speed = speed_of(runs, self.engines.threads(model), self._builds[model.sha256])
        if speed is None:
            raise ClosedMeshError(
                f"{model.title} was in use all the time, or said too little.",
                "Measure it when nothing else is asked of it.",
            )
        return structs.replace(speed, disturbed=disturbed)

    def show(self, model: Model) -> Speed | None:
        """The figures of a model as it runs now, or ran last."""
        build, threads = self._builds.get(model.sha256), self.engines.threads(model)
        latest = self.store.latest_run(model.sha256)
        if latest is None:
            return None
        if build is None or not threads or not self._fresh(model, build, threads):
            build, threads = latest
        return speed_of(self._fresh(model, build, threads), threads, build)

    def _fresh(self, model: Model, build: str, threads: int) -> list[Run]:
        return fresh(self.store.runs(model.sha256, build, threads), self.clock.now())

    async def _lacks(self, model: Model) -> bool:
        build = await self._build(model)
        return len(self._fresh(model, build, self.engines.threads(model))) < ENOUGH

    async def _build(self, model: Model) -> str:
        self._builds[model.sha256] = await self.engines.build(model)
        return self._builds[model.sha256]

    async def _once(self, model: Model) -> Run | None:
        """One run, which is remembered if no other program disturbed it; `None` if it said
        nothing. Raises `TimeoutError` when somebody needed the model."""
        build, threads = await self._build(model), self.engines.threads(model)
        self._runs += 1
        alone = not self.engines.pace.giving_way
        taken = await self.engines.measure(model, _request(self._runs))
        run = run_of(taken, self.clock.now()) if taken else None
        if run is None or threads != self.engines.threads(model):
            return None
        if alone and not self.engines.pace.giving_way:
            self.store.remember_run(model.sha256, build, threads, run, keep=KEPT)
            self.changed()
        return run


def _request(number: int) -> Generate:
    """Something to read and to go on with; the number keeps any cache from knowing it."""
    words = " ".join(_WORDS[(i * number + i) % len(_WORDS)] for i in range(200))
    return Generate(
        id=1,
        client=CLIENT,
        priority=Priority.BACKGROUND,
        prompt=RawText(f"{number} {words}"),
        sampling=Sampling(seed=number),
        max_tokens=WRITTEN,
        stop=(),
        top_logprobs=None,
        overflow=Overflow.REFUSE,
        date="2000-01-01",
    )
