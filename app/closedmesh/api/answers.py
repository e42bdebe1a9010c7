"""Answers as OpenAI's clients expect them: whole objects and chunks of a stream. Pure.

`Whole` and `Chunks` are made when somebody has begun to answer and are then told the rest, for
one answer or several (`index`), and for both kinds of completion; what differs between the two
kinds is in `Chat` and `Text`. Beside OpenAI's fields stands `closedmesh`: the receipt of the
answer, in the whole object that of the first one.
"""

import codecs
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    ToolCall,
)

FINISH = {
    FinishReason.STOP: "stop",
    FinishReason.LENGTH: "length",
    FinishReason.CANCELLED: "stop",
    FinishReason.TOOL_CALLS: "tool_calls",
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

    def message(self, text: str, calls: Sequence[ToolCall]) -> Json:
        """A whole text with its calls, as part of a choice."""
        ...

    def opening(self) -> Json | None:
        """What a stream begins with."""
        ...

    def delta(self, text: str, calls: Sequence[ToolCall]) -> Json:
        """The next part of an answer, as part of a choice; an empty one ends it."""
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

    def __init__(self) -> None:
        self._calls = 0

    def message(self, text: str, calls: Sequence[ToolCall]) -> Json:
        """The assistant's message."""
        message: Json = {"role": "assistant", "content": text, "refusal": None}
        if calls:
            message |= {"content": text or None, "tool_calls": [_call(call) for call in calls]}
        return {"message": message}

    def opening(self) -> Json | None:
        """Who speaks."""
        return {"delta": {"role": "assistant", "content": ""}}

    def delta(self, text: str, calls: Sequence[ToolCall]) -> Json:
        """More of the assistant's message; each call is whole."""
        delta: Json = {"content": text} if text else {}
        if calls:
            first, self._calls = self._calls, self._calls + len(calls)
            delta["tool_calls"] = [{"index": first + i} | _call(c) for i, c in enumerate(calls)]
        return {"delta": delta}


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

    def message(self, text: str, _calls: Sequence[ToolCall]) -> Json:
        """The text; nothing is called in one."""
        return {"text": text}

    def opening(self) -> Json | None:
        """Nothing: a text has no speaker."""
        return None

    def delta(self, text: str, _calls: Sequence[ToolCall]) -> Json:
        """More of the text."""
        return {"text": text}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How answers are wanted."""

    count: int = 1
    logprobs: bool = False
    include_usage: bool = False
    """At the end of a stream."""
    created: int = 0
    """Unix time."""


class _Choice:
    """Gathers one answer."""

    def __init__(self, form: Form, *, logprobs: bool) -> None:
        self._form = form
        self._text: list[str] = []
        self._calls: list[ToolCall] = []
        self._tokens: list[TokenLogprob] | None = [] if logprobs else None
        self.receipt: Receipt | None = None

    def add(self, piece: Piece) -> None:
        self._text.append(piece.text)
        self._calls.extend(piece.calls)
        if self._tokens is not None:
            self._tokens.extend(piece.logprobs)

    def finish(self, index: int, receipt: Receipt) -> Json:
        logprobs = None if self._tokens is None else self._form.logprobs(self._tokens)
        return self._form.message("".join(self._text), self._calls) | {
            "index": index,
            "logprobs": logprobs,
            "finish_reason": FINISH[receipt.finish],
        }


class Whole:
    """Gathers answers to be sent in one piece."""

    def __init__(self, form: type[Form], accepted: Accepted, wanted: Wanted) -> None:
        self._head = _head(form, form.whole, accepted, wanted.created)
        self._choices = [_Choice(form(), logprobs=wanted.logprobs) for _ in range(wanted.count)]

    def add(self, index: int, piece: Piece) -> None:
        """Take the next piece of an answer."""
        self._choices[index].add(piece)

    def finish(self, index: int, receipt: Receipt) -> Json | None:
        """An answer is complete; the whole object if it was the last one."""
        self._choices[index].receipt = receipt
        receipts = [choice.receipt for choice in self._choices if choice.receipt]
        if len(receipts) < len(self._choices):
            return None
        pairs = enumerate(zip(self._choices, receipts, strict=True))
        return self._head | {
            "choices": [choice.finish(i, own) for i, (choice, own) in pairs],
            "usage": usage(receipts),
            "closedmesh": msgspec.to_builtins(receipts[0]),
        }


class Chunks:
    """Makes the parts of a stream of answers."""

    def __init__(self, form: type[Form], accepted: Accepted, wanted: Wanted) -> None:
        self._forms = [form() for _ in range(wanted.count)]
        self._receipts: list[Receipt] = []
        self._logprobs = wanted.logprobs
        self._include_usage = wanted.include_usage
        self._head = _head(form, form.chunk, accepted, wanted.created)
        if wanted.include_usage:
            self._head["usage"] = None

    def open(self) -> list[Json]:
        """What comes before the first piece."""
        openings = [form.opening() for form in self._forms]
        return [self._chunk(i, one, None, None) for i, one in enumerate(openings) if one]

    def add(self, index: int, piece: Piece) -> Json:
        """The next piece of an answer."""
        form = self._forms[index]
        logprobs = form.logprobs(piece.logprobs) if self._logprobs else None
        return self._chunk(index, form.delta(piece.text, piece.calls), logprobs, None)

    def finish(self, index: int, receipt: Receipt) -> list[Json]:
        """What comes after the last piece of an answer, and of all of them."""
        self._receipts.append(receipt)
        ending = self._forms[index].delta("", ())
        last = self._chunk(index, ending, None, FINISH[receipt.finish])
        last["closedmesh"] = msgspec.to_builtins(receipt)
        if self._include_usage and len(self._receipts) == len(self._forms):
            return [last, self._head | {"choices": [], "usage": usage(self._receipts)}]
        return [last]

    def _chunk(self, index: int, content: Json, logprobs: Json | None, finish: str | None) -> Json:
        choice = content | {"index": index, "logprobs": logprobs, "finish_reason": finish}
        return self._head | {"choices": [choice]}


def usage(receipts: Sequence[Receipt]) -> Json:
    """Tokens of all answers to one prompt, in OpenAI's words."""
    prompt = receipts[0].prompt_tokens
    completion = sum(receipt.completion_tokens for receipt in receipts)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": receipts[0].cached_tokens},
    }


def headers(accepted: Accepted, receipt: Receipt | None = None) -> dict[str, str]:
    """Where an answer comes from; a stream's headers are sent before there is a receipt."""
    source = receipt or accepted
    reason = {"x-closedmesh-fallback-reason": r} if (r := source.fallback_reason) else {}
    return reason | {
        "x-request-id": source.request_id,
        "x-closedmesh-served-by": source.served_by,
        "x-closedmesh-peer": source.peer,
        "x-closedmesh-model": source.model_sha256,
        "x-closedmesh-check": receipt.check if receipt else CheckState.UNCHECKED,
        "x-closedmesh-attempts": ", ".join(receipt.attempts if receipt else (accepted.peer,)),
    }


def _call(call: ToolCall) -> Json:
    function = {"name": call.name, "arguments": call.arguments}
    return {"id": call.id, "type": "function", "function": function}


def _head(form: type[Form], kind: str, accepted: Accepted, created: int) -> Json:
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
