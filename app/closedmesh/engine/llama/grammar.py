"""Which tokens may follow in an answer that has to keep to a grammar."""

import ctypes
from collections.abc import Sequence

import numpy as np
from llama_cpp import llama_cpp
from numpy.typing import NDArray

from closedmesh.engine.llama.vocabulary import Vocabulary
from closedmesh.errors import BadRequest

_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])


class Grammar:
    """A grammar in llama.cpp's GBNF, and how far an answer has come in it. Raises `BadRequest` if
    llama.cpp cannot read it."""

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        self._handle = llama_cpp.llama_sampler_init_grammar(
            vocabulary.handle, text.encode("utf-8", "replace"), b"root"
        )
        if not self._handle:
            raise BadRequest(
                "llama.cpp could not read the grammar.", "Correct it.", param="response_format"
            )

    def allowed(self, tokens: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the tokens may come next."""
        candidates = np.zeros(len(tokens), _CANDIDATE)
        candidates["id"] = tokens
        array = llama_cpp.llama_token_data_array(
            data=candidates.ctypes.data_as(llama_cpp.llama_token_data_p),
            size=len(tokens),
            selected=-1,
            sorted=False,
        )
        llama_cpp.llama_sampler_apply(self._handle, ctypes.byref(array))
        result: NDArray[np.bool_] = candidates["logit"] == 0
        return result

    def accept(self, tokens: Sequence[int]) -> bool:
        """Go on by these tokens; `False` at the first that may not come next."""
        for token in tokens:
            # llama.cpp ends the process at a token that it has not allowed
            if not self.allowed(np.array([token]))[0]:
                return False
            llama_cpp.llama_sampler_accept(self._handle, token)
        return True

    def __del__(self) -> None:
        if self._handle:
            llama_cpp.llama_sampler_free(self._handle)
