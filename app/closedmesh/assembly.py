"""Joins the parts to a peer, here or over the local API of one that already runs."""

import asyncio
import ipaddress
import os
import subprocess
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path

from closedmesh.api.remote import Remote
from closedmesh.api.server import serve
from closedmesh.control import ChangeSettings, Control, LoadModel
from closedmesh.entry.authority import Signing
from closedmesh.entry.entry import Entry
from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.entry.relay import Relay
from closedmesh.errors import AlreadyRunning, ClosedMeshError, NotRunning
from closedmesh.host import (
    autostart,
    documents,
    glance,
    instance,
    logs,
    opening,
    paths,
    removal,
    replacing,
    service,
)
from closedmesh.host.files import SettingsFile
from closedmesh.host.machine import Machine
from closedmesh.host.paths import Paths
from closedmesh.host.secrets import Secrets
from closedmesh.mesh.addresses import socket_address, split_socket_address
from closedmesh.models import catalogue
from closedmesh.models.attachments import Attachment
from closedmesh.node.api_key import API_KEY, API_KEY_VARIABLE
from closedmesh.node.clock import SystemClock
from closedmesh.node.identity import Identity
from closedmesh.node.membership import Membership
from closedmesh.node.node import Node, start_node
from closedmesh.node.parts import Parts
from closedmesh.node.store import Store
from closedmesh.node.surroundings import EntryDesk
from closedmesh.node.tasks import background
from closedmesh.node.transport import Listen, Transport
from closedmesh.node.updates.genuine import Origin
from closedmesh.settings import AppearanceSettings
from closedmesh.trust import phrases
from closedmesh.web.server import Around, public_socket, serve_public

Removal = removal.Removal
"""What a home holds, for the face that lists it."""

Hardware = glance.Hardware
"""What there is to see of this computer."""

Way = opening.Way
"""One thing that the system does for the window, or not."""

START_PATIENCE = 15.0
"""Seconds in which a peer that has begun to start must say where it answers."""

LOOK_AGAIN = 0.1
"""Seconds between two looks for that."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How a peer is started."""

    home: Path | None = None
    port: int | None = None
    """Preferred port of the local API; `None` is the setting."""
    models: tuple[str, ...] = ()
    """Models to have in memory from the start."""
    invite: str | None = None
    """Used if the peer is in no mesh yet; `None` is one that came with the program, if any."""
    share: bool | None = None
    """Changes the setting of the same name; `None` leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """How an entry is started, beside what every peer has."""

    mesh: str | None = None
    """Name of the mesh; founded if this home has none. `None` is whichever this home is an entry
    of already."""
    web: tuple[str, int] | None = None
    """Where the public pages are served."""
    listen: tuple[tuple[str, int], ...] = ()
    """Where peers are answered; empty is as the settings say."""
    relay: str | None = None
    """Under which address peers reach the relay; `None` is that of the public pages."""

    def listening(self, web_address: str) -> Listen:
        """Where peers are answered, where it is not as the settings say, and on which relay this
        entry waits for those who cannot reach it: its own, if it is known how they reach that."""
        relay = self.relay
        if relay is None and web_address:
            host, port = split_socket_address(web_address)
            if ipaddress.ip_address(host).is_unspecified and self.listen:
                host = self.listen[0][0]
            if not ipaddress.ip_address(host).is_unspecified:
                relay = f"http://{socket_address(host, port)}"
        addresses = tuple(socket_address(*each) for each in self.listen)
        return Listen(addresses, (relay,) if relay else ())


@asynccontextmanager
async def peer(launch: Launch) -> AsyncGenerator[Control]:
    """A peer in this process. Raises `AlreadyRunning` if its home has one."""
    async with _run(launch) as node:
        yield node


@asynccontextmanager
async def entry(launch: Launch, doorway: Doorway) -> AsyncGenerator[tuple[Control, str | None]]:
    """An entry in this process, and where its public pages are. Raises `AlreadyRunning`, and
    `BadRequest` if its home belongs to another mesh."""
    clock = SystemClock()
    made: list[Entry] = []

    async def desk(identity: Identity, keychain: Secrets, store: Store) -> Entry:
        membership = Membership(store, clock)
        signing = Signing(identity, keychain, store, membership, clock, _open_network)
        authority = await signing.authority(doorway.mesh, launch.invite)
        ledger = LedgerFile.open(Paths.find(launch.home).ledger)
        stack.callback(ledger.close)
        made.append(Entry(authority, store, clock, _phrases(), ledger, _catalogue(), membership))
        return made[0]

    async with AsyncExitStack() as stack:
        listener = stack.enter_context(public_socket(*doorway.web)) if doorway.web else None
        address = socket_address(*listener.getsockname()[:2]) if listener else ""
        node = await stack.enter_async_context(_run(launch, desk, doorway.listening(address)))
        if not doorway.listen:
            keeping = await stack.enter_async_context(background())
            keeping.create_task(_keep_port(node, made))
        if listener is None:
            yield node, None
            return
        # There is none while the keychain is locked.
        relays = [Relay(door.is_member, clock, entry=door.node) for door in made]
        routes = [route for relay in relays for route in relay.routes()]
        around = Around(paths.resources(), clock.now, clock.monotonic)
        await stack.enter_async_context(serve_public(node, listener, around, routes))
        group = await stack.enter_async_context(background())
        for relay in relays:  # ends before the pages do, which would wait for its connections
            group.create_task(relay.run())
        yield node, f"http://{address}"


async def _keep_port(node: Node, made: list[Entry]) -> None:
    """Take the port that was free at the first start at every other one too: members and invites
    know the entry by it."""
    async with aclosing(node.statuses()) as statuses:
        async for status in statuses:
            if status.settings.mesh.port:
                return
            for port in filter(None, (door.port() for door in made)):
                with suppress(ClosedMeshError):  # the health list says what is wrong with the file
                    await node.do(ChangeSettings({"mesh.port": port}))
                return


def _catalogue() -> catalogue.Catalogue:
    return catalogue.parse((paths.resources() / "catalogue.toml").read_text("utf-8"))


def _phrases() -> phrases.Phrases:
    return phrases.parse((paths.resources() / "probes.toml").read_text("utf-8"))


@asynccontextmanager
async def _run(
    launch: Launch,
    desk: Callable[[Identity, Secrets, Store], Awaitable[EntryDesk]] | None = None,
    listen: Listen | None = None,
) -> AsyncGenerator[Node]:
    places = Paths.find(launch.home)
    places.create()
    known = _catalogue()
    with instance.Instance(places) as held, closing(Machine(places.home)) as machine:
        parts = Parts(
            places,
            known,
            service.helper("engine-worker"),
            SystemClock(),
            machine,
            _open_network,
            invite=None if desk else launch.invite or _embedded_invite(),
            listen=listen,
            desk=desk,
            origin=Origin.found_in(paths.resources() / "updates"),
            copy=replacing.of_this_program(),
        )
        async with (
            start_node(parts) as node,
            serve(
                node,
                port=launch.port if launch.port is not None else node.settings.api.port,
                settings=lambda: node.settings.api,
                key=lambda: node.key,
                on_open=node.opened,
            ) as address,
        ):
            # First, so that others find this peer also while it reads a large model.
            held.announce(address)
            if launch.share is not None:
                await node.do(ChangeSettings({"sharing.share": launch.share}))
            for model in launch.models:
                await node.do(LoadModel(model))
            yield node
        node.updating.finish()


@asynccontextmanager
async def _open_network(secret: bytes, listen: Listen) -> AsyncGenerator[Transport]:
    # Not before somebody is in a mesh: a peer that is in none never even loads the carrier.
    from closedmesh.node.iroh import open_iroh

    async with open_iroh(secret, listen) as transport:
        yield transport


def _embedded_invite() -> str | None:
    """The invite that whoever built the program put into it."""
    try:
        return (paths.resources() / "invite.txt").read_text("utf-8").strip() or None
    except FileNotFoundError:
        return None


@asynccontextmanager
async def attach(home: Path | None) -> AsyncGenerator[Control]:
    """The peer that runs in a home. Raises `NotRunning`."""
    places = Paths.find(home)
    address = await _address(places)
    key = os.environ.get(API_KEY_VARIABLE) or await Secrets(places).get(API_KEY) or ""
    async with Remote(address, key) as remote:
        yield remote


@asynccontextmanager
async def attach_or_start(launch: Launch) -> AsyncGenerator[Control]:
    """The peer that runs in a home, else one in this process."""
    async with AsyncExitStack() as stack:
        try:
            control = await stack.enter_async_context(peer(launch))
        except AlreadyRunning:
            control = await stack.enter_async_context(attach(launch.home))
        yield control


async def _address(places: Paths) -> str:
    try:
        async with asyncio.timeout(START_PATIENCE):
            while found := instance.running(places):
                if found.api is not None:
                    return found.api
                await asyncio.sleep(LOOK_AGAIN)
    except TimeoutError:
        raise NotRunning(
            "A peer has begun to start in this home and does not answer.",
            "Wait a little, or end it and start again.",
        ) from None
    raise NotRunning(
        "No peer runs in this home folder.", "Start one: `closedmesh`, or `closedmesh serve`."
    )


def read_document(path: Path) -> Attachment:
    """A file to attach to a question, as text; may take half a minute. Raises
    `ClosedMeshError`."""
    return documents.read(path, service.helper("read-pdf"))


@dataclass(frozen=True, slots=True)
class ServiceState:
    """The service of a home, as a person asks for it."""

    installed: bool
    starts_at_login: bool
    running: bool
    """A peer runs in this home, by whomever it was started."""
    place: str
    """The file or task that tells the system; empty unless installed."""
    manager: str
    home: str


def service_state(home: Path | None) -> ServiceState:
    """Whether a home has a service, and whether a peer runs in it."""
    places = Paths.find(home)
    found = autostart.find(service.job(places))
    return ServiceState(
        installed=found is not None,
        starts_at_login=found is not None and found.starts_at_login,
        running=instance.running(places) is not None,
        place=found.place if found else "",
        manager=found.manager if found else "",
        home=str(places.home),
    )


def install_service(home: Path | None) -> None:
    """Have the peer of a home started now and at every login. Raises `ClosedMeshError`."""
    autostart.install(service.job(Paths.find(home)))


def remove_service(home: Path | None) -> bool:
    """End the service of a home and forget it; whether there was one."""
    return autostart.remove(service.job(Paths.find(home)))


def this_computer(home: Path | None) -> Hardware:
    """Look at it; may take a second."""
    return glance.this_computer(Paths.find(home))


def window_at_login(home: Path | None) -> Way:
    """The window's program at login."""
    return opening.at_login(Paths.find(home))


def window_for_links(home: Path | None) -> Way:
    """Links of invites in the window."""
    return opening.for_links(Paths.find(home))


async def look_for_everything(home: Path | None) -> Removal:
    """What a home holds, and what stays when it is removed."""
    return await removal.look(Paths.find(home))


async def remove_everything(home: Path | None, found: Removal) -> None:
    """Remove it. Raises `AlreadyRunning` while a peer runs there."""
    await removal.carry_out(Paths.find(home), found)


def prepare(home: Path | None, name: str) -> None:
    """Make the folders of a home, and keep this process's log there as `name`.log."""
    places = Paths.find(home)
    places.create()
    logs.keep_logs(places.logs, name)


def end_logs() -> None:
    """Write no log of this process any longer."""
    logs.end_logs()


def resources() -> Path:
    """Pictures and styles that come with the program."""
    return paths.resources()


def start_anew(home: Path | None) -> None:
    """Start the program again, in the version that is then the current one; this process is about
    to end."""
    place = ("--home", str(home)) if home else ()
    subprocess.Popen([*service.program(), *place, "app"], start_new_session=True)


def window_lock(home: Path | None) -> Path:
    """The file that the one window of a home holds."""
    return Paths.find(home).runtime / "window"


def window_state(home: Path | None) -> Path:
    """The file that remembers the window's size and place."""
    return Paths.find(home).settings.with_name("window.ini")


def window_settings(home: Path | None) -> AppearanceSettings:
    """What was chosen for the window, before a peer tells it."""
    return SettingsFile(Paths.find(home).settings).read()[0].window


def log_folder(home: Path | None) -> Path:
    """Where logs lie."""
    return Paths.find(home).logs
