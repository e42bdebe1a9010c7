"""The first messages of checks, written by a real model as a verifier's copy of it writes them."""

from collections.abc import Sequence

from closedmesh.entry.checking import TRIES, written_tokens
from closedmesh.models.chat import Sampling
from closedmesh.trust import probes
from closedmesh.trust.draws import Draw
from closedmesh.trust.phrases import Phrases
from tests.benchmarks.identity.running import Item, Runner

SYSTEM = (
    "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face"
    "<|im_end|>\n"
)
TURN = SYSTEM + "<|im_start|>user\n"
QUESTION = TURN + "{}<|im_end|>\n<|im_start|>assistant\n"


def messages(runner: Runner, phrases: Phrases, draws: Sequence[Draw]) -> list[str]:
    """One for each draw, by the starter model."""
    plans = [probes.plan(draw, phrases) for draw in draws]
    texts = [""] * len(plans)
    pasting = [i for i, plan in enumerate(plans) if plan.paste]
    briefs = [QUESTION.format(plans[i].paste.messages[0].text) for i in pasting]
    lengths = [plans[i].first.length for i in pasting]
    for i, said in zip(pasting, _written(runner, briefs, lengths, draws, pasting), strict=True):
        texts[i] = probes.pasted(plans[i], said)
    tried: list[list[str]] = [[] for _ in plans]
    for _ in range(TRIES):
        open_ones = [
            i
            for i, plan in enumerate(plans)
            if not texts[i]
            and plan.first.length
            and not (tried[i] and probes.fits(plan.first, tried[i][-1]))
        ]
        begun = [TURN + plans[i].first.words for i in open_ones]
        lengths = [plans[i].first.length for i in open_ones]
        said = _written(runner, begun, lengths, draws, open_ones)
        for i, text in zip(open_ones, said, strict=True):
            tried[i].append(text)
    return [
        text or probes.message(plan.first, written, draw)
        for text, plan, written, draw in zip(texts, plans, tried, draws, strict=True)
    ]


def _written(
    runner: Runner,
    begun: list[str],
    lengths: list[int],
    draws: Sequence[Draw],
    places: list[int],
) -> list[str]:
    items = [
        Item(
            tuple(runner.tokenize(text)),
            Sampling(
                temperature=1.0, top_k=0, top_p=0.95, min_p=0.0, seed=draws[place].below(2**63)
            ),
            written_tokens(length),
        )
        for text, length, place in zip(begun, lengths, places, strict=True)
    ]
    order = sorted(range(len(items)), key=lambda i: items[i].max_tokens)
    answers = dict(zip(order, runner.answer([items[i] for i in order]), strict=True))
    return [runner.text(answers[i].tokens.tolist()) for i in range(len(items))]
