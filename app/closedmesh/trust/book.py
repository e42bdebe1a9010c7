"""All receipts that a peer keeps, looked at from nothing: every signature, every chain.

What is on record is not believed: the state of each line follows from the two signatures alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.signing import Sealed
from closedmesh.trust.receipts import Fault, Served, chain_fault, read_served
from closedmesh.trust.vouchers import Voucher, read_voucher, read_word


class Side(StrEnum):
    """Which part this computer had in an answer."""

    SERVED = "served"
    ASKED = "asked"


class State(StrEnum):
    """What both sides have said. None of it is settled."""

    AGREED = "agreed"
    WAITING = "waiting"
    """Signed by the peer that answered, and by nobody else yet."""
    ACKNOWLEDGED = "acknowledged"
    """The asker's last word is missing; its last voucher stands in for that."""
    DISPUTED = "disputed"


class Kept(Struct, frozen=True):
    """One line of the book."""

    number: int
    side: Side
    peer: str
    asker: str
    model: str
    request: str
    at: int
    """Unix time, seconds, by this computer's clock."""
    receipt: Sealed | None
    """`None` where none came, or something too long to keep."""
    counted: Sealed | None
    fault: Fault | None
    """What this computer held against it when it came."""


class Line(Struct, frozen=True):
    """One line as people and programs read it. Amounts are promised, not settled."""

    number: int
    at: int
    side: Side
    state: State
    fault: Fault | None
    peer: str
    """Whole id of who answered."""
    asker: str
    """Key of the day under which was asked."""
    model: str
    name: str
    """Of the model, where it is known."""
    request: str
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    amount: int = 0
    """Thousandths of a credit."""
    root: str = ""
    """Commitment to the answer, hexadecimal."""
    digest: str = ""
    """Of the receipt."""
    sequence: int | None = None
    progress: str = ""
    """A word of `credits.Progress`: how far it is on its way into a balance."""
    settled: int = 0
    """Thousandths of a credit that moved, once the settler has decided."""
    settles_at: float | None = None
    """When it is expected to settle; Unix time. `None` where it has, or never will."""
    why: str = ""
    """Why the settler refused it, in its word."""


class Problem(Struct, frozen=True):
    """A line that is not what it was when it was kept."""

    number: int
    what: str


class Audit(Struct, frozen=True):
    """What became of looking at everything."""

    receipts: int = 0
    agreed: int = 0
    waiting: int = 0
    disputed: int = 0
    signatures: int = 0
    """That were checked and hold."""
    chains: int = 0
    served: int = 0
    """Thousandths of a credit, agreed, that others have promised this computer."""
    asked: int = 0
    """The same, that this computer has promised others."""
    problems: tuple[Problem, ...] = ()
    acknowledged: int = 0
    """Receipts for which the asker's last voucher stands in."""


def state_of(kept: Kept) -> tuple[State, Fault | None]:
    """What both sides have said, read from the signed bytes. Raises `NotAuthorised` or
    `ValueError` where a signature that should hold does not."""
    if _broke_off(kept):
        return State.ACKNOWLEDGED, None
    if kept.receipt is None or kept.fault in (Fault.ALTERED, Fault.REPLAYED):
        return State.DISPUTED, kept.fault or Fault.UNSIGNED
    served = read_served(kept.receipt)
    if kept.counted is None:
        return (State.DISPUTED, kept.fault) if kept.fault else (State.WAITING, None)
    said = read_word(kept.counted, kept.receipt, served)
    if said.objection:
        return State.DISPUTED, said.objection
    return (State.AGREED if said.last else State.ACKNOWLEDGED), None


def _broke_off(kept: Kept) -> Voucher | None:
    """What this computer has acknowledged of an answer that it got no receipt for. Raises
    `NotAuthorised` or `ValueError` where that does not hold."""
    if kept.receipt is not None or kept.counted is None:
        return None
    said = read_voucher(kept.counted)
    stated = (said.peer, kept.counted.signer, said.model, said.request)
    if stated != (kept.peer, kept.asker, kept.model, kept.request):
        raise ValueError("the line says something else than its voucher")
    return said


def line(kept: Kept, name: str, active: int = 0) -> Line:
    """A line to be read; `active` are the weights that a token of its model uses. One that is
    broken is shown as altered, and never raises."""
    try:
        if voucher := _broke_off(kept):
            return _acknowledged(kept, name, voucher, active)
        state, fault = state_of(kept)
        said = read_served(kept.receipt) if kept.receipt else None
    except (NotAuthorised, ValueError):
        state, fault, said = (
            State.DISPUTED,
            Fault.ALTERED if kept.fault is None else kept.fault,
            None,
        )
    if said is None or kept.receipt is None:
        return Line(
            kept.number, kept.at, kept.side, state, fault, kept.peer, kept.asker, kept.model, name,
            kept.request,
        )  # fmt: skip
    return Line(
        kept.number, kept.at, kept.side, state, fault, kept.peer, kept.asker, kept.model, name,
        kept.request, said.prompt_tokens, said.cached_tokens, said.completion_tokens, said.amount,
        said.root.hex() if said.root else "", kept.receipt.digest, said.sequence,
    )  # fmt: skip


def _acknowledged(kept: Kept, name: str, said: Voucher, active: int) -> Line:
    return Line(
        kept.number, kept.at, kept.side, State.ACKNOWLEDGED, None, kept.peer, kept.asker,
        kept.model, name, kept.request, said.prompt_tokens, said.cached_tokens,
        said.completion_tokens, said.owed(active),
    )  # fmt: skip


def audit(book: Iterable[Kept]) -> Audit:
    """Look at everything."""
    states: dict[State, int] = defaultdict(int)
    amounts: dict[Side, int] = defaultdict(int)
    chains: dict[tuple[Side, str, str], list[Kept]] = defaultdict(list)
    problems: list[Problem] = []
    signatures = count = 0
    for kept in book:
        count += 1
        try:
            state, _ = state_of(kept)
            said = _as_kept(kept)
        except (NotAuthorised, ValueError) as error:
            problems.append(Problem(kept.number, str(error)))
            continue
        states[state] += 1
        if said is None:
            signatures += state is State.ACKNOWLEDGED
            continue
        signatures += 1 + (kept.counted is not None)
        if state is State.AGREED:
            amounts[kept.side] += said.amount
        if state is not State.DISPUTED:
            chains[kept.side, kept.peer, kept.asker].append(kept)
    problems += [found for chain in chains.values() if (found := _broken(chain))]
    return Audit(
        count, states[State.AGREED], states[State.WAITING], states[State.DISPUTED], signatures,
        len(chains), amounts[Side.SERVED], amounts[Side.ASKED], tuple(problems),
        states[State.ACKNOWLEDGED],
    )  # fmt: skip


def _as_kept(kept: Kept) -> Served | None:
    """The receipt of a line whose other columns say the same; `None` where none holds."""
    if kept.receipt is None or kept.fault in (Fault.ALTERED, Fault.REPLAYED):
        return None
    said = read_served(kept.receipt)
    if kept.fault is None and (said.peer, said.asker, said.model, said.request) != (
        kept.peer, kept.asker, kept.model, kept.request,
    ):  # fmt: skip
        raise ValueError("the line says something else than its receipt")
    return said


def _broken(chain: Sequence[Kept]) -> Problem | None:
    fault = chain_fault(kept.receipt for kept in chain if kept.receipt)
    if fault is None:
        return None
    return Problem(chain[-1].number, f"the chain of peer {chain[-1].peer[:10]} is {fault}")
