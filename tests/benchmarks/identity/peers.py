"""Who is measured: honest peers in all their variety, and those that run something else."""

from dataclasses import replace

from tests.benchmarks.identity.measuring import Peer
from tests.benchmarks.identity.running import USUAL

HONEST = {
    "as usual": USUAL,
    "batches of 5": replace(USUAL, slots=5, step=64),
    "flash attention off": replace(USUAL, flash="off"),
    "flash attention on": replace(USUAL, flash="on", slots=7),
    "keys and values in 8 bits": replace(USUAL, cache="q8_0", flash="on"),
    "weights not laid out anew": replace(USUAL, repack=False),
}
"""Ways of running the claimed weights. The number of threads is not among them: it splits the work
and changes no number."""


def honest(claim: str, family: str) -> list[Peer]:
    """Peers that run what they claim."""
    return [Peer(name, claim, way, family) for name, way in HONEST.items()]


def others(claim: str, family: str) -> list[Peer]:
    """Peers that run the same model in other numbers."""
    kinds = {
        ("Q8_0", "smollm2"): ("F16", "Q6_K", "Q5_1", "Q4_K_M", "Q4_0", "Q3_K_M", "Q2_K"),
        ("Q4_0", "smollm2"): ("Q8_0", "Q3_K_M", "Q2_K"),
        ("Q8_0", "gemma"): ("Q4_0", "Q2_K"),
    }[claim, family]
    return [Peer(kind, kind, USUAL, family) for kind in kinds]


COARSE_CACHE = Peer("keys and values in 4 bits", "Q8_0", replace(USUAL, cache="q4_0", flash="on"))

NOISY = [
    Peer(f"weights changed by {share:.0%}", f"Q8_0+noise{share}") for share in (0.02, 0.05, 0.1)
]
"""Like small fine-tunes."""
