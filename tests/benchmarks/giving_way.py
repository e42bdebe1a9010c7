"""What the owner's programs and an answer get of a processor that both want.

    python -m tests.benchmarks.giving_way HOME [BUSY PROGRAMS...]

Starts the program in HOME, lets so many other programs work (2 and 4 unless said otherwise), first
alone and then beside an answer, and prints what they get, when the model stepped back, and the
longest time without a word.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from itertools import pairwise
from pathlib import Path

from tests.support.program import serving

WORK = """
import sys, time
done, end, told = 0, time.monotonic() + float(sys.argv[1]), 0.0
while (now := time.monotonic()) < end:
    for _ in range(20_000): done += 1
    if now - told >= 0.25: print(now, done, flush=True); told = now
"""

QUESTION = {
    "model": "smollm2-135m-instruct-q4_1",
    "stream": True,
    "max_tokens": 3000,
    "messages": [{"role": "user", "content": "Write a very long story about the sea."}],
}

SETTINGS = "[engine]\nmeasure = false\nkeep_free_mb = 0\n"

TOGETHER = 16.0
"""Seconds of work beside the answer."""


def work(count, seconds):
    """What each of so many programs had done when."""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(seconds)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    told = [program.communicate()[0].splitlines() for program in programs]
    return [[tuple(map(float, line.split())) for line in lines] for lines in told]


def rate(told, begin, end):
    """Of all programs together in a span of time."""
    total = 0.0
    for lines in told:
        seen = [line for line in lines if begin <= line[0] <= end]
        total += (seen[-1][1] - seen[0][1]) / (seen[-1][0] - seen[0][0])
    return total


def talk(served, headers, heard, over):
    """Ask without end, and note when something was heard."""
    question = urllib.request.Request(
        f"{served.api}/v1/chat/completions", json.dumps(QUESTION).encode(), headers
    )
    while not over.is_set():
        with urllib.request.urlopen(question, timeout=300) as answer:
            for line in answer:
                if line.startswith(b"data: {"):
                    heard.append(time.monotonic())
                if over.is_set():
                    return


def measure(served, count):
    """One comparison, printed."""
    alone = work(count, 4)
    end = max(lines[-1][0] for lines in alone)
    usual = rate(alone, end - 3.5, end)
    heard, over, steps = [], threading.Event(), []
    headers = {"Authorization": f"Bearer {served.key}", "Content-Type": "application/json"}
    asking = threading.Thread(target=talk, args=(served, headers, heard, over), daemon=True)
    asking.start()
    time.sleep(5)
    begin = time.monotonic()

    def watch():
        look = urllib.request.Request(f"{served.api}/api/status", headers=headers)
        while (passed := time.monotonic() - begin) < TOGETHER:
            with urllib.request.urlopen(look) as answer:
                models = json.load(answer)["models"]
            steps.append((passed, any(model["giving_way"] for model in models)))
            time.sleep(0.1)

    watching = threading.Thread(target=watch)
    watching.start()
    told = work(count, TOGETHER)
    over.set()
    watching.join()
    asking.join()
    times = [moment for moment in heard if moment >= begin]
    waits = [later - earlier for earlier, later in pairwise(times)]
    before = len([moment for moment in heard if begin - 4 <= moment < begin]) / 4
    shares = [rate(told, begin + a, begin + b) / usual for a, b in ((0.25, 1.25), (4, TOGETHER))]
    longest = max(waits, default=TOGETHER)
    stepped = next((at for at, gives in steps if gives), None)
    print(f"{count} programs: {shares[0]:.0%} of what they get alone in the first second, "
          f"{shares[1]:.0%} later; {'never' if stepped is None else f'{stepped:.1f} s'} until the "
          f"model is seen to step back; pieces a second {before:.1f} before, "
          f"{len(times) / TOGETHER:.1f} beside them, longest wait {longest:.1f}"
          f" s; other load {os.getloadavg()[0]:.1f}")  # fmt: skip


def main():
    """Measure for each number of programs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("programs", type=int, nargs="*", default=[2, 4])
    chosen = parser.parse_args()
    chosen.home.mkdir(parents=True, exist_ok=True)
    (chosen.home / "settings.toml").write_text(SETTINGS)
    with serving(chosen.home) as served:
        served.run("chat", "Say hi.")
        for count in chosen.programs:
            measure(served, count)
            time.sleep(5)


if __name__ == "__main__":
    main()
