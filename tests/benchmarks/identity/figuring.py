"""From measured answers to the figures of checks, by the same functions that a verifier uses."""

from collections.abc import Sequence

from closedmesh.models.chat import Sampling, TraceEntry
from closedmesh.trust.evidence import Figures, Reference, divergence, replay, spread
from closedmesh.trust.openings import Finding, judge
from closedmesh.trust.traces import Step
from tests.benchmarks.identity.measuring import Measured
from tests.benchmarks.identity.running import Answer, Item, Scored


def figures(measured: Measured, items: Sequence[Item]) -> list[Figures]:
    """One for each check."""
    return [
        figure(answer, score, item.sampling)
        for answer, score, item in zip(measured.answers, measured.scores, items, strict=True)
    ]


def figure(answer: Answer, score: Scored, sampling: Sampling) -> Figures:
    """The figures of one answer, all positions of which are opened."""
    replays, divergences, contradicted = [], [], 0
    for i, token in enumerate(answer.tokens.tolist()):
        reference = Reference(
            float(score.logprobs[i]), tuple(score.top[i].tolist()),
            tuple(score.top_logprobs[i].tolist()),
        )  # fmt: skip
        entry = TraceEntry(
            tuple(answer.top[i].tolist()), tuple(min(0, u) for u in answer.units[i].tolist())
        )
        replays.append(replay(reference, token, i, sampling))
        divergences.append(divergence(reference, entry))
        contradicted += judge(Step(token, entry), i, sampling) is Finding.CONTRADICTED
    return Figures(
        tokens=len(replays),
        missed=sum(not r.same for r in replays),
        margin=sum(r.margin for r in replays) / len(replays),
        outside=sum(r.outside for r in replays),
        opened=len(divergences),
        spread=spread(divergences),
        contradicted=contradicted,
    )
