"""What can go wrong between two peers, named by the guilty side."""

from enum import StrEnum


class RefusalCode(StrEnum):
    """Why a peer or an entry does not do what it was asked, as a word for programs."""

    NOT_A_MEMBER = "not-a-member"
    """No certificate, or none of this mesh that holds for this key."""
    WRONG_SCOPE = "wrong-scope"
    """The certificate does not cover what was asked."""
    EXPIRED = "expired"
    REVOKED = "revoked"
    INVITE_UNKNOWN = "invite-unknown"
    INVITE_USED = "invite-used"
    INVITE_EXPIRED = "invite-expired"
    INVITE_REVOKED = "invite-revoked"
    RATE_LIMITED = "rate-limited"
    BUSY = "busy"
    """No place is free and the queue is full."""
    NOT_SHARING = "not-sharing"
    NO_SUCH_MODEL = "no-such-model"
    CONTEXT_TOO_LONG = "context-too-long"
    BAD_REQUEST = "bad-request"
    DEADLINE = "deadline"
    """It cannot be done, or was not done, before the deadline."""
    UNACKNOWLEDGED = "unacknowledged"
    """What was answered so far was not acknowledged."""
    STALE = "stale"
    """A newer statement of the same peer is known."""
    UNREACHABLE = "unreachable"
    """The peer that was asked for is not connected here."""
    PROTOCOL = "protocol"
    """The other side says that we broke the protocol."""
    FAILED = "failed"
    """Something broke inside; also what an unknown code of a newer peer is read as."""

    @classmethod
    def _missing_(cls, _value: object) -> "RefusalCode":
        return cls.FAILED


class ProtocolError(Exception):
    """Somebody broke the protocol."""


class LocalProtocolError(ProtocolError):
    """We were about to break the protocol: a fault of this program."""


class RemoteProtocolError(ProtocolError):
    """The other side broke the protocol, and the stream is of no more use."""


class NotAuthorised(Exception):
    """A key, signature, certificate or invite does not allow what was asked."""

    def __init__(self, code: RefusalCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
