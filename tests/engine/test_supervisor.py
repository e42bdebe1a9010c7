import asyncio
import os
import signal
import sys
from contextlib import aclosing, asynccontextmanager

import pytest

from closedmesh.engine.messages import Done, Load, Started, Tokens
from closedmesh.engine.supervisor import LAST_WORDS, MAX_LINE, Memory, Worker, explain_death
from closedmesh.errors import ClosedMeshError, EngineDied, ModelFileRefused
from tests.support.processes import kill, lives, until
from tests.support.requests import raw
from tests.support.scripted_worker import COMMAND

MEMORY = Memory(needed=9_800_000_000, free=7_200_000_000)


@asynccontextmanager
async def working(path="/models/some.gguf", command=COMMAND, load=None):
    """A worker for the length of a block; its process is gone afterwards."""
    worker = Worker(command, load or Load(path, 1024, 4, 1, False), "Some Model", MEMORY)
    async with asyncio.TaskGroup() as group:
        life = group.create_task(worker.run())
        try:
            yield worker
        finally:
            life.cancel()
    assert worker.end is not None
    assert not lives(worker.pid)


async def answer(worker, text, **more):
    async with aclosing(worker.generate(raw(text, **more))) as messages:
        return [message async for message in messages]


async def test_a_request_is_answered():
    async with working() as worker:
        loaded = await worker.loaded()
        assert (loaded.context, loaded.slots) == (1024, 4)
        started, *tokens, done = await answer(worker, "echo one two")
        assert isinstance(started, Started)
        assert [message.text for message in tokens] == ["one ", "two "]
        assert isinstance(done, Done)


async def test_many_requests_are_kept_apart():
    async with working() as worker:
        texts = [f"echo {i} of {i}" for i in range(20)]
        answers = await asyncio.gather(*(answer(worker, text) for text in texts))
        for i, messages in enumerate(answers):
            said = "".join(m.text for m in messages if isinstance(m, Tokens))
            assert said == f"{i} of {i} "


async def test_busy_and_queued_say_what_is_true():
    async with working() as worker:
        messages = worker.generate(raw("wait"))
        await anext(messages)
        assert (worker.busy, worker.queued) == (1, 0)
        await messages.aclose()
        assert (worker.busy, worker.queued) == (0, 0)


async def test_closing_an_answer_tells_the_worker():
    async with working() as worker:
        messages = worker.generate(raw("wait"))
        await anext(messages)
        await messages.aclose()
        await until(lambda: "cancelled 1" in worker._last_words, "the worker hears of it")


async def test_a_refused_file_raises_what_the_worker_says():
    async with working("/models/x.refused.gguf") as worker:
        with pytest.raises(ModelFileRefused, match="no model"):
            await worker.loaded()
        with pytest.raises(ModelFileRefused):
            await answer(worker, "echo x")


async def test_a_death_is_explained_with_the_last_words():
    async with working() as worker:
        with pytest.raises(EngineDied) as caught:
            await answer(worker, "die")
        assert "Some Model ended with code 3" in caught.value.title
        assert "a scripted end" in caught.value.advice
        assert not worker.alive


async def test_a_killed_worker_names_the_signal_and_the_memory():
    async with working() as worker:
        messages = worker.generate(raw("wait"))
        await anext(messages)
        kill(worker.pid)
        with pytest.raises(EngineDied) as caught:
            await anext(messages)
        assert "killed by signal 9 (SIGKILL)" in caught.value.title
        assert "it needed about 9.8 GB, 7.2 GB were free" in caught.value.advice


async def test_all_open_answers_hear_of_a_death():
    async with working() as worker:
        waiting = [worker.generate(raw("wait")) for _ in range(3)]
        for messages in waiting:
            await anext(messages)
        kill(worker.pid)
        for messages in waiting:
            with pytest.raises(EngineDied):
                await anext(messages)


async def test_a_worker_that_is_taken_out_of_memory_says_so():
    async with working() as worker:
        messages = worker.generate(raw("wait"))
        await anext(messages)
    with pytest.raises(ClosedMeshError, match="taken out of memory"):
        await anext(messages)


async def test_a_worker_that_never_loads_can_be_ended():
    async with working("/models/x.silent.gguf") as worker:
        await until(lambda: worker.pid, "it starts")
        assert not worker.alive


async def test_a_worker_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr("closedmesh.engine.supervisor.GRACE", 0.2)
    deaf = (sys.executable, "-c", "import time; time.sleep(600)")
    async with working(command=deaf) as worker:
        await until(lambda: worker.pid, "it starts")


async def test_a_worker_that_talks_nonsense_is_ended():
    async with working() as worker:
        with pytest.raises(EngineDied):
            await answer(worker, "nonsense")


async def test_last_words_are_bounded():
    flood = "import sys\nfor i in range(5000): sys.stderr.write('x' * 5000 + '\\n')"
    async with working(command=(sys.executable, "-c", flood)) as worker:
        with pytest.raises(EngineDied):
            await worker.loaded()
        assert len(worker._last_words) <= LAST_WORDS
        assert max(map(len, worker._last_words)) <= MAX_LINE


async def test_a_command_that_does_not_exist_is_an_error_and_not_a_hang():
    worker = Worker(("/nowhere/at-all",), Load("/m.gguf", 1, 1, 1, False), "M", MEMORY)
    with pytest.raises(FileNotFoundError):
        await worker.run()
    with pytest.raises(EngineDied, match="could not be started"):
        await worker.loaded()


@pytest.mark.parametrize("name", ["CLOSEDMESH_API_KEY", "CLOSEDMESH_INVITE"])
async def test_a_worker_sees_neither_key_nor_invite(monkeypatch, name):
    monkeypatch.setenv(name, "cm-secret")
    show = "import os, sys; sys.stderr.write(str(sorted(os.environ)))"
    async with working(command=(sys.executable, "-c", show)) as worker:
        with pytest.raises(EngineDied):
            await worker.loaded()
        assert worker._last_words
        assert name not in "".join(worker._last_words)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "ended with code 0"),
        (1, "ended with code 1"),
        (-signal.SIGSEGV, "was killed by signal 11 (SIGSEGV)"),
        (-63, "was killed by signal 63 (?)"),
        (None, "could not be started"),
    ],
)
def test_every_kind_of_end_has_words(code, words):
    assert words in explain_death("M", code, MEMORY, ()).title


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
async def test_a_worker_ends_when_its_parent_is_killed(starter_model):
    """Also while it reads a model: the kernel sees to it on Linux, the closed pipe elsewhere."""
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.parent", str(starter_model),
        stdout=asyncio.subprocess.PIPE, env=os.environ,
    )  # fmt: skip
    assert parent.stdout
    worker = int(await parent.stdout.readline())
    assert lives(worker)
    parent.kill()
    await parent.wait()
    await until(lambda: not lives(worker), "nothing is left", seconds=5)
