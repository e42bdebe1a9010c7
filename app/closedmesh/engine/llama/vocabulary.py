"""A model's tokens: text to tokens, tokens to bytes, which of them mean something special."""

import ctypes
from typing import Any

from llama_cpp import llama_cpp


class Vocabulary:
    """The words of one model."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.handle = llama_cpp.llama_model_get_vocab(model)
        self.vocabulary_size = int(llama_cpp.llama_vocab_n_tokens(self.handle))
        self._pieces: dict[int, bytes] = {}
        self._ends: dict[int, bool] = {}

    def tokenize(self, text: str, *, special: bool, beginning: bool) -> list[int]:
        """Tokens of a text. `special` reads names like `<|im_end|>` as the tokens they name;
        `beginning` adds the model's BOS token if it wants one."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 2
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(
            self.handle, data, len(data), tokens, room, beginning, special
        )
        if count < 0:
            raise ValueError(f"a text of {len(data)} bytes has more than {room} tokens")
        return tokens[:count]  # type: ignore[no-any-return]

    def piece(self, token: int) -> bytes:
        """The bytes a token stands for; control tokens stand for nothing."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._read_piece(token, special=False)
        return known

    def special_text(self, token: int) -> str:
        """The name of a token, also of a control token; empty for -1."""
        return (
            self._read_piece(token, special=True).decode("utf-8", "replace") if token >= 0 else ""
        )

    def _read_piece(self, token: int, *, special: bool) -> bytes:
        for size in (64, 1024, 65536):
            buffer = ctypes.create_string_buffer(size)
            length = llama_cpp.llama_token_to_piece(self.handle, token, buffer, size, 0, special)
            if length >= 0:
                return buffer.raw[:length]
        return b""

    def ends_answer(self, token: int) -> bool:
        """Whether the model says with this token that its answer is complete."""
        known = self._ends.get(token)
        if known is None:
            known = self._ends[token] = bool(llama_cpp.llama_vocab_is_eog(self.handle, token))
        return known

    @property
    def beginning_text(self) -> str:
        """Name of the BOS token, for chat templates."""
        return self.special_text(llama_cpp.llama_vocab_bos(self.handle))

    @property
    def end_text(self) -> str:
        """Name of the EOS token, for chat templates."""
        return self.special_text(llama_cpp.llama_vocab_eos(self.handle))

    def control_texts(self) -> frozenset[str]:
        """Names of all control tokens, like `<|im_start|>`."""
        return frozenset(
            self.special_text(token)
            for token in range(self.vocabulary_size)
            if llama_cpp.llama_vocab_is_control(self.handle, token)
        ) - {""}

    def chat_template(self) -> str | None:
        """The model's own chat template, or `None` if it has none."""
        template: bytes | None = llama_cpp.llama_model_chat_template(self._model, None)
        return None if template is None else template.decode("utf-8", "replace")

    def same_as(self, other: "Vocabulary") -> bool:
        """Whether every token of the two means the same, so that one model can guess for the
        other."""
        return self.vocabulary_size == other.vocabulary_size and all(
            llama_cpp.llama_vocab_get_text(self.handle, token)
            == llama_cpp.llama_vocab_get_text(other.handle, token)
            for token in range(self.vocabulary_size)
        )
