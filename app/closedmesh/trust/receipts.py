"""Receipts: what was answered, signed by whoever answered and then by whoever asked.

    served = seal(Served(...), peer's key)              # with the end of an answer
    fault = check(served, seen, neighbours)             # what the asker holds against it
    counted = countersign(served, seen, fault, key)     # agreed, or disputed and why

Each peer numbers its receipts to each asker, and each names the digest of the one before, so that
two different receipts in one place of a chain are proof against their signer. Credits are not
money. A receipt is a promise that nobody has settled: amounts are in thousandths of a credit, by
a price that follows from how many weights one token uses.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import Digest, MeshIdField, NodeIdField
from closedmesh.mesh.membership import CLOCK_SKEW, Time
from closedmesh.mesh.messages import Count, Hash, RequestIdField
from closedmesh.mesh.settlement import WRITTEN, worth
from closedmesh.mesh.signing import PrivateKey, Sealed, seal, unseal

FIRST = "0" * 64
"""Stands for the receipt before the first one."""
MAX_BYTES = 2048
"""Of one receipt."""
PRICE_STEP = 100_000_000
"""Weights used by a token that cost one thousandth of a credit."""
PROMPT_ROOM = 4096
"""Tokens that a template may add to a prompt."""

Amount = Annotated[int, Meta(ge=0, le=2**53)]


class Fault(StrEnum):
    """What is wrong with a receipt."""

    UNSIGNED = "unsigned"
    """There is none."""
    ALTERED = "altered"
    """The signature does not hold for what is written."""
    OTHER_ANSWER = "other-answer"
    """It is about another mesh, peer, asker, model or text."""
    SELF_DEALT = "self-dealt"
    """A peer has answered itself."""
    REPLAYED = "replayed"
    """It was given before, or belongs to another question."""
    BACK_DATED = "back-dated"
    """Its times are not those of the answer, or go back in its chain."""
    FORKED = "forked"
    """The peer has signed something else for this place of its chain."""
    MISCOUNTED = "miscounted"
    """The tokens are not those that came."""
    OVERPRICED = "overpriced"
    """The amount does not follow from tokens and model."""


ANSWERABLE = frozenset({None, Fault.BACK_DATED, Fault.FORKED, Fault.MISCOUNTED, Fault.OVERPRICED})
"""Faults, or none, of receipts that are genuine and about the answer: they are countersigned."""

IN_PLACE = frozenset({None, Fault.MISCOUNTED, Fault.OVERPRICED})
"""Faults, or none, of receipts that have their place in a chain."""


class Served(Struct, frozen=True, array_like=True, tag="receipt"):
    """The signer has answered a question."""

    mesh: MeshIdField
    peer: NodeIdField
    asker: NodeIdField
    """The key of the day under which was asked."""
    request: RequestIdField
    model: Digest
    prompt_tokens: Count
    cached_tokens: Count
    """Of the prompt; were in memory already."""
    completion_tokens: Count
    root: Hash | None
    """Commits to every token of the answer."""
    began: Time
    ended: Time
    amount: Amount
    """Thousandths of a credit."""
    sequence: Annotated[int, Meta(ge=0, le=2**53)]
    """Of this peer's receipts to this asker; the first is 0."""
    previous: Digest
    """Of the one before; `FIRST` for the first."""
    begun: Count = 0
    """Tokens of the answer that were there before: of others, or of this peer's own first part."""

    def __post_init__(self) -> None:
        if self.cached_tokens > self.prompt_tokens:
            raise ValueError("more tokens were in memory than there are")
        if (self.sequence == 0) != (self.previous == FIRST):
            raise ValueError("only the first receipt has none before it")


class Counted(Struct, frozen=True, array_like=True, tag="countersignature"):
    """The signer has asked the question of a receipt, and says whether it is right."""

    receipt: Digest
    completion_tokens: Count
    """As they came."""
    at: Time
    objection: Fault | None = None


class Seen(Struct, frozen=True):
    """An answer as its asker has seen it."""

    mesh: str
    peer: str
    asker: str
    own: str
    """The asker's lasting key, which it shows nobody when it asks."""
    request: str
    model: str
    prompt_tokens: int
    """As said while it was answered."""
    cached_tokens: int
    prompt_bytes: int
    completion_tokens: int
    """That came."""
    root: bytes | None
    asked: float
    """Unix time, seconds."""
    now: float
    active: int
    """Weights that a token of the model uses; 0 if the model is not known."""
    begun: int = 0


def price(active: int) -> int:
    """Thousandths of a credit for a token of an answer; a model that is not known has the lowest
    price."""
    return max(1, -(-active // PRICE_STEP))


def owed(active: int, prompt_tokens: int, cached_tokens: int, completion_tokens: int) -> int:
    """Thousandths of a credit for an answer: a token that was read costs a tenth of one that was
    written, and one that was in memory a hundredth."""
    return price(active) * worth(prompt_tokens, cached_tokens, completion_tokens) // WRITTEN


def most_read(prompt_bytes: int) -> int:
    """Tokens that a prompt can have: no vocabulary makes more than one of a byte, and templates may
    say things twice."""
    return 2 * prompt_bytes + PROMPT_ROOM


def read_served(sealed: Sealed) -> Served:
    """The receipt, if the peer that it names has signed it. Raises `NotAuthorised` or
    `ValueError`."""
    if len(sealed.body) > MAX_BYTES:
        raise ValueError("that is too long for a receipt")
    said = unseal(sealed, Served)
    if said.peer != sealed.signer:
        raise ValueError("a peer can only sign for itself")
    return said


def read_counted(sealed: Sealed, served: Sealed) -> Counted:
    """The countersignature, if the asker has signed it under this receipt, and agrees to nothing
    else. Raises `NotAuthorised` or `ValueError`."""
    return counted_for(sealed, served, read_served(served))


def counted_for(sealed: Sealed, served: Sealed, receipt: Served) -> Counted:
    """As `read_counted`, where the receipt was read before."""
    if len(sealed.body) > MAX_BYTES:
        raise ValueError("that is too long for a countersignature")
    said = unseal(sealed, Counted)
    if sealed.signer != receipt.asker or said.receipt != served.digest:
        raise ValueError("that is the countersignature of another receipt")
    if said.objection is None and said.completion_tokens != receipt.completion_tokens:
        raise ValueError("both have signed, but not for the same number of tokens")
    return said


def check(sealed: Sealed | None, seen: Seen, neighbours: Iterable[Sealed] = ()) -> Fault | None:
    """What the asker holds against a receipt; `neighbours` are those that it has already of the
    same chain, at least the ones beside it."""
    if sealed is None:
        return Fault.UNSIGNED
    try:
        said = read_served(sealed)
    except (NotAuthorised, ValueError):
        return Fault.ALTERED
    known = list(neighbours)
    if said.request != seen.request or any(one.digest == sealed.digest for one in known):
        return Fault.REPLAYED
    return (
        _about(said, seen)
        or _counts(said, seen)
        or _times(said, seen)
        or chain_fault([*known, sealed])
    )  # fmt: skip


def _about(said: Served, seen: Seen) -> Fault | None:
    if said.peer in (said.asker, seen.own):
        return Fault.SELF_DEALT
    stated = (said.mesh, said.peer, said.asker, said.model, said.root, said.begun)
    if stated != (seen.mesh, seen.peer, seen.asker, seen.model, seen.root, seen.begun):
        return Fault.OTHER_ANSWER
    return None


def _counts(said: Served, seen: Seen) -> Fault | None:
    stated = (said.prompt_tokens, said.cached_tokens, said.completion_tokens)
    if stated != (seen.prompt_tokens, seen.cached_tokens, seen.completion_tokens):
        return Fault.MISCOUNTED
    if said.prompt_tokens > most_read(seen.prompt_bytes):
        return Fault.MISCOUNTED
    if said.amount != owed(seen.active, *stated):
        return Fault.OVERPRICED
    return None


def _times(said: Served, seen: Seen) -> Fault | None:
    earliest, latest = seen.asked - CLOCK_SKEW, seen.now + CLOCK_SKEW
    return None if earliest <= said.began <= said.ended <= latest else Fault.BACK_DATED


def chain_fault(receipts: Iterable[Sealed]) -> Fault | None:
    """What is wrong with genuine receipts of one chain, in any order; some may be missing."""
    chain = sorted(
        ((read_served(one), one.digest) for one in receipts), key=lambda p: p[0].sequence
    )
    for (before, digest), (after, _) in pairwise(chain):
        follows = after.sequence > before.sequence
        if not follows or (after.sequence == before.sequence + 1 and after.previous != digest):
            return Fault.FORKED
        if after.ended < before.ended:
            return Fault.BACK_DATED
    return None


def countersign(sealed: Sealed, seen: Seen, fault: Fault | None, key: PrivateKey) -> Sealed:
    """What the asker says of a receipt that is genuine."""
    return seal(Counted(sealed.digest, seen.completion_tokens, int(seen.now), fault), key)
