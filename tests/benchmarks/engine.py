"""Our engine against llama.cpp's own server: `python -m tests.benchmarks.engine`.

Same machine, model, llama.cpp, threads, context, places, prompts and lengths. The sides take turns
(A B A B ...), after a warm-up; the table shows medians and their ratio. Figures of a busy machine
mean little, ratios more.

What the table has shown to help: hearing the worker in the round of the event loop in which its
bytes arrive (4.3 rounds for each token became 2.6); sending no more pieces of an answer than a
screen can show; threads that sleep soon while they wait for each other; statuses and samples of
power that wait until the first tokens are out; sequences in a batch in the order of their numbers.

What was tried and did not: JSON chunks with a prepared beginning (2 microseconds of the 150 to 250
that a piece costs the peer), fewer generators on a piece's way (1 microsecond for twelve), and a
coarser quantisation of the same small model as its draft (it computes as long as the model itself,
so that guessing is given up after a few steps).
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
from contextlib import AsyncExitStack
from importlib.metadata import version
from pathlib import Path

import psutil

from closedmesh.engine.messages import Score
from closedmesh.engine.supervisor import SPIN
from closedmesh.models.chat import RawText
from tests.benchmarks import llama_server, ours, step_profile
from tests.benchmarks.identity.copies import Copies
from tests.benchmarks.streams import stream, together

TEXTS = (
    "The history of the city begins with", "Once upon a time a fox", "The main cause of rain is",
    "A good friend of mine once said", "The train left the station and", "In the year 1850 the",
    "My favourite recipe for bread", "The first thing to know about bees",
)  # fmt: skip
ENDS = {"0": -100, "2": -100}
"""The starter model's tokens that end an answer: forbidden, so that all have the same length."""
SAMPLED = {"temperature": 0.8, "top_k": 40, "top_p": 0.95, "min_p": 0.05, "seed": 7}


def words(count, number=0):
    """A prompt of about `count` tokens that no cache knows."""
    return f"List {number}: " + " ".join(
        f"item{(n * 7919 + number) % 997}" for n in range(count // 4)
    )


def median(values):
    return statistics.median(values)


class Table:
    """The rows, for people and for programs."""

    def __init__(self):
        self.rows = []

    def add(self, row, unit, figures, goal=""):
        """One row: a list of measurements for each side."""
        medians = {side: median(values) for side, values in figures.items()}
        base = medians.get("llama-server") or next(iter(medians.values()))
        self.rows.append(
            {"row": row, "unit": unit, "median": medians, "all": figures, "goal": goal,
             "ratio": {side: value / base if base else 0 for side, value in medians.items()}}
        )  # fmt: skip
        shown = "  ".join(
            f"{side} {value:.4g} ({value / base if base else 0:.2f})"
            for side, value in medians.items()
        )
        sys.stdout.write(f"{row:<46} {unit:<9} {shown}  {goal}\n")
        sys.stdout.flush()


async def rounds(sides, count, measure):
    """`measure` for each side in turn; lists of what it gave."""
    for side in sides:
        await measure(side, 0)
    results = {side.name: [] for side in sides}
    for number in range(1, count + 1):
        for side in sides:
            results[side.name].append(await measure(side, number))
    return results


def figures(results, of):
    return {side: [of(value) for value in values] for side, values in results.items()}


async def one_stream(table, sides, chosen):
    async def measure(side, number):
        text, before = TEXTS[number % len(TEXTS)], processor_seconds(side)
        done = await stream(side, text, chosen.tokens, logit_bias=ENDS, **SAMPLED)
        return done, processor_seconds(side) - before

    results = await rounds(sides, 3 * chosen.rounds, measure)
    table.add("1 stream", "tokens/s", figures(results, lambda r: r[0].speed), ">= 0.97")
    first = figures(results, lambda r: r[0].first_token * 1000)
    table.add("1 stream, first token", "ms", first)
    table.add(
        "1 stream, processor time", "ms/token", figures(results, lambda r: spent(r[1], [r[0]]))
    )


async def many_streams(table, sides, chosen, count):
    async def measure(side, number):
        texts, before = [f"{number}. {text}" for text in TEXTS[:count]], processor_seconds(side)
        done, took = await together(side, texts, chosen.tokens, logit_bias=ENDS, **SAMPLED)
        return done, took, processor_seconds(side) - before

    results = await rounds(sides, chosen.rounds, measure)
    total = figures(results, lambda r: sum(s.tokens for s in r[0]) / r[1])
    table.add(f"{count} streams, total", "tokens/s", total, ">= 0.95")
    fair = figures(results, lambda r: min(s.speed for s in r[0]) / max(s.speed for s in r[0]))
    table.add(f"{count} streams, slowest / fastest", "", fair)
    first = figures(results, lambda r: max(s.first_token for s in r[0]) * 1000)
    table.add(f"{count} streams, last first token", "ms", first)
    used = figures(results, lambda r: spent(r[2], r[0]))
    table.add(f"{count} streams, processor time", "ms/token", used)


def processor_seconds(side):
    """What a side has used so far: unlike speed, other programs hardly change it."""
    times = [psutil.Process(pid).cpu_times() for pid in side.pids]
    return sum(time.user + time.system for time in times)


def spent(seconds, streams):
    return seconds * 1000 / sum(stream.tokens for stream in streams)


async def mixed_load(table, sides, chosen):
    async def measure(side, number):
        running = asyncio.gather(
            *(stream(side, f"{number}. {text}", 4 * chosen.tokens, client=f"c{n}",
                     logit_bias=ENDS, **SAMPLED) for n, text in enumerate(TEXTS[:4]))
        )  # fmt: skip
        await asyncio.sleep(0.7)
        late = await stream(side, words(1500, number), 8, client="late", **SAMPLED)
        return await running, late

    results = await rounds(sides, chosen.rounds, measure)
    pause = figures(results, lambda r: max(s.longest_pause for s in r[0]) * 1000)
    table.add("4 streams and a prompt of 1,500: longest pause", "ms", pause)
    late = figures(results, lambda r: r[1].first_token * 1000)
    table.add("  that prompt's first token", "ms", late)


async def follow_up(table, sides, chosen):
    async def measure(side, number):
        text = words(1500, 100 + number)
        cold = await stream(side, text, 1, temperature=0.0)
        again = text + " and then item1 item2 item3"
        warm = await stream(side, again, 1, temperature=0.0)
        return warm.first_token, cold.first_token

    results = await rounds(sides, chosen.rounds, measure)
    table.add(
        "follow-up of 1,500 tokens, first token", "ms", figures(results, lambda r: r[0] * 1000)
    )
    table.add("  warm / cold", "", figures(results, lambda r: r[0] / r[1]), "<= 0.10")


def memory(table, sides):
    used = {
        side.name: [psutil.Process(side.pids[-1]).memory_full_info().pss / 2**20] for side in sides
    }
    table.add("memory of the process", "MiB", used)


ACCOUNT = """class Account:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("not enough money")
        self.balance -= amount
        return self.balance
"""

TO_GUESS = {
    "a text copied": f"{ACCOUNT}\n\n{ACCOUNT}\n\nclass Account:\n",
    "code": f"# Type hints are added, nothing else is changed.\n{ACCOUNT}\n"
    "class Account:\n    def __init__(self, owner: str, balance: float) -> None:\n",
    "prose": "Once upon a time a fox",
}
"""Where guessing from the prompt helps much, somewhat, and not at all."""


async def guessing(table, chosen, who, model, **how):
    """Speculative decoding on and off."""
    sides = []
    async with AsyncExitStack() as stack:
        for name, guesses in (("off", {}), ("on", how)):
            side = await stack.enter_async_context(
                ours.working(model, context=2048, slots=1, threads=chosen.threads,
                             **{"prompt_lookup": False} | guesses)
            )  # fmt: skip
            side.name = name
            sides.append(side)
        for kind, text in TO_GUESS.items():

            async def measure(side, _number, text=text):
                done = await stream(side, text, 3 * chosen.tokens, temperature=0.0, seed=1,
                                    logit_bias=ENDS)  # fmt: skip
                return done.speed, side.guessed / done.tokens

            results = await rounds(sides, chosen.rounds, measure)
            table.add(f"{who}, {kind}", "tokens/s", figures(results, lambda r: r[0]))
            table.add("  share of tokens guessed", "", figures(results, lambda r: r[1]))


async def extras(table, model, chosen):
    """Traces and scoring on and off, for one running stream."""
    async with ours.working(model, context=2048, slots=4, threads=chosen.threads) as plain:
        traced = ours.Direct(plain.worker)
        traced.name, traced.options = "traces", {"trace": True}
        plain.name = "plain"

        async def measure(side, number):
            text = TEXTS[number % len(TEXTS)]
            return await stream(side, text, chosen.tokens, logit_bias=ENDS, **SAMPLED)

        results = await rounds([plain, traced], 2 * chosen.rounds, measure)
        table.add("traces", "tokens/s", figures(results, lambda s: s.speed), ">= 0.97 at 50/s")
        scored = ours.Direct(plain.worker)
        scored.name = "scoring"

        async def beside(side, number):
            scoring = asyncio.ensure_future(_score(side.worker)) if side is scored else None
            text, client = TEXTS[number % len(TEXTS)], f"s{number}"
            done = await stream(
                side, text, chosen.tokens, client=client, logit_bias=ENDS, **SAMPLED
            )
            if scoring:
                await scoring
            return done

        results = await rounds([plain, scored], chosen.rounds, beside)
        table.add("a text being scored beside it", "tokens/s", figures(results, lambda s: s.speed))


async def _score(worker):
    text = words(400, 3)
    await worker.score(Score(1, "scorer", RawText(text), tuple(range(100, 148)), "2026-11-25", 20))


async def main(chosen):
    model = chosen.model
    table = Table()
    repack = not _has_amx()
    shape = {"context": 2048, "slots": 8, "threads": chosen.threads}
    async with AsyncExitStack() as stack:
        open_side = stack.enter_async_context
        sides = [
            await open_side(llama_server.serving(model, repack=repack, **shape)),
            await open_side(ours.working(model, prompt_lookup=chosen.lookup, **shape)),
        ]
        if chosen.api:
            sides.append(await open_side(ours.serving(**shape)))
        await one_stream(table, sides, chosen)
        for count in (4, 8):
            await many_streams(table, sides, chosen, count)
        await mixed_load(table, sides, chosen)
        await follow_up(table, sides, chosen)
        memory(table, sides)
    await guessing(table, chosen, "guesses from the prompt", model, prompt_lookup=True)
    small, large = (str(_copies(model).get("smollm2", kind)) for kind in ("Q2_K", "Q8_0"))
    await guessing(table, chosen, "a Q2_K guesses for a Q8_0", large, draft=small)
    await extras(table, model, chosen)
    facts = {
        "machine": platform.processor() or platform.machine(), "cpus": os.cpu_count(),
        "llama_cpp_python": version("llama-cpp-python"), "load": os.getloadavg(),
        "repack": repack, **shape, "rows": table.rows, "step": _step_profile(chosen),
    }  # fmt: skip
    chosen.json.write_text(json.dumps(facts, indent=1))
    sys.stdout.write(f"written to {chosen.json}\n")


def _copies(starter):
    return Copies(llama_server.CACHE / "identity", starter)


def _step_profile(chosen):
    """Where the time of a step goes: a process of its own, whose threads wait as a worker's do."""
    words = ("--model", chosen.model, "--threads", chosen.threads)
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.step_profile", "--json", *map(str, words)],
        check=True, stdout=subprocess.PIPE, env={"GOMP_SPINCOUNT": SPIN} | os.environ,
    )  # fmt: skip
    profiles = json.loads(done.stdout)
    for line in step_profile.show(profiles):
        sys.stdout.write(f"{line}\n")
    return profiles


def _has_amx():
    """Where our engine leaves llama.cpp's extra buffers out, its server has to as well."""
    facts = Path("/proc/cpuinfo")
    return facts.exists() and "amx_int8" in facts.read_text()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path(sys.prefix) / "share/closedmesh/models/SmolLM2-135M-Instruct.Q4_1.gguf"
    parser.add_argument("--model", type=Path, default=default)
    parser.add_argument("--threads", type=int, default=max(1, os.cpu_count() or 1))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--json", type=Path, default=Path("engine-benchmark.json"))
    parser.add_argument("--api", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--lookup", action=argparse.BooleanOptionalAction, default=False,
                        help="guess from the prompt in the comparison too")  # fmt: skip
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
