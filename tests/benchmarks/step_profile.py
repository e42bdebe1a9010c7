"""Where the time of one decoding step goes: `python -m tests.benchmarks.step_profile`.

The worker's own loop runs here, in this process, and what it sends goes through a pipe to another
one. Every part is timed without the parts that it calls; the figures are medians over all steps.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter

from llama_cpp import llama_cpp
from msgspec import structs

from closedmesh.engine.cache import Cache
from closedmesh.engine.choosing import Chooser
from closedmesh.engine.drafting import Guessers
from closedmesh.engine.jobs import Answer
from closedmesh.engine.llama.loading import load
from closedmesh.engine.llama.model import Llama
from closedmesh.engine.messages import Generate, Load, Priority
from closedmesh.engine.pace import Pace
from closedmesh.engine.pipe import frame
from closedmesh.engine.prompts import Prompter
from closedmesh.engine.scheduler import Scheduler
from closedmesh.engine.text import TextStream
from closedmesh.models import sampling
from closedmesh.models.chat import Overflow, RawText, Sampling

OWN = "the scheduler itself"
COMPUTING = "llama.cpp computes"
PARTS = (
    (llama_cpp, "llama_decode", COMPUTING),
    (Llama, "decode", "batch in, logits out"),
    (sampling, "shaped", "bias and penalties"),
    (sampling, "best", "most likely tokens"),
    (sampling, "gumbel", "keyed noise"),
    (Chooser, "choose", "the rest of choosing"),
    (TextStream, "push", "text from bytes"),
    (Answer, "show", "making a message"),
)
SAMPLED = Sampling(temperature=0.8, top_k=40, top_p=0.95, min_p=0.05, seed=7, logit_bias={0: -100})
"""Answers do not end before their length."""

DRAIN = "import sys\nwhile sys.stdin.buffer.read1(65536): pass"


class Stopwatch:
    """Seconds of each part, without those of the parts inside it."""

    def __init__(self):
        self.spent = defaultdict(float)
        self._running = []

    def timed(self, part, call):
        """`call`, timed as `part`."""

        def run(*words, **more):
            began = perf_counter()
            self._running.append(0.0)
            try:
                return call(*words, **more)
            finally:
                took = perf_counter() - began
                self.spent[part] += took - self._running.pop()
                if self._running:
                    self._running[-1] += took

        return run


@contextmanager
def patched(watch):
    """Every part of a step timed, for the length of a block."""
    with ExitStack() as stack:
        for owner, name, part in PARTS:
            usual = getattr(owner, name)
            setattr(owner, name, watch.timed(part, usual))
            stack.callback(setattr, owner, name, usual)
        yield


@contextmanager
def pipe():
    """What the scheduler sends with: to another process, as it is in the program."""
    with subprocess.Popen([sys.executable, "-c", DRAIN], stdin=subprocess.PIPE) as reader:
        yield lambda message: os.write(reader.stdin.fileno(), frame(message))
        reader.stdin.close()


def steps(models, streams, count):
    """What each step took, part by part, while so many answers are written."""
    model = models.model
    watch = Stopwatch()
    cache = Cache(model, 0)
    cache.clear()
    with patched(watch), pipe() as send:
        scheduler = Scheduler(
            model, Prompter(model, model.context), cache,
            watch.timed("writing to the pipe", send), Guessers(Pace(), None, lookup=False),
        )  # fmt: skip
        step = watch.timed(OWN, scheduler.step)
        for number in range(streams):
            asked = Generate(
                number, f"c{number}", Priority.USER, RawText(f"Item {number} of the list is"),
                structs.replace(SAMPLED, seed=number), count + 20, (), None, Overflow.REFUSE,
                "2026-11-25",
            )  # fmt: skip
            scheduler.add(asked)
        taken = []
        while not scheduler.idle:
            watch.spent.clear()
            step()
            taken.append(dict(watch.spent))
    # the first ones read the prompts, the last ones may have fewer answers
    return taken[10 : 10 + count]


def summary(taken):
    """Median seconds of each part of a step."""
    parts = [*(part for _, _, part in PARTS), "writing to the pipe", OWN]
    return {part: statistics.median(one.get(part, 0.0) for one in taken) for part in parts}


def profile(path, *, threads, counts=(1, 4, 8), tokens=100):
    """`{streams: {part: seconds}}` for a model file."""
    wanted = Load(str(path), 512, max(counts), threads, low_priority=False)
    with load(wanted) as models:
        return {count: summary(steps(models, count, tokens)) for count in counts}


def show(profiles):
    """The table's lines."""
    counts = list(profiles)
    yield "one step, microseconds; streams".ljust(34) + "".join(f"{n:>17}" for n in counts)
    for part in profiles[counts[0]]:
        shares = [profiles[n][part] for n in counts]
        yield part.ljust(34) + "".join(f"{seconds * 1e6:>17.0f}" for seconds in shares)
    totals = [sum(profiles[n].values()) for n in counts]
    yield "together".ljust(34) + "".join(f"{total * 1e6:>17.0f}" for total in totals)
    ours = [1 - profiles[n][COMPUTING] / total for n, total in zip(counts, totals, strict=True)]
    yield "share that is not llama.cpp's".ljust(34) + "".join(f"{share:>17.1%}" for share in ours)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = Path(sys.prefix) / "share/closedmesh/models/SmolLM2-135M-Instruct.Q4_1.gguf"
    parser.add_argument("--model", type=Path, default=default)
    parser.add_argument("--threads", type=int, default=max(1, os.cpu_count() or 1))
    parser.add_argument("--json", action="store_true", help="seconds of each part, for programs")
    chosen = parser.parse_args()
    profiles = profile(chosen.model, threads=chosen.threads)
    if chosen.json:
        sys.stdout.write(json.dumps(profiles))
        return
    for line in show(profiles):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
