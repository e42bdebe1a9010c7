"""Packs the bundle for Windows: a setup program, and a package for those who install by policy.

Both install for one account. NSIS makes the first and wixl the second, on Linux: the bundle itself
is built under Windows.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

FILES = Path(__file__).parent / "windows"
TARGETS = ("setup", "msi")


@dataclass(frozen=True, slots=True)
class Source:
    """What is packed."""

    bundle: Path
    icon: Path
    version: str
    out: Path
    stem: str
    """What the names of packages begin with."""


def make(target: str, source: Source) -> Path:
    """One package. Raises `CalledProcessError`."""
    return {"setup": _setup, "msi": _msi}[target](source)


def setup_command(source: Source, target: Path) -> list[str]:
    """What makes the setup program; warnings are errors."""
    facts = {"VERSION": source.version, "SOURCE": source.bundle.as_posix(),
             "ICON": source.icon.as_posix(), "OUT": target.as_posix()}  # fmt: skip
    return ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8",
            *(f"-D{name}={value}" for name, value in facts.items()),
            str(FILES / "closedmesh.nsi")]  # fmt: skip


def _setup(source: Source) -> Path:
    target = source.out / f"{source.stem}-setup.exe"
    subprocess.run(setup_command(source, target), check=True)
    return target


def _msi(source: Source) -> Path:
    target = source.out / f"{source.stem}.msi"
    listed = "\n".join(str(each) for each in sorted(source.bundle.rglob("*")) if each.is_file())
    files = subprocess.run(
        ["wixl-heat", "-p", f"{source.bundle}/", "--directory-ref", "INSTALLDIR",
         "--component-group", "Files", "--var", "var.Source", "--win64"],
        check=True, input=listed, capture_output=True, text=True,
    ).stdout  # fmt: skip
    part = source.out / "files.wxs"
    part.write_text(files, "utf-8")
    subprocess.run(
        ["wixl", "-a", "x64", "-D", "Win64=yes", "-D", f"Version={source.version}",
         "-D", f"Source={source.bundle.name}", "-o", str(target), str(FILES / "closedmesh.wxs"),
         str(part)],
        check=True, cwd=source.bundle.parent,  # wixl takes no absolute folder
    )  # fmt: skip
    part.unlink()
    return target
