"""Invites: made, printed, read forgivingly, refused clearly.

`closedmesh://join/<token>`, or the token alone. A token is `cm1` and, in URL-safe base64 without
padding:

    length  2 bytes   of what follows it, without the check
    sealed            the signed `Invite`, as MessagePack
    check   4 bytes   the beginning of the SHA-256 of length and sealed

The length tells a token that was cut short from one with a wrong character, and the check both
from one that somebody forged. An invite admits to the mesh it names only if that mesh's own
entry knows its secret, so the signature protects whoever *reads* it: what it says of name,
addresses and scope is what an entry that it names (or the mesh's own key) wrote.

An invite that names an owner is written by that owner, for another computer of theirs: whoever
redeems it, once and within a day, is a member and belongs to the owner. It is shown to the entry
whole. The owner's key never leaves the computer that has it.
"""

import base64
import hashlib
import re
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from closedmesh.errors import InviteRefused
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import InviteId, MeshIdField, NodeIdField
from closedmesh.mesh.membership import CLOCK_SKEW, DAY, Redemption, Scope
from closedmesh.mesh.signing import PrivateKey, Sealed, seal, unseal

SCHEME = "closedmesh://join/"
SECRET_BYTES = 16
MAX_USES = 1_000_000
MAX_NAME = 64
MAX_ENTRIES = 8
MAX_TOKEN = 16_384
"""Characters; the longest that can be made has about 13,000, a usual one 500."""
LONGEST_OF_OWNER = DAY
"""Seconds that an invite for another computer of the same owner may hold."""

_PREFIX = "cm"
_VERSION = "1"
"""No token of this version goes on with a digit: the length's high byte is far too small."""
_LENGTH = 2
_CHECK = 4
_ASK_AGAIN = "Copy the whole invite again, or ask for a new one."


class Invite(Struct, frozen=True, array_like=True, tag="invite"):
    """Whoever holds the secret may join."""

    mesh: MeshIdField
    mesh_name: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
    entries: Annotated[tuple[Address, ...], Meta(min_length=1, max_length=MAX_ENTRIES)]
    """Where it can be redeemed; the peer keeps them as its first entries."""
    secret: Annotated[bytes, Meta(min_length=SECRET_BYTES, max_length=SECRET_BYTES)]
    scope: Scope
    uses: Annotated[int, Meta(ge=1, le=MAX_USES)]
    """How often it can be redeemed in all; the entry counts."""
    expires: Annotated[int, Meta(ge=0, le=2**53)]
    """Unix time, seconds."""
    owner: NodeIdField | None = None
    """Who wrote it, and to whom the computer that redeems it belongs; `None` if an entry did."""

    def __post_init__(self) -> None:
        if self.scope is Scope.ENTRY and self.uses != 1:
            raise ValueError("an invite makes one peer an entry, never several")
        if self.owner and (self.scope is Scope.ENTRY or self.uses != 1):
            raise ValueError("an owner invites one computer, and never as an entry")

    @property
    def id(self) -> InviteId:
        """What it is called in lists and when it is revoked."""
        return invite_id(self.secret)


def invite_id(secret: bytes) -> InviteId:
    """The name of the invite with this secret."""
    return InviteId(hashlib.sha256(b"closedmesh invite id\0" + secret).hexdigest()[:12])


def secret_hash(secret: bytes) -> str:
    """What an entry keeps in place of the secret: it is random, so one hash is enough."""
    return hashlib.sha256(b"closedmesh invite secret\0" + secret).hexdigest()


def write(invite: Invite, key: PrivateKey) -> str:
    """The invite's link, signed."""
    sealed = msgspec.msgpack.encode(seal(invite, key))
    data = len(sealed).to_bytes(_LENGTH, "big") + sealed
    token = base64.urlsafe_b64encode(data + _check(data)).rstrip(b"=").decode()
    return f"{SCHEME}{_PREFIX}{_VERSION}{token}"


def read(text: str, now: float) -> Invite:
    """The invite that somebody pasted: with or without the link, with spaces and line breaks.

    Raises `InviteRefused`, which says whether it was cut short, mistyped, forged, of a newer
    program, or expired.
    """
    return read_sealed(text, now)[0]


def read_sealed(text: str, now: float) -> tuple[Invite, Sealed]:
    """As `read`, and the invite as it was signed."""
    sealed = _open(_token(text))
    invite = _unsealed(sealed)
    if now >= invite.expires:
        raise InviteRefused(f"This invite to {invite.mesh_name} has expired.", "Ask for a new one.")
    return invite, sealed


def _token(text: str) -> str:
    squeezed = re.sub(r"[\s\u200b\ufeff]+", "", text[: 2 * MAX_TOKEN]).strip("<>\"'`")
    found = re.match(r"(?i:closedmesh:/*join/+)?(?i:cm)(\d+)", squeezed)
    if not found or len(squeezed) > MAX_TOKEN:
        raise InviteRefused("This is not an invite.", f"An invite begins with {SCHEME}.")
    if found[1] != _VERSION:
        raise InviteRefused(
            "This invite was made by a newer version of ClosedMesh.", "Update the program."
        )
    return squeezed[found.end() :].rstrip("/=.")


def _open(token: str) -> Sealed:
    if re.search(r"[^A-Za-z0-9_-]", token):
        raise InviteRefused("This invite contains characters that do not belong to it.", _ASK_AGAIN)
    whole = token[: len(token) - (len(token) % 4 == 1)]
    data = base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4))
    length = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    if len(data) < length + _CHECK:
        raise InviteRefused("This invite is cut short.", _ASK_AGAIN)
    if len(data) > length + _CHECK or data[length:] != _check(data[:length]):
        raise InviteRefused("This invite has a wrong or an additional character.", _ASK_AGAIN)
    try:
        return msgspec.msgpack.decode(data[_LENGTH:length], type=Sealed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InviteRefused("This invite makes no sense.", _ASK_AGAIN) from None


def _unsealed(sealed: Sealed) -> Invite:
    forged = InviteRefused(
        "This invite was not written by the mesh it names.",
        "Do not use it; ask the person who runs the mesh for a new one.",
    )
    try:
        invite = unseal(sealed, Invite)
    except NotAuthorised:
        raise forged from None
    of_mesh = {invite.mesh, *(entry.node for entry in invite.entries)}
    if sealed.signer not in ({invite.owner} if invite.owner else of_mesh):
        raise forged
    return invite


def check_of_owner(sealed: Sealed, wanted: Redemption, now: float) -> Invite:
    """The invite of an owner by which somebody wants to redeem a secret: it is for this mesh and
    this secret, and holds now. Raises `NotAuthorised`."""
    invite = unseal(sealed, Invite)
    if invite.owner != sealed.signer or (invite.mesh, invite.secret) != (
        wanted.mesh,
        wanted.secret,
    ):
        raise NotAuthorised(RefusalCode.INVITE_UNKNOWN, "No owner has written this invite.")
    if not now < invite.expires <= now + LONGEST_OF_OWNER + CLOCK_SKEW:
        raise NotAuthorised(
            RefusalCode.INVITE_EXPIRED, "An owner's invite holds for a day at most."
        )
    return invite


def _check(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_CHECK]
