"""What members and the settler of their mesh say to each other.

A peer that has answered claims its receipts; every member reads the signed heads of the ledger
and its own sheets with their proofs. Nobody is told anything of another's account. What an answer
is worth is counted here too: while it goes on, its asker acknowledges it piece by piece.
"""

from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.ids import NodeIdField
from closedmesh.mesh.membership import Endorsed, Time
from closedmesh.mesh.signing import Sealed

VOUCHERS = "vouchers"
"""The word by which a peer says that it acknowledges answers piece by piece, and expects that."""
WRITTEN, READ, REMEMBERED = 100, 10, 1
"""What a token is worth: one of an answer, one of a prompt, and one that was in memory already."""
VOUCHER_WORTH = 256 * WRITTEN
"""After so much, the asker acknowledges what has come."""

MAX_CLAIMS = 64
MAX_HEADS = 64
"""In one page."""
MAX_SHEET = 1024 * 1024
"""Bytes of one sheet."""

Number = Annotated[int, Meta(ge=0, le=2**53)]
Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]


def worth(prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> int:
    """What tokens are worth, in hundredths of one that was written."""
    read = READ * (prompt_tokens - cached_tokens) + REMEMBERED * cached_tokens
    return WRITTEN * completion_tokens + read


class Claim(Struct, frozen=True, array_like=True):
    """A receipt as both sides have signed it."""

    receipt: Sealed
    counted: Sealed | None
    """The asker's word: its countersignature, or its last voucher where none came."""


class Settle(Struct, frozen=True, array_like=True):
    """Write these down for me."""

    claims: Annotated[tuple[Claim, ...], Meta(min_length=1, max_length=MAX_CLAIMS)]


class Settled(Struct, frozen=True, array_like=True):
    """What became of each, in the order of the claims: empty for what was written down, or why it
    was not."""

    refusals: Annotated[
        tuple[Annotated[str, Meta(max_length=32)], ...], Meta(max_length=MAX_CLAIMS)
    ]


class ReadAccount(Struct, frozen=True, array_like=True):
    """Show me the heads from this number on, and my sheets in them."""

    first: Number


class Proved(Struct, frozen=True, array_like=True):
    """A sheet, and its way to the root of its head."""

    sheet: Annotated[bytes, Meta(max_length=MAX_SHEET)]
    place: Number
    path: Annotated[tuple[Hash, ...], Meta(max_length=40)]


class AccountPage(Struct, frozen=True, array_like=True):
    """Heads in order, and the sheets of one account in them."""

    account: NodeIdField
    heads: Annotated[tuple[Endorsed, ...], Meta(max_length=MAX_HEADS)]
    sheets: Annotated[dict[Number, Proved], Meta(max_length=MAX_HEADS)]
    """By the numbers of heads."""
    next_head: Time
    """When the next one is due."""
    complete: bool
