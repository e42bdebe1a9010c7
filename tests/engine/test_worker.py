"""The real worker process with the real starter model."""

import asyncio
import json
import sys
from contextlib import aclosing, asynccontextmanager

import numpy as np
import psutil
import pytest

from closedmesh.engine.messages import (
    Detokenize,
    Done,
    Embed,
    Load,
    PlainText,
    Score,
    Started,
    Tokenize,
    Tokens,
)
from closedmesh.engine.supervisor import Memory, Worker
from closedmesh.errors import BadRequest, ContextTooLong, EngineDied, ModelFileRefused
from closedmesh.models.chat import FinishReason, Grammar, JsonSchema, RawText, Sampling
from tests.support.gguf import with_facts
from tests.support.parent import COMMAND
from tests.support.processes import kill
from tests.support.requests import raw, said

pytestmark = pytest.mark.model

DATE = "2026-11-24"


@asynccontextmanager
async def working(path, context=512, slots=4, low_priority=True, **more):
    load = Load(str(path), context, slots, 1, low_priority, **more)
    worker = Worker(COMMAND, load, "Model", Memory(0, 0))
    async with asyncio.TaskGroup() as group:
        life = group.create_task(worker.run())
        try:
            yield worker
        finally:
            life.cancel()


@pytest.fixture
async def worker(starter_model):
    async with working(starter_model) as worker:
        await worker.loaded()
        yield worker


async def answer(worker, request):
    async with aclosing(worker.generate(request)) as messages:
        return [message async for message in messages]


async def text(worker, request):
    messages = await answer(worker, request)
    return "".join(m.text for m in messages if isinstance(m, Tokens))


async def test_a_question_is_answered(worker):
    messages = await answer(worker, said("Which animal says meow? Answer with one word."))
    started, *_, done = messages
    assert started.prompt_tokens > 10, "the template is around the question"
    assert done.finish is FinishReason.STOP
    shown = "".join(m.text for m in messages if isinstance(m, Tokens))
    assert "cat" in shown
    assert "<|im_end|>" not in shown


async def test_a_text_is_continued(worker):
    assert (await text(worker, raw("The capital of France is", max_tokens=1))) == " Paris"


async def test_the_same_seed_gives_the_same_answer_and_another_one_another(worker):
    def asked(seed):
        sampling = Sampling(temperature=1.5, seed=seed)
        return text(worker, said("Invent a name for a cat.", sampling=sampling, client=str(seed)))

    first, other = await asked(7), await asked(8)
    assert first != other
    assert await asked(7) == first


async def test_answers_given_together_are_those_given_alone(worker):
    questions = [f"Tell me about {thing}." for thing in ("tigers", "rain", "bread", "Mars")]
    alone = [await text(worker, said(q, client=f"alone {q}")) for q in questions]
    together = await asyncio.gather(*(text(worker, said(q, client=q)) for q in questions))
    same = sum(a == b for a, b in zip(alone, together, strict=True))
    # a batch sums floats in another order, so that a tie may fall the other way
    assert same >= 3
    assert len(set(together)) == 4


async def test_a_follow_up_uses_what_is_in_memory(worker):
    (first, *_), follow_up = await answer(worker, raw("One two three four")), "One two three four"
    (second, *_) = await answer(worker, raw(follow_up + " five six"))
    assert isinstance(first, Started)
    assert isinstance(second, Started)
    assert second.cached_tokens >= first.prompt_tokens - 1


async def test_stop_and_length_end_an_answer(worker):
    stopped = await answer(worker, raw("1, 2, 3, 4,", stop=("7",), max_tokens=40))
    assert stopped[-1].finish is FinishReason.STOP
    assert "7" not in "".join(m.text for m in stopped if isinstance(m, Tokens))
    cut = await answer(worker, raw("1, 2, 3, 4,", max_tokens=3))
    assert isinstance(cut[-1], Done)
    assert (cut[-1].finish, cut[-1].completion_tokens) == (FinishReason.LENGTH, 3)


async def test_log_probabilities_are_those_of_the_chosen_tokens(worker):
    messages = await answer(worker, raw("The capital of France is", max_tokens=4, top_logprobs=5))
    details = [d for m in messages if isinstance(m, Tokens) for d in m.logprobs]
    assert len(details) == 4
    for detail in details:
        assert detail.chosen == detail.top[0], "temperature 0 takes the best"
        assert detail.chosen.logprob <= 0
        assert [a.logprob for a in detail.top] == sorted(
            (a.logprob for a in detail.top), reverse=True
        )


async def test_too_long_a_prompt_is_refused_and_the_next_is_answered(worker):
    with pytest.raises(ContextTooLong, match="the context holds 512"):
        await answer(worker, raw("word " * 600))
    assert await text(worker, raw("The capital of France is", max_tokens=1)) == " Paris"


async def test_cancelling_frees_the_place(worker):
    for _ in range(8):  # twice as many as there are places
        messages = worker.generate(raw("Once upon a time", max_tokens=400))
        await anext(messages)
        await messages.aclose()
    assert await text(worker, raw("The capital of France is", max_tokens=1)) == " Paris"


async def test_a_worker_killed_while_it_answers_says_so(worker):
    messages = worker.generate(raw("Once upon a time", max_tokens=400))
    await anext(messages)
    await anext(messages)
    kill(worker.pid)
    with pytest.raises(EngineDied, match="signal 9"):
        async for _ in messages:
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="priorities have other names there")
async def test_a_worker_lets_other_programs_go_first(worker):
    assert psutil.Process(worker.pid).nice() >= 10


async def test_a_file_that_is_no_model_is_refused(tmp_path):
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"GGUF" + bytes(100))
    async with working(bad) as worker:
        with pytest.raises(ModelFileRefused):
            await worker.loaded()


SCHEMA = """{"type": "object", "properties": {"animal": {"enum": ["cat", "dog"]},
"legs": {"type": "integer"}}, "required": ["animal", "legs"]}"""


async def test_an_answer_keeps_to_a_json_schema(worker):
    for seed in range(3):
        request = said(
            "Describe a cat.",
            form=JsonSchema(SCHEMA),
            sampling=Sampling(temperature=1.5, seed=seed),
            max_tokens=60,
        )
        described = json.loads(await text(worker, request))
        assert described["animal"] in ("cat", "dog")
        assert isinstance(described["legs"], int)


async def test_an_answer_is_free_until_its_grammar_begins(worker):
    form = Grammar('root ::= " 7" "7"', after="4, 5")
    continued = await text(worker, raw("1, 2, 3, 4, 5, 1, 2, 3,", form=form, max_tokens=30))
    assert continued.endswith("4, 5 77")


async def test_a_token_can_be_forbidden(worker):
    prompt = "The capital of France is"
    (paris,) = (await worker.tokenize(Tokenize(1, PlainText(" Paris"), DATE))).tokens
    forbidden = Sampling(temperature=0.0, seed=1, logit_bias={paris: -100.0})
    assert await text(worker, raw(prompt, max_tokens=1, sampling=forbidden)) != " Paris"


async def test_tokens_are_the_text_they_stand_for(worker):
    words = "Ünïcode 🙂 <|im_end|>"
    plain = await worker.tokenize(Tokenize(1, PlainText(words), DATE))
    assert (await worker.detokenize(Detokenize(1, plain.tokens))).text == words
    prompt = said("Hi").prompt
    counted = await worker.tokenize(Tokenize(1, prompt, DATE))
    started, *_ = await answer(worker, said("Hi", client="count"))
    assert started.prompt_tokens == len(counted.tokens)
    with pytest.raises(BadRequest, match="has no token"):
        await worker.detokenize(Detokenize(1, (10**6,)))


async def test_a_continuation_is_scored(worker):
    good, bad = [
        (await worker.tokenize(Tokenize(1, PlainText(words), DATE))).tokens
        for words in (" Paris.", " banana.")
    ]
    prompt = RawText("The capital of France is")
    likely, unlikely = [
        (await worker.score(Score(1, "a", prompt, tokens, DATE, 5))).scores
        for tokens in (good, bad)
    ]
    assert likely[0].top[0] == good[0]
    assert likely[0].logprob == likely[0].top_logprobs[0] > unlikely[0].logprob
    assert len(likely) == len(good)


async def test_a_model_for_chats_makes_no_vectors(worker):
    with pytest.raises(BadRequest, match="makes no vectors"):
        await worker.embed(Embed(1, "a", ("x",)))


async def test_conversations_outlive_the_worker(starter_model, tmp_path):
    file = tmp_path / "model.cache"
    more = {"cache_bytes": 10**8, "cache_file": str(file), "model_sha256": "ab" * 32}
    question = "One two three four. " * 30
    async with working(starter_model, **more) as worker:
        await answer(worker, raw(question, max_tokens=1))
        saved = await worker.save_cache()
    assert (saved.conversations, saved.size_bytes) == (1, file.stat().st_size)
    async with working(starter_model, **more) as worker:
        (again, *_) = await answer(worker, raw(question, max_tokens=1))
        (other, *_) = await answer(worker, raw(question, max_tokens=1, client="b"))
    assert again.cached_tokens == again.prompt_tokens - 1
    assert other.cached_tokens == 0


async def test_a_model_made_for_it_makes_vectors(starter_model, tmp_path):
    path = tmp_path / "embedding.gguf"
    path.write_bytes(with_facts(starter_model.read_bytes(), {"llama.pooling_type": 1}))
    async with working(path) as worker:
        assert (await worker.loaded()).embedding_size == 576
        texts = ("A cat sleeps.", "A kitten naps.", "Stock markets fell sharply.", "A cat sleeps.")
        made = await worker.embed(Embed(1, "a", texts * 3))
        with pytest.raises(BadRequest, match="writes no answers"):
            await answer(worker, raw("x"))
        with pytest.raises(ContextTooLong):
            await worker.embed(Embed(1, "a", ("word " * 600,)))
    vectors = np.array(made.vectors)
    assert vectors.shape == (12, 576)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    near = vectors @ vectors[0]
    assert near[3] == pytest.approx(1, abs=1e-2)
    assert near[1] > near[2]
    assert made.tokens > 30
