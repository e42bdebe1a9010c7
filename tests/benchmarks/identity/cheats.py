"""Answers of peers that do not merely run other numbers: made from measured ones, scored anew."""

from dataclasses import replace

import numpy as np

from closedmesh.models.chat import TRACE_UNIT
from tests.benchmarks.identity.measuring import Measured, Measuring, Peer
from tests.benchmarks.identity.running import Answer

CANNED = (
    "I'm sorry, but I can only give general information about this topic. There are many different"
    " views, and it is best to look at several sources before you decide. Let me know if there is"
    " anything else that I can help you with today."
)


def lookup(measuring: Measuring, honest: list[Answer], claim: str) -> Measured:
    """Earlier answers of the right model, given to other questions, with their own numbers."""
    moved = honest[1:] + honest[:1]
    return measuring.scored("lookup", "smollm2", moved, claim)


def canned(measuring: Measuring, honest: list[Answer], claim: str) -> Measured:
    """One text for everybody, with numbers that make it look sure."""
    tokens = np.array(measuring.tokenize("smollm2", CANNED)[:48])
    generator = np.random.default_rng(1)
    top = generator.integers(0, 49_000, (len(tokens), 8))
    top[:, 0] = tokens
    units = np.tile(np.array([-4, *[-320 - 20 * i for i in range(7)]]), (len(tokens), 1))
    answers = [Answer(tokens, top, units) for _ in honest]
    return measuring.scored("canned", "smollm2", answers, claim)


def unrelated(measuring: Measuring, claim: str) -> Measured:
    """A text of another family of models, with its numbers where they can be carried over."""
    gemma = measuring.answers(Peer("gemma", "Q8_0", family="gemma"))
    answers = []
    for answer in gemma:
        text = measuring.text("gemma", answer.tokens.tolist())
        tokens = np.array((measuring.tokenize("smollm2", text) or [0])[:48])
        top = np.random.default_rng(2).integers(0, 49_000, (len(tokens), 8))
        top[:, 0] = tokens
        rows = np.resize(answer.units, (len(tokens), 8))
        answers.append(Answer(tokens, top, rows))
    return measuring.scored("unrelated", "smollm2", answers, claim)


def prefilled(measured: Measured) -> Measured:
    """The text of a cheap model with the numbers of the right one, at their best for the cheat:
    exactly those of the verifier's own copy."""
    answers = [
        replace(
            answer,
            top=score.top[:, :8],
            units=np.round(score.top_logprobs[:, :8] * TRACE_UNIT).astype(int),
        )
        for answer, score in zip(measured.answers, measured.scores, strict=True)
    ]
    return replace(measured, answers=answers)


def bent(measured: Measured) -> Measured:
    """As `prefilled`, and where the right numbers would not have picked the token, its probability
    is raised to hide that: by 2 nats, at the cost of the others."""
    answers = []
    for answer in prefilled(measured).answers:
        top, units = answer.top.copy(), answer.units.copy()
        for i, token in enumerate(answer.tokens.tolist()):
            place = np.flatnonzero(top[i] == token)
            if len(place) and place[0] > 0:
                raised = min(-8, units[i, place[0]] + 2 * TRACE_UNIT)
                rest = np.log1p(-np.exp(raised / TRACE_UNIT)) * TRACE_UNIT
                units[i] = np.minimum(0, np.round(units[i] + rest))
                units[i, place[0]] = raised
                order = np.argsort(-units[i], kind="stable")
                top[i], units[i] = top[i][order], units[i][order]
        answers.append(Answer(answer.tokens, top, units))
    return replace(measured, answers=answers)
