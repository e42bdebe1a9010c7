"""Puts the licences of everybody whose work is in a bundle into it, and writes the list of them.

    python installers/bill_of_materials.py --files LIST --engine DIR --model FILE BUNDLE TARGET

Run by `build.py bundle`, in the environment that was packed. The list is in CycloneDX's form, for
those who look up what is known about the parts of programs they run.
"""

import argparse
import json
import platform
import shutil
import sys
import sysconfig
import tomllib
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

import parts
from parts import Part

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "licences"
"""In the bundle."""


def main(words: Sequence[str]) -> int:
    """Collect the licences and write the list; the exit code."""
    parser = argparse.ArgumentParser(prog="bill_of_materials.py")
    parser.add_argument("--files", type=Path, required=True, help="PyInstaller's list, as JSON")
    parser.add_argument("--engine", type=Path, required=True, help="folder of llama.cpp")
    parser.add_argument("--model", type=Path, required=True, help="the starter model")
    parser.add_argument("--day", required=True, help="of the release")
    parser.add_argument("inside", type=Path, help="folder of the bundle that licences go to")
    parser.add_argument("target", type=Path, help="the list that is written")
    chosen = parser.parse_args(words)
    sources = [Path(each) for each in json.loads(chosen.files.read_text("utf-8"))]
    found = parts.find(
        (file for file in sources if not is_own(file)),
        parts.of_python(Path(sysconfig.get_path("purelib"))) | special(chosen.engine, chosen.model),
        parts.of_debian,
        _python(),
    )
    for part in found:
        keep_texts(part, chosen.inside / FOLDER)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    chosen.target.write_text(bill(found, version, chosen.day), "utf-8")
    silent = [part.name for part in found if not part.texts]
    print(f"{len(found)} parts; licences of {len(found) - len(silent)} of them are in the bundle")
    if silent:
        print(f"These bring no text of a licence: {', '.join(silent)}")
    return 0


def is_own(file: Path) -> bool:
    """Whether a file is of this project."""
    own = (ROOT / "app", ROOT / "resources", ROOT / "LICENSE")
    return any(file.resolve().is_relative_to(each) for each in own)


def special(engine: Path, model: Path) -> dict[Path, Part]:
    """What no package manager installed: llama.cpp, as it was compiled, and the starter model."""
    catalogue = tomllib.loads((ROOT / "resources" / "catalogue.toml").read_text("utf-8"))["model"]
    about: Mapping[str, str] = next(each for each in catalogue if each["file"] == model.name)
    text = engine / "LICENSE"
    llama = Part("llama.cpp", engine.name, "generic", "MIT", (text,) if text.exists() else ())
    weights = Part(about["name"], about["sha256"][:12], "generic", about["licence"],
                   (ROOT / "LICENSE",))  # fmt: skip
    return {file.resolve(): llama for file in engine.iterdir()} | {model.resolve(): weights}


def _python() -> Part:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = (place / "LICENSE.txt" for place in places)
    found = tuple(text for text in texts if text.exists())[:1]
    return Part("Python", platform.python_version(), "generic", "PSF-2.0", found)


def keep_texts(part: Part, folder: Path) -> None:
    """Copy a part's licences below `folder`; two of one name get numbers."""
    for text in part.texts:
        place = folder / part.name / text.name
        number = 1
        while place.exists():
            number += 1
            place = folder / part.name / f"{text.name}.{number}"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(text, place)


def bill(found: Sequence[Part], version: str, day: str) -> str:
    """The list of parts in CycloneDX's form, as JSON. The same parts make the same text."""
    program = Component(
        name=parts.OWN, version=version, type=ComponentType.APPLICATION, bom_ref=parts.OWN,
        licenses=[LicenseFactory().make_from_string("Apache-2.0")],
    )  # fmt: skip
    made = Bom(components=[_component(part) for part in found])
    made.metadata.component = program
    made.register_dependency(program, made.components)
    names = "|".join(f"{part.name}={part.version}" for part in found)
    made.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, f"{parts.OWN}|{version}|{names}")
    made.metadata.timestamp = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)


def _component(part: Part) -> Component:
    namespace = "debian" if part.kind == "deb" else None
    address = PackageURL(part.kind, namespace, part.name, part.version)
    return Component(
        name=part.name, version=part.version, type=ComponentType.LIBRARY, purl=address,
        bom_ref=address.to_string(),
        licenses=[LicenseFactory().make_from_string(part.licence)] if part.licence else [],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
