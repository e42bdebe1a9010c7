"""Model files of somebody who means harm: `python -m tests.benchmarks.hostile_models STARTER`.

The real starter model with wrong sizes, counts, offsets, names and bytes. The reader of headers
must refuse each with a reason, and what it lets pass must end in the worker with an answer or with
words for why there is none: this process survives all of them.
"""

import argparse
import asyncio
import random
import re
import resource
import shutil
import struct
import sys
import tempfile
import time
from collections import Counter
from contextlib import aclosing
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.models.fit import Wish, plan
from closedmesh.models.gguf import read_header, read_layout
from tests.benchmarks.ours import working

EXTREMES = (0, 1, 2, 31, 2**16, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**63, 2**64 - 1)
PATIENCE = 120.0
MEMORY = 4_000_000_000
"""Bytes that a plan may take."""


class Forger:
    """Changes of one file: lists of `(place, bytes)`, and where it is cut off."""

    def __init__(self, file, numbers):
        self._random = numbers
        with file.open("rb") as opened:
            layout = read_layout(opened, file.stat().st_size)
            opened.seek(0)
            self.header = opened.read(layout.start)
        self._size = file.stat().st_size
        self._facts = [match.span() for match in re.finditer(rb"llama\.[a-z_.]+", self.header)]
        names = [tensor.name for tensor in layout.tensors]
        self._names = [
            (self.header.rindex(struct.pack("<Q", len(name)) + name) + 8, len(name))
            for name in names
        ]
        self.kinds = {
            "count": self._count, "size of a text": self._text, "value": self._value,
            "dimension": self._dimension, "type": self._type, "offset": self._offset,
            "name": self._name, "bytes": self._bytes, "cut": self._cut,
        }  # fmt: skip

    def _long(self):
        return struct.pack("<Q", self._random.choice(EXTREMES))

    def _int(self):
        return struct.pack("<I", self._random.choice(EXTREMES) % 2**32)

    def _count(self):
        return [(self._random.choice((8, 16)), self._long())], self._size

    def _text(self):
        starts = [start for start, _ in (*self._facts, *self._names)]
        return [(self._random.choice(starts) - 8, self._long())], self._size

    def _value(self):
        return [(self._random.choice(self._facts)[1] + 4, self._int())], self._size

    def _tensor(self, skipped):
        start, length = self._random.choice(self._names)
        dimensions = struct.unpack_from("<I", self.header, start + length)[0]
        return start + length + (4 if skipped < 0 else 4 + 8 * dimensions + skipped)

    def _dimension(self):
        return [(self._tensor(-1), self._long())], self._size

    def _type(self):
        return [(self._tensor(0), self._int())], self._size

    def _offset(self):
        return [(self._tensor(4), self._long())], self._size

    def _name(self):
        start, length = self._random.choice(self._names)
        return [(start, self._random.randbytes(length))], self._size

    def _bytes(self):
        places = [self._random.randrange(8, len(self.header)) for _ in range(8)]
        return [(place, self._random.randbytes(1)) for place in places], self._size

    def _cut(self):
        return [], self._random.randrange(self._size)


def forged(file, forger, kind, target):
    """Write one forgery."""
    changes, size = forger.kinds[kind]()
    shutil.copyfile(file, target)
    with target.open("r+b") as opened:
        for place, data in changes:
            opened.seek(place)
            opened.write(data)
        opened.truncate(size)


async def fate(target):
    """What became of a file: who refused it and why, or that it answered."""
    try:
        with target.open("rb") as opened:
            header = read_header(opened, target.stat().st_size)
        way = plan("The model", header, target.stat().st_size, Wish(512), MEMORY)
    except ClosedMeshError as error:
        return "refused by the reader", error
    reason = None
    try:
        async with (
            asyncio.timeout(PATIENCE),
            working(target, context=way.context, slots=1, threads=1) as side,
            aclosing(side.tokens("Once", 4, seed=7)) as counts,
        ):
            async for _ in counts:
                pass
    except* ClosedMeshError as errors:
        reason = errors.exceptions[0]
    return ("refused by the worker", reason) if reason else ("answered", None)


async def run(file, each, seed):
    """How many of each kind met which fate; false if any had no reason or took too long."""
    fates, good = Counter(), True
    forger = Forger(file, random.Random(seed))
    with tempfile.TemporaryDirectory(prefix="closedmesh-forged-") as folder:
        target = Path(folder) / "forged.gguf"
        for kind in forger.kinds:
            for _ in range(each):
                forged(file, forger, kind, target)
                began = time.monotonic()
                try:
                    what, error = await fate(target)
                except Exception as unexpected:
                    what, error = f"{type(unexpected).__name__}: {unexpected}", None
                    good = False
                fates[kind, what] += 1
                words = f" {error}" if error else ""
                say(f"{kind}: {what} after {time.monotonic() - began:.1f} s.{words}")
                good = good and (what == "answered" or bool(error and error.title))
    for (kind, what), count in sorted(fates.items()):
        say(f"{count:>4} {kind}: {what}")
    return good


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main():
    options = argparse.ArgumentParser(description="Hostile model files.")
    options.add_argument("starter", type=Path)
    options.add_argument("--each", type=int, default=10, help="forgeries of each kind")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    good = asyncio.run(run(chosen.starter, chosen.each, chosen.seed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"this process survived, with {peak:.0f} MB of memory at most")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
