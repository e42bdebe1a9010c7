"""Shows afterwards that a verifier neither invented nor picked its checks.

Before an epoch the verifier publishes `commitment(secret)`, after it the secret. Everything that
it asked, when, and of whom, follows from the secret, so anybody can make it again.
"""

import hashlib
import hmac

from closedmesh.trust.draws import Draw, name_of

EPOCH_SECONDS = 86_400
"""One day: long enough that a secret covers many checks, short enough to be audited soon."""

SECRET_BYTES = 32

_DOMAIN = b"closedmesh-epoch-1"


class WrongReveal(ValueError):
    """A secret is not the one that was promised."""


def epoch_of(now: float) -> int:
    """The number of the epoch at a Unix time."""
    return int(now // EPOCH_SECONDS)


def commitment(secret: bytes, epoch: int, verifier: bytes) -> bytes:
    """What a verifier publishes before an epoch: 32 bytes."""
    return hashlib.sha256(name_of(_DOMAIN, secret, epoch.to_bytes(8, "big"), verifier)).digest()


def check_reveal(promised: bytes, secret: bytes, epoch: int, verifier: bytes) -> None:
    """Raise `WrongReveal` unless `secret` is the one that was promised."""
    if not hmac.compare_digest(promised, commitment(secret, epoch, verifier)):
        raise WrongReveal(f"the secret of epoch {epoch} is not the one that was promised")


def probe_draw(secret: bytes, peer: str, model: str, number: int) -> Draw:
    """Everything that is chosen for the check `number` of a peer's model in an epoch."""
    return Draw(secret, b"probe", peer.encode(), model.encode(), number.to_bytes(8, "big"))


def opening_draw(secret: bytes, root: bytes) -> Draw:
    """Which positions of an answer must be shown; unknown before its root is fixed."""
    return Draw(secret, b"open", root)
