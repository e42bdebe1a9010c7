"""Vouchers: while an answer goes on, its asker signs again and again how much of it has come.

    if is_due(read, written, acknowledged): seal(Voucher(...), key)    # at the asker
    said = check_voucher(sealed, asker, voucher_of_all_that_was_sent)    # at the peer
    word = read_word(claim.counted, claim.receipt, said)               # at the settler

An asker that vanishes, or objects to what it has acknowledged before, has paid for that much; a
peer that is no longer acknowledged answers no further. Each peer's part of an answer stands for
itself: its name says who answered whom, and after how many tokens it went on.
"""

import hashlib
from typing import NamedTuple

import msgspec
from msgspec import Struct, structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import Digest, MeshIdField, NodeId, NodeIdField
from closedmesh.mesh.membership import Time
from closedmesh.mesh.messages import Count, RequestIdField
from closedmesh.mesh.settlement import VOUCHER_WORTH, worth
from closedmesh.mesh.signing import Sealed, peek, unseal
from closedmesh.trust.receipts import MAX_BYTES, Fault, Served, counted_for, owed

PATIENCE = 256
"""Tokens that a peer writes while a voucher is on its way."""


class Part(NamedTuple):
    """What one peer answers of a question, in one go."""

    peer: NodeId
    asker: NodeId
    request: str
    begun: int

    @property
    def name(self) -> bytes:
        """By which both sides know it before there is a receipt: 32 bytes."""
        return hashlib.sha256(msgspec.msgpack.encode(tuple(self))).digest()


class Voucher(Struct, frozen=True, array_like=True, tag="voucher"):
    """The signer has asked, and so much has come of this part of the answer."""

    mesh: MeshIdField
    peer: NodeIdField
    request: RequestIdField
    model: Digest
    begun: Count
    prompt_tokens: Count
    cached_tokens: Count
    completion_tokens: Count
    at: Time

    def owed(self, active: int) -> int:
        """Thousandths of a credit for what has come; `active` are the weights that a token of the
        model uses."""
        return owed(active, self.prompt_tokens, self.cached_tokens, self.completion_tokens)


class Word(Struct, frozen=True):
    """What an asker says of a receipt."""

    completion_tokens: int
    objection: Fault | None = None
    last: bool = True
    """After the end of the answer; otherwise this was its last voucher."""


def part_of(said: Served) -> Part:
    """Which part of an answer a receipt is about."""
    return Part(said.peer, said.asker, said.request, said.begun)


def is_due(prompt_tokens: int, cached_tokens: int, tokens: int, acknowledged: int) -> bool:
    """Whether what has come since the last voucher is worth another; `acknowledged` are the tokens
    of that one, 0 before the first. A prompt is only paid with the first token after it."""
    before = worth(prompt_tokens, cached_tokens, acknowledged) if acknowledged else 0
    return tokens > 0 and worth(prompt_tokens, cached_tokens, tokens) - before >= VOUCHER_WORTH


def is_overdue(prompt_tokens: int, cached_tokens: int, tokens: int, acknowledged: int) -> bool:
    """Whether a peer that has sent these `tokens` has waited long enough for a voucher."""
    return is_due(prompt_tokens, cached_tokens, tokens - PATIENCE, acknowledged)


def is_voucher(sealed: Sealed) -> bool:
    """Whether this is a voucher, and no countersignature."""
    try:
        peek(sealed, Voucher)
    except NotAuthorised:
        return False
    return True


def read_voucher(sealed: Sealed) -> Voucher:
    """The voucher, if its signature holds. Raises `NotAuthorised` or `ValueError`."""
    if len(sealed.body) > MAX_BYTES:
        raise ValueError("that is too long for a voucher")
    return unseal(sealed, Voucher)


def check_voucher(sealed: Sealed, asker: str, most: Voucher) -> Voucher:
    """The voucher, if `asker` has signed it; `most` would be the one for everything that was sent.
    Raises `NotAuthorised` or `ValueError`."""
    said = read_voucher(sealed)
    alike = structs.replace(said, completion_tokens=most.completion_tokens, at=most.at)
    if sealed.signer != asker or alike != most:
        raise ValueError("that is the voucher of another answer")
    if said.completion_tokens > most.completion_tokens:
        raise ValueError("more is acknowledged than was sent")
    return said


def voucher_for(sealed: Sealed, receipt: Served) -> Voucher:
    """The voucher, if it is about the same part of an answer as a receipt. Raises `NotAuthorised`
    or `ValueError`."""
    most = Voucher(
        receipt.mesh, receipt.peer, receipt.request, receipt.model, receipt.begun,
        receipt.prompt_tokens, receipt.cached_tokens, receipt.completion_tokens, receipt.ended,
    )  # fmt: skip
    return check_voucher(sealed, receipt.asker, most)


def read_word(sealed: Sealed, receipt: Sealed, said: Served) -> Word:
    """What the asker says of a receipt that was read. Raises `NotAuthorised` or `ValueError`."""
    if is_voucher(sealed):
        return Word(voucher_for(sealed, said).completion_tokens, last=False)
    counted = counted_for(sealed, receipt, said)
    return Word(counted.completion_tokens, counted.objection)
