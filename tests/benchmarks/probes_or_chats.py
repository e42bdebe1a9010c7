"""Whether checks can be told from real chats, by what a serving peer sees of a first question.

    python tests/benchmarks/probes_or_chats.py [--count N] [--json FILE]

The checks are written by the starter model, as a verifier writes them. A classifier (TF-IDF of
words and pairs of words, and form; gradient boosting) is trained on half of them and of public
chats, and tried on the other half: 0.5 is guessing, 1 is never wrong. The last line adds what a
peer has that serves the very model the checks were written with: how likely the model thinks each
question. Parameters are not among it: they are drawn from what the program itself sends.
"""

import argparse
import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import platformdirs

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from closedmesh.models.chat import Sampling
from closedmesh.trust import phrases
from closedmesh.trust.epochs import probe_draw
from tests.benchmarks.identity import writing
from tests.benchmarks.identity.copies import Copies
from tests.benchmarks.identity.running import USUAL, Item, Runner, running
from tests.benchmarks.identity.telling import public_chats, told_apart
from tests.benchmarks.model_identity import STARTER

SECRET = hashlib.sha256(b"told apart").digest()
CHATS_EACH = 3
"""Chats for each check: a peer sees far more of them."""
LIKELY_TOKENS = 128
"""Of a question, whose likelihood is looked at."""
CONTEXT_SLOTS = 25


def written(copies: Copies, folder: Path, count: int) -> list[str]:
    """First messages of checks."""
    target = folder / f"checks-{count}.json"
    if not target.exists():
        known = phrases.parse((ROOT / "resources" / "probes.toml").read_text("utf-8"))
        draws = [probe_draw(SECRET, "peer", "model", number) for number in range(count)]
        way = replace(USUAL, slots=CONTEXT_SLOTS, context=1024)
        with running(copies.get("smollm2", "Q8_0"), way) as runner:
            target.write_text(json.dumps(writing.messages(runner, known, draws)))
    return json.loads(target.read_text())


def likelihoods(runner: Runner, texts: list[str]) -> np.ndarray:
    """Mean and deviation of each text's log-probabilities, shape (texts, 2)."""
    turn = tuple(runner.tokenize(writing.TURN))
    rows = []
    for text in texts:
        tokens = runner.tokenize(text, beginning=False, special=False)[:LIKELY_TOKENS] or [0]
        said = runner.score(Item(turn, Sampling(), 1), tokens).logprobs
        rows.append((said.mean(), said.std()))
    return np.array(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=400, help="checks to be written")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    chosen = parser.parse_args()
    folder = Path(platformdirs.user_cache_dir("closedmesh-benchmarks")) / "identity"
    copies = Copies(folder, STARTER)
    checks = written(copies, folder, chosen.count)
    chats = public_chats(folder, CHATS_EACH * len(checks), 2)
    with running(copies.get("smollm2", "Q8_0"), replace(USUAL, slots=1, context=4096)) as runner:
        likely = likelihoods(runner, checks + chats)
    found = {
        "words": told_apart(checks, chats, text=True),
        "form": told_apart(checks, chats, facts=True),
        "words and form": told_apart(checks, chats, text=True, facts=True),
        "likelihood": told_apart(checks, chats, more=likely),
        "everything": told_apart(checks, chats, text=True, facts=True, more=likely),
        "chats from chats": told_apart(chats[::2], chats[1::2], text=True, facts=True),
    }
    print(f"{len(checks)} checks, {len(chats)} chats; half of each trains, half is told apart")
    for name, area in found.items():
        print(f"  {name:20}{area:.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
