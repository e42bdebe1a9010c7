"""The key of a person, as it is written down and carried to another of their computers.

`cmowner-` and 64 hexadecimal digits of the secret, then 8 of its SHA-256; spaces, dashes and case
do not matter. Whoever has it owns what was earned under it.
"""

import hashlib
import re

from closedmesh.errors import BadRequest
from closedmesh.mesh.ids import KEY_BYTES

_PREFIX = "cmowner"
_CHECK = 8


def write(secret: bytes) -> str:
    """The key as text."""
    return f"{_PREFIX}-{secret.hex()}-{_check(secret)}"


def read(text: str) -> bytes:
    """The secret of a key that somebody pasted. Raises `BadRequest`, which says what is wrong."""
    squeezed = re.sub(r"[\s-]+", "", text).lower().removeprefix(_PREFIX)
    if not re.fullmatch(rf"[0-9a-f]{{{2 * KEY_BYTES + _CHECK}}}", squeezed):
        raise BadRequest(
            "This is not the key of an owner.", f"Copy all of it; it begins with {_PREFIX}."
        )
    secret = bytes.fromhex(squeezed[: 2 * KEY_BYTES])
    if squeezed[2 * KEY_BYTES :] != _check(secret):
        raise BadRequest("A character of this key is wrong.", "Copy the whole key again.")
    return secret


def _check(secret: bytes) -> str:
    return hashlib.sha256(b"closedmesh owner key\0" + secret).hexdigest()[:_CHECK]
