"""How errors look on the local API: one shape, and one table of HTTP statuses.

The shape is OpenAI's (`message`, `type`, `param`, `code`), with our `title` and `advice` beside it
so that `api.remote` can make the same error again on the other side.
"""

import logging
import math
import traceback
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import msgspec
from aiohttp import web
from msgspec import Struct

from closedmesh.errors import (
    AlreadyRunning,
    BadRequest,
    ClosedMeshError,
    ContextTooLong,
    ConversationNotFound,
    EngineBusy,
    EngineDied,
    FallbackFailed,
    MeshUnreachable,
    ModelFileRefused,
    ModelNotFound,
    NotAMember,
    NotEnoughMemory,
    NotRunning,
    RateLimited,
    RouteUnavailable,
    SecretsLocked,
    rebuild,
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

STATUS: dict[type[ClosedMeshError], HTTPStatus] = {
    BadRequest: HTTPStatus.BAD_REQUEST,
    ContextTooLong: HTTPStatus.BAD_REQUEST,
    ModelNotFound: HTTPStatus.NOT_FOUND,
    ConversationNotFound: HTTPStatus.NOT_FOUND,
    AlreadyRunning: HTTPStatus.CONFLICT,
    ModelFileRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    SecretsLocked: HTTPStatus.LOCKED,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    EngineDied: HTTPStatus.BAD_GATEWAY,
    FallbackFailed: HTTPStatus.BAD_GATEWAY,
    EngineBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    NotEnoughMemory: HTTPStatus.SERVICE_UNAVAILABLE,
    RouteUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    NotRunning: HTTPStatus.SERVICE_UNAVAILABLE,
    NotAMember: HTTPStatus.SERVICE_UNAVAILABLE,
    MeshUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Every other error is a 500."""

LONGEST_RETRY = 600
"""Seconds that a client is told to wait at most, whatever was estimated."""

logger = logging.getLogger(__name__)


class Failure(Struct, frozen=True):
    """An error as it is sent."""

    message: str
    type: str
    code: str
    param: str | None = None
    title: str = ""
    advice: str = ""

    def error(self) -> ClosedMeshError:
        """The error it was made of."""
        error = rebuild(self.code, self.title or self.message, self.advice)
        if isinstance(error, BadRequest):
            error.param = self.param
        return error


class FailureBody(Struct, frozen=True):
    """A whole body, event or line that tells of an error."""

    error: Failure


def status_of(error: ClosedMeshError) -> HTTPStatus:
    """The HTTP status of an error."""
    return STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)


def encode(error: ClosedMeshError) -> bytes:
    """An error as JSON."""
    param = error.param if isinstance(error, BadRequest) else None
    return _encode(status_of(error), error.code, error.title, error.advice, param)


def respond(error: ClosedMeshError) -> web.Response:
    """The response that says what went wrong."""
    response = web.json_response(body=encode(error), status=status_of(error))
    if isinstance(error, EngineBusy | RateLimited):
        seconds = min(max(1, math.ceil(error.retry_after)), LONGEST_RETRY)
        response.headers["Retry-After"] = str(seconds)
    return response


def refuse(status: HTTPStatus, code: str, title: str, advice: str) -> web.Response:
    """The response to a request that never reached the peer."""
    return web.json_response(body=_encode(status, code, title, advice, None), status=status)


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Middleware: every error becomes a response in the one shape."""
    try:
        return await handler(request)
    except ClosedMeshError as error:
        return respond(error)
    except web.HTTPException as error:
        return _explain_http(request, error)
    except Exception as error:
        return respond(unexpected(error))


def _explain_http(request: web.Request, error: web.HTTPException) -> web.Response:
    status = HTTPStatus(error.status)
    match error:
        case web.HTTPRequestEntityTooLarge():
            title = f"The request is longer than {_size(request.client_max_size)}."
            return refuse(status, "request_too_large", title, "Send less text.")
        case web.HTTPMethodNotAllowed():
            title = f"{request.path} does not take {request.method}."
            advice = f"Use {' or '.join(sorted(error.allowed_methods))}."
            response = refuse(status, "method_not_allowed", title, advice)
            response.headers["Allow"] = ", ".join(sorted(error.allowed_methods))
            return response
        case web.HTTPNotFound():
            title = f"There is nothing at {request.path}."
            return refuse(status, "not_found", title, "Check the address; see the README.")
        case _:
            return refuse(status, "failed", "The request was not understood.", error.reason)


def _size(count: int) -> str:
    return f"{count // 2**20} MiB" if count >= 2**20 else f"{count // 2**10} KiB"


def unexpected(error: Exception) -> ClosedMeshError:
    """A fault of ours, logged without its text: that may quote what was asked."""
    trace = "".join(traceback.format_tb(error.__traceback__))
    logger.error("unexpected %s\n%s", type(error).__name__, trace)
    return ClosedMeshError(
        "The program made a mistake of its own.", "Look into its log; the next request may work."
    )


def _encode(status: HTTPStatus, code: str, title: str, advice: str, param: str | None) -> bytes:
    kind = "invalid_request_error" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "server_error"
    message = f"{title} {advice}".strip()
    return msgspec.json.encode(FailureBody(Failure(message, kind, code, param, title, advice)))
