"""Whether peers that run something else are found, and honest ones left alone.

    python tests/benchmarks/model_identity.py [--json FILE] [--quick] [--sample NAME]

Builds quantisations of two real models, measures honest peers in all their variety and cheats of
all kinds, and lets the same functions that a verifier uses decide about many simulated peers drawn
from the measured checks. Half of the checks of two honest ways calibrate; everything that is
printed is about the other half and all ways. With another `--sample` the whole first one
calibrates, and everything printed is about new questions with new seeds, which no limit was set
on. Files and measurements lie in a cache outside the repository; a second run takes seconds. The
first takes about half an hour on two processors.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from statistics import mean, stdev

import platformdirs

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from tests.benchmarks.identity import cheats
from tests.benchmarks.identity.copies import Copies
from tests.benchmarks.identity.deciding import (
    any_of,
    calibrated,
    decide,
    find,
    named,
    silences_borne,
    sometimes,
    with_foreign,
)
from tests.benchmarks.identity.figuring import figures
from tests.benchmarks.identity.measuring import FIRST, Measuring, Peer
from tests.benchmarks.identity.peers import COARSE_CACHE, NOISY, honest, others

STARTER = Path(sys.prefix) / "share/closedmesh/models/SmolLM2-135M-Instruct.Q4_1.gguf"
CALIBRATING = ("as usual", "flash attention off")
CLAIMS = (("smollm2", "Q8_0"), ("smollm2", "Q4_0"), ("gemma", "Q8_0"))
DECISIONS = 4000
"""About each honest way of each claim."""
PEERS = 500
"""Simulated cheats of each kind."""


class Claim:
    """All that was measured of peers that claim the same."""

    def __init__(
        self, measuring: Measuring, family: str, kind: str, first: Measuring | None = None
    ) -> None:
        """`first` is the sample that calibrates, where it is another one."""
        self.family, self.kind = family, kind
        self.skipped = 0 if first else 1
        self._measuring = measuring
        self._items = measuring.items(family)
        self.seconds: list[float] = []
        peers = {peer.name: peer for peer in honest(kind, family)}
        if (family, kind) != ("smollm2", "Q8_0"):
            peers = {name: peers[name] for name in list(peers)[:5]}
        self.honest = {name: self.measure(peer) for name, peer in peers.items()}
        calibrating = Claim(first, family, kind).honest if first else self.honest
        step = 1 if first else 2
        self.record = calibrated([f for name in CALIBRATING for f in calibrating[name][::step]])

    def held_out(self, figures):
        """Of all checks of a peer, those that calibrated nothing."""
        return figures[self.skipped :: 1 + self.skipped]

    def measure(self, peer: Peer):
        return self.figures(self._measuring.measured(peer, self.kind))

    def figures(self, measured):
        self.seconds.append(measured.seconds / len(measured.answers))
        foreign = self._measuring.foreign(self.family, measured.answers)
        return with_foreign(figures(measured, self._items), foreign)


def line(claim: Claim, name: str, found_figures, outcome: str) -> str:
    spreads = [f.spread for f in found_figures]
    tokens = sum(f.tokens for f in found_figures)
    return (
        f"{claim.family + ' ' + claim.kind:14}{name:34}{mean(spreads):6.2f} ±{stdev(spreads):5.2f}"
        f"{sum(f.missed for f in found_figures) / tokens:8.1%}"
        f"{sum(f.contradicted for f in found_figures) / tokens:8.1%}"
        f"{sum(f.outside for f in found_figures) / tokens:8.1%}  {outcome}"
    )


def report_honest(claim: Claim, facts: dict) -> None:
    for name, measured in claim.honest.items():
        held_out = claim.held_out(measured)
        made = decide(any_of(held_out), claim.record, DECISIONS)
        facts["honest"].append({"claim": claim.kind, "family": claim.family, "way": name}
                               | asdict(made))  # fmt: skip
        outcome = f"{made.convicted} of {made.decisions} convicted, {made.checks_mean:.1f} checks"
        print(line(claim, name, held_out, outcome), flush=True)


def report_cheat(claim: Claim, name: str, measured, facts: dict, checks=None) -> None:
    found = find(checks or any_of(claim.held_out(measured)), claim.record, PEERS)
    facts["cheats"].append({"claim": claim.kind, "family": claim.family, "name": name,
                            "named": named(found)} | asdict(found))  # fmt: skip
    share = found.convicted / found.peers
    outcome = (
        f"{share:5.0%} found, {found.checks_mean:5.1f} checks (95 %: {found.checks_95:3.0f}),"
        f" {found.tokens_mean:5.0f} tokens, {named(found)}"
    )
    print(line(claim, name, claim.held_out(measured), outcome), flush=True)


def all_cheats(claim: Claim, measuring: Measuring, facts: dict) -> None:
    """Everything but other numbers; about the starter model."""
    usual = Peer("as usual", claim.kind)
    answers = measuring.answers(usual)
    cheap = {k: measuring.measured(Peer(k, k), claim.kind) for k in ("Q4_K_M", "Q2_K")}
    print()
    for peer in (COARSE_CACHE, *NOISY):
        report_cheat(claim, peer.name, claim.measure(peer), facts)
    made = {
        "canned text": cheats.canned(measuring, answers, claim.kind),
        "answers to other questions": cheats.lookup(measuring, answers, claim.kind),
        "another family of models": cheats.unrelated(measuring, claim.kind),
        "text by Q4_K_M, honest proof": cheats.prefilled(cheap["Q4_K_M"]),
        "text by Q2_K, honest proof": cheats.prefilled(cheap["Q2_K"]),
        "text by Q2_K, bent proof": cheats.bent(cheap["Q2_K"]),
    }
    by_name = {name: claim.figures(measured) for name, measured in made.items()}
    for name, measured in by_name.items():
        report_cheat(claim, name, measured, facts)
    inflated = with_foreign(claim.honest["as usual"], [0.8] * len(answers))
    report_cheat(claim, "tokens split to count more", inflated, facts)
    print()
    good = any_of(claim.held_out(claim.honest["as usual"]))
    for name, bad in (("canned text", by_name["canned text"]),
                      ("Q4_K_M", claim.figures(cheap["Q4_K_M"]))):  # fmt: skip
        for share in (0.5, 0.25, 0.1, 0.05):
            checks = sometimes(any_of(claim.held_out(bad)), good, share)
            report_cheat(claim, f"{name} in {share:.0%} of answers", bad, facts, checks)
    report_cheat(claim, "proxy to an honest peer", claim.honest["as usual"], facts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--quick", action="store_true", help="the starter model as Q8_0 only")
    parser.add_argument("--sample", default=FIRST, help="which questions and seeds")
    chosen = parser.parse_args()
    folder = Path(platformdirs.user_cache_dir("closedmesh-benchmarks")) / "identity"
    copies = Copies(folder, STARTER)
    first = measuring = Measuring(copies, folder / "measured")
    if chosen.sample != FIRST:
        measuring = Measuring(copies, folder / f"measured-{chosen.sample}", chosen.sample)
    facts: dict = {"honest": [], "cheats": []}
    print(f"{'claim':14}{'really':34}{'spread':>13}{'missed':>8}{'contra':>8}{'outside':>8}")
    for family, kind in CLAIMS[: 1 if chosen.quick else None]:
        claim = Claim(measuring, family, kind, None if measuring is first else first)
        report_honest(claim, facts)
        for peer in others(kind, family):
            report_cheat(claim, peer.name, claim.measure(peer), facts)
        if (family, kind) == CLAIMS[0]:
            all_cheats(claim, measuring, facts)
        facts.setdefault("verifier_seconds", {})[f"{family} {kind}"] = mean(claim.seconds)
        print()
    conclude(facts)
    if chosen.json:
        chosen.json.write_text(json.dumps(facts, indent=1))


def conclude(facts: dict) -> None:
    from tests.benchmarks.identity.deciding import upper_bound  # noqa: PLC0415

    decisions = sum(one["decisions"] for one in facts["honest"])
    convicted = sum(one["convicted"] for one in facts["honest"])
    bound = upper_bound(convicted, decisions)
    facts["false_alarms"] = {"decisions": decisions, "convicted": convicted, "upper_bound": bound}
    print(f"Honest peers convicted: {convicted} of {decisions:,} decisions; at most {bound:.1e} a")
    print("decision with 95 % confidence, as far as the measured checks stand for others.")
    print(f"A peer that never answers is unresponsive after {silences_borne()} checks.")
    for name, seconds in facts["verifier_seconds"].items():
        print(f"A check costs the verifier {seconds:.2f} s of one processor ({name}).")


if __name__ == "__main__":
    main()
