"""One receipt, looked at from every side, in a person's words."""

from collections.abc import Iterable

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.signing import Sealed
from closedmesh.trust.book import Kept
from closedmesh.trust.credits import Test
from closedmesh.trust.receipts import Served, chain_fault, owed, read_counted, read_served


def examine(kept: Kept, beside: Iterable[Sealed], active: int) -> tuple[Test, ...]:
    """Everything that can be checked without asking anybody. `beside` are the receipts before and
    after it in its chain, `active` the weights that a token of its model uses."""
    if kept.receipt is None:
        return (Test("Receipt", ok=False, detail="The peer that answered has signed nothing."),)
    try:
        said = read_served(kept.receipt)
    except (NotAuthorised, ValueError) as error:
        return (Test("Signature of the peer", ok=False, detail=f"It does not hold: {error}."),)
    return (
        Test("Signature of the peer", ok=True, detail=f"Peer {said.peer[:10]} has signed it."),
        _countersignature(kept, kept.receipt, said),
        _price(said, active),
        _chain(kept.receipt, said, beside),
    )


def _countersignature(kept: Kept, receipt: Sealed, said: Served) -> Test:
    title = "Signature of the asker"
    if kept.counted is None:
        return Test(title, ok=None, detail="The asker has not signed it.")
    try:
        counted = read_counted(kept.counted, receipt)
    except (NotAuthorised, ValueError) as error:
        return Test(title, ok=False, detail=f"It does not hold: {error}.")
    if counted.objection:
        words = f"The asker counted {counted.completion_tokens} tokens, and objects:"
        return Test(title, ok=False, detail=f"{words} {counted.objection}.")
    return Test(title, ok=True, detail=f"It agrees to {said.completion_tokens} tokens.")


def _price(said: Served, active: int) -> Test:
    due = owed(active, said.prompt_tokens, said.cached_tokens, said.completion_tokens)
    words = f"{said.amount / 1000:,.3f} credits are stated, {due / 1000:,.3f} follow from tokens"
    return Test("Price", ok=said.amount == due, detail=f"{words} and model.")


def _chain(receipt: Sealed, said: Served, beside: Iterable[Sealed]) -> Test:
    title, others = "Place in the chain", [one for one in beside if one.digest != receipt.digest]
    fault = chain_fault([*others, receipt])
    if fault:
        return Test(title, ok=False, detail=f"Number {said.sequence}: {fault}.")
    words = f"Number {said.sequence} of this peer to this asker"
    return Test(title, ok=True, detail=f"{words}; {len(others)} beside it agree.")
