"""The mesh as the rest of the peer needs it: joining, sharing, asking, and what a status shows."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from typing import Any

from msgspec import structs

from closedmesh import control
from closedmesh.errors import BadRequest, ClosedMeshError, ModelNotFound
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.picture import (
    Mesh,
    Peer,
)
from closedmesh.mesh.signing import PrivateKey
from closedmesh.models.chat import Finished, ModelHash, Question, RequestId
from closedmesh.models.duty import Reason
from closedmesh.node import mesh_picture
from closedmesh.node.accounts import Accounts
from closedmesh.node.credit_book import CreditBook
from closedmesh.node.digests import Digests
from closedmesh.node.fetching.members import Roads
from closedmesh.node.handing_over import HandingOver
from closedmesh.node.head_chain import HeadChain
from closedmesh.node.hedging import MeshEvent
from closedmesh.node.identity import Identity
from closedmesh.node.lending import Lending
from closedmesh.node.membership import INVITE_VARIABLE, Membership, not_a_member
from closedmesh.node.mesh_checks import MeshChecks
from closedmesh.node.mesh_commands import MeshCommands
from closedmesh.node.network import Network
from closedmesh.node.offers import Offers
from closedmesh.node.rereading import Rereading
from closedmesh.node.serving import Serving
from closedmesh.node.surroundings import EntryDesk, Surroundings
from closedmesh.node.survey import Survey
from closedmesh.settings import MeshSettings
from closedmesh.status import Health, Severity

log = logging.getLogger(__name__)

FIRST_TRY = 5.0
"""Seconds before an invite that was given from outside is tried again; doubles each time."""

LONGEST_TRY = 600.0
"""Seconds; the end of that doubling."""


class MeshSide:
    """All of it, for a peer that has its key."""

    def __init__(self, around: Surroundings, identity: Identity, desk: EntryDesk | None) -> None:
        self._around = around
        self._desk = desk
        self._invite_health: tuple[Health, ...] = ()
        survey = around.survey
        self._offers = self._make_offers()
        membership = desk.membership if desk else Membership(around.store, around.clock)
        self._accounts = Accounts(
            around.store, around.clock, identity.key, lambda: membership.mesh, around.catalogue
        )
        self._credits = self._make_credits(membership)
        self._handing_over = HandingOver(around.store, membership)
        self._serving = Serving(
            self._offers, around.engines, survey, around.clock, around.settings, self._accounts
        )
        self._network = Network(
            opener=around.opener,
            listen=around.listen,
            identity=identity,
            membership=membership,
            offers=self._offers,
            serving=self._serving,
            lending=self._lending(),
            rereading=Rereading(self._offers, around.engines, survey),
            accounts=self._accounts,
            book=self._credits,
            handing_over=self._handing_over,
            clock=around.clock,
            changed=around.changed,
            door=desk,
            look_nearby=lambda: _looks_nearby(around.settings().mesh),
        )
        self._verifier = desk.verifier(around, self._network) if desk else None
        self._checks = MeshChecks(self._network, self._verifier)
        self._commands = MeshCommands(
            self._network, self._accounts, self._credits, around.clock, desk, self._checks
        )
        self._tell_serving(identity.node)
        membership.has_credits = self._credits.chain.has_credits
        self._tell_survey(survey)

    def _make_offers(self) -> Offers:
        around = self._around
        return Offers(
            around.library,
            around.engines,
            Digests(around.store),
            around.settings,
            around.clock,
            lambda: around.survey.decide().reason is Reason.ON,
            self._turned,
        )

    def _make_credits(self, membership: Membership) -> CreditBook:
        store, clock = self._around.store, self._around.clock
        chain = HeadChain(store, clock, membership, lambda: _accounts(membership))
        book = CreditBook(store, clock, self._around.survey.day, chain, self._accounts.active)
        book.is_own = self._is_own
        return book

    def _is_own(self, node: NodeId) -> bool:
        """Whether a peer that is listed belongs to this computer's owner, as it says."""
        session, membership = self._network.session, self._network.membership
        said = session.finding.directory.get(node, self._around.clock.now()) if session else None
        owner = membership.certificate.owner if membership.member else None
        return said is not None and owner is not None and said.owner == owner

    def _tell_serving(self, own: NodeId) -> None:
        self._serving.newest_head = self._credits.chain.newest
        self._serving.elsewhere = partial(self._offered_elsewhere, own)

    def _tell_survey(self, survey: Survey) -> None:
        survey.earned = lambda: self._credits.show().earned_today / 1000
        survey.shareable = lambda: len(self._offers.models())
        survey.serving = lambda: self._serving.serving

    def _lending(self) -> Lending:
        around = self._around
        return Lending(
            self._offers,
            around.catalogue,
            around.survey,
            around.clock,
            lambda: around.settings().sharing.files_limit * 1e6,
        )

    async def run(self, invite: str | None) -> None:
        """Be in the network while there is a membership, until cancelled. `invite`, or one that
        the environment gives, is used when there is none."""
        self._accounts.recover()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._offers.run())
            group.create_task(self._network.run())
            if self._verifier:
                group.create_task(self._verifier.run())
            given = invite or os.environ.get(INVITE_VARIABLE)
            if given and self._network.membership.member is None:
                group.create_task(self._join_given(given))

    async def _join_given(self, invite: str) -> None:
        """Join as soon as an entry answers. An invite that is refused is not tried again."""
        wait = FIRST_TRY
        while True:
            try:
                await self._network.join(invite)
            except ClosedMeshError as error:
                log.warning("the invite that was given could not be used: %s", error)
                self._invite_health = (
                    Health("invite", Severity.WARNING, error.title, error.advice),
                )
                self._turned()
                if error.code != "mesh_unreachable":
                    return
                await self._around.clock.sleep(wait)
                wait = min(2 * wait, LONGEST_TRY)
            else:
                self._invite_health = ()
                return

    @property
    def roads(self) -> Roads:
        """The way to those who have a model."""
        return self._network

    def _turned(self) -> None:
        """Something is different."""
        self._around.changed()
        if self._network.session:
            self._network.session.finding.hurry()

    def _offered_elsewhere(self, own: NodeId, sha256: ModelHash) -> bool:
        return any(
            each.node != own and any(offer.sha256 == sha256 for offer in each.offers)
            for each in self._network.live()
        )

    def settings_changed(self) -> None:
        """What is shared may be different."""
        self._offers.hurry()
        self._network.settings_changed()
        self._turned()

    def mesh(self) -> Mesh | None:
        """The membership, for a status."""
        members = self._desk.members() if self._desk else None
        return mesh_picture.mesh_of(self._network, members, self._around.clock.now())

    def peers(self) -> tuple[Peer, ...]:
        """Who is known, for a status."""
        return mesh_picture.peers_of(
            self._network, self._offers.speeds, self._around.clock.now(), self._checks.of
        )

    def show(self) -> dict[str, Any]:
        """What a status says of the mesh, by its fields."""
        settler = self._desk.settler if self._desk else None
        return {
            "mesh": self.mesh(),
            "peers": self.peers(),
            "invites": self._desk.invites() if self._desk else (),
            "verification": self._checks.verification(),
            "credits": self._credits.show(),
            "ledger": settler.totals() if settler else (),
        }

    def health(self) -> tuple[Health, ...]:
        """What lasts and needs to be known."""
        return (
            *self._invite_health,
            *mesh_picture.health_of(self._network),
            *mesh_picture.health_of_ledger(self._credits.chain),
        )

    async def do(self, command: control.MeshCommand) -> Any:
        """Carry out a command."""
        match command:
            case control.Join(text):
                await self._network.join(text)
                self._invite_health = ()
                return self.mesh()
            case control.Leave():
                return await self._network.leave()
            case _:
                return await self._commands.do(command)

    def replace_owner(self, old: PrivateKey, new: NodeId) -> None:
        """What was earned under the old key goes over to the new one."""
        self._handing_over.promise(old, new, self._around.clock.now())

    def name_of(self, ref: str) -> tuple[str, ModelHash]:
        """The model that a REF stands for in the mesh. Raises `NotAMember`, `ModelNotFound`, and
        `BadRequest` for a name that several models bear."""
        if self._network.membership.member is None:
            raise not_a_member()
        for model in self._around.library.models():
            if ref in (model.name, model.sha256) and model.sha256:
                return model.name, model.sha256
        catalogue = self._around.catalogue
        if known := catalogue.by_name(ref) or catalogue.by_hash(ModelHash(ref)):
            return known.name, ModelHash(known.sha256)
        found = {
            ModelHash(offer.sha256): offer.name
            for said in self._network.live()
            for offer in said.offers
            if ref in (offer.name, offer.sha256)
        }
        if len(found) > 1:
            raise BadRequest(
                f"{len(found)} different models of the mesh are called {ref[:100]!r}.",
                f"Name one by its SHA-256: {', '.join(sorted(found))}.",
                param="model",
            )
        for sha256, name in found.items():
            return name, sha256
        raise ModelNotFound(
            f"No peer of the mesh shares a model {ref[:100]!r}.",
            "`closedmesh status` lists what is shared.",
        )

    async def answer(
        self, question: Question, ref: str, request: RequestId
    ) -> AsyncGenerator[MeshEvent]:
        """Have a question answered by a peer. Raises what `name_of` and the answer raise."""
        name, sha256 = self.name_of(ref)
        async with aclosing(self._network.answer(question, name, sha256, request)) as events:
            async for event in events:
                yield self._noted(event) if isinstance(event, Finished) else event

    def _noted(self, finished: Finished) -> Finished:
        """With what is known of the peer that answered, and what it cost."""
        finished = self._checks.noted(finished)
        cost = self._credits.cost(finished.receipt.request_id) / 1000
        return structs.replace(finished, receipt=structs.replace(finished.receipt, credits=cost))


def _accounts(membership: Membership) -> tuple[str, ...]:
    """Names under which the settler may keep this computer's account."""
    if membership.member is None:
        return ()
    certificate = membership.certificate
    return (certificate.node, *([certificate.owner] if certificate.owner else []))


def _looks_nearby(settings: MeshSettings) -> bool:
    """Whoever hides its address does not call it out in the local network."""
    return settings.nearby and not settings.relay_only
