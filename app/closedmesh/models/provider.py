"""What is said to a provider with OpenAI's interface, and what it says back. Pure.

body = request(question, "its-name-of-the-model")
stream = ProviderStream()
for said in stream.feed(received): ...
stream.end()
"""

from typing import Any

import msgspec
from msgspec import Struct

from closedmesh.models.chat import Conversation, FinishReason, Question

MAX_LINE = 1 << 20
"""Bytes of one event of a stream."""

_FINISHES = {"stop": FinishReason.STOP, "length": FinishReason.LENGTH}


class BrokenStream(Exception):
    """A provider said what is no stream of OpenAI's interface, or ended it early."""


class Said(Struct, frozen=True):
    """The next part of an answer."""

    text: str = ""
    finish: FinishReason | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    """As the provider counts them, who is paid for them; `None` until it says."""


class _Delta(Struct):
    content: str | None = None


class _Choice(Struct):
    delta: _Delta = msgspec.field(default_factory=_Delta)
    finish_reason: str | None = None


class _Usage(Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Chunk(Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None


def can_answer(question: Question) -> bool:
    """Whether a provider can be asked this: words with words alone, for what it calls functions
    and forms is not what this program promises of them."""
    prompt = question.prompt
    return (
        isinstance(prompt, Conversation)
        and not prompt.functions
        and question.form is None
        and question.top_logprobs is None
        and not question.sampling.logit_bias
        and not question.begun
        and not question.trace
    )


def request(question: Question, model: str) -> dict[str, Any]:
    """The body of a chat completion, streamed, for a question that `can_answer` allows. What
    OpenAI's interface has no word for, like `min_p`, is left out."""
    prompt, sampling = question.prompt, question.sampling
    assert isinstance(prompt, Conversation)
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": each.role, "content": each.text} for each in prompt.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": min(sampling.temperature, 2.0),
        "top_p": sampling.top_p,
        "presence_penalty": sampling.presence_penalty,
        "frequency_penalty": sampling.frequency_penalty,
    }
    if question.max_tokens is not None:
        body["max_tokens"] = question.max_tokens
    if question.stop:
        body["stop"] = list(question.stop[:4])
    return body


class ProviderStream:
    """Reads server-sent events as they arrive."""

    def __init__(self) -> None:
        self._buffer = b""
        self.done = False
        """The provider said that the answer is complete."""

    def feed(self, data: bytes) -> list[Said]:
        """What was said with these bytes. Raises `BrokenStream`."""
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        if len(self._buffer) > MAX_LINE:
            raise BrokenStream("an event without an end")
        return [said for line in lines if (said := self._line(line.strip())) is not None]

    def end(self) -> None:
        """The stream is over. Raises `BrokenStream` if the answer is not."""
        if not self.done:
            raise BrokenStream("the answer broke off")

    def _line(self, line: bytes) -> Said | None:
        if self.done or not line.startswith(b"data:"):
            return None  # a comment, the name of an event, or the line between two events
        payload = line.removeprefix(b"data:").strip()
        if payload == b"[DONE]":
            self.done = True
            return None
        try:
            chunk = msgspec.json.decode(payload, type=_Chunk)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise BrokenStream("an event that is no chunk of an answer") from None
        return _said(chunk)


def _said(chunk: _Chunk) -> Said:
    choice = chunk.choices[0] if chunk.choices else _Choice()
    finish = choice.finish_reason
    return Said(
        text=choice.delta.content or "",
        # Whatever else ended it, a filter for example, is no end that the model chose.
        finish=None if finish is None else _FINISHES.get(finish, FinishReason.LENGTH),
        prompt_tokens=chunk.usage.prompt_tokens if chunk.usage else None,
        completion_tokens=chunk.usage.completion_tokens if chunk.usage else None,
    )
