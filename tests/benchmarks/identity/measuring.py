"""Measures peers and keeps what was measured, so that a second run only computes statistics."""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import numpy as np

from closedmesh.models.chat import Sampling
from closedmesh.trust import phrases, probes
from closedmesh.trust.epochs import probe_draw
from closedmesh.trust.evidence import foreign_tokens
from tests.benchmarks.identity import writing
from tests.benchmarks.identity.copies import Copies
from tests.benchmarks.identity.running import (
    USUAL,
    Answer,
    Item,
    Scored,
    Way,
    reference_way,
    running,
)

ROOT = Path(__file__).parents[3]
SECRET = b"the laboratory's secret"
FIRST = "first"
LONGEST_ANSWER = 48
"""Tokens: what is opened of a check at most."""

CHECKS = 48

FORMS = {
    "smollm2": "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging"
    " Face<|im_end|>\n<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n",
    "gemma": "<start_of_turn>user\n{}<end_of_turn>\n<start_of_turn>model\n",
}


@dataclass(frozen=True)
class Peer:
    """What a peer really runs."""

    name: str
    kind: str
    way: Way = USUAL
    family: str = "smollm2"


@dataclass(frozen=True)
class Measured:
    """Answers of one peer, with what the reference of a claim says of them."""

    answers: list[Answer]
    scores: list[Scored]
    seconds: float
    """Processor time of the verifier for all of them."""


class Measuring:
    """Peers asked the checks of one sample; another sample has other questions and seeds."""

    def __init__(self, copies: Copies, folder: Path, sample: str = FIRST) -> None:
        self._copies = copies
        self._folder = folder
        added = b"" if sample == FIRST else b" " + sample.encode()
        self._secret = hashlib.sha256(SECRET + added).digest()
        self._seed = 1000 if sample == FIRST else int.from_bytes(self._secret[:6], "big")
        folder.mkdir(parents=True, exist_ok=True)
        self._phrases = phrases.parse((ROOT / "resources" / "probes.toml").read_text("utf-8"))

    def messages(self) -> list[str]:
        """First messages of the checks, written by the starter model."""
        target = self._folder / "messages.json"
        if target.exists():
            return json.loads(target.read_text())
        with running(self._copies.get("smollm2", "Q8_0"), Way()) as runner:
            texts = writing.messages(
                runner, self._phrases, [self._draw(number) for number in range(CHECKS)]
            )
        target.write_text(json.dumps(texts, ensure_ascii=False, indent=1))
        return texts

    def _draw(self, number: int):
        return probe_draw(self._secret, "peer", "model", number)

    def _plans(self) -> list[probes.Plan]:
        return [probes.plan(self._draw(number), self._phrases) for number in range(CHECKS)]

    def items(self, family: str) -> list[Item]:
        """The checks as tokens of a family's vocabulary, fixed when they are first asked for."""
        target = self._folder / f"items-{family}.json"
        if not target.exists():
            target.write_bytes(msgspec.json.encode(self._items(family)))
        return msgspec.json.decode(target.read_bytes(), type=list[Item])

    def _items(self, family: str) -> list[Item]:
        items = []
        with running(self._copies.get(family, "Q8_0"), reference_way()) as runner:
            for number, (plan, text) in enumerate(zip(self._plans(), self.messages(), strict=True)):
                tokens = runner.tokenize(FORMS[family].format(text))
                chosen = Sampling(temperature=plan.manner.temperature, seed=self._seed + number)
                items.append(Item(tuple(tokens), chosen, LONGEST_ANSWER))
        return items

    def tokenize(self, family: str, text: str) -> list[int]:
        """The tokens of plain words."""
        with running(self._copies.get(family, "Q8_0"), reference_way()) as runner:
            return runner.tokenize(text, beginning=False, special=False)

    def text(self, family: str, tokens: list[int]) -> str:
        """The words of tokens."""
        with running(self._copies.get(family, "Q8_0"), reference_way()) as runner:
            return runner.text(tokens)

    def foreign(self, family: str, answers: list[Answer]) -> list[float]:
        """T5 of each answer: the share of tokens that are not the tokeniser's own."""
        with running(self._copies.get(family, "Q8_0"), reference_way()) as runner:
            return [
                foreign_tokens(
                    [t for t in answer.tokens.tolist() if runner.text([t])],
                    runner.tokenize(
                        runner.text(answer.tokens.tolist()), beginning=False, special=False
                    ),
                )
                for answer in answers
            ]

    def answers(self, peer: Peer) -> list[Answer]:
        """What a peer returns to all checks."""
        target = self._folder / f"answers-{_key(peer)}.npz"
        if not target.exists():
            started = time.monotonic()
            items = self.items(peer.family)
            with running(self._copies.get(peer.family, peer.kind), peer.way) as runner:
                answers = runner.answer(items)
            _save(target, [asdict(answer) for answer in answers])
            tokens = sum(len(answer.tokens) for answer in answers)
            print(
                f"  {peer.name}: {tokens} tokens in {time.monotonic() - started:.0f} s", flush=True
            )
        return [Answer(**fields) for fields in _load(target)]

    def measured(self, peer: Peer, claim: str) -> Measured:
        """A peer's answers under the reference of the kind that it claims to run."""
        answers = self.answers(peer)
        return self.scored(f"{_key(peer)}", peer.family, answers, claim)

    def scored(self, key: str, family: str, answers: list[Answer], claim: str) -> Measured:
        """Any answers to the checks under a reference."""
        target = self._folder / f"scores-{key}-as-{claim}.npz"
        if not target.exists():
            items = self.items(family)
            with running(self._copies.get(family, claim), reference_way()) as runner:
                started = time.process_time()
                scores = [
                    runner.score(item, answer.tokens)
                    for item, answer in zip(items, answers, strict=True)
                ]
                seconds = time.process_time() - started
            fields = [asdict(score) for score in scores]
            fields[0]["seconds"] = np.array(seconds)
            _save(target, fields)
        loaded = _load(target)
        seconds = float(loaded[0].pop("seconds"))
        return Measured(answers, [Scored(**fields) for fields in loaded], seconds)


def _key(peer: Peer) -> str:
    way = hashlib.sha256(
        repr((peer.kind, peer.way, peer.family)).replace(", context=512", "").encode()
    ).hexdigest()[:8]
    return f"{peer.family}-{peer.kind}-{way}"


def _save(target: Path, rows: list[dict]) -> None:
    part = target.with_suffix(".part.npz")
    np.savez_compressed(
        part, **{f"{i}.{name}": value for i, row in enumerate(rows) for name, value in row.items()}
    )
    part.rename(target)


def _load(target: Path) -> list[dict]:
    rows: list[dict] = []
    with np.load(target) as arrays:
        for name in arrays.files:
            number, field = name.split(".")
            while len(rows) <= int(number):
                rows.append({})
            rows[int(number)][field] = arrays[name]
    return rows
