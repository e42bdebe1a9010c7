"""A language model of forty words whose next-token probabilities are hashes of all tokens before.

Stands for hardware where a peer, its trace and a reference copy must come from one distribution.
`coarseness` moves every logit by noise of that size that belongs to the context, as quantising
weights does.
"""

import hashlib

import numpy as np

from closedmesh.models import sampling as rule
from closedmesh.models.chat import TRACE_TOP, TRACE_UNIT, TraceEntry
from closedmesh.trust.evidence import Reference
from closedmesh.trust.traces import Step

VOCABULARY = 40
END = 0


class SmallModel:
    def __init__(self, coarseness=0.0, family=b"one"):
        self._coarseness = coarseness
        self._family = family

    def logits(self, context):
        """Float32 of shape (40,)."""
        name = self._family + bytes(token % 256 for token in context)
        seed = int.from_bytes(hashlib.sha256(name).digest()[:8], "big")
        generator = np.random.default_rng(seed)
        values = generator.normal(0, 2.5, VOCABULARY)
        values[END] = -2.0
        if self._coarseness:
            own = np.random.default_rng(seed + round(1e6 * self._coarseness))
            values += self._coarseness * own.normal(size=VOCABULARY)
        return values.astype(np.float32)

    def answer(self, prompt, sampling, max_tokens):
        """`(steps, ended)`: what a peer that runs this model returns."""
        steps, context = [], list(prompt)
        while len(steps) < max_tokens:
            logits = self.logits(context)
            token = rule.choose(logits, sampling, sampling.seed, len(steps), context)
            steps.append(Step(token, entry(logits)))
            context.append(token)
            if token == END:
                return steps, True
        return steps, False

    def score(self, prompt, tokens):
        """What a reference copy says of each token."""
        context, said = list(prompt), []
        for token in tokens:
            logits = self.logits(context)
            top = rule.best(logits, VOCABULARY).tolist()
            own, *values = rule.logprobs(logits, [token, *top])
            said.append(Reference(own, tuple(top), tuple(values)))
            context.append(token)
        return said


def entry(logits):
    """An entry of a trace."""
    top = rule.best(logits, TRACE_TOP).tolist()
    units = (min(0, round(value * TRACE_UNIT)) for value in rule.logprobs(logits, top))
    return TraceEntry(tuple(top), tuple(units))
