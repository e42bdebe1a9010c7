"""Kills the peer that answers, at random moments of answers: kills.py [how many]

A real entry, three peers that share, and one that asks, all on this computer. Each question has a
seed; the serving process is ended with SIGKILL after a random token. The text is compared with the
one that the asking computer computes by itself with the same seed. A token that was lost or
doubled would show where the answer broke; behind that place another peer may choose differently
where two tokens are nearly equal, because it reads in one go what was written step by step.
"""

import itertools
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-P", "-m", "closedmesh")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
SHARERS = 3
LENGTH = 120
QUESTION = "Tell me about lighthouses."


class Running:
    """One `closedmesh` in a home of its own."""

    def __init__(self, home, *words, invite=None):
        self.home = home
        environment = ENVIRONMENT | ({"CLOSEDMESH_INVITE": invite} if invite else {})
        self.process = subprocess.Popen(
            [*PROGRAM, "--home", str(home), *words, "--json", "--port", "0"],
            stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self.ready = json.loads(self.process.stdout.readline())

    def facts(self, *words):
        done = subprocess.run(
            [*PROGRAM, "--home", str(self.home), "--json", *words],
            check=True, capture_output=True, text=True, env=ENVIRONMENT,
        )  # fmt: skip
        return json.loads(done.stdout)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)

    def end(self):
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.terminate()
        self.process.wait(20)
        for child in psutil.wait_procs(children, timeout=5)[1]:
            child.kill()


class Mesh:
    def __init__(self, folder):
        self.folder = folder
        self.entry = Running(
            folder / "entry", "entry", "--mesh", "kills", "--listen", "127.0.0.1:0"
        )
        self.sharers = {}
        for number in range(SHARERS):
            self.start(f"sharer{number}")
        self.asker = self.run("asker", share=False)
        self.key = self.asker.facts("key", "show")["key"]

    def run(self, name, *, share):
        home = self.folder / name
        if not home.exists():
            for setting in (f"sharing.share={str(share).lower()}", "sharing.idle_minutes=0"):
                subprocess.run(
                    [*PROGRAM, "--home", str(home), "settings", *setting.split("=")],
                    check=True, capture_output=True, env=ENVIRONMENT,
                )  # fmt: skip
        return Running(home, "serve", invite=self.entry.ready["invite"])

    def start(self, name):
        running = self.run(name, share=True)
        self.sharers[running.ready["peer"]] = (name, running)

    def wait_for_sharers(self, enough=SHARERS):
        """Until the asker knows so many of them."""
        while True:
            peers = self.status()["peers"]
            known = {peer["short"] for peer in peers if peer["offers"] and peer["reachable"]}
            if len(known & set(self.sharers)) >= enough:
                return
            time.sleep(0.3)

    def status(self):
        """Of the asker, without starting a program for it."""
        request = urllib.request.Request(
            f"{self.asker.ready['api']}/api/status", headers={"Authorization": f"Bearer {self.key}"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    def ask(self, route, seed, during=lambda count, peer, text: None):
        """Text, receipt and the moments at which text came."""
        body = {
            "messages": [{"role": "user", "content": QUESTION}], "stream": True, "seed": seed,
            "max_tokens": LENGTH, "stream_options": {"include_usage": True},
        }  # fmt: skip
        request = urllib.request.Request(
            f"{self.asker.ready['api']}/v1/chat/completions", json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json",
             "x-closedmesh-route": route},
        )  # fmt: skip
        text, moments, receipt = "", [time.monotonic()], {}
        with self.answered(request) as response:
            peer = response.headers["x-closedmesh-peer"]
            for line in response:
                if not line.startswith(b"data: {"):
                    continue
                chunk = json.loads(line[6:])
                if "error" in chunk:
                    print(f"not complete: {chunk['error']}", flush=True)
                    break
                receipt = chunk.get("closedmesh") or receipt
                for choice in chunk["choices"]:
                    text += choice["delta"].get("content") or ""
                moments.append(time.monotonic())
                during(len(moments) - 1, peer, text)
        return text, receipt, moments

    @staticmethod
    def answered(request):
        """The answer, asked for anew while all peers rest: they were killed lately, by us."""
        while True:
            try:
                return urllib.request.urlopen(request, timeout=180)
            except urllib.error.HTTPError as error:
                if error.code != 503:
                    raise
                time.sleep(2.0)

    def end(self):
        for running in (*(running for _, running in self.sharers.values()), self.asker, self.entry):
            running.end()


@dataclass
class Outcome:
    """What became of one answer."""

    text: str
    reference: str
    seam: int
    """Characters that were there when the peer was killed."""
    pause: float
    killed: bool
    receipt: dict

    @property
    def agreed(self):
        """Characters until the first difference."""
        pairs = zip(self.text, self.reference, strict=False)
        return next((at for at, (a, b) in enumerate(pairs) if a != b), len(self.text))


def one_kill(mesh, seed, dice):
    at = dice.randrange(1, LENGTH)
    killed, seam = [], [0]

    def during(count, peer, text):
        if count == at and not killed and peer in mesh.sharers:
            killed.append(peer)
            mesh.sharers[peer][1].kill()
            seam[0] = len(text)

    text, receipt, moments = mesh.ask("mesh", seed, during)
    pause = max(after - before for before, after in itertools.pairwise(moments))
    restarting = None
    if killed:
        name, running = mesh.sharers.pop(killed[0])
        running.process.wait()
        restarting = threading.Thread(target=mesh.start, args=(name,))
        restarting.start()
    reference, _, _ = mesh.ask("local", seed)
    if restarting:
        restarting.join()
    return Outcome(text, reference, seam[0], pause, bool(killed), receipt)


def summary(outcomes):
    killed = [outcome for outcome in outcomes if outcome.killed]
    pauses = sorted(outcome.pause for outcome in killed) or [0.0]
    same = sum(outcome.text == outcome.reference for outcome in killed)
    before = sum(outcome.agreed < outcome.seam for outcome in killed)
    seams = [o.agreed - o.seam for o in killed if o.text != o.reference] or [0]
    lengths = sum(outcome.receipt.get("completion_tokens") != LENGTH for outcome in killed)
    broken = sum(not outcome.receipt for outcome in killed)
    return (
        f"{len(killed)} kills in {len(outcomes)} answers: {same} texts exactly as computed here,"
        f" {before} different before the break; the others differ {min(seams)} to {max(seams)}"
        f" characters behind it; {lengths} of another length, {broken} of these broken off;"
        f" pause median {statistics.median(pauses):.2f} s,"
        f" 90 % {pauses[int(len(pauses) * 0.9)]:.2f} s, longest {pauses[-1]:.2f} s"
    )


def main(count):
    dice = random.Random(4)
    with tempfile.TemporaryDirectory(prefix="closedmesh-kills") as folder:
        mesh = Mesh(Path(folder))
        try:
            mesh.wait_for_sharers()
            outcomes = []
            while sum(outcome.killed for outcome in outcomes) < count:
                outcomes.append(one_kill(mesh, len(outcomes) + 1, dice))
                if len(outcomes) % 5 == 0:
                    print(summary(outcomes), flush=True)
                mesh.wait_for_sharers(2)
            print(summary(outcomes))
        finally:
            mesh.end()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
