"""Looks for a new version once a day if the owner wants that, brings it here if they want that too.

The new version is only made ready. It becomes the current one when the peer ends, so that nothing
that answers is ever interrupted, and `host.replacing` goes back if it does not come up.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from platform import machine
from typing import Any

from msgspec import structs

from closedmesh import __version__
from closedmesh.control import FetchUpdate, LookForUpdate, UpdateCommand
from closedmesh.errors import ClosedMeshError, UpdateRefused
from closedmesh.host.replacing import Replaceable
from closedmesh.models.releases import Release, Update, UpdateState, announcement_name, is_newer
from closedmesh.node.clock import Clock, within
from closedmesh.node.fetching.fetch import Fetch
from closedmesh.node.fetching.rate import Limiter
from closedmesh.node.fetching.web import Web
from closedmesh.node.updates import genuine
from closedmesh.node.updates.archive import ArchiveSource, wanted
from closedmesh.node.updates.genuine import Origin
from closedmesh.settings import UpdateSettings
from closedmesh.status import Health, Severity

log = logging.getLogger(__name__)

FIRST_LOOK = 60.0
"""Seconds after the start: whoever wants to chat comes first."""

EACH_DAY = 86_400.0
"""Seconds between two looks."""


@dataclass(slots=True)
class Updating:
    """New versions of this copy."""

    origin: Origin | None
    """`None`: this copy does not know where new versions come from."""
    copy: Replaceable | None
    """`None`: whatever installed this copy replaces it."""
    make_web: Callable[[], Web]
    folder: Path
    """For lists and the archive."""
    settings: Callable[[], UpdateSettings]
    limit: Callable[[], float]
    """Bytes a second; 0 is no limit."""
    clock: Clock
    changed: Callable[[], None]
    update: Update = field(init=False)
    _release: Release | None = field(default=None, init=False)
    _refused: UpdateRefused | None = field(default=None, init=False)
    _wanted: bool = field(default=False, init=False)
    """Somebody asked for this version, whatever the settings say."""
    _fetching: Fetch | None = field(default=None, init=False)
    _turned: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        state = UpdateState.UNKNOWN if self.origin else UpdateState.ELSEWHERE
        self.update = Update(state, can_fetch=bool(self.origin and self.copy))

    async def run(self) -> None:
        """Do what the settings say, until cancelled."""
        if self.copy:
            await asyncio.to_thread(self.copy.came_up, __version__)
        if self.origin is None:
            return
        due = self.clock.monotonic() + FIRST_LOOK
        while True:
            self._turned.clear()
            if self.settings().mode != "off" and self.clock.monotonic() >= due:
                due = self.clock.monotonic() + EACH_DAY
                await _quietly(self.look())
            if self._is_to_be_fetched():
                await _quietly(self._fetch())
            with suppress(TimeoutError):
                left = max(1.0, due - self.clock.monotonic())
                await within(self.clock, left, self._turned.wait())

    def hurry(self) -> None:
        """The settings changed."""
        self._turned.set()

    async def look(self) -> Update:
        """Ask now whether there is a newer version. Raises `UpdateRefused` for what is not
        genuine, `ClosedMeshError` where nobody answers."""
        origin = self._origin()
        async with self._looking, self.make_web() as web:
            try:
                variant = self.copy.variant if self.copy else ""
                name = announcement_name(sys.platform, machine(), variant)
                found = await genuine.latest(web, origin, self.folder / "lists", name)
            except ClosedMeshError as error:
                self._refused = error if isinstance(error, UpdateRefused) else None
                self._show(problem=str(error))
                raise
        self._refused = None
        self._know(found)
        return self.update

    def _know(self, found: Release | None) -> None:
        if found is None or not is_newer(found.version, __version__):
            self._release = None
            self._show(state=UpdateState.CURRENT, version="", size=0, problem="")
        elif self.update.state is not UpdateState.READY or found.version != self.update.version:
            self._release = found
            self._show(
                state=UpdateState.AVAILABLE, version=found.version, size=found.size, problem=""
            )

    async def do(self, command: UpdateCommand) -> Update | None:
        """Carry out a command."""
        match command:
            case LookForUpdate():
                return await self.look()
            case FetchUpdate():
                self.fetch()
                return None

    def fetch(self) -> None:
        """Bring the version that was found here, in the background. Raises `ClosedMeshError` for a
        copy that cannot do that, or where nothing was found."""
        self._origin()
        if self.copy is None:
            raise ClosedMeshError(
                "This copy was not installed by ClosedMesh itself, and does not replace itself.",
                "Get the new version where you got this one.",
            )
        if self._release is None:
            raise ClosedMeshError("No newer version was found.", "Look for one first.")
        self._wanted = True
        self._turned.set()

    def finish(self) -> None:
        """The peer has ended: from the next start on it is the new version, if one is ready."""
        if self.copy is None or self.update.state is not UpdateState.READY:
            return
        version = self.update.version
        try:
            self.copy.switch_to(version)
            self.copy.forget_failure()
        except (ClosedMeshError, OSError) as error:
            # Whoever quits wants to quit: what runs now simply starts again, and looks again.
            log.warning("version %s could not be made the next one: %s", version, error)
        else:
            log.info("version %s is started next", version)

    def health(self) -> tuple[Health, ...]:
        """What a person should know."""
        found = []
        if self._refused:
            why = self._refused
            found.append(Health("update-refused", Severity.WARNING, why.title, why.advice))
        if self.copy and self.copy.failed:
            found.append(Health(
                "update-failed", Severity.WARNING,
                f"Version {self.copy.failed} did not start, so version {__version__} is back.",
                "It is not tried again. The next version will be.",
            ))  # fmt: skip
        return tuple(found)

    def _origin(self) -> Origin:
        if self.origin is None:
            raise ClosedMeshError(
                "This copy does not know where new versions come from.",
                "Get the new version where you got this one.",
            )
        return self.origin

    def _is_to_be_fetched(self) -> bool:
        if self.update.state is not UpdateState.AVAILABLE or self.copy is None:
            return False
        failed = self.copy.failed == self.update.version
        return self._wanted or (self.settings().mode == "fetch" and not failed)

    async def _fetch(self) -> None:
        """Bring the archive here, and unpack it beside what runs."""
        release, copy, self._wanted = self._release, self.copy, False
        if release is None or copy is None:
            return
        self._show(state=UpdateState.FETCHING, problem="")
        archive = self.folder / release.file
        try:
            async with self.make_web() as web:
                source = ArchiveSource(web, self._origin().file(release))
                limiter = Limiter(self.limit, self.clock)
                fetching = Fetch(
                    wanted(release), archive, source, limiter, self.clock, self.changed
                )
                self._fetching = fetching
                await fetching.run()
            await asyncio.to_thread(copy.unpack, archive, release.version)
        except ClosedMeshError as error:
            self._show(state=UpdateState.AVAILABLE, problem=str(error))
            raise
        finally:
            self._fetching = None
        archive.unlink(missing_ok=True)
        self._show(state=UpdateState.READY, landed=release.size)

    def show(self) -> Update:
        """What is known, with how far a download is."""
        if self._fetching is None:
            return self.update
        return structs.replace(self.update, landed=self._fetching.progress.landed)

    def _show(self, **now: Any) -> None:
        self.update = structs.replace(self.update, **now)
        self.changed()


async def _quietly(work: Coroutine[Any, Any, object]) -> None:
    """Do something that nobody waits for; what went wrong stands in the status."""
    try:
        await work
    except ClosedMeshError as error:
        log.warning("updates: %s", error.code)
