"""Kills the peer that answers, at random moments of answers: kills.py [kills] [minutes] [file]

A real entry, three peers that share, and one that asks, all on this computer. Each question has a
seed; the serving process is ended with SIGKILL after a random token. Every token is compared with
what the asking computer computes by itself with the same seed (`same_tokens`): what was there
before the break step by step, what came behind it from the tokens so far, read in one go, as the
peer does that goes on. To see that a loss would be seen, one token is taken out of some answers
where they broke, and one doubled in others.

What came of each answer is added to the file, so that two hundred kills may be made in parts:
`kills.py 200 8 /tmp/kills.jsonl` goes on where it stopped, for eight minutes.
"""

import asyncio
import itertools
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from closedmesh.api.remote import Remote
from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import (
    Conversation,
    Finished,
    Message,
    Piece,
    Question,
    Role,
    Route,
    Sampling,
)
from tests.benchmarks.mesh_processes import MeshOfProcesses
from tests.benchmarks.same_tokens import compare, noise

SHARERS = 3
LENGTH = 120
SETTINGS = "[sharing]\nidle_minutes = 0\n"
CONTROL_EVERY = 5
"""Answers, of which one is compared with a token taken out, and another with one doubled."""
NEAR = 0.3
"""Nats: a difference that the order of sums explains. One step computed in two ways, of which the
summary tells, differs by as much in one of a hundred."""
LONG = 4.0
"""Seconds: what the asker says of longer pauses is kept."""


class Mesh(MeshOfProcesses):
    """Whose sharers are killed and come back."""

    async def start(self):
        for number in range(SHARERS):
            await self.peer(f"sharer{number}", share=True, settings=SETTINGS)
        self.asker = await self.peer("asker", settings=SETTINGS)
        self.key = (await self.asker.facts("key", "show"))["key"]
        self.log = self.asker.home / "logs" / "peer.log"

    def sharer(self, short):
        return next((r for r in self._running if r.ready.get("peer") == short and r.alive), None)

    async def again(self, running):
        """What was killed, in the same home."""
        self._running.remove(running)
        await self._start(running.name, (), "serve", "--share")

    async def until_known(self, asker, enough):
        """Until so many that run are known to the asker."""
        async for status in asker.statuses():
            known = [peer.short for peer in status.peers if peer.offers and peer.reachable]
            if sum(self.sharer(short) is not None for short in known) >= enough:
                return


async def one_answer(mesh, asker, seed, dice):
    """An answer whose peer is killed in the middle, compared token by token."""
    words = f"Tell me a long story about lighthouse number {seed}."
    question = Question(
        Conversation((Message(Role.USER, words),)),
        sampling=Sampling(seed=seed), max_tokens=LENGTH, route=Route.MESH,
    )  # fmt: skip
    at, tokens, moments, killed, receipt, error = dice.randrange(1, LENGTH), [], [], None, None, ""
    logged = mesh.log.stat().st_size
    peer, when = None, 0.0
    try:
        async for event in asker.ask(question):
            if isinstance(event, Piece) and event.tokens:
                tokens += event.tokens
                moments.append((time.monotonic(), len(tokens)))
                if killed is None and len(tokens) >= at and (killed := mesh.sharer(peer)):
                    killed.process.send_signal(signal.SIGKILL)
                    when = time.monotonic()
            elif isinstance(event, Finished):
                receipt = event.receipt
            peer = getattr(event, "peer", None) or peer
    except ClosedMeshError as problem:
        error = str(problem)
    if killed is None:
        return None if not error else {"seed": seed, "error": error, "killed": False}
    await killed.process.wait()
    back = asyncio.ensure_future(mesh.again(killed))
    pause, seam = pause_of(moments, when)
    before, stepwise = await compare(asker, question, tokens, 0, seam, f"before {seed}")
    behind, at_once = await compare(asker, question, tokens, seam, len(tokens), f"behind {seed}")
    row = {
        "seed": seed, "killed": True, "at": at, "seam": seam, "tokens": len(tokens),
        "counted": receipt and receipt.completion_tokens, "finish": receipt and receipt.finish,
        "attempts": receipt and receipt.attempts, "error": error, "pause": round(pause, 2),
        "load": round(os.getloadavg()[0], 1),
        "before": [[d.position, d.nats] for d in before],
        "behind": [[d.position, d.nats] for d in behind],
        "noise": noise(stepwise, at_once, seam) if stepwise and at_once else [],
        "logged": told(mesh.log, logged) if pause > LONG or error else [],
    }  # fmt: skip
    if seed % CONTROL_EVERY < 2 and 0 < seam < len(tokens):
        behind_it = seam - 1 if seed % CONTROL_EVERY else seam + 1
        wrong = (tokens[:seam] + tokens[behind_it:])[:LENGTH]
        doubts, _ = await compare(asker, question, wrong, seam, len(wrong), f"wrong {seed}")
        row["control"] = [[d.position, d.nats] for d in doubts]
    await back
    return row


def pause_of(moments, killed):
    """Seconds without a token after the kill, and how many tokens there were before them."""
    gaps = [
        (after - before, count)
        for (before, count), (after, _) in itertools.pairwise(moments)
        if after >= killed
    ]
    return max(gaps, default=(0.0, moments[-1][1]))


def told(log, start):
    """What a peer said of its question since."""
    with log.open() as lines:
        lines.seek(start)
        return [line.strip()[:200] for line in lines if "peer " in line]


def far(doubts):
    """Those that no order of sums explains."""
    return [nats for _, nats in doubts if nats is None or nats > NEAR]


def summary(rows):
    killed = [row for row in rows if row["killed"]]
    whole = [row for row in killed if not row["error"]]
    wrong = sum(bool(far(row["before"] + row["behind"])) for row in killed)
    counted = sum(row["tokens"] != row["counted"] for row in whole)
    exact = sum(not row["before"] and not row["behind"] for row in killed)
    controls = [row["control"] for row in killed if row.get("control") is not None]
    seen = sum(bool(far(control)) for control in controls)
    pauses = sorted(row["pause"] for row in killed if row["seam"] < row["tokens"]) or [0.0]
    loads = [row["load"] for row in killed] or [0.0]
    return "\n".join(
        (
            f"{len(killed)} kills, {len(whole)} answers complete; in {wrong} a token is lost,"
            f" doubled or another one; {counted} counted otherwise by the receipt",
            f"  {exact} answers exactly as computed here; {_near(killed, 'before')};"
            f" {_near(killed, 'behind')}",
            f"  the same step computed in two ways: {_noise(killed)}",
            f"  controls: a token taken out or doubled was seen in {seen} of {len(controls)}",
            f"  pause: median {statistics.median(pauses):.2f} s,"
            f" 90 % {pauses[int(len(pauses) * 0.9)]:.2f} s, longest {pauses[-1]:.2f} s;"
            f" load {min(loads)} to {max(loads)}",
        )
    )


def _near(killed, side):
    """How many tokens of one side another order of sums has changed."""
    nats = [nats for row in killed for _, nats in row[side] if nats is not None]
    count = sum(row["seam"] if side == "before" else row["tokens"] - row["seam"] for row in killed)
    most = max(nats, default=0.0)
    return f"{side} the break {len(nats)} of {count} tokens nearly equal (within {most:.3f} nats)"


def _noise(killed):
    """How much the order of sums changes logits on this computer."""
    noises = sorted(each for row in killed for each in row["noise"]) or [0.0]
    most = noises[int(len(noises) * 0.99)]
    return f"logits differ by {statistics.median(noises):.3f} nats, p99 {most:.3f}"


async def main(count, minutes, path):
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    seed = max((row["seed"] for row in rows), default=0)
    dice, until = random.Random(seed), time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory(prefix="closedmesh-kills") as folder:
        async with Mesh(folder) as mesh:
            await mesh.start()
            async with Remote(mesh.asker.ready["api"], mesh.key) as asker:
                while sum(r["killed"] for r in rows) < count and time.monotonic() < until:
                    seed += 1
                    await mesh.until_known(asker, 2)
                    if row := await one_answer(mesh, asker, seed, dice):
                        if not row["killed"]:
                            await asyncio.sleep(1.0)  # everybody rests, as the answer has said
                        rows.append(row)
                        with path.open("a") as file:
                            file.write(json.dumps(row) + "\n")
                        print(
                            f"{row['seed']}: {row.get('pause')} s, {row.get('error')}", flush=True
                        )
    print(summary(rows), flush=True)


if __name__ == "__main__":
    words = sys.argv[1:]
    asyncio.run(
        main(
            int(words[0]) if words else 200,
            float(words[1]) if len(words) > 1 else 240.0,
            Path(words[2]) if len(words) > 2 else Path(tempfile.gettempdir()) / "kills.jsonl",
        )
    )
