"""Turns a prompt into tokens that fit: chat template, special tokens, the rule for overflow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from closedmesh.engine.messages import Generate, PlainText
from closedmesh.errors import BadRequest, ContextTooLong
from closedmesh.models.chat import (
    Conversation,
    Message,
    Overflow,
    Prompt,
    RawText,
    Role,
    TokenPrompt,
)
from closedmesh.models.template import Template

PLAIN_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\n' + message.content"
    " + '<|im_end|>\n' }}{% endfor %}{{ '<|im_start|>assistant\n' }}"
)
"""ChatML, which most models without a template of their own have seen."""


class Tokenizer(Protocol):
    """What is needed of `llama.Llama`."""

    vocabulary_size: int

    def tokenize(self, text: str, *, special: bool, beginning: bool) -> list[int]: ...
    def control_texts(self) -> frozenset[str]: ...
    def chat_template(self) -> str | None: ...
    @property
    def beginning_text(self) -> str: ...
    @property
    def end_text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prompt as tokens, shorter than the context."""

    tokens: list[int]
    dropped_messages: int


class Prompter:
    """Prepares the prompts of one model."""

    def __init__(self, tokenizer: Tokenizer, context: int) -> None:
        self._tokenizer = tokenizer
        self._context = context
        self._template: Template | None = None
        self._controls = tokenizer.control_texts()

    def prepare(self, request: Generate) -> Prepared:
        """Tokens of a request's prompt, with room for an answer. Raises `ContextTooLong`, and
        whatever `Template` raises."""
        prompt = request.prompt
        if isinstance(prompt, Conversation) and request.overflow is Overflow.DROP_OLDEST:
            return self._fitted(prompt.messages, _day(request.date), request.max_tokens)
        tokens = self.tokens(prompt, request.date)
        self._check(len(tokens))
        return Prepared(tokens, 0)

    def tokens(self, text: Prompt | PlainText, today: str) -> list[int]:
        """Tokens of a text of any length; `today` is an ISO date."""
        match text:
            case RawText(words):
                return self._tokenizer.tokenize(words, special=True, beginning=True)
            case PlainText(words):
                return self._tokenizer.tokenize(words, special=False, beginning=False)
            case TokenPrompt(tokens):
                return list(self.known(tokens))
            case Conversation(messages):
                return self._tokens(messages, _day(today))

    def known(self, tokens: Sequence[int]) -> Sequence[int]:
        """The same tokens, all of which the model has. Raises `BadRequest`."""
        size = self._tokenizer.vocabulary_size
        if unknown := [token for token in tokens if not 0 <= token < size]:
            raise BadRequest(
                f"The model has no token {unknown[0]}: its vocabulary has {size:,}.",
                "Use tokens of exactly this model.",
                param="tokens",
            )
        return tokens

    def _check(self, count: int) -> None:
        if count == 0:
            raise BadRequest("The prompt is empty.", "Write something.", param="prompt")
        if count >= self._context:
            raise ContextTooLong(
                f"The prompt has {count:,} tokens; the context holds {self._context:,}"
                " together with the answer.",
                "Shorten the prompt, raise engine.context, or leave out the oldest messages.",
            )

    def _fitted(
        self, messages: Sequence[Message], now: datetime, max_tokens: int | None
    ) -> Prepared:
        """Leave out as few of the oldest messages as make room for a quarter of the context as
        answer. What is left begins with the user, since some templates insist on it."""
        room = self._context - min(max_tokens or self._context, self._context // 4)
        fixed = [m for m in messages if m.role is Role.SYSTEM]
        rest = [m for m in messages if m.role is not Role.SYSTEM]
        starts = [i for i, m in enumerate(rest) if m.role is Role.USER] or [0]
        if 0 not in starts:
            starts.insert(0, 0)
        low, high = 0, len(starts) - 1
        while low < high:
            middle = (low + high) // 2
            if len(self._tokens(fixed + rest[starts[middle] :], now)) <= room:
                high = middle
            else:
                low = middle + 1
        tokens = self._tokens(fixed + rest[starts[low] :], now)
        self._check(len(tokens))
        return Prepared(tokens, starts[low])

    def _tokens(self, messages: Sequence[Message], now: datetime) -> list[int]:
        if self._template is None:
            self._template = Template(self._tokenizer.chat_template() or PLAIN_TEMPLATE)
        text = self._template.render(
            messages,
            beginning=self._tokenizer.beginning_text,
            end=self._tokenizer.end_text,
            now=now,
        )
        # Many templates write the BOS token themselves; it must not stand there twice.
        beginning = not text.startswith(self._tokenizer.beginning_text or "\0")
        tokens: list[int] = []
        for part, special in self._parts(text, messages):
            tokens += self._tokenizer.tokenize(part, special=special, beginning=beginning)
            beginning = False
        return tokens

    def _parts(self, text: str, messages: Sequence[Message]) -> list[tuple[str, bool]]:
        """The rendered text, cut so that what people wrote is never read as control tokens:
        a message that quotes `<|im_end|>` must not end itself."""
        parts: list[tuple[str, bool]] = []
        at = 0
        for message in messages:
            content = message.text.strip()
            if not any(control in content for control in self._controls):
                continue
            found = text.find(content, at)
            if found < 0:
                raise BadRequest(
                    "A message contains the name of a control token, and the model's chat"
                    " template changes the message.",
                    "Leave out words like <|im_end|>.",
                    param="messages",
                )
            parts += [(text[at:found], True), (content, False)]
            at = found + len(content)
        parts.append((text[at:], True))
        return [part for part in parts if part[0]]


def _day(today: str) -> datetime:
    return datetime.combine(date.fromisoformat(today), time())
