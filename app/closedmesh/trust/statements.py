"""What a verifier says of a peer's model, signed, and what a mesh makes of several such statements.

Anybody can ask for the transcripts behind a statement and judge them again (`transcripts`).
"""

from collections.abc import Callable, Iterable
from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import Digest, NodeIdField
from closedmesh.mesh.membership import CLOCK_SKEW, Time
from closedmesh.mesh.signing import Sealed, unseal
from closedmesh.models.chat import CheckState
from closedmesh.trust.verdicts import Verdict

LIFETIME = 7 * 86_400
"""Seconds that a statement counts; a verifier that has gone away convicts nobody for ever."""

VERIFIERS = 2
"""Owners that must agree before a verdict is enforced."""


class Statement(Struct, frozen=True, tag="verdict"):
    """One verifier's verdict on one peer's model."""

    verifier: NodeIdField
    owner: NodeIdField
    """Of the verifier."""
    peer: NodeIdField
    model: Digest
    verdict: Verdict
    checks: Annotated[int, Meta(ge=0)]
    resolution: Annotated[str, Meta(max_length=300)]
    """Which differences the verifier can tell."""
    clean: bool
    """Its calibration for this class of peer may be used against somebody."""
    at: Time
    transcripts: Annotated[tuple[Digest, ...], Meta(max_length=64)] = ()
    """Names of those behind the verdict."""
    enforced: bool = False
    """The verifier wants that questions go past the peer, and not only that people know."""
    consensus: bool = False
    """The verifier has no copy of the model: other owners' peers told (`trust.consensus`)."""


def read_statement(sealed: Sealed, now: float) -> Statement:
    """The statement, if the verifier that it names has made it and it counts now.

    Raises `NotAuthorised`. Whether the verifier belongs to its owner is the certificate's matter.
    """
    said = unseal(sealed, Statement)
    if said.verifier != sealed.signer:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "A verifier can only speak for itself.")
    if not said.at - CLOCK_SKEW <= now <= said.at + LIFETIME:
        raise NotAuthorised(RefusalCode.EXPIRED, "The verdict is too old, or from the future.")
    return said


def newest(statements: Iterable[Statement], now: float) -> tuple[Statement, ...]:
    """The last word of each verifier on each peer's model, of those that still count."""
    last: dict[tuple[str, str, str], Statement] = {}
    for said in sorted(statements, key=lambda s: s.at):
        if now - said.at <= LIFETIME:
            last[said.verifier, said.peer, said.model] = said
    return tuple(last.values())


def shunned(statements: Iterable[Statement], peer_owner: str, now: float) -> bool:
    """Whether a peer's model is left out of routing; all `statements` are about it.

    It is when two verifiers of different owners, neither of them the peer's own, find it
    unresponsive, or convict it with clean calibrations, and want that enforced. A later `match` of
    one of them brings it back.
    """
    return _agreed(statements, peer_owner, now, lambda said: _silent(said) or _convicts(said))


def convicted(statements: Iterable[Statement], peer_owner: str, now: float) -> bool:
    """Whether a peer is `shunned` because it does not serve what it says, and not for silence."""
    return _agreed(statements, peer_owner, now, _convicts)


def _silent(said: Statement) -> bool:
    return said.verdict is Verdict.UNRESPONSIVE


def _convicts(said: Statement) -> bool:
    return said.verdict.convicts and said.clean


def _agreed(
    statements: Iterable[Statement],
    peer_owner: str,
    now: float,
    against: Callable[[Statement], bool],
) -> bool:
    owners = {said.owner for said in newest(statements, now) if said.enforced and against(said)}
    return len(owners - {peer_owner}) >= VERIFIERS


def in_a_word(verdict: Verdict) -> CheckState:
    """A verdict as answers bear it."""
    if verdict.convicts:
        return CheckState.MISMATCH
    told = verdict in (Verdict.MATCH, Verdict.DRIFT)
    return CheckState.MATCH if told else CheckState.INCONCLUSIVE
