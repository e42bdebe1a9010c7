"""The running peer: joins library, engines and chats, and is the `Control` that faces hold."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Coroutine, Iterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, assert_never, cast

from msgspec import structs

from closedmesh import __version__, control
from closedmesh.control import Command, Result
from closedmesh.errors import ClosedMeshError
from closedmesh.host import hardware
from closedmesh.host.files import SettingsFile
from closedmesh.host.other_work import OtherWork
from closedmesh.host.paths import bundled_models
from closedmesh.host.secrets import Secrets
from closedmesh.models.chat import Finished
from closedmesh.models.conversations import AnswerEvent, Ask
from closedmesh.node import owner
from closedmesh.node.api_key import ApiKey
from closedmesh.node.asking import Asking
from closedmesh.node.conversations import Conversations
from closedmesh.node.diagnosis import diagnose
from closedmesh.node.engines import Engines
from closedmesh.node.falling_back import Outside
from closedmesh.node.giving_way import GivingWay
from closedmesh.node.hub_token import HubToken
from closedmesh.node.identity import read_identity, remembered
from closedmesh.node.library import Folders, Library
from closedmesh.node.measuring import Measuring
from closedmesh.node.mesh_side import MeshSide
from closedmesh.node.model_commands import ModelCommands
from closedmesh.node.parts import Parts, make_updating
from closedmesh.node.shelf import Around, Shelf, make_shelf
from closedmesh.node.store import Store
from closedmesh.node.surroundings import Surroundings
from closedmesh.node.survey import Survey
from closedmesh.node.transport import listen_at
from closedmesh.settings import Settings
from closedmesh.status import Health, Severity, Status, state_of

log = logging.getLogger(__name__)

SHORTEST_PAUSE, SETTLING = 0.25, 0.05
"""Seconds between two statuses, however much happens, and from something that happens to the status
that shows it: the first tokens of an answer are not computed beside it."""

LONGEST_PAUSE = 2.0
"""Seconds after which figures that nobody announces, like free memory, are read again."""


@asynccontextmanager
async def start_node(parts: Parts) -> AsyncGenerator["Node"]:
    """A running peer for the length of a block; nothing of it is left afterwards."""
    store = Store.open(parts.paths.database)
    failure: Exception | None = None
    try:
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
            node = Node(parts, store, group)
            services: list[asyncio.Task[None]] = []
            await stack.enter_async_context(node.shelf.web)
            try:
                await node.prepare()
                services += [group.create_task(service) for service in node.services()]
                yield node
            except Exception as error:  # of start or block: it leaves as it is, not as a group
                failure = error
            finally:
                for service in services:
                    service.cancel()
                await node.engines.close()
                node.conversations.purge()
        if failure:
            raise failure
    finally:
        store.close()


class Node:
    """A peer of this process. Implements `Control`."""

    def __init__(self, parts: Parts, store: Store, group: asyncio.TaskGroup) -> None:
        paths, clock = parts.paths, parts.clock
        self._paths, self._clock = paths, clock
        self._store = store
        self._secrets = Secrets(paths)
        self._settings_file = SettingsFile(paths.settings)
        self._settings, self._settings_health = self._settings_file.read()
        self._key = ApiKey(self._secrets)
        self._outside = Outside(lambda: self._settings, self._secrets, parts.catalogue, clock)
        self._api: str | None = None
        self._started = clock.now()
        self._identity_health: tuple[Health, ...] = ()
        self._turned = asyncio.Event()
        self._published = asyncio.Condition()
        self._status: Status | None = None
        self._parts = parts
        self.mesh: MeshSide | None = None
        """`None` while the peer's key cannot be read."""
        self.library = Library(store, parts.catalogue, self._folders, self._cap)
        self.conversations = Conversations(store, lambda: self._settings.chat, clock)
        self.engines = Engines(
            files=self.library,
            settings=lambda: self._settings.engine,
            command=parts.worker,
            clock=clock,
            group=group,
            changed=self._turned.set,
            caches=paths.home / "conversations",
        )
        self._hub_token = HubToken(self._secrets)
        self.survey = Survey(parts.machine, clock, store, lambda: self._settings, self._turned.set)
        self.giving_way = GivingWay(
            self.engines, lambda: self._settings.engine.give_way, OtherWork().read, clock
        )
        self.measuring = Measuring(
            self.engines, store, lambda: self._settings.engine.measure, clock, self._turned.set
        )
        self.shelf = self._make_shelf(parts)
        self.updating = make_updating(parts, lambda: self._settings, self._turned.set)
        self._models, self._asking = self._make_doers()

    def _cap(self) -> float:
        return self._settings.models.cap_gb * 1e9

    def _make_shelf(self, parts: Parts) -> Shelf:
        around = Around(
            catalogue=parts.catalogue,
            store=self._store,
            library=self.library,
            engines=self.engines,
            clock=parts.clock,
            settings=lambda: self._settings,
            folder=lambda: self._folders().own,
            use_folder=lambda folder: self._change({"models.folder": str(folder)}),
            token=self._hub_token,
            speed=self.measuring.show,
            changed=self._turned.set,
        )
        return make_shelf(around, parts.make_web)

    def _make_doers(self) -> tuple[ModelCommands, Asking]:
        models = ModelCommands(
            self.library, self.engines, self.measuring, self._default_model, self._short_id
        )
        return models, Asking(
            self.library,
            self.engines,
            self.conversations,
            self.survey,
            self._default_model,
            self._clock,
            self._short_id,
            lambda: self._outside.beside(self.mesh),
        )

    def _default_model(self) -> str:
        return self._settings.chat.model

    def _short_id(self) -> str:
        return remembered(self._store)

    async def prepare(self) -> None:
        """What must be done before anybody may ask."""
        self.survey.workers = self.engines.processes
        self.conversations.recover()
        await self._key.read()
        await self._hub_token.read()
        await self._find_out_who_we_are()
        await self.library.scan()

    async def _find_out_who_we_are(self) -> None:
        try:
            identity = await read_identity(self._secrets, self._store)
        except ClosedMeshError as error:
            why = Health("node-key", Severity.WARNING, error.title, error.advice)
            self._identity_health = (why,)
            return
        make_desk = self._parts.desk
        around = Surroundings(
            opener=self._parts.opener,
            catalogue=self._parts.catalogue,
            library=self.library,
            engines=self.engines,
            survey=self.survey,
            store=self._store,
            clock=self._clock,
            settings=lambda: self._settings,
            listen=lambda: listen_at(self._settings.mesh, self._parts.listen),
            changed=self._turned.set,
        )
        desk = await make_desk(identity, self._secrets, self._store) if make_desk else None
        self.mesh = MeshSide(around, identity, desk)
        self.shelf.members.roads = self.mesh.roads

    def services(self) -> Iterator[Coroutine[Any, Any, None]]:
        """What runs as long as the peer does."""
        yield self.engines.run()
        yield self.giving_way.run()
        yield self.measuring.run()
        yield self.survey.run()
        yield self.shelf.downloads.run()
        yield self.updating.run()
        yield self.watch()
        if self.mesh:
            yield self.mesh.run(self._parts.invite)

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    @property
    def key(self) -> str:
        """The key of the local API; empty, which opens nothing, while the keychain is locked."""
        return self._key.value

    def opened(self, api: str) -> None:
        """Say where the local API answers."""
        self._api = api
        self._turned.set()

    def _folders(self) -> Folders:
        chosen = self._settings.models.folder
        own = Path(chosen).expanduser() if chosen else self._paths.models
        return Folders(own=own, bundled=bundled_models())

    async def watch(self) -> None:
        """Make a new status whenever something changes, until cancelled."""
        while True:
            self._turned.clear()
            if (fresh := self._look()) != self._status:
                self._status = fresh
                async with self._published:
                    self._published.notify_all()
            await self._clock.sleep(SHORTEST_PAUSE)
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_PAUSE):
                    await self._turned.wait()
                await self._clock.sleep(SETTLING)

    def _look(self) -> Status:
        models = tuple(
            structs.replace(self.engines.show(model), native=self.measuring.show(model))
            for model in self.library.models()
        )
        health = (
            *self._store.health,
            *self._settings_health,
            *self._key.health,
            *self._identity_health,
            *(self.mesh.health() if self.mesh else ()),
            *self._secrets.health(),
            *self.updating.health(),
        )
        return Status(
            version=__version__,
            state=state_of(models, health, self.survey.sharing, starting=not self.library.scanned),
            peer=self._short_id(),
            home=str(self._paths.home),
            api=self._api,
            process=os.getpid(),
            started=self._started,
            models=models,
            update=self.updating.show(),
            downloads=self.shelf.downloads.show(),
            has_hub_token=bool(self._hub_token.value),
            memory=hardware.memory(),
            sharing=self.survey.sharing,
            energy=self.survey.energy,
            health=health,
            settings=self._settings,
            **(self.mesh.show() if self.mesh else {}),
        )

    async def statuses(self) -> AsyncGenerator[Status]:
        """The whole picture now, then each new one."""
        shown = self._look()
        yield shown
        while True:
            async with self._published:
                await self._published.wait()
            if self._status is not None and self._status != shown:
                shown = self._status
                yield shown

    async def ask(self, ask: Ask) -> AsyncGenerator[AnswerEvent]:
        """Have something answered. Closing the generator cancels the answer."""
        try:
            async with aclosing(self._asking.answer(ask)) as events:
                async for event in events:
                    if isinstance(event, Finished):
                        self.library.notes.use(event.receipt.model_sha256, self._clock.now())
                    yield event
        except ClosedMeshError:
            raise
        except Exception as error:
            raise _unexpected() from error

    async def do(self, command: Command[Result]) -> Result:
        """Carry out a command."""
        try:
            done = await self._do(cast("Any", command))
        except ClosedMeshError:
            raise
        except Exception as error:
            raise _unexpected() from error
        self._turned.set()
        return cast("Result", done)

    async def _do(self, command: control.AnyCommand) -> Any:
        if isinstance(command, control.ModelCommand):
            return await self._models.do(command)
        if isinstance(command, control.HubCommand):
            return await self.shelf.do(command)
        if isinstance(command, control.SharingCommand):
            return self._do_with_sharing(command)
        if isinstance(command, control.MeshCommand):
            return await self._do_with_mesh(command)
        if isinstance(command, control.KeyCommand | control.OwnerCommand):
            return await self._do_with_keys(command)
        if isinstance(command, control.UpdateCommand):
            return await self.updating.do(command)
        match command:
            case control.SetFallbackKey(key):
                return await self._outside.keep_key(key)
            case control.ChangeSettings(changes):
                return await self._change(changes)
            case control.Diagnose():
                return diagnose(self._look(), self._paths, self.library)
            case _:
                return self.conversations.do(command)

    async def _do_with_keys(self, command: control.KeyCommand | control.OwnerCommand) -> Any:
        if isinstance(command, control.OwnerCommand):
            replaced = (self.mesh.replace_owner,) if self.mesh else ()
            return await owner.do(command, self._secrets, *replaced)
        return await self._key.do(command)

    async def _do_with_mesh(self, command: control.MeshCommand) -> Any:
        if self.mesh is None:
            raise ClosedMeshError(
                "This peer has no key of its own, so it cannot be in a mesh.",
                "Unlock the keychain, and start it anew.",
            )
        return await self.mesh.do(command)

    def _do_with_sharing(self, command: control.SharingCommand) -> Any:
        match command:
            case control.ListDuties():
                return self.survey.duties()
            case control.PauseSharing(until, finish):
                self.survey.pause(until, finish=finish)
            case control.ResumeSharing():
                self.survey.resume()
            case control.ShareAnyway(until):
                self.survey.share_anyway(until)
            case _:
                assert_never(command)
        return None

    async def _change(self, changes: dict[str, Any]) -> Settings:
        self._settings = self._settings_file.change(self._settings, changes)
        if "engine.threads" in changes:
            self.engines.set_threads()
        self.survey.hurry()
        self.updating.hurry()
        if self.mesh:
            self.mesh.settings_changed()
        if "models.folder" in changes:
            await self.library.scan()
        return self._settings


def _unexpected() -> ClosedMeshError:
    log.exception("unexpected")
    return ClosedMeshError(
        "Something went wrong inside the program.", "The log says more; trying again may help."
    )
