"""Finds out whose work a bundle consists of, and under which licences, by what was put into it.

PyInstaller's list says where each file came from. A file belongs to the package of Python that
installed it, else to the package of the system that did, else to Python itself.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path

TEXTS = Path(__file__).parent / "licences"
"""Of licences that packages name without bringing their text."""

NAMED = {"LGPL-3.0": ("LGPL-3.0.txt", "GPL-3.0.txt")}
"""Which of them are given to whoever names a licence that begins so; the first is a supplement to
the second."""

OWN = "closedmesh"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's work that is in the bundle."""

    name: str
    version: str
    kind: str
    """As in package addresses: "pypi", "deb", "generic"."""
    licence: str
    """What it says of itself, an expression where it has one; empty if it says nothing."""
    texts: tuple[Path, ...] = field(default=())


def of_python(folder: Path) -> dict[Path, Part]:
    """For each file that a package of Python installed below `folder`, the package."""
    owners: dict[Path, Part] = {}
    for found in distributions(path=[str(folder)]):
        part = _of_distribution(found)
        for file in found.files or []:
            owners[Path(str(found.locate_file(file))).resolve()] = part
    return owners


def _of_distribution(found: Distribution) -> Part:
    told = found.metadata
    licence = _first(told.get_all("License-Expression")) or _short(_first(told.get_all("License")))
    classes = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or []
               if each.startswith("License ::")]  # fmt: skip
    licence = licence or " OR ".join(classes)
    texts = tuple(
        Path(str(found.locate_file(file))) for file in found.files or []
        if ".dist-info/" in str(file) and is_text(Path(str(file)).name)
    )  # fmt: skip
    return Part(told["Name"], found.version, "pypi", licence, texts or named_texts(licence))


def _first(values: list[str] | None) -> str:
    return values[0] if values else ""


def _short(told: str) -> str:
    """A licence's name; some packages write its whole text where the name belongs."""
    return told if len(told) < 80 and "\n" not in told else ""


def is_text(name: str) -> bool:
    """Whether a file holds a licence, by its name."""
    return re.match(r"(?i)(licen[cs]e|copying|notice|copyright)", name) is not None


def named_texts(licence: str) -> tuple[Path, ...]:
    """Texts of a licence that is only named."""
    found = (names for start, names in NAMED.items() if licence.startswith(start))
    return tuple(TEXTS / name for names in found for name in names)


def find(
    files: Iterable[Path],
    owners: Mapping[Path, Part],
    owner_in_system: Callable[[Path], Part | None],
    others: Part,
) -> list[Part]:
    """The parts that files came from, by name; `others` is whose the rest is."""
    found: dict[str, Part] = {}
    for file in files:
        real = file.resolve()
        part = owners.get(real) or owner_in_system(real) or others
        found[f"{part.kind}/{part.name}"] = part
    return sorted((part for part in found.values() if part.name != OWN),
                  key=lambda part: part.name.lower())  # fmt: skip


def of_debian(file: Path) -> Part | None:
    """The package of Debian or Ubuntu that a library is of; `None` where it is of none."""
    if not sys.platform.startswith("linux") or not str(file).startswith(("/usr/", "/lib")):
        return None
    for path in (str(file), str(file).removeprefix("/usr")):
        told = _told(["dpkg-query", "--search", path])
        if name := told.partition(": ")[0].partition(",")[0]:
            version = _told(["dpkg-query", "--show", "--showformat=${Version}", name])
            plain = name.partition(":")[0]
            text = Path("/usr/share/doc") / plain / "copyright"
            return Part(plain, version, "deb", "", (text,) if text.exists() else ())
    return None


def _told(command: list[str]) -> str:
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
