"""The real program in two homes behind routers: sudo python tests/benchmarks/nat_program.py

For each pair of routers: an entry, a peer that shares and one that asks join by invite, and the
second asks the first over the mesh. With `event` something befalls the network in the middle of an
answer, which is compared with the same answer when nothing happened.
"""

import itertools
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from tests.support.lab_program import start_entry, start_peer
from tests.support.nat_lab import DELAY, Lab, Nat, missing

CASES = (
    ("cone / cone", Nat.CONE, Nat.CONE, {}),
    ("cone / cone, no relay", Nat.CONE, Nat.CONE, {"relay": False}),
    ("cone / symmetric", Nat.CONE, Nat.SYMMETRIC, {}),
    ("symmetric / symmetric", Nat.SYMMETRIC, Nat.SYMMETRIC, {}),
    ("UDP blocked at the asker", Nat.CONE, Nat.CONE, {"blocked": "a"}),
    ("UDP blocked at the sharer", Nat.CONE, Nat.CONE, {"blocked": "b"}),
    ("UDP blocked at both", Nat.CONE, Nat.CONE, {"blocked": "ab"}),
    ("the asker hides its address", Nat.CONE, Nat.CONE, {"hidden": "a"}),
    ("the sharer hides its address", Nat.CONE, Nat.CONE, {"hidden": "b"}),
    ("direct path cut in mid-answer", Nat.CONE, Nat.CONE, {"event": "cut"}),
    ("relay gone for 2 s", Nat.SYMMETRIC, Nat.SYMMETRIC, {"event": "gone", "away": 2}),
    ("relay gone for 40 s", Nat.SYMMETRIC, Nat.SYMMETRIC, {"event": "gone", "away": 40}),
    ("relay gone for 20 s, direct", Nat.CONE, Nat.CONE, {"event": "gone", "away": 20}),
    ("the asker moves within 8 s", Nat.CONE, Nat.CONE, {"event": "move", "away": 8}),
    ("the asker moves at once", Nat.CONE, Nat.CONE, {"event": "move"}),
    ("the asker moves at once, relayed", Nat.SYMMETRIC, Nat.SYMMETRIC, {"event": "move"}),
)  # fmt: skip
QUESTION = "Tell me a long story about a lighthouse, please."


def run(name, nat_a, nat_b, *, relay=True, blocked="", hidden="", event=None, away=0.0):
    with tempfile.TemporaryDirectory(prefix="closedmesh-nat") as folder, Lab(nat_a, nat_b) as lab:
        for home in blocked:
            lab.drop_udp(home)
        homes = Path(folder)
        entry = start_entry(lab, homes, relay=relay)
        began = time.monotonic()
        sharer = start_peer(lab, "b", homes, entry, share=True, hidden="b" in hidden)
        asker = start_peer(lab, "a", homes, entry, hidden="a" in hidden)
        while not any(peer["offers"] for peer in asker.facts("status")["peers"]):
            if time.monotonic() - began > 90:
                return f"{name:42} nothing was found"
            time.sleep(0.3)
        found = time.monotonic() - began
        asker.facts("settings", "chat.max_tokens", "48")
        asker.facts("chat", "--route", "mesh", "Hello.")  # reads the model into memory
        answers = [asker.facts("chat", "--route", "mesh", "Say hello.") for _ in range(3)]
        assert answers[0]["attempts"] == [sharer.ready["peer"]]
        first = sorted(answer["first_token_ms"] for answer in answers)[1]
        round_trip = asker.links()[sharer.ready["peer"]]["delay_ms"]
        row = (
            f"{name:42} {answers[-1]['link']:24} first token {first:6.0f} ms"
            f"   round trip {round_trip:4.0f} ms   found {found:4.1f} s after both were started"
        )
        if event is None:
            return row
        goes, comes = {
            "cut": (lab.cut_direct, lambda: None),
            "move": (lambda: lab.unplug("a"), lambda: lab.plug_elsewhere("a")),
            "gone": (entry.process.kill, lambda: start_entry(lab, homes)),  # with the relay in it
        }[event]
        back = threading.Timer(away, comes)
        became = disturbed(asker, lambda: (goes(), back.start()))
        back.join()
        return f"{row}\n{'':4}{became}"


def disturbed(asker, befall):
    """What becomes of an answer when something befalls the network, and of the question after."""
    whole, answer = Streamed(asker), Streamed(asker, befall)
    begun = (
        "the same words as far as it came" if whole.text.startswith(answer.text) else "OTHER WORDS"
    )
    same = "the same words" if answer.text == whole.text else begun
    began, failed = time.monotonic(), []
    while (after := Streamed(asker)).text != whole.text and time.monotonic() - began < 120:
        failed.append(f"{time.monotonic() - began:.0f} s: {after.words}")
        time.sleep(1)
    first = time.monotonic() - began - after.took + after.first
    return (
        f"{answer.words}, {same} (undisturbed: longest pause {whole.pause:.2f} s)\n"
        f"{'':4}asked again: {' / '.join((*failed, f'{first:.1f} s: first token; {after.words}'))}"
    )


class Streamed:
    """An answer that was read word by word; after 50 of them `befall` is called."""

    def __init__(self, asker, befall=None):
        self.text, self.receipt, self.error = "", {}, None
        key = asker.facts("key", "show")["key"]
        command = asker.script(STREAM, asker.ready["api"], key, QUESTION)
        times = [time.monotonic()]
        for line in command.stdout:
            times.append(time.monotonic())
            event = json.loads(line)
            self.text += event["text"]
            self.receipt = event["receipt"] or self.receipt
            self.error = event["error"] or self.error
            if befall and len(times) == 50:
                befall()
        pauses = [after - before for before, after in itertools.pairwise(times)]
        self.pause = max(pauses[1:], default=0.0)
        self.first, self.took = pauses[0] if pauses else 0.0, times[-1] - times[0]

    @property
    def words(self):
        said = self.receipt
        end = (self.error and self.error["title"]) or (
            f"{said.get('completion_tokens')} tokens, {said.get('finish')}, attempts"
            f" {len(said.get('attempts', ()))}, {said.get('link')}"
        )
        return f"longest pause {self.pause:.2f} s, {end}"


STREAM = """
import json, sys, urllib.error, urllib.request
api, key, question = sys.argv[1:]
body = {"messages": [{"role": "user", "content": question}], "stream": True, "seed": 5,
        "max_tokens": 600, "stream_options": {"include_usage": True}}
headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json",
           "x-closedmesh-route": "mesh"}
request = urllib.request.Request(f"{api}/v1/chat/completions", json.dumps(body).encode(), headers)
try:
    answer = urllib.request.urlopen(request, timeout=120)
except urllib.error.HTTPError as refused:
    answer = [b"data: " + b"".join(refused.read().splitlines())]
for line in answer:
    if line.startswith(b"data: {"):
        said = json.loads(line[6:])
        text = "".join(c["delta"].get("content") or "" for c in said.get("choices", ()))
        print(json.dumps({"text": text, "receipt": said.get("closedmesh"),
                          "error": said.get("error")}), flush=True)
"""


def main():
    if reason := missing():
        sys.exit(f"no laboratory here: {reason}")
    print(f"one way through the Internet: {DELAY * 1000:.0f} ms; the relay is at the entry")
    for name, nat_a, nat_b, options in CASES:
        if len(sys.argv) < 2 or sys.argv[1] in name:
            print(run(name, nat_a, nat_b, **options), flush=True)


if __name__ == "__main__":
    main()
