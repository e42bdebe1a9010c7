"""Heads of a ledger: once an hour the settler signs everything so far, and nobody can change it.

    sheets = make_sheets(number, events, before, salt)     # what the hour did to each account
    tree = Tree(sheets)                                    # its root goes into the head
    check_sheet(proved, head)                              # anybody with the head: it belongs there
    check_next(before, head)                               # and this head follows that one

A sheet tells one account everything of one head, with the balance before and after it. Its salt
keeps others from guessing what is in it by trying. Each head names the digest of the one before,
so two different heads of one number are proof that their signer tells two stories.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from closedmesh.mesh.ids import Digest, MeshIdField
from closedmesh.mesh.membership import Time
from closedmesh.mesh.settlement import Hash, Number, Proved
from closedmesh.mesh.signing import Sealed, peek
from closedmesh.trust.ledger import BURNED, POOL, Event, Paid, held, postings
from closedmesh.trust.merkle import root_of
from closedmesh.trust.receipts import FIRST, Served
from closedmesh.trust.vouchers import part_of

HOUR = 3600
"""Seconds between two heads."""
MAX_EVENTS = 8_000
"""Of one head: so many fit on one sheet."""

Total = Annotated[int, Meta(ge=0, le=2**62)]


class Head(Struct, frozen=True, array_like=True, tag="ledger-head"):
    """The signer says that this is its whole ledger."""

    mesh: MeshIdField
    number: Number
    """The first is 0."""
    previous: Digest
    """Of the head before."""
    at: Time
    events: Number
    """So far, since the beginning."""
    tip: Hash
    """Name of the last of them, which follows from all before."""
    sheets: Number
    """Leaves of the tree."""
    root: Hash
    issued: Total
    """Thousandths of a credit that the pool has paid so far."""
    burned: Total


class Item(Struct, frozen=True, array_like=True):
    """What one event did to an account."""

    kind: str
    receipt: bytes
    """Digest, of `paid`; name of the part of the answer, of `voucher`; empty otherwise."""
    change: int
    held: int
    objection: str = ""


class Sheet(Struct, frozen=True, array_like=True):
    """What the events of one head did to one account."""

    account: str
    head: int
    salt: bytes
    balance_before: int
    held_before: int
    balance: int
    held: int
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        change = sum(item.change for item in self.items)
        kept = sum(item.held for item in self.items)
        if (self.balance_before + change, self.held_before + kept) != (self.balance, self.held):
            raise ValueError("a sheet does not add up")


class Contradiction(ValueError):
    """The settler has signed two things that cannot both be."""


def make_sheets(
    number: int, events: Iterable[Event], before: Mapping[str, int], secret: bytes
) -> list[Sheet]:
    """The sheets of a head, in the order of accounts; `before` has the balances by the name of
    each account that the events touch."""
    items: dict[str, list[Item]] = {}
    for event in events:
        _note(event, items)
    return [_sheet(name, number, items[name], before, secret) for name in sorted(items)]


def _note(event: Event, items: dict[str, list[Item]]) -> None:
    moves = dict(postings(event))
    kind, about = _about(event)
    objection = (event.objection or "") if isinstance(event, Paid) else ""
    names = {name.removeprefix("held/") for name in moves} - {POOL, BURNED}
    # Both sides of a receipt are told of it, also where nothing moves.
    names |= {event.payer, event.payee} if isinstance(event, Paid) else set()
    for name in names:
        item = Item(kind, about, moves.get(name, 0), moves.get(held(name), 0), objection)
        items.setdefault(name, []).append(item)


def _about(event: Event) -> tuple[str, bytes]:
    if not isinstance(event, Paid):
        return str(type(event).__struct_config__.tag), b""
    if event.by_voucher:  # its asker may never have seen the receipt
        return "voucher", part_of(peek(event.receipt, Served)).name
    return "paid", bytes.fromhex(event.receipt.digest)


def _sheet(
    name: str, number: int, items: list[Item], before: Mapping[str, int], secret: bytes
) -> Sheet:
    balance, kept = before.get(name, 0), before.get(held(name), 0)
    return Sheet(
        name, number, hmac.digest(secret, f"{number} {name}".encode(), hashlib.sha256),
        balance, kept, balance + sum(item.change for item in items),
        kept + sum(item.held for item in items), tuple(items),
    )  # fmt: skip


def encode_sheet(sheet: Sheet) -> bytes:
    """The leaf of a sheet."""
    return msgspec.msgpack.encode(sheet)


def check_sheet(proved: Proved, head: Head) -> Sheet:
    """The sheet, if it belongs to a head. Raises `ValueError`."""
    root = root_of(proved.sheet, proved.place, head.sheets, proved.path)
    if not hmac.compare_digest(root, head.root):
        raise ValueError("the sheet is not in the head")
    sheet = msgspec.msgpack.decode(proved.sheet, type=Sheet)
    if sheet.head != head.number:
        raise ValueError("the sheet is of another head")
    return sheet


def check_next(before: tuple[Head, Sealed] | None, head: Head, sealed: Sealed) -> None:
    """A genuine head follows the one before. Raises `Contradiction`, which two heads prove, or
    `ValueError`."""
    if before is None:
        if (head.number, head.previous) != (0, FIRST):
            raise ValueError("the first head is missing")
        return
    last, signed = before
    if head.number == last.number and sealed.digest != signed.digest:
        raise Contradiction(f"there are two heads of number {head.number}")
    if head.number != last.number + 1:
        raise ValueError(f"head {head.number} came after {last.number}")
    if head.previous != signed.digest:
        raise Contradiction(f"head {head.number} does not follow the one before")
    if head.at < last.at or head.events < last.events:
        raise Contradiction(f"head {head.number} goes back")
