"""The errors a person may see: what happened, and one thing to do.

Every error that reaches a window, a terminal or a program on the local API is one of this
family. It travels as `(code, title, advice)` over the engine's pipe and the local API, and
`rebuild` makes the same class of it on the other side. Subclasses exist only where somebody
catches them or where the API has a status of its own for them.
"""

from collections.abc import Iterator
from typing import ClassVar


class ClosedMeshError(Exception):
    """Something went wrong that we can explain.

    `title` is one sentence that says what happened, with figures where there are any; `advice` is
    one thing to do. Neither ever holds a prompt, an answer or a secret.
    """

    code: ClassVar[str] = "failed"
    """Stable word for programs; also the `code` in the local API's error body."""

    def __init__(self, title: str, advice: str) -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.title} {self.advice}".strip()


class BadRequest(ClosedMeshError):
    """A request does not make sense; `param` names the part that is wrong."""

    code = "invalid_request"

    def __init__(self, title: str, advice: str, *, param: str | None = None) -> None:
        super().__init__(title, advice)
        self.param = param


class ModelNotFound(ClosedMeshError):
    """No model of that name is known or on this computer."""

    code = "model_not_found"


class ModelFileRefused(ClosedMeshError):
    """A model file is damaged, is something else, or is not what it claims to be."""

    code = "model_file_refused"


class ContextTooLong(ClosedMeshError):
    """Prompt and answer do not fit into the model's context."""

    code = "context_length_exceeded"


class NotEnoughMemory(ClosedMeshError):
    """A model needs more memory than is free."""

    code = "not_enough_memory"


class EngineDied(ClosedMeshError):
    """The process that ran the model ended; the text says how and why."""

    code = "engine_died"


class EngineBusy(ClosedMeshError):
    """The queue is full; `retry_after` estimates the seconds until there is room again."""

    code = "engine_busy"

    def __init__(self, title: str, advice: str, *, retry_after: float = 2.0) -> None:
        super().__init__(title, advice)
        self.retry_after = retry_after


class RateLimited(ClosedMeshError):
    """Somebody asks more often than they may; `retry_after` is in seconds."""

    code = "rate_limit_exceeded"

    def __init__(self, title: str, advice: str, *, retry_after: float = 60.0) -> None:
        super().__init__(title, advice)
        self.retry_after = retry_after


class RouteUnavailable(ClosedMeshError):
    """The route that was asked for does not exist now; no other one was taken instead."""

    code = "route_unavailable"


class ConversationNotFound(ClosedMeshError):
    """A conversation or a message in it does not exist."""

    code = "conversation_not_found"


class InviteRefused(ClosedMeshError):
    """An invite cannot be read, or the mesh does not accept it."""

    code = "invite_refused"


class NotAMember(ClosedMeshError):
    """Something was asked of the mesh, and this computer is in none."""

    code = "not_a_member"


class MeshUnreachable(ClosedMeshError):
    """Nobody of the mesh that could do it can be reached."""

    code = "mesh_unreachable"


class FallbackFailed(ClosedMeshError):
    """The provider outside of the mesh did not answer."""

    code = "fallback_failed"


class AddressRefused(ClosedMeshError):
    """Something should be fetched from a place that is not trusted."""

    code = "address_refused"


class DownloadFailed(ClosedMeshError):
    """A download ended without a file; what has landed is kept unless the text says otherwise."""

    code = "download_failed"


class UpdateRefused(ClosedMeshError):
    """What is announced as a new version is not genuine, or older than it may be."""

    code = "update_refused"


class AlreadyRunning(ClosedMeshError):
    """Another peer already uses this home folder."""

    code = "already_running"


class NotRunning(ClosedMeshError):
    """No peer runs in this home folder, or it stopped answering."""

    code = "not_running"


class SecretsLocked(ClosedMeshError):
    """The system's keychain is locked: the secret may exist, so none is made anew."""

    code = "secrets_locked"


def rebuild(code: str, title: str, advice: str) -> ClosedMeshError:
    """Make the error that was sent as `(code, title, advice)`; unknown codes give the family's
    own class, so that a newer worker or peer can still be understood."""
    for cls in _family(ClosedMeshError):
        if cls.code == code:
            return cls(title, advice)
    return ClosedMeshError(title, advice)


def _family(cls: type[ClosedMeshError]) -> Iterator[type[ClosedMeshError]]:
    yield cls
    for sub in cls.__subclasses__():
        yield from _family(sub)
