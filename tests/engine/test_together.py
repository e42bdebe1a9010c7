"""Many requests at once, with the real model.

The rule for equal answers: with the same seed, an answer given beside others is the answer given
alone, token by token, until the first step at which the choice was a near-tie. A batch sums its
floats in another order than a single sequence does, which moves each log-probability by a little;
a different token is allowed only where, in what was computed alone, its keyed value (logit divided
by temperature, plus its noise) lies within `TIE` of the winner's, or where it stood at the very
edge of the nucleus. After such a step the two answers are different texts and are compared no more.
"""

import random
from collections import Counter

import numpy as np
import psutil
import pytest
from msgspec import structs

from closedmesh.engine.cache import Cache
from closedmesh.engine.drafting import Draft, Guessers
from closedmesh.engine.llama.loading import load
from closedmesh.engine.messages import Done, Failed, Load, Priority, Score, Scored, Started, Tokens
from closedmesh.engine.pace import Pace
from closedmesh.engine.prompts import Prompter
from closedmesh.engine.scheduler import Scheduler
from closedmesh.models import sampling
from closedmesh.models.chat import RawText, Sampling
from tests.support.requests import raw

pytestmark = pytest.mark.model

TIE = 0.5
"""Largest move of a keyed value by another order of summing, in nats; 0.1 is usual."""

CHOSEN = Sampling(temperature=0.8, seed=11)
TEXTS = ("Tigers are", "When it rains", "Bread is made", "Mars is a", "def add(a, b):", "1, 2, 3,")


@pytest.fixture(scope="module")
def models(starter_model):
    wanted = Load(str(starter_model), 512, 4, 1, low_priority=False, draft=str(starter_model))
    with load(wanted) as loaded:
        yield loaded


class Bench:
    """A scheduler on the real model, and what it said."""

    def __init__(self, models, *, lookup=False, draft=None, cache_bytes=0):
        model = models.model
        for sequence in range(model.slots):
            model.forget(sequence)
        self.model, self.said, self.next = model, [], 1
        self.cache = Cache(model, cache_bytes)
        self.prompter = Prompter(model, model.context)
        guessers = Guessers(Pace(), draft, lookup=lookup)
        self.scheduler = Scheduler(model, self.prompter, self.cache, self.said.append, guessers)

    def ask(self, text, **more):
        facts = {"sampling": CHOSEN, "max_tokens": 24, "client": f"c{self.next}"} | more
        request = structs.replace(raw(text, priority=Priority.USER, **facts), id=self.next)
        self.next += 1
        self.scheduler.add(request)
        return request.id

    def run(self):
        while not self.scheduler.idle:
            self.scheduler.step()

    def tokens(self, number):
        messages = [m for m in self.said if isinstance(m, Tokens) and m.id == number]
        return [token for message in messages for token in message.ids]

    def alone(self, text, **more):
        number = self.ask(text, **more)
        self.run()
        return self.tokens(number)


def keyed(bench, text, begun, chosen):
    """Values that decide the next token when nothing else is in the batch, by token."""
    tokens = [*bench.prompter.tokens(RawText(text), ""), *begun]
    bench.model.forget(0)
    count = len(tokens)
    row = bench.model.decode(tokens, range(count), [0] * count, [0] * (count - 1) + [1])[0].copy()
    bench.model.forget(0)
    ranked = sampling.best(row, 2 * chosen.top_k)
    if chosen.temperature == 0.0:
        return dict(zip(ranked.tolist(), row[ranked].tolist(), strict=True)), set(ranked.tolist())
    noise = sampling.gumbel(chosen.seed, len(begun), ranked)
    values = row[ranked].astype(np.float64) / chosen.temperature + noise
    inside, _ = sampling.nucleus(ranked, row[ranked].astype(np.float64), chosen)
    return dict(zip(ranked.tolist(), values, strict=True)), set(inside.tolist())


def check_equal_but_for_ties(models, text, alone, together, chosen=CHOSEN):
    same = next((n for n, (a, b) in enumerate(zip(alone, together, strict=False)) if a != b), None)
    if same is None:
        assert len(alone) == len(together)
        return
    values, inside = keyed(Bench(models), text, alone[:same], chosen)
    a, b = alone[same], together[same]
    assert abs(values[a] - values[b]) < TIE or not {a, b} <= inside


def test_answers_given_together_are_those_given_alone(models):
    alone = [Bench(models).alone(text) for text in TEXTS]
    bench = Bench(models)
    numbers = []
    for text in TEXTS:
        numbers.append(bench.ask(text))
        bench.scheduler.step()
    bench.run()
    for text, expected, number in zip(TEXTS, alone, numbers, strict=True):
        check_equal_but_for_ties(models, text, expected, bench.tokens(number))


@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_guesses_by_a_draft_change_nothing(models, temperature):
    chosen = Sampling(temperature=temperature, seed=11)
    for text in TEXTS[:3]:
        plain = Bench(models).alone(text, sampling=chosen)
        bench = Bench(models, draft=Draft(models.draft))
        guessed = bench.alone(text, sampling=chosen)
        check_equal_but_for_ties(models, text, plain, guessed, chosen)


def test_a_text_is_scored_as_it_was_traced(models):
    bench = Bench(models)
    number = bench.ask(TEXTS[0], trace=True)
    bench.run()
    tokens = bench.tokens(number)
    entries = [e for m in bench.said if isinstance(m, Tokens) for e in m.trace]
    bench.scheduler.add(Score(99, "other", RawText(TEXTS[0]), tuple(tokens), "2026-11-24", 8))
    bench.run()
    (scored,) = [m for m in bench.said if isinstance(m, Scored)]
    assert len(scored.scores) == len(tokens) == len(entries)
    for score, entry in zip(scored.scores, entries, strict=True):
        assert score.top[0] == entry.ids[0] or abs(entry.logprobs[0] - entry.logprobs[1]) < 32
        assert abs(score.top_logprobs[0] * 64 - entry.logprobs[0]) < 32


def test_an_answer_goes_on_elsewhere(models):
    whole = Bench(models).alone(TEXTS[3])
    rest = Bench(models).alone(TEXTS[3], begun=tuple(whole[:10]))
    assert 0 < len(rest) <= len(whole) - 10
    check_equal_but_for_ties(models, TEXTS[3], whole, whole[:10] + rest)


def test_two_hundred_that_come_and_go_leave_nothing(models):
    chance = random.Random(5)
    bench = Bench(models, lookup=True, cache_bytes=20_000_000)
    memory = []
    for number in range(200):
        text = chance.choice(TEXTS) * (25 if chance.random() < 0.07 else 1)
        bench.ask(text, max_tokens=chance.randint(1, 4), client=f"c{chance.randint(1, 6)}")
        for _ in range(chance.randint(0, 2)):
            if not bench.scheduler.idle:
                bench.scheduler.step()
        if chance.random() < 0.5:
            bench.scheduler.cancel(chance.randint(max(1, number - 8), number + 1))
        if number % 50 == 49:
            memory.append(psutil.Process().memory_info().rss)
    bench.run()
    ends = Counter(m.id for m in bench.said if isinstance(m, Done | Failed))
    starts = Counter(m.id for m in bench.said if isinstance(m, Started))
    assert max(ends.values()) == max(starts.values()) == 1
    assert set(ends) <= set(starts)
    assert not any(place.taken for place in bench.cache.places)
    assert bench.scheduler._jobs == []
    assert sum(len(kept.state) for kept in bench.cache._kept) <= 20_000_000
    assert memory[-1] - memory[0] < 60_000_000
    # every place still answers rightly: what it believes to hold is what it holds
    alone = Bench(models).alone(TEXTS[0], sampling=Sampling(temperature=0.0))
    numbers = [bench.ask(TEXTS[0], sampling=Sampling(temperature=0.0)) for _ in range(4)]
    bench.run()
    assert [bench.tokens(number)[:3] for number in numbers] == [alone[:3]] * 4
