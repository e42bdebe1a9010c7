"""Turns a prompt into tokens that fit: chat template, special tokens, the rule for overflow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from msgspec import structs

from closedmesh.engine.messages import Generate, PlainText
from closedmesh.errors import BadRequest, ContextTooLong
from closedmesh.models.chat import (
    Conversation,
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
            return self._fitted(prompt, _day(request.date), request.max_tokens)
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
            case Conversation():
                return self._tokens(text, _day(today))

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

    def _fitted(self, prompt: Conversation, now: datetime, max_tokens: int | None) -> Prepared:
        """Leave out as few of the oldest messages as make room for a quarter of the context as
        answer. What is left begins with the user, since some templates insist on it."""
        room = self._context - min(max_tokens or self._context, self._context // 4)
        fixed = tuple(m for m in prompt.messages if m.role is Role.SYSTEM)
        rest = tuple(m for m in prompt.messages if m.role is not Role.SYSTEM)
        starts = [i for i, m in enumerate(rest) if m.role is Role.USER] or [0]
        if 0 not in starts:
            starts.insert(0, 0)

        def since(start: int) -> list[int]:
            return self._tokens(structs.replace(prompt, messages=fixed + rest[start:]), now)

        low, high = 0, len(starts) - 1
        while low < high:
            middle = (low + high) // 2
            if len(since(starts[middle])) <= room:
                high = middle
            else:
                low = middle + 1
        tokens = since(starts[low])
        self._check(len(tokens))
        return Prepared(tokens, starts[low])

    def _tokens(self, prompt: Conversation, now: datetime) -> list[int]:
        if self._template is None:
            self._template = Template(self._tokenizer.chat_template() or PLAIN_TEMPLATE)
        text = self._template.render(
            prompt,
            beginning=self._tokenizer.beginning_text,
            end=self._tokenizer.end_text,
            now=now,
        )
        # Many templates write the BOS token themselves; it must not stand there twice.
        beginning = not text.startswith(self._tokenizer.beginning_text or "\0")
        tokens: list[int] = []
        for part, special in self._parts(text, prompt):
            tokens += self._tokenizer.tokenize(part, special=special, beginning=beginning)
            beginning = False
        return tokens

    def _parts(self, text: str, prompt: Conversation) -> list[tuple[str, bool]]:
        """The rendered text, cut so that what people wrote is never read as control tokens:
        a message that quotes `<|im_end|>` must not end itself."""
        parts: list[tuple[str, bool]] = []
        at = 0
        if any(map(self._names_a_control, _words_of_functions(prompt))):
            raise _quotes_a_control("tools")
        for message in prompt.messages:
            content = message.text.strip()
            if not self._names_a_control(content):
                continue
            found = text.find(content, at)
            if found < 0:
                raise _quotes_a_control("messages")
            parts += [(text[at:found], True), (content, False)]
            at = found + len(content)
        parts.append((text[at:], True))
        return [part for part in parts if part[0]]

    def _names_a_control(self, text: str) -> bool:
        return any(control in text for control in self._controls)


def _words_of_functions(prompt: Conversation) -> Iterator[str]:
    """What people wrote about functions, which templates change as they like."""
    for function in prompt.functions:
        yield from (function.name, function.description, function.parameters)
    for message in prompt.messages:
        yield message.call_id
        for call in message.calls:
            yield from (call.id, call.name, call.arguments)


def _quotes_a_control(param: str) -> BadRequest:
    return BadRequest(
        "A message or a function contains the name of a control token where the model's chat"
        " template changes it.",
        "Leave out words like <|im_end|>.",
        param=param,
    )


def _day(today: str) -> datetime:
    return datetime.combine(date.fromisoformat(today), time())
