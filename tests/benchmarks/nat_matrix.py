"""How two peers meet through every pair of routers: sudo python tests/benchmarks/nat_matrix.py

Prints a table: whether the connection is direct or relayed, how long the dial and the first byte
took, the round trip, and what happens when the direct path is cut and comes back.
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from tests.support.nat_lab import DELAY, Lab, Nat, missing
from tests.support.nat_peer import RELAY, start_pair

CASES = (
    ("cone / cone, relay", Nat.CONE, Nat.CONE, {}),
    ("cone / cone, no relay, a dials alone", Nat.CONE, Nat.CONE, {"relay": None}),
    ("cone / cone, no relay, both dial", Nat.CONE, Nat.CONE, {"relay": None, "poke": True}),
    ("cone / symmetric, relay", Nat.CONE, Nat.SYMMETRIC, {}),
    ("cone / symmetric, no relay, both dial", Nat.CONE, Nat.SYMMETRIC,
     {"relay": None, "poke": True}),
    ("symmetric / symmetric, relay", Nat.SYMMETRIC, Nat.SYMMETRIC, {}),
    ("UDP blocked at a, relay", Nat.CONE, Nat.CONE, {"blocked": True}),
    ("relay only at b (address hidden)", Nat.CONE, Nat.CONE, {"hidden": True}),
    ("cone / cone, direct path cut for 30 s", Nat.CONE, Nat.CONE, {"cut": True}),
    ("the same, given up after 4 s and dialled anew", Nat.CONE, Nat.CONE, {"redial": True}),
)  # fmt: skip


def run(
    name,
    nat_a,
    nat_b,
    *,
    relay=RELAY,
    poke=False,
    blocked=False,
    hidden=False,
    cut=False,
    redial=False,
):
    with Lab(nat_a, nat_b) as lab:
        if blocked:
            lab.drop_udp("a")
        a, b = start_pair(lab, relay, b_hidden=hidden)
        if poke:
            b.tell("dial", peer=a.hello["peer"], addresses=a.hello["seen_at"])
            time.sleep(0.2)
        addresses = [] if relay else b.hello["seen_at"]
        met = a.ask("dial", peer=b.hello["peer"], addresses=addresses)
        if not met["met"]:
            return f"{name:45} not met"
        if redial:
            met = redial_after_cut(lab, a, b)
        after = measure_cut(lab, a) if cut else a.ask("measure", seconds=4)
        return row(name, met, after)


def measure_cut(lab, peer):
    peer.ask("measure", seconds=3)
    peer.tell("measure", seconds=70)
    time.sleep(2)
    lab.cut_direct()
    time.sleep(30)
    lab.heal_direct()
    return peer.read()


def redial_after_cut(lab, a, b):
    a.ask("measure", seconds=3)
    lab.cut_direct()
    time.sleep(4)
    a.ask("close")
    return a.ask("dial", peer=b.hello["peer"], addresses=b.hello["seen_at"])


def row(name, met, after):
    path = after["paths"][-1][1]
    kind = "relayed" if path.startswith("http") else "direct"
    way = " > ".join(f"{'relay' if p.startswith('http') else 'direct'} at {t:.1f} s"
                     for t, p in after["paths"])  # fmt: skip
    return (
        f"{name:45} {kind:8} dial {met['dial_ms']:6.0f} ms  first byte {met['first_ms']:6.0f} ms"
        f"  rtt {after['rtt_ms']:5.1f} ms  longest pause {after['longest_pause_s']:5.2f} s  [{way}]"
    )


def main():
    if reason := missing():
        sys.exit(f"no laboratory here: {reason}")
    print(f"one way through the Internet: {DELAY * 1000:.0f} ms; the relay is at the entry")
    for name, nat_a, nat_b, options in CASES:
        print(run(name, nat_a, nat_b, **options), flush=True)


if __name__ == "__main__":
    main()
