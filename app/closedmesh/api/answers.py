"""Answers as OpenAI's clients expect them: whole objects and chunks of a stream. Pure.

`Whole` and `Chunks` are made from an answer's first event and are then told the rest, for both
kinds of completion; what differs between the two kinds is in `Chat` and `Text`. Beside OpenAI's
fields stands `closedmesh`, the answer's receipt.
"""

import codecs
import math
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from closedmesh.models.chat import (
    Accepted,
    Alternative,
    CheckState,
    FinishReason,
    Piece,
    Receipt,
    TokenLogprob,
)

FINISH = {
    FinishReason.STOP: "stop",
    FinishReason.LENGTH: "length",
    FinishReason.CANCELLED: "stop",
}

IMPOSSIBLE = -9999.0
"""OpenAI's figure for a log-probability of minus infinity, which JSON cannot say."""

Json = dict[str, Any]


class Form(Protocol):
    """What differs between chat and text completions. Made anew for every answer."""

    id_prefix: str
    whole: str
    """`object` of an answer in one piece."""
    chunk: str
    """`object` of a part of a stream."""

    def logprobs(self, tokens: Iterable[TokenLogprob]) -> Json:
        """The next tokens' log-probabilities."""
        ...

    def message(self, text: str) -> Json:
        """A whole text, as part of a choice."""
        ...

    def opening(self) -> Json | None:
        """What a stream begins with."""
        ...

    def delta(self, text: str) -> Json:
        """The next part of a text, as part of a choice; an empty one ends it."""
        ...


class Chat:
    """Form of `chat.completion`."""

    id_prefix = "chatcmpl-"
    whole = "chat.completion"
    chunk = "chat.completion.chunk"

    def logprobs(self, tokens: Iterable[TokenLogprob]) -> Json:
        """OpenAI's list of tokens, each with its alternatives."""
        content = [
            _token(t.chosen) | {"top_logprobs": [_token(other) for other in t.top]} for t in tokens
        ]
        return {"content": content, "refusal": None}

    def message(self, text: str) -> Json:
        """The assistant's message."""
        return {"message": {"role": "assistant", "content": text, "refusal": None}}

    def opening(self) -> Json | None:
        """Who speaks."""
        return {"delta": {"role": "assistant", "content": ""}}

    def delta(self, text: str) -> Json:
        """More of the assistant's message."""
        return {"delta": {"content": text} if text else {}}


class Text:
    """Form of `text_completion`; knows how much text the tokens so far made."""

    id_prefix = "cmpl-"
    whole = "text_completion"
    chunk = "text_completion"

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._offset = 0

    def logprobs(self, tokens: Iterable[TokenLogprob]) -> Json:
        """OpenAI's older form: four lists side by side."""
        lists: Json = {"tokens": [], "token_logprobs": [], "top_logprobs": [], "text_offset": []}
        for token in tokens:
            lists["tokens"].append(_text(token.chosen))
            lists["token_logprobs"].append(_logprob(token.chosen))
            lists["top_logprobs"].append({_text(t): _logprob(t) for t in reversed(token.top)})
            lists["text_offset"].append(self._offset)
            self._offset += len(self._decoder.decode(token.chosen.data))
        return lists

    def message(self, text: str) -> Json:
        """The text."""
        return {"text": text}

    def opening(self) -> Json | None:
        """Nothing: a text has no speaker."""
        return None

    def delta(self, text: str) -> Json:
        """More of the text."""
        return {"text": text}


class Whole:
    """Gathers an answer to be sent in one piece."""

    def __init__(self, form: Form, accepted: Accepted, *, logprobs: bool, created: int) -> None:
        self._form = form
        self._accepted = accepted
        self._created = created
        self._text: list[str] = []
        self._tokens: list[TokenLogprob] | None = [] if logprobs else None

    def add(self, piece: Piece) -> None:
        """Take the next piece."""
        self._text.append(piece.text)
        if self._tokens is not None:
            self._tokens.extend(piece.logprobs)

    def finish(self, receipt: Receipt) -> Json:
        """The whole object."""
        logprobs = None if self._tokens is None else self._form.logprobs(self._tokens)
        choice = self._form.message("".join(self._text)) | {
            "index": 0,
            "logprobs": logprobs,
            "finish_reason": FINISH[receipt.finish],
        }
        return _head(self._form, self._form.whole, self._accepted, self._created) | {
            "choices": [choice],
            "usage": usage(receipt),
            "closedmesh": msgspec.to_builtins(receipt),
        }


class Chunks:
    """Makes the parts of a stream."""

    def __init__(
        self,
        form: Form,
        accepted: Accepted,
        *,
        logprobs: bool,
        include_usage: bool,
        created: int,
    ) -> None:
        self._form = form
        self._logprobs = logprobs
        self._include_usage = include_usage
        self._head = _head(form, form.chunk, accepted, created)
        if include_usage:
            self._head["usage"] = None

    def open(self) -> list[Json]:
        """What comes before the first piece."""
        opening = self._form.opening()
        return [] if opening is None else [self._chunk(opening, None, None)]

    def add(self, piece: Piece) -> Json:
        """The next piece."""
        logprobs = self._form.logprobs(piece.logprobs) if self._logprobs else None
        return self._chunk(self._form.delta(piece.text), logprobs, None)

    def finish(self, receipt: Receipt) -> list[Json]:
        """What comes after the last piece."""
        last = self._chunk(self._form.delta(""), None, FINISH[receipt.finish])
        last["closedmesh"] = msgspec.to_builtins(receipt)
        if not self._include_usage:
            return [last]
        return [last, self._head | {"choices": [], "usage": usage(receipt)}]

    def _chunk(self, content: Json, logprobs: Json | None, finish: str | None) -> Json:
        choice = content | {"index": 0, "logprobs": logprobs, "finish_reason": finish}
        return self._head | {"choices": [choice]}


def usage(receipt: Receipt) -> Json:
    """Tokens, in OpenAI's words."""
    return {
        "prompt_tokens": receipt.prompt_tokens,
        "completion_tokens": receipt.completion_tokens,
        "total_tokens": receipt.prompt_tokens + receipt.completion_tokens,
        "prompt_tokens_details": {"cached_tokens": receipt.cached_tokens},
    }


def headers(accepted: Accepted, receipt: Receipt | None = None) -> dict[str, str]:
    """Where an answer comes from; a stream's headers are sent before there is a receipt."""
    source = receipt or accepted
    return {
        "x-request-id": source.request_id,
        "x-closedmesh-served-by": source.served_by,
        "x-closedmesh-peer": source.peer,
        "x-closedmesh-model": source.model_sha256,
        "x-closedmesh-check": receipt.check if receipt else CheckState.UNCHECKED,
        "x-closedmesh-attempts": ", ".join(receipt.attempts if receipt else (accepted.peer,)),
    }


def _head(form: Form, kind: str, accepted: Accepted, created: int) -> Json:
    return {
        "id": form.id_prefix + accepted.request_id,
        "object": kind,
        "created": created,
        "model": accepted.model,
        "system_fingerprint": f"fp_{accepted.model_sha256[:12]}",
    }


def _token(token: Alternative) -> Json:
    return {"token": _text(token), "logprob": _logprob(token), "bytes": list(token.data)}


def _text(token: Alternative) -> str:
    """The token for people: bytes that are not UTF-8 by themselves become replacement signs."""
    return token.data.decode("utf-8", "replace")


def _logprob(token: Alternative) -> float:
    return token.logprob if math.isfinite(token.logprob) else IMPOSSIBLE
