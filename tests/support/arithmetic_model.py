"""A model whose next token is a hash of all tokens before it: a wrong cache shows at once.

Stands for `engine.llama.Llama` in tests of the scheduler, which only ever calls its methods.
"""

import hashlib

import numpy as np

from closedmesh.engine.llama import BATCH, DecodeFailed

VOCABULARY = 64
END = 0
"""The token that ends an answer."""


def next_token(tokens):
    """What follows `tokens`; never the end."""
    digest = hashlib.sha256(bytes(tokens)).digest()
    return 1 + digest[0] % (VOCABULARY - 1)


def answer(tokens, length):
    """What the model says alone."""
    tokens = list(tokens)
    for _ in range(length):
        tokens.append(next_token(tokens))
    return tokens[-length:]


class ArithmeticModel:
    def __init__(self, slots=4, context=256, *, forgets_parts=True):
        self.slots = slots
        self.context = context
        self.vocabulary_size = VOCABULARY
        self.cache = {sequence: [] for sequence in range(slots)}
        self.batches = []
        self.fail_next = False
        self.ends_after = None
        """Answers end once a sequence has this many tokens."""
        self._forgets_parts = forgets_parts
        self._logits = {}

    def forget(self, sequence, start=0):
        if start and not self._forgets_parts:
            self.cache[sequence] = []
            return False
        del self.cache[sequence][start:]
        return True

    def decode(self, entries):
        assert 0 < len(entries) <= BATCH
        if self.fail_next:
            self.fail_next = False
            raise DecodeFailed("as asked")
        self.batches.append(list(entries))
        self._logits = {}
        for i, (token, position, sequence, wants_logits) in enumerate(entries):
            cache = self.cache[sequence]
            assert position == len(cache), "positions must follow each other"
            assert position < self.context
            cache.append(token)
            if wants_logits:
                self._logits[i] = self._of(cache)

    def _of(self, cache):
        logits = np.linspace(0, 1, VOCABULARY, dtype=np.float32)
        ended = self.ends_after is not None and len(cache) >= self.ends_after
        logits[END if ended else next_token(cache)] = 9
        return logits

    def logits(self, entry):
        return self._logits[entry]

    def ends_answer(self, token):
        return token == END

    def piece(self, token):
        return b"<%d>" % token
