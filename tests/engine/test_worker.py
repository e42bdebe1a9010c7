"""The real worker process with the real starter model."""

import asyncio
import sys
from contextlib import aclosing, asynccontextmanager

import psutil
import pytest

from closedmesh.engine.messages import Done, Load, Started, Tokens
from closedmesh.engine.supervisor import Memory, Worker
from closedmesh.errors import ContextTooLong, EngineDied, ModelFileRefused
from closedmesh.models.chat import FinishReason, Sampling
from tests.support.parent import COMMAND
from tests.support.processes import kill
from tests.support.requests import raw, said

pytestmark = pytest.mark.model


@asynccontextmanager
async def working(path, context=512, slots=4, low_priority=True):
    load = Load(str(path), context, slots, 1, low_priority)
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
