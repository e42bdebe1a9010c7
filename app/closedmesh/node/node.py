"""The running peer: joins library, engines and chats, and is the `Control` that faces hold."""

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never, cast

from closedmesh import __version__, control
from closedmesh.control import Command, Result
from closedmesh.errors import ClosedMeshError
from closedmesh.host import hardware
from closedmesh.host.files import SettingsFile
from closedmesh.host.other_work import OtherWork
from closedmesh.host.paths import Paths, bundled_models
from closedmesh.host.secrets import Secrets
from closedmesh.mesh import invites
from closedmesh.mesh.picture import InviteFacts
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.conversations import AnswerEvent, Ask
from closedmesh.node.asking import Asking
from closedmesh.node.clock import Clock
from closedmesh.node.conversations import Conversations
from closedmesh.node.diagnosis import diagnose
from closedmesh.node.engines import Engines
from closedmesh.node.giving_way import GivingWay
from closedmesh.node.library import Folders, Library
from closedmesh.node.store import Store
from closedmesh.node.survey import Machine, Survey
from closedmesh.settings import Settings
from closedmesh.status import Health, Severity, Status, state_of

log = logging.getLogger(__name__)

API_KEY = "api-key"
API_KEY_VARIABLE = "CLOSEDMESH_API_KEY"

SHORTEST_PAUSE = 0.25
"""Seconds between two statuses, however much happens."""

LONGEST_PAUSE = 2.0
"""Seconds after which figures that nobody announces, like free memory, are read again."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a peer is made of."""

    paths: Paths
    catalogue: Catalogue
    worker: tuple[str, ...]
    """How a worker is started."""
    clock: Clock
    machine: Machine
    """This computer, as the rules of sharing see it."""


@asynccontextmanager
async def start_node(parts: Parts) -> AsyncGenerator["Node"]:
    """A running peer for the length of a block; nothing of it is left afterwards."""
    store = Store.open(parts.paths.database)
    failure: Exception | None = None
    try:
        async with asyncio.TaskGroup() as group:
            node = Node(parts, store, group)
            await node.prepare()
            services = [
                group.create_task(service)
                for service in (
                    node.engines.run(),
                    node.giving_way.run(),
                    node.survey.run(),
                    node.watch(),
                )
            ]
            try:
                yield node
            except Exception as error:  # of the block: it leaves as it is, not as a group
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
        self._paths = paths
        self._clock = clock
        self._store = store
        self._secrets = Secrets(paths)
        self._settings_file = SettingsFile(paths.settings)
        self._settings, self._settings_health = self._settings_file.read()
        self._key = ""
        self._key_health: tuple[Health, ...] = ()
        self._api: str | None = None
        self._started = clock.now()
        self._peer = _peer_id(store)
        self._turned = asyncio.Event()
        self._published = asyncio.Condition()
        self._status: Status | None = None
        self.library = Library(store, parts.catalogue, self._folders)
        self.conversations = Conversations(store, lambda: self._settings.chat, clock)
        self.engines = Engines(
            files=self.library,
            settings=lambda: self._settings.engine,
            command=parts.worker,
            clock=clock,
            group=group,
            changed=self._turned.set,
        )
        self.survey = Survey(parts.machine, clock, store, lambda: self._settings, self._turned.set)
        self.giving_way = GivingWay(
            self.engines, lambda: self._settings.engine.give_way, OtherWork().read, clock
        )
        self._asking = Asking(
            self.library,
            self.engines,
            self.conversations,
            self.survey,
            lambda: self._settings.chat.model,
            clock,
            self._peer,
        )

    async def prepare(self) -> None:
        """What must be done before anybody may ask."""
        self.conversations.recover()
        await self._read_key()
        await self.library.scan()

    @property
    def settings(self) -> Settings:
        """What holds now."""
        return self._settings

    @property
    def key(self) -> str:
        """The key of the local API; empty, which opens nothing, while the keychain is locked."""
        return self._key

    def opened(self, api: str) -> None:
        """Say where the local API answers."""
        self._api = api
        self._turned.set()

    def _folders(self) -> Folders:
        chosen = self._settings.models.folder
        own = Path(chosen).expanduser() if chosen else self._paths.models
        return Folders(own=own, bundled=bundled_models())

    async def _read_key(self) -> None:
        if given := os.environ.get(API_KEY_VARIABLE):
            self._key = given
            return
        try:
            self._key = await self._secrets.get(API_KEY) or await self._new_key()
        except ClosedMeshError as error:
            self._key_health = (Health("api-key", Severity.WARNING, error.title, error.advice),)

    async def _new_key(self) -> str:
        key = f"cm-{secrets.token_urlsafe(32)}"
        await self._secrets.set(API_KEY, key)
        self._key, self._key_health = key, ()
        return key

    async def watch(self) -> None:
        """Make a new status whenever something changes, until cancelled."""
        while True:
            self._turned.clear()
            fresh = self._look()
            if fresh != self._status:
                self._status = fresh
                async with self._published:
                    self._published.notify_all()
            await self._clock.sleep(SHORTEST_PAUSE)
            try:
                async with asyncio.timeout(LONGEST_PAUSE):
                    await self._turned.wait()
            except TimeoutError:
                continue

    def _look(self) -> Status:
        models = tuple(self.engines.show(model) for model in self.library.models())
        health = (
            *self._store.health,
            *self._settings_health,
            *self._key_health,
            *self._secrets.health(),
        )
        sharing = self.survey.sharing
        return Status(
            version=__version__,
            state=state_of(models, health, sharing, starting=not self.library.scanned),
            peer=self._peer,
            home=str(self._paths.home),
            api=self._api,
            process=os.getpid(),
            started=self._started,
            models=models,
            memory=hardware.memory(),
            sharing=sharing,
            energy=self.survey.energy,
            health=health,
            settings=self._settings,
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
        match command:
            case control.ShowKey():
                return self._key
            case control.NewKey():
                return await self._new_key()
            case control.ChangeSettings(changes):
                return await self._change(changes)
            case control.Diagnose():
                return diagnose(self._look(), self._paths, self.library)
            case (
                control.LoadModel()
                | control.UnloadModel()
                | control.VerifyModel()
                | control.ImportModel()
                | control.RemoveModel()
            ):
                return await self._do_with_model(command)
            case (
                control.PauseSharing()
                | control.ResumeSharing()
                | control.ShareAnyway()
                | control.ListDuties()
            ):
                return self._do_with_sharing(command)
            case (
                control.ReadInvite()
                | control.Join()
                | control.Leave()
                | control.CheckConnection()
                | control.MakeInvite()
                | control.RevokeInvite()
                | control.RevokeMember()
            ):
                return self._do_with_mesh(command)
            case _:
                return self._do_with_chat(command)

    async def _do_with_model(self, command: control.ModelCommand) -> Any:
        match command:
            case control.LoadModel(ref):
                await self.engines.load(await self.library.find(ref))
            case control.UnloadModel(ref):
                await self.engines.unload(await self.library.find(ref))
            case control.VerifyModel(ref):
                return self.engines.show(await self.library.verify(ref))
            case control.ImportModel(path):
                return await self.library.import_file(Path(path))
            case control.RemoveModel(ref):
                for model in self.library.models():
                    if ref in (model.name, model.sha256):
                        await self.engines.unload(model)
                await self.library.remove(ref)
            case _:
                assert_never(command)
        return None

    def _do_with_sharing(self, command: control.SharingCommand) -> Any:
        match command:
            case control.ListDuties():
                return self.survey.duties()
            case control.PauseSharing(until):
                self.survey.pause(until)
            case control.ResumeSharing():
                self.survey.resume()
            case control.ShareAnyway(until):
                self.survey.share_anyway(until)
            case _:
                assert_never(command)
        return None

    def _do_with_mesh(self, command: control.MeshCommand) -> Any:
        match command:
            case control.ReadInvite(text):
                invite = invites.read(text, self._clock.now())
                return InviteFacts(invite.mesh, invite.mesh_name, invite.scope, invite.expires)
            case _:
                raise ClosedMeshError("This peer was started without a network.", "Start it anew.")

    def _do_with_chat(self, command: control.ChatCommand) -> Any:
        chats = self.conversations
        match command:
            case control.NewConversation(options):
                return chats.new(options)
            case control.ListConversations(search):
                return chats.summaries(search)
            case control.ReadConversation(chat):
                return chats.read(chat)
            case control.RenameConversation(chat, title):
                return chats.rename(chat, title)
            case control.PinConversation(chat, pinned):
                return chats.pin(chat, pinned=pinned)
            case control.DeleteConversation(chat):
                return chats.delete(chat)
            case control.RestoreConversation(chat):
                return chats.restore(chat)
            case control.ChooseBranch(chat, entry):
                return chats.choose(chat, entry)
            case control.ConfigureConversation(chat, options):
                return chats.configure(chat, options)
            case _:
                assert_never(command)

    async def _change(self, changes: dict[str, Any]) -> Settings:
        self._settings = self._settings_file.change(self._settings, changes)
        if "engine.threads" in changes:
            self.engines.set_threads()
        self.survey.hurry()
        if "models.folder" in changes:
            await self.library.scan()
        return self._settings


def _peer_id(store: Store) -> str:
    known = store.fact("peer")
    if known is None:
        known = secrets.token_hex(4)
        store.remember("peer", known)
    return known


def _unexpected() -> ClosedMeshError:
    log.exception("unexpected")
    return ClosedMeshError(
        "Something went wrong inside the program.", "The log says more; trying again may help."
    )
