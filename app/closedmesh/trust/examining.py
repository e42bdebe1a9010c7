"""One receipt, looked at from every side, in a person's words."""

from collections.abc import Iterable

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.signing import Sealed
from closedmesh.trust.book import Kept
from closedmesh.trust.credits import Test
from closedmesh.trust.receipts import Served, chain_fault, owed, read_served
from closedmesh.trust.vouchers import read_voucher, read_word


def examine(kept: Kept, beside: Iterable[Sealed], active: int) -> tuple[Test, ...]:
    """Everything that can be checked without asking anybody. `beside` are the receipts before and
    after it in its chain, `active` the weights that a token of its model uses."""
    if kept.receipt is None and kept.counted is not None:
        return (_own_voucher(kept.counted),)
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


def _own_voucher(sealed: Sealed) -> Test:
    title = "Signature of the asker"
    try:
        said = read_voucher(sealed)
    except (NotAuthorised, ValueError) as error:
        return Test(title, ok=False, detail=f"It does not hold: {error}.")
    tokens = said.completion_tokens
    return Test(title, ok=True, detail=f"The answer broke off; {tokens} tokens are acknowledged.")


def _countersignature(kept: Kept, receipt: Sealed, said: Served) -> Test:
    if kept.counted is None:
        return Test("Signature of the asker", ok=None, detail="The asker has not signed it.")
    try:
        counted = read_word(kept.counted, receipt, said)
    except (NotAuthorised, ValueError) as error:
        return Test("Signature of the asker", ok=False, detail=f"It does not hold: {error}.")
    if fault := counted.objection:
        tokens = counted.completion_tokens
        detail = f"The asker counted {tokens} tokens, and objects: {fault}."
        return Test("Signature of the asker", ok=False, detail=detail)
    if not counted.last:
        tokens = counted.completion_tokens
        detail = f"Its last word is missing; it had acknowledged {tokens} tokens."
        return Test("Signature of the asker", ok=True, detail=detail)
    return Test(
        "Signature of the asker", ok=True, detail=f"It agrees to {said.completion_tokens} tokens."
    )


def _price(said: Served, active: int) -> Test:
    due = owed(active, said.prompt_tokens, said.cached_tokens, said.completion_tokens)
    stated, follow = f"{said.amount / 1000:,.3f}", f"{due / 1000:,.3f}"
    return Test(
        "Price",
        ok=said.amount == due,
        detail=f"{stated} credits are stated, {follow} follow from tokens and model.",
    )


def _chain(receipt: Sealed, said: Served, beside: Iterable[Sealed]) -> Test:
    others = [one for one in beside if one.digest != receipt.digest]
    number = said.sequence
    if fault := chain_fault([*others, receipt]):
        return Test("Place in the chain", ok=False, detail=f"Number {number}: {fault}.")
    count = len(others)
    return Test(
        "Place in the chain",
        ok=True,
        detail=f"Number {number} of this peer to this asker; {count} beside it agree.",
    )
