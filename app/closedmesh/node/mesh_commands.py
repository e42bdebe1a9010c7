"""What a face may ask of the mesh, carried out."""

from dataclasses import dataclass
from typing import Any, assert_never

from closedmesh import control
from closedmesh.errors import BadRequest
from closedmesh.mesh import invites
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.picture import InviteFacts, NewInvite
from closedmesh.node.accounts import Accounts
from closedmesh.node.clock import Clock
from closedmesh.node.connection_test import look_at
from closedmesh.node.credit_book import CreditBook
from closedmesh.node.kinship import make_invite
from closedmesh.node.mesh_checks import MeshChecks
from closedmesh.node.network import Network
from closedmesh.node.surroundings import EntryDesk
from closedmesh.trust.book import Line
from closedmesh.trust.credits import OpenedReceipt


@dataclass(frozen=True, slots=True)
class MeshCommands:
    """Everything but joining and leaving, whose traces the mesh side keeps."""

    network: Network
    accounts: Accounts
    credits: CreditBook
    clock: Clock
    desk: EntryDesk | None
    checks: MeshChecks

    async def do(self, command: control.MeshDetail) -> Any:
        """Carry out a command."""
        match command:
            case control.ReadInvite(text):
                invite = invites.read(text, self.clock.now())
                return InviteFacts(
                    invite.mesh, invite.mesh_name, invite.scope, invite.expires, invite.owner
                )
            case control.CheckConnection():
                return await look_at(self.network, self.clock)
            case control.InviteComputer(lifetime):
                network, now = self.network, self.clock.now()
                return make_invite(network.membership, network.identity, lifetime, now)
            case control.MakeInvite() | control.RevokeInvite() | control.RevokeMember():
                return self._do_at_the_desk(command)
            case control.CheckPeer() | control.ListTranscripts():
                return await self.checks.do(command)
            case _:
                return await self._do_with_credits(command)

    async def _do_with_credits(self, command: control.CreditCommand) -> Any:
        match command:
            case control.ListReceipts(limit, before):
                return self.credits.with_progress(await self.accounts.lines(limit, before))
            case control.VerifyReceipts():
                return await self.accounts.audit()
            case control.OpenReceipt(number, request):
                return await self._open(number, request)
            case control.ListActivity(days):
                return self.credits.days(days)
            case control.VerifyLedger():
                settler = self.desk.settler if self.desk else None
                return await settler.verify() if settler else self.credits.chain.audit()
            case control.ExportLedger(after):
                settler = self.desk.settler if self.desk else None
                return (settler or self.credits.chain).export(after)
            case control.MoveAccount(source, target):
                return self._move(source, target)
            case _:
                assert_never(command)

    async def _open(self, number: int | None, request: str) -> OpenedReceipt:
        line, tests = await self.accounts.open(number, request)
        shown: tuple[Line, ...] = self.credits.with_progress([line])
        return OpenedReceipt(shown[0], tests)

    def _do_at_the_desk(
        self, command: control.MakeInvite | control.RevokeInvite | control.RevokeMember
    ) -> NewInvite | None:
        if self.desk is None:
            raise BadRequest(
                "Only an entry of a mesh makes invites and ends memberships.",
                "Ask the person who runs the mesh.",
            )
        match command:
            case control.MakeInvite(scope, uses, lifetime):
                return self.desk.make_invite(Scope(scope), uses, lifetime)
            case control.RevokeInvite(invite):
                self.desk.revoke_invite(invite)
            case control.RevokeMember(node):
                self.desk.revoke_member(node)
        return None

    def _move(self, source: NodeId, target: NodeId) -> None:
        settler = self.desk.settler if self.desk else None
        if settler is None:
            raise BadRequest(
                "Only the settler of a mesh moves accounts.", "Ask the person who runs the mesh."
            )
        settler.move(source, target)
