"""The ledger of a mesh: what each event moves, and how much a receipt moves.

    paid = pay(assess(claim, ...), payer, payee, room, now)   # what the settler decides
    moves = postings(paid)                                   # follows from the event alone
    tip = link(tip, encode(paid))                            # each event names all before it

An event moves amounts between accounts, and the sum of what it moves is zero. An account is an
owner's key, or the key of a peer that has stated no owner; `POOL` pays subsidies and is the only
one below zero, `BURNED` takes what is burned, and `held(account)` is what an account has earned
but not proven yet. What is wrong is set right by another event, never by a change.

Credits are not money. Amounts are thousandths of a credit.
"""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

import msgspec
from msgspec import Struct

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.membership import ASKING_OVERLAP, CLOCK_SKEW, DAY, Time
from closedmesh.mesh.settlement import Claim
from closedmesh.mesh.signing import Sealed
from closedmesh.trust.receipts import Amount, Fault, Served, owed, read_served
from closedmesh.trust.vouchers import Word, is_voucher, read_word

POOL, BURNED = "pool", "burned"

DAILY_POOL = 1_000_000_000
"""That a mesh pays a day for questions of those who have no credits: a million credits, about
what five computers earn that answer all day with a model of 8 billion weights."""
PER_PAYEE = DAILY_POOL // 20
"""Of the pool, to one owner a day."""
PER_PAYER = DAILY_POOL // 100
"""Of the pool, for the questions of one owner a day: 125,000 tokens of such a model."""
PER_PAIR = PER_PAYER // 4
"""Of that, to one other owner: whoever asks only its friends has four."""
BURN = 50
"""The part of a payment that nobody gets is one in this many: dealing with oneself loses."""
NEW_FOR = 7 * DAY
"""Seconds for which half of what an account earns is held."""
PROVEN_BY = 10
"""Answers that must have been checked and found right before it is let go."""
STANDS_FOR = DAY
"""Seconds that a conviction must have stood before it costs what is held: until then, a verifier
that is content again undoes it."""
WITHIN = 7 * DAY
"""Seconds after an answer in which its receipt can be settled; a settler may be away for some."""
GENESIS = bytes(32)
"""Stands for the event before the first one."""


class Refusal(StrEnum):
    """Why the settler does not pay a receipt."""

    UNSIGNED = "unsigned"
    """The asker has not signed it."""
    ALTERED = "altered"
    """A signature does not hold."""
    OTHER_MESH = "other-mesh"
    NOT_THE_PEER = "not-the-peer"
    """Claimed by somebody who has not answered."""
    UNKNOWN_ASKER = "unknown-asker"
    """No member has asked under this key on that day."""
    SELF_DEALT = "self-dealt"
    """Asker and peer have the same owner."""
    REPLAYED = "replayed"
    """It is settled already."""
    FORKED = "forked"
    """Another receipt has this place of its chain; both are proof against the peer."""
    BACK_DATED = "back-dated"
    TOO_LATE = "too-late"
    CONVICTED = "convicted"
    """Checks found that the peer does not serve this model."""


class Unpayable(Exception):
    """The settler does not pay."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


class Paid(Struct, frozen=True, array_like=True, tag="paid"):
    """A receipt was settled; if disputed, for what both sides agree to. By a voucher for as much as
    that acknowledges, and once more, for what is left, if the asker's last word comes later."""

    at: Time
    receipt: Sealed
    counted: Sealed
    payer: str
    payee: str
    owed: Amount
    from_payer: Amount
    from_pool: Amount
    burned: Amount
    held: Amount
    """Of what the payee gets, the part that is held."""
    objection: Fault | None = None

    @property
    def by_voucher(self) -> bool:
        """Whether the asker's last word is missing."""
        return is_voucher(self.counted)


class Released(Struct, frozen=True, array_like=True, tag="released"):
    """An account has proven itself."""

    at: Time
    account: str
    amount: Amount


class Forfeited(Struct, frozen=True, array_like=True, tag="forfeited"):
    """Checks have found that a peer of this account serves something else than it says."""

    at: Time
    account: str
    amount: Amount
    peer: str
    model: str


class Moved(Struct, frozen=True, array_like=True, tag="moved"):
    """Everything of one account belongs to another: its key was lost or replaced, or a peer now
    has an owner."""

    at: Time
    source: str
    target: str
    amount: Amount
    held: Amount


Event = Paid | Released | Forfeited | Moved
Move = tuple[str, int]
"""An account, and by how much it changes."""

_DECODER = msgspec.msgpack.Decoder(Event)


def held(account: str) -> str:
    """The account of what another one has earned and not proven."""
    return f"held/{account}"


def encode(event: Event) -> bytes:
    """The event as it is hashed."""
    return msgspec.msgpack.encode(event)


def decode(body: bytes) -> Event:
    """The event. Raises `ValueError`."""
    event: Event = _DECODER.decode(body)
    return event


def link(before: bytes, body: bytes) -> bytes:
    """The name of an event that follows another one: 32 bytes."""
    return hashlib.sha256(before + body).digest()


def postings(event: Event) -> tuple[Move, ...]:
    """What an event moves; each account once, and nothing twice."""
    moves: tuple[Move, ...]
    match event:
        case Paid():
            net = event.from_payer + event.from_pool - event.burned
            moves = (
                (event.payer, -event.from_payer), (POOL, -event.from_pool),
                (BURNED, event.burned), (event.payee, net - event.held),
                (held(event.payee), event.held),
            )  # fmt: skip
        case Released(_, account, amount):
            moves = ((held(account), -amount), (account, amount))
        case Forfeited(_, account, amount):
            moves = ((held(account), -amount), (BURNED, amount))
        case Moved(_, source, target, amount, kept):
            moves = (
                (source, -amount), (target, amount), (held(source), -kept), (held(target), kept),
            )  # fmt: skip
        case _:
            assert_never(event)
    return tuple((account, delta) for account, delta in moves if delta)


class Assessed(Struct, frozen=True):
    """A claim that holds."""

    claim: Claim
    served: Served
    word: Word
    owed: int


def assess(claim: Claim, mesh: str, claimant: str, active: int, now: float) -> Assessed:
    """What a claim of the peer `claimant` comes to, by signatures and counts alone; `active` are
    the weights that a token of its model uses. Raises `Unpayable`."""
    try:
        said = read_served(claim.receipt)
    except (NotAuthorised, ValueError):
        raise Unpayable(Refusal.ALTERED) from None
    if said.mesh != mesh:
        raise Unpayable(Refusal.OTHER_MESH)
    if said.peer != claimant:
        raise Unpayable(Refusal.NOT_THE_PEER)
    if claim.counted is None:
        raise Unpayable(Refusal.UNSIGNED)
    try:
        word = read_word(claim.counted, claim.receipt, said)
    except (NotAuthorised, ValueError):
        raise Unpayable(Refusal.ALTERED) from None
    if said.began > said.ended or said.ended > now + CLOCK_SKEW:
        raise Unpayable(Refusal.BACK_DATED)
    if said.ended < now - WITHIN:
        raise Unpayable(Refusal.TOO_LATE)
    tokens = min(said.completion_tokens, word.completion_tokens)
    due = owed(active, said.prompt_tokens, said.cached_tokens, tokens)
    if word.objection in (Fault.BACK_DATED, Fault.FORKED):
        due = 0
    return Assessed(claim, said, word, min(due, said.amount))


def check_day(said: Served, day: int) -> None:
    """A question is asked under the key of its day. Raises `Unpayable`."""
    begins = day * DAY
    if not begins - CLOCK_SKEW <= said.ended <= begins + DAY + ASKING_OVERLAP + CLOCK_SKEW:
        raise Unpayable(Refusal.BACK_DATED)


class Party(Struct, frozen=True):
    """An account as it stands."""

    name: str
    balance: int = 0
    new: bool = True
    """Half of what it earns is held."""


class Room(Struct, frozen=True):
    """What is left of this day's limits."""

    pool: int = DAILY_POOL
    payee: int = PER_PAYEE
    payer: int = PER_PAYER
    pair: int = PER_PAIR

    @property
    def least(self) -> int:
        """What the pool may still pay for one answer."""
        return max(0, min(self.pool, self.payee, self.payer, self.pair))


NO_ROOM = Room(0, 0, 0, 0)


def pay(  # noqa: PLR0913, PLR0917 - what it follows from
    claim: Assessed, payer: Party, payee: Party, room: Room, now: float, before: int = 0
) -> Paid:
    """What is moved for a claim. An asker pays what it has; the pool adds what it may, and what
    nobody pays is work that was given. `before` was settled by a voucher for the same receipt."""
    if payer.name == payee.name:
        raise Unpayable(Refusal.SELF_DEALT)
    due = max(0, claim.owed - before)
    from_payer = min(due, payer.balance)
    from_pool = min(due - from_payer, room.least)
    burned = -(-from_payer // BURN)
    net = from_payer + from_pool - burned
    assert claim.claim.counted is not None
    return Paid(
        int(now), claim.claim.receipt, claim.claim.counted, payer.name, payee.name, due,
        from_payer, from_pool, burned, net // 2 if payee.new else 0, claim.word.objection,
    )  # fmt: skip


def pool_day(at: float) -> int:
    """The day whose limits count, in days since 1970, UTC."""
    return int(at) // DAY


def draws(paid: Paid) -> tuple[tuple[str, int], ...]:
    """The limits that a payment uses up, and by how much."""
    if not paid.from_pool:
        return ()
    names = ("", f"to {paid.payee}", f"by {paid.payer}", f"{paid.payer} {paid.payee}")
    return tuple((name, paid.from_pool) for name in names)


def balanced(moves: Iterable[Move]) -> bool:
    """Whether nothing is made or lost."""
    return sum(delta for _, delta in moves) == 0
