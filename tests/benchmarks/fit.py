"""What models were said to need against what they hold: `python -m tests.benchmarks.fit STARTER`.

The starter model and larger quantisations of it, each in a worker of its own, at every context and
kind of cache; the figure is the worker's resident memory after it has read a prompt and answered.
32k are four conversations of 8k, since the model was trained for no longer ones.
"""

import argparse
import asyncio
import sys
from contextlib import aclosing
from itertools import product
from pathlib import Path

from closedmesh.host.hardware import resident
from closedmesh.models.fit import CacheType, Choice, Plan, needed
from closedmesh.models.gguf import read_header
from tests.benchmarks.identity.copies import Copies
from tests.benchmarks.ours import working

FOLDER = Path.home() / ".cache" / "closedmesh-benchmarks" / "identity"
LARGER = ("Q5_1", "Q6_K", "Q8_0", "F16")
CONTEXTS = ((512, 1), (2048, 1), (8192, 1), (8192, 4))
"""Tokens of one conversation, and conversations."""
CACHES = (CacheType.F16, CacheType.Q8_0, CacheType.Q4_0)
BOUND = 0.05
WORDS = 600
"""Of the prompt where the context allows: more than one step of the engine."""


async def measure(model, plan, threads):
    """Bytes that a worker holds after one answer."""
    async with working(
        model, context=plan.context, slots=plan.slots, threads=threads, keys=plan.cache,
        values=plan.cache, flash_attention=plan.flash_attention,
    ) as side:  # fmt: skip
        prompt = "fox " * min(WORDS, plan.context // 2)
        async with aclosing(side.tokens(prompt, 8, seed=7)) as counts:
            async for _ in counts:
                pass
        return resident(side.worker.pid)


async def compare(models, threads):
    """The relative errors of all predictions, each said as it is known."""
    errors = []
    for model, (context, slots), cache in product(models, CONTEXTS, CACHES):
        with model.open("rb") as file:
            size = model.stat().st_size
            header = read_header(file, size)
        plan = Plan(context, slots, cache, Choice.AUTO, 0)
        said, held = needed(header, size, plan), await measure(model, plan, threads)
        errors.append(said / held - 1)
        sys.stdout.write(
            f"{header.quantisation:<7} {slots} x {context:>5} {cache:<5}"
            f" said {said / 1e6:7.1f} MB, held {held / 1e6:7.1f} MB, {errors[-1]:+.1%}\n"
        )
        sys.stdout.flush()
    return errors


def main():
    options = argparse.ArgumentParser(description="Predictions of memory against workers.")
    options.add_argument("starter", type=Path)
    options.add_argument("--threads", type=int, default=1)
    chosen = options.parse_args()
    copies = Copies(FOLDER, chosen.starter)
    models = [chosen.starter, *(copies.get("smollm2", kind) for kind in LARGER)]
    errors = asyncio.run(compare(models, chosen.threads))
    wrong = sum(abs(error) > BOUND for error in errors)
    worst = max(errors, key=abs)
    sys.stdout.write(
        f"{len(errors)} predictions, the worst {worst:+.1%}, {wrong} of them beyond {BOUND:.0%}\n"
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
