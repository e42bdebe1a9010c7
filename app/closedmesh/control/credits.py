"""Commands about receipts, credits and the ledger of the mesh. Credits are not money."""

from typing import Annotated

from msgspec import Meta

from closedmesh.control.command import Command
from closedmesh.mesh.ids import NodeIdField
from closedmesh.mesh.invites import LONGEST_OF_OWNER
from closedmesh.mesh.picture import NewInvite
from closedmesh.trust.book import Audit, Line
from closedmesh.trust.credits import Day, OpenedReceipt
from closedmesh.trust.ledger_audit import LedgerAudit


class ListReceipts(Command[tuple[Line, ...]], frozen=True, tag="list-receipts"):
    """The receipts of answers through the mesh, the newest first. What is
    promised there counts once it is settled."""

    limit: Annotated[int, Meta(ge=1, le=1000)] = 1000
    before: int | None = None
    """Only those with a lower number, for the next page."""


class VerifyReceipts(Command[Audit], frozen=True, tag="verify-receipts"):
    """Check every signature and chain of the receipts again, from nothing."""


class OpenReceipt(Command[OpenedReceipt], frozen=True, tag="open-receipt"):
    """One receipt, with every signature, count and place checked again now. The newest one of a
    question, or the one with a number."""

    number: int | None = None
    request: str = ""
    """`request_id` of an answer."""


class ListActivity(Command[tuple[Day, ...]], frozen=True, tag="list-activity"):
    """Credits and energy by day, the newest first; days on which nothing happened are left out."""

    days: Annotated[int, Meta(ge=1, le=3660)] = 30


class VerifyLedger(Command[LedgerAudit], frozen=True, tag="verify-ledger"):
    """Check every signature, hash and proof again, from nothing: on the settler's computer of the
    whole ledger, on every other of this computer's own account."""


class ExportLedger(Command[tuple[str, ...]], frozen=True, tag="export-ledger"):
    """The next lines as JSON texts, none when there are no more: on the settler's computer all
    events, on every other the heads with this computer's own proofs."""

    after: Annotated[int, Meta(ge=0)] = 0
    """Lines that are here already."""


class MoveAccount(Command[None], frozen=True, tag="move-account"):
    """Give everything of one account to another, for an owner whose key was lost or replaced; only
    the settler can, and both stay in the ledger."""

    source: NodeIdField
    target: NodeIdField


class InviteComputer(Command[NewInvite], frozen=True, tag="invite-computer"):
    """Make a link by which one more computer of this one's owner joins the mesh; the owner's key
    stays here."""

    lifetime: Annotated[float, Meta(gt=0, le=LONGEST_OF_OWNER)] = 3600.0
    """Seconds."""


class ShowOwner(Command[str], frozen=True, tag="show-owner"):
    """The secret key of this computer's owner, to be kept safe and used on their other
    computers."""


class UseOwner(Command[None], frozen=True, tag="use-owner"):
    """Belong to the owner with this secret key from the next start on; what was earned under the
    key that is here goes along."""

    key: Annotated[str, Meta(max_length=200)]
