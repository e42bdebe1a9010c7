"""The real program in two homes behind routers: sudo python tests/benchmarks/nat_program.py

For each pair of routers: an entry, a peer that shares and one that asks join by invite, and the
second asks the first over the mesh. With `cut` the direct path is cut in the middle of an answer.
"""

import itertools
import json
import sys
import tempfile
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
    ("direct path cut in mid-answer", Nat.CONE, Nat.CONE, {"cut": True}),
)
QUESTION = "Tell me a long story about a lighthouse, please."


def run(name, nat_a, nat_b, *, relay=True, blocked="", hidden="", cut=False):
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
                return f"{name:30} nothing was found"
            time.sleep(0.3)
        found = time.monotonic() - began
        asker.facts("chat", "--route", "mesh", "Hello.")  # reads the model into memory
        if cut:
            return f"{name:30} {cut_in_mid_answer(lab, asker)}"
        answers = [asker.facts("chat", "--route", "mesh", "Say hello.") for _ in range(3)]
        first = sorted(answer["first_token_ms"] for answer in answers)[1]
        delays = [link["delay_ms"] or 0 for link in asker.links().values()]
        assert answers[0]["attempts"] == [sharer.ready["peer"]]
        return (
            f"{name:30} {answers[-1]['link']:24} first token {first:6.0f} ms"
            f"   found {found:4.1f} s after both were started   pings {min(delays):.0f} to"
            f" {max(delays):.0f} ms"
        )


def cut_in_mid_answer(lab, asker):
    """The longest pause of an answer whose path is cut, and how it ended."""
    times, receipt = [], None
    key = asker.facts("key", "show")["key"]
    command = asker.script(STREAM, asker.ready["api"], key, QUESTION)
    for line in command.stdout:
        times.append(time.monotonic())
        receipt = json.loads(line) or receipt
        if len(times) == 50:
            lab.cut_direct()
    pauses = [after - before for before, after in itertools.pairwise(times)]
    return f"longest pause {max(pauses):5.2f} s, {len(times)} events, {receipt}"


STREAM = """
import json, sys, urllib.request
api, key, question = sys.argv[1:]
body = {"messages": [{"role": "user", "content": question}], "stream": True, "seed": 5,
        "max_tokens": 600, "stream_options": {"include_usage": True}}
headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json",
           "x-closedmesh-route": "mesh"}
request = urllib.request.Request(f"{api}/v1/chat/completions", json.dumps(body).encode(), headers)
for line in urllib.request.urlopen(request, timeout=120):
    if line.startswith(b"data: {"):
        receipt = json.loads(line[6:]).get("closedmesh") or {}
        print(json.dumps({k: receipt[k] for k in ("completion_tokens", "attempts", "link", "finish")
                          if k in receipt}), flush=True)
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
