"""Builds llama.cpp for every computer: kernels for each family of processors, and drivers of
graphics cards, each in a library of its own, of which the program opens the best that it can.

pip compiles it from the sources that `pyproject.toml` pins. What was built is kept, by everything
that decides what it becomes.
"""

import hashlib
import os
import platform
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

PLACE = "llama_cpp/lib"
"""Where the binding looks for the libraries, within its packages' folder."""

MADE_IN = (PLACE, "bin")
"""Where a wheel has them: those that are opened while the program runs lie apart."""

OPTIONS = {
    "GGML_NATIVE": "OFF",
    "GGML_BACKEND_DL": "ON",
    "GGML_CPU_ALL_VARIANTS": "ON",
    # For pictures and sound, which the program does not send to models.
    "LLAVA_BUILD": "OFF",
}
"""CMake's, on every system."""


def options(*, vulkan: bool) -> dict[str, str]:
    """CMake's options; with Vulkan there are kernels for graphics cards of any maker, which need
    glslc and headers of Vulkan 1.3.261 or newer to be built, and its loader to be used."""
    return OPTIONS | ({"GGML_VULKAN": "ON"} if vulkan else {})


def requirement(pyproject: str) -> str:
    """The version of the binding that the program is made for."""
    needed: list[str] = tomllib.loads(pyproject)["project"]["dependencies"]
    return next(each for each in needed if each.startswith("llama-cpp-python"))


def name_of(wanted: str, chosen: Mapping[str, str]) -> str:
    """Under which a build is kept."""
    facts = f"{wanted}|{sorted(chosen.items())}|{sys.platform}|{platform.machine()}"
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def libraries(python: Path, pyproject: str, kept: Path, *, vulkan: bool) -> Path:
    """The folder with the built libraries, in `kept`; built now if it is not there. Raises
    `CalledProcessError`."""
    chosen = options(vulkan=vulkan)
    wanted = requirement(pyproject)
    folder = kept / name_of(wanted, chosen)
    if folder.exists():
        return folder
    print("Compiling llama.cpp for every kind of processor, once; that takes long ...", flush=True)
    with tempfile.TemporaryDirectory(prefix="engine-") as work:
        sources = _fetch(python, wanted, Path(work))
        wheel = _compile(python, sources, chosen, Path(work))
        kept.mkdir(parents=True, exist_ok=True)
        unpacked = kept / f"{folder.name}.{os.getpid()}"
        unpack(wheel, unpacked)
        keep_licence(sources, unpacked)
        unpacked.rename(folder)
    return folder


def _fetch(python: Path, wanted: str, work: Path) -> Path:
    _pip(python, "download", "--dest", str(work), wanted, environment=os.environ)
    return next(work.glob("*.tar.gz"))


def _compile(python: Path, sources: Path, chosen: Mapping[str, str], work: Path) -> Path:
    arguments = " ".join(f"-D{name}={value}" for name, value in chosen.items())
    environment = {"CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count() or 1)} | os.environ
    environment["CMAKE_ARGS"] = f"{environment.get('CMAKE_ARGS', '')} {arguments}".strip()
    _pip(python, "wheel", "--no-cache-dir", "--wheel-dir", str(work), str(sources),
         environment=environment)  # fmt: skip
    return next(work.glob("*.whl"))


def _pip(python: Path, verb: str, *words: str, environment: Mapping[str, str]) -> None:
    subprocess.run(
        [str(python), "-m", "pip", verb, "--quiet", "--disable-pip-version-check", "--no-deps",
         "--no-binary", "llama-cpp-python", *words],
        check=True, env=environment,
    )  # fmt: skip


def keep_licence(sources: Path, folder: Path) -> None:
    """Put llama.cpp's licence beside its libraries: the binding's package has only its own."""
    with tarfile.open(sources) as archive:
        for entry in archive:
            if entry.name.endswith("/vendor/llama.cpp/LICENSE"):
                text = archive.extractfile(entry)
                (folder / "LICENSE").write_bytes(text.read() if text else b"")


def unpack(wheel: Path, folder: Path) -> None:
    """Of a wheel, put the libraries into `folder`."""
    folder.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            place, _, name = entry.filename.rpartition("/")
            if place in MADE_IN and is_library(name):
                (folder / name).write_bytes(archive.read(entry))


def is_library(name: str) -> bool:
    """Whether a file is loaded when the program runs; others are for those who link to it."""
    return ".so" in name or name.endswith((".dll", ".dylib"))


def variants(names: Iterable[str]) -> list[str]:
    """Families of processors that there are kernels for, by the names of libraries."""
    found = (re.match(r"(?:lib)?ggml-cpu-(.+?)\.(?:so|dll)", name) for name in names)
    return sorted({each[1] for each in found if each})
