"""Compares the whole catalogue with the hub: `python3 installers/verify_catalogue.py`.

For each model the hub is asked for the files of its repository at the pinned commit. Size and
SHA-256 must be those that stand in the catalogue; the licence and, for `main`, the commit to pin
are shown. Nothing is downloaded and nothing is changed. Needs the internet, and nothing but Python.
"""

import json
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parents[1] / "resources" / "catalogue.toml"

HUB = "https://huggingface.co"

TIMEOUT = 30.0
"""Seconds."""

Ask = Callable[[str], Mapping[str, Any]]


def ask_hub(path: str) -> Mapping[str, Any]:
    """What the hub's API says. Raises `OSError`, and `ValueError` for what is no such thing."""
    with urllib.request.urlopen(f"{HUB}/api/{path}", timeout=TIMEOUT) as answer:
        return dict(json.load(answer))


def verify(model: Mapping[str, Any], ask: Ask) -> list[str]:
    """What is wrong with a model of the catalogue, in words; nothing if all is right."""
    places = [source for source in model["source"] if source["kind"] == "huggingface"]
    if not places:
        return ["has no place on the hub"]
    place = places[0]
    revision = place.get("revision", "main")
    try:
        listing = ask(f"models/{place['repo']}/revision/{revision}?blobs=true")
    except (OSError, ValueError, TypeError) as error:
        return [f"the hub does not tell: {error}"]
    known = {file["rfilename"]: file.get("lfs") or {} for file in listing.get("siblings", [])}
    wrong = []
    for path, size, sha256 in expected(model, place["file"]):
        if path not in known:
            wrong.append(f"{path} is not in {place['repo']} at {revision}")
        elif known[path].get("size") != size:
            wrong.append(f"{path} has {known[path].get('size')} bytes, not {size}")
        elif known[path].get("sha256") != sha256:
            wrong.append(f"{path} has the SHA-256 {known[path].get('sha256')}, not {sha256}")
    if revision == "main":
        wrong.append(f"no commit is pinned; now it is {listing.get('sha')}")
    if not model.get("checked", True) and not wrong:
        wrong.append("is right: `checked = false` can go")
    return wrong


def expected(model: Mapping[str, Any], file: str) -> list[tuple[str, int, str]]:
    """Path, size and SHA-256 of each file of a model."""
    parts = model.get("part")
    if not parts:
        return [(file, model["size_bytes"], model["sha256"])]
    stem = file.rpartition("-00001-of-")[0]
    return [
        (f"{stem}-{number:05}-of-{len(parts):05}.gguf", part["size_bytes"], part["sha256"])
        for number, part in enumerate(parts, 1)
    ]


def main() -> None:
    """Print one line a model; the exit code says whether all is right."""
    models = tomllib.loads(CATALOGUE.read_text("utf-8"))["model"]
    failed = 0
    for model in models:
        wrong = verify(model, ask_hub)
        failed += bool(wrong)
        print(f"{'ok   ' if not wrong else 'WRONG'} {model['name']}", *wrong, sep="\n      ")
    print(f"{len(models) - failed} of {len(models)} are right.")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
