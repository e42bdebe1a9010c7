"""A model whose next token is a hash of all tokens before it: a wrong cache shows at once.

Stands for `engine.llama.model.Llama` in tests of the scheduler, which only ever calls its methods.
"""

import hashlib

import numpy as np

from closedmesh.engine.llama.loading import OUTPUTS
from closedmesh.engine.llama.model import BATCH, DecodeFailed

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
    vocabulary_size = VOCABULARY
    batch = BATCH

    def __init__(self, slots=4, context=256, *, forgets_parts=True, repeats=0):
        self.slots = slots
        self.context = context
        self.forgets_parts = forgets_parts
        self.cache = {sequence: [] for sequence in range(slots)}
        self.batches = []
        self.fail_next = False
        self.ends_after = None
        """Answers end once a sequence has this many tokens."""
        self.spend = lambda tokens: None
        """Called with the tokens of each step, to let time pass."""
        self.repeats = repeats
        """What follows is what stood this many tokens before, if anything did."""

    def forget(self, sequence, start=0):
        if start and not self.forgets_parts and start < len(self.cache[sequence]):
            self.cache[sequence] = []
            return False
        del self.cache[sequence][start:]
        return True

    def copy(self, source, target):
        self.cache[target] = list(self.cache[source])

    def save(self, sequence, limit):
        state = np.array(self.cache[sequence], np.uint8)
        return state if len(state) <= limit else None

    def restore(self, sequence, state):
        self.cache[sequence] = state.tolist()
        return True

    def decode(self, tokens, positions, sequences, wanted):
        """As `Llama.decode`; a batch is noted as `(token, position, sequence, wanted)`."""
        count = len(tokens)
        assert 0 < count <= BATCH
        flags = [wanted] * count if isinstance(wanted, int) else list(wanted)
        assert len(positions) == len(sequences) == len(flags) == count
        assert sum(flags) <= max(OUTPUTS, self.slots)
        if self.fail_next:
            self.fail_next = False
            raise DecodeFailed("as asked")
        self.batches.append(list(zip(tokens, positions, sequences, flags, strict=True)))
        self.spend(count)
        rows = []
        for token, position, sequence, flag in self.batches[-1]:
            cache = self.cache[sequence]
            assert position == len(cache), "positions must follow each other"
            assert position < self.context
            cache.append(token)
            if flag:
                rows.append(self._of(cache))
        return np.array(rows, np.float32).reshape(len(rows), VOCABULARY)

    def _of(self, cache):
        logits = np.linspace(0, 1, VOCABULARY, dtype=np.float32)
        ended = self.ends_after is not None and len(cache) >= self.ends_after
        logits[END if ended else self.next_token(cache)] = 9
        return logits

    def next_token(self, tokens):
        if self.repeats and len(tokens) >= self.repeats:
            return tokens[-self.repeats]
        return next_token(tokens)

    def ends_answer(self, token):
        return token == END

    def piece(self, token):
        return b"<%d>" % token
