"""Answers commands about models: those on this computer, those on the hub, those on their way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from closedmesh import control
from closedmesh.errors import BadRequest, ModelFileRefused
from closedmesh.host.bandwidth import memory_speed
from closedmesh.host.computer import computer_now
from closedmesh.models.catalogue import Catalogue, HuggingFace, Known, hash_of_parts
from closedmesh.models.hub import HubRef, parse_ref
from closedmesh.models.offers import Fit, HubOffer, Offer, Repository
from closedmesh.models.reach import Reach, with_mirror
from closedmesh.models.speed import Speed
from closedmesh.node.clock import Clock
from closedmesh.node.elsewhere import find_elsewhere
from closedmesh.node.engines import Engines
from closedmesh.node.fetching.downloads import Downloads, Item
from closedmesh.node.fetching.hub import Hub
from closedmesh.node.fetching.members import Members
from closedmesh.node.fetching.source import Wanted
from closedmesh.node.fetching.web import Web
from closedmesh.node.hub_token import HubToken
from closedmesh.node.library import Library
from closedmesh.node.model_notes import ModelNotes
from closedmesh.node.outlook import Outlook
from closedmesh.node.store import Store
from closedmesh.settings import NetworkSettings, Settings
from closedmesh.status import Download, Model

MakeWeb = Callable[[Callable[[], str], Callable[[], NetworkSettings]], Web]


def public_web(mirror: Callable[[], str], network: Callable[[], NetworkSettings]) -> Web:
    """The web as the program reaches it: the hub and the mirror that was set, in public."""
    return Web(lambda: with_mirror(Reach(), mirror()), network)


@dataclass(frozen=True, slots=True)
class Around:
    """What a shelf needs of its peer."""

    catalogue: Catalogue
    store: Store
    library: Library
    engines: Engines
    clock: Clock
    settings: Callable[[], Settings]
    folder: Callable[[], Path]
    use_folder: Callable[[Path], Awaitable[Settings]]
    token: HubToken
    speed: Callable[[Model], Speed | None]
    """What was measured of a model that is here."""
    changed: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a peer does with models."""

    around: Around
    web: Web
    """To be entered before anything of the hub is asked for."""
    hub: Hub
    members: Members
    downloads: Downloads

    @property
    def library(self) -> Library:
        """The models of this computer."""
        return self.around.library

    @property
    def notes(self) -> ModelNotes:
        """What is remembered of them."""
        return self.around.library.notes

    async def do(self, command: control.HubCommand) -> Any:  # noqa: C901, PLR0912 - one each
        """Carry out a command."""
        match command:
            case control.FindElsewhere():
                return await find_elsewhere()
            case control.ListOffers():
                outlook = await self._outlook()
                return tuple(self._offer(known, outlook) for known in self.around.catalogue.model)
            case control.SearchHub(text):
                return await self.hub.search(text)
            case control.ListRepository(repo):
                return await self._repository(repo)
            case control.PullModel(ref):
                return await self._pull(ref)
            case control.PauseDownload(download):
                self.downloads.pause(download)
            case control.ResumeDownload(download):
                self.downloads.resume(download)
            case control.PreferDownload(download):
                self.downloads.prefer(download)
            case control.CancelDownload(download):
                await self.downloads.cancel(download)
            case control.TrustModel(ref):
                return self.around.engines.show(await self.library.trust(ref))
            case control.MoveModels(folder):
                await self._move(Path(folder))
            case control.GiveHubToken(token):
                await self.around.token.keep(token.strip())
            case _:
                assert_never(command)
        return None

    async def _move(self, folder: Path) -> None:
        for model in self.library.models():
            await self.around.engines.unload(model)
        await self.library.move(folder)
        await self.around.use_folder(folder)

    async def _outlook(self) -> Outlook:
        """How things look now; the memory's speed is measured at the first look."""
        if not self.notes.memory_speed:
            self.notes.keep_memory_speed(await asyncio.to_thread(memory_speed))
        speed = self.notes.memory_speed
        computer = await asyncio.to_thread(computer_now, self.around.folder(), speed)
        return Outlook(computer, self.around.settings().engine)

    def _fit(self, known: Known, outlook: Outlook) -> Fit:
        """How a model would run; of one that is here by its file and what was measured of it."""
        for model in self.library.models():
            if known.sha256 and model.sha256 == known.sha256:
                speed = self.around.speed(model)
                active = (known.active or known.parameters) / known.parameters
                header = self.library.header(model)
                rate = speed.decode_tps if speed else 0.0
                return outlook.of_file(header, model.size_bytes, active, rate)
        return outlook.of_known(known)

    def _offer(self, known: Known, outlook: Outlook) -> Offer:
        return Offer(
            name=known.name,
            title=known.title,
            size_bytes=known.size_bytes,
            licence=known.licence,
            quantisation=known.quantisation,
            parameters=known.parameters,
            active=known.active or known.parameters,
            context=known.context,
            tier=known.tier,
            languages=known.languages,
            abilities=known.abilities,
            checked=known.checked,
            fit=self._fit(known, outlook),
            here=self.library.has(known.sha256),
        )

    async def _repository(self, repo: str) -> Repository:
        listing, files = await self.hub.files(repo)
        outlook = await self._outlook()
        offers = tuple(
            HubOffer(
                ref=file.ref,
                name=file.name,
                size_bytes=file.size_bytes,
                parts=file.parts,
                fit=outlook.of_size(file.size_bytes),
                here=file.parts == 1 and self.library.has(file.sha256),
            )
            for file in files
        )
        return Repository(repo, listing.licence, bool(listing.gated), offers)

    async def _pull(self, ref: str) -> Download | None:
        known = self.around.catalogue.by_name(ref) or self.around.catalogue.by_hash(ref)
        if known and self.library.has(known.sha256):
            return None
        if known is None:
            place = parse_ref(ref)
            title, wanted = place.name.removesuffix(".gguf"), await self.hub.locate(place)
        else:
            title, wanted = known.title, await self._wanted(known)
        if self.library.has(hash_of_parts(file.sha256 for file in wanted)):
            return None
        self.library.check_cap(sum(file.size for file in wanted))
        item = self.downloads.add(ref, title, wanted)
        return next(shown for shown in self.downloads.show() if shown.id == item.id)

    async def _wanted(self, known: Known) -> tuple[Wanted, ...]:
        """The files of a model of the catalogue. What was checked is fetched by the catalogue's own
        facts; else the hub must state the same, or what the catalogue leaves open."""
        place = next((source for source in known.source if isinstance(source, HuggingFace)), None)
        if place is None:
            raise BadRequest(
                f"{known.title} comes with the program and not from the hub.",
                "Install the program again if its file is gone.",
                param="model",
            )
        if known.checked and not known.part:
            return (Wanted(place.repo, place.revision, place.file, known.size_bytes, known.sha256),)
        wanted = await self.hub.locate(HubRef(place.repo, place.file, place.revision))
        stated = [part.sha256 for part in known.part] or [known.sha256]
        if len(wanted) != len(stated) or any(
            ours and ours != file.sha256 for ours, file in zip(stated, wanted, strict=True)
        ):
            raise ModelFileRefused(
                f"The hub has another file for {known.title} than the catalogue means.",
                f"Nothing was fetched. `closedmesh models search {place.repo}` shows what it has.",
            )
        return wanted


def make_shelf(around: Around, make_web: MakeWeb) -> Shelf:
    """Join what belongs to models."""

    def mirror() -> str:
        return around.settings().models.mirror

    async def accept(item: Item, paths: list[Path]) -> None:
        hashes = [file.wanted.sha256 for file in item.files]
        await around.library.accept(list(zip(paths, hashes, strict=True)))

    web = make_web(mirror, lambda: around.settings().network)
    hub = Hub(web, mirror, lambda: around.token.value, around.clock)
    members = Members(hub, around.clock, lambda: around.settings().models.from_members)
    downloads = Downloads(
        store=around.store,
        source=hub,
        folder=around.folder,
        limit=lambda: around.settings().models.download_limit * 1e6,
        accept=accept,
        clock=around.clock,
        changed=around.changed,
        helpers=members,
    )
    return Shelf(around, web, hub, members, downloads)
