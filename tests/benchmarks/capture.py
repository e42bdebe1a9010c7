"""What somebody sees who reads along on the Internet: sudo python tests/benchmarks/capture.py

An entry and two homes behind routers, the real program in each. One peer shares, the other asks
it over the mesh, and then gives up a second question. Every packet between the three is kept: who
talks to whom, how much, and whether a word of question, answer or invite can be found anywhere.
"""

import struct
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from tests.support.lab_program import start_entry, start_peer
from tests.support.nat_lab import ENTRY, ROUTERS, Lab, Nat, missing

QUESTION = "Please write about the quokka, the marzipan and the xylophone."
WATCHED = 10.0
"""Seconds of silence that are compared with a chat."""
LIMIT = 90.0
NAMES = {ENTRY: "entry", ROUTERS["a"]: "asker", ROUTERS["b"]: "sharer"}
CASES = (("direct", Nat.CONE, Nat.CONE), ("relayed", Nat.SYMMETRIC, Nat.SYMMETRIC))

GIVES_UP = """
import json, sys, time, urllib.request
api, key, question = sys.argv[1:]
body = {"messages": [{"role": "user", "content": question}], "stream": True, "max_tokens": 2000}
headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json",
           "x-closedmesh-route": "mesh"}
request = urllib.request.Request(f"{api}/v1/chat/completions", json.dumps(body).encode(), headers)
with urllib.request.urlopen(request, timeout=60) as answer:
    for number, line in enumerate(answer):
        if number == 20:
            break
print(time.time())
"""

WATCHES = """
import json, sys, time, urllib.request
api, key = sys.argv[1:]
request = urllib.request.Request(f"{api}/api/status", headers={"Authorization": f"Bearer {key}"})
was = None
while True:
    with urllib.request.urlopen(request, timeout=30) as answer:
        serving = json.load(answer)["sharing"]["serving"]
    if was is None:
        print(serving, flush=True)
    elif was and not serving:
        print(time.time(), flush=True)
    was = serving
    time.sleep(0.01)
"""


def read(frame):
    """Sender, receiver, protocol and payload of an IPv4 frame; `None` for others."""
    if frame[12:14] != b"\x08\x00":
        return None
    length = (frame[14] & 15) * 4
    source, target = (".".join(map(str, frame[at : at + 4])) for at in (26, 30))
    protocol = {6: "TCP", 17: "UDP"}.get(frame[23], str(frame[23]))
    (total,) = struct.unpack_from("!H", frame, 16)
    return NAMES[source], NAMES[target], protocol, frame[14 + length : 14 + total]


def traffic(frames):
    """Packets and bytes by who talks to whom."""
    found = defaultdict(lambda: [0, 0])
    for sender, receiver, protocol, payload in filter(None, map(read, frames)):
        count = found[f"{sender} -> {receiver} {protocol}"]
        count[0] += 1
        count[1] += len(payload)
    return dict(sorted(found.items()))


def during(lab, act):
    """What an act gives, and the frames that went through meanwhile."""
    before = len(lab.tapped)
    result = act()
    return result, [frame for _, frame in lab.tapped[before:]]


def show(title, frames):
    """One line for each pair."""
    print(f"  {title}")
    for pair, (packets, size) in traffic(frames).items():
        print(f"    {pair:24} {packets:6} packets {size:9} bytes")


def until(holds):
    """Wait for something; the seconds it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < LIMIT
        time.sleep(0.05)
    return time.monotonic() - began


def cancel(asker, sharer):
    """Seconds from giving up a question until its place on the other computer is free."""
    watch = sharer.script(WATCHES, sharer.ready["api"], sharer.facts("key", "show")["key"])
    assert watch.stdout.readline() == "0\n"
    key = asker.facts("key", "show")["key"]
    leaving = asker.script(GIVES_UP, asker.ready["api"], key, QUESTION)
    left, freed = (float(each.stdout.readline()) for each in (leaving, watch))
    return freed - left


def needles(answer, entry):
    """What must not be found: long words of question and answer, and the invite."""
    words = {word.strip(".,!?\"'").encode() for word in f"{QUESTION} {answer}".split()}
    return {word for word in words if len(word) > 5} | {entry.ready["invite"][-40:].encode()}


def run(name, nat_a, nat_b):
    """One pair of routers."""
    print(name)
    with tempfile.TemporaryDirectory(prefix="closedmesh-tap") as folder, Lab(nat_a, nat_b) as lab:
        homes = Path(folder)
        entry = start_entry(lab, homes)
        sharer = start_peer(lab, "b", homes, entry, share=True)
        asker = start_peer(lab, "a", homes, entry)
        asker.facts("settings", "chat.max_tokens", "100")
        until(lambda: any(peer["offers"] for peer in asker.facts("status")["peers"]))
        asker.facts("chat", "--route", "mesh", "Hello.")
        show("joined, found each other, and asked once", [frame for _, frame in lab.tapped])
        _, silence = during(lab, lambda: time.sleep(WATCHED))
        show(f"{WATCHED:.0f} s of silence", silence)
        began = time.monotonic()
        answer, chat = during(lab, lambda: asker.facts("chat", "--route", "mesh", QUESTION))
        show(f"a chat of {time.monotonic() - began:.1f} s, {answer['link']}", chat)
        print(f"  given up: the other's place is free {cancel(asker, sharer):.2f} s later")
        hidden = needles(answer["text"], entry)
        frames = [frame for _, frame in lab.tapped]
        kept = [file.read_bytes() for file in (homes / "entry").rglob("*") if file.is_file()]
        for where, texts in (("frames", frames), ("files of the entry", kept)):
            seen = {word for word in hidden for text in texts if word in text}
            print(f"  {len(hidden)} words in {len(texts)} {where}: {seen or 'none found'}")


def main():
    if reason := missing():
        sys.exit(f"no laboratory here: {reason}")
    for case in CASES:
        run(*case)


if __name__ == "__main__":
    main()
