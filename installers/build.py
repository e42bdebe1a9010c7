"""Builds what a person downloads: the program with everything it needs, and packages of it.

    python3 installers/build.py bundle     the program as one folder
    python3 installers/build.py package    a Debian package, and an archive for one account
    python3 installers/build.py smoke      start the built program, ask it, end it
    python3 installers/build.py all        one after the other

`develop.py` has set up the environment that it takes everything from. So far for Linux. The result
runs where the C library is as new as on this computer, and on processors like this one's, unless
llama.cpp was built with its kernels for all of them.
"""

import argparse
import datetime
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import contents
import develop
import linux_packages
import smoke
import starter_model

ROOT = develop.ROOT
RESOURCES = ROOT / "resources"
TARGETS = ("deb", "tar")
NATIVE = (
    "Its engine is built for this computer's kind of processor, and may not start on older ones."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is built, from what, and where."""

    python: Path
    """Interpreter of an environment that has the program's packages and PyInstaller."""
    out: Path
    """Folder for everything that is made."""
    targets: tuple[str, ...]
    invite: str
    """Of the mesh that a new home joins; empty is none."""
    updates: Path | None
    """Folder that says where new versions come from (`releases.py begin`)."""
    version: str
    day: str

    @property
    def bundle(self) -> Path:
        """The folder that holds the built program."""
        return self.out / "closedmesh"

    @property
    def source(self) -> linux_packages.Source:
        """The same, as those who pack it know it."""
        return linux_packages.Source(self.bundle, RESOURCES, self.python, self.version, self.day)

    @property
    def stem(self) -> str:
        """What the names of packages begin with."""
        return f"closedmesh-{self.version}-linux-{platform.machine()}"


def main(words: Sequence[str]) -> int:
    """Carry out one verb; the exit code."""
    chosen = _parser().parse_args(words)
    if sys.platform != "linux":
        sys.stderr.write("Packages are made for Linux so far, on Linux.\n")
        return 1
    plan = _plan(chosen)
    plan.out.mkdir(parents=True, exist_ok=True)
    steps = {"bundle": bundle, "package": package, "smoke": try_out}
    try:
        for name in steps if chosen.verb == "all" else (chosen.verb,):
            began = time.monotonic()
            steps[name](plan)
            develop.say(f"{name}: {time.monotonic() - began:.0f} s")
    except (develop.Refused, starter_model.Unreachable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"This failed (code {error.returncode}): {error.cmd}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=("bundle", "package", "smoke", "all"))
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this package")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--python", type=Path, default=develop.python(), metavar="FILE",
                        help="interpreter of the environment that is packed")  # fmt: skip
    parser.add_argument("--invite", default="", help="of the mesh that a new home joins")
    parser.add_argument("--updates", type=Path, metavar="DIR",
                        help="root.json and address.txt of the place of new versions")  # fmt: skip
    return parser


def _plan(chosen: argparse.Namespace) -> Plan:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return Plan(
        chosen.python.absolute(),
        chosen.out.absolute(),
        tuple(chosen.target or TARGETS),
        chosen.invite,
        chosen.updates and chosen.updates.absolute(),
        project["version"],
        day(os.environ.get("SOURCE_DATE_EPOCH")),
    )


def day(epoch: str | None) -> str:
    """The date of the release; of `epoch` where the build is to be repeatable."""
    now = datetime.datetime.now(datetime.UTC)
    when = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else now
    return when.date().isoformat()


def bundle(plan: Plan) -> None:
    """Make the folder that holds the program. Raises `Refused`."""
    if not plan.python.exists():
        raise develop.Refused("There is no environment yet: run `installers/develop.py run` first.")
    models = plan.python.parent.parent / "share" / "closedmesh" / "models"
    starter_model.fetch(RESOURCES / "catalogue.toml", plan.python, models)
    model = starter_model.starter((RESOURCES / "catalogue.toml").read_text("utf-8"))
    _have_builder(plan.python)
    work = plan.out / "work"
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "app"),
        "CLOSEDMESH_BUILD_MODEL": str(models / model["file"]),
    }
    environment.pop("CLOSEDMESH_BUILD_INVITE", None)
    if plan.invite:
        work.mkdir(exist_ok=True)
        (work / "invite.txt").write_text(plan.invite, "utf-8")
        environment["CLOSEDMESH_BUILD_INVITE"] = str(work / "invite.txt")
    environment.pop("CLOSEDMESH_BUILD_UPDATES", None)
    if plan.updates:
        environment["CLOSEDMESH_BUILD_UPDATES"] = str(plan.updates)
    develop.call([str(plan.python), "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
                  "--distpath", str(plan.out), "--workpath", str(work),
                  str(ROOT / "installers" / "app.spec")], environment)  # fmt: skip
    _strip(plan.bundle)
    develop.say(contents.table(contents.sizes(plan.bundle)))
    if not contents.has_all_kernels(each.name for each in plan.bundle.rglob("libggml-cpu*")):
        develop.say(NATIVE)


def _have_builder(python: Path) -> None:
    looks = [str(python), "-c", "import PyInstaller"]
    if subprocess.run(looks, check=False, stderr=subprocess.DEVNULL).returncode:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        develop.call([str(python), "-m", "pip", "install", "--quiet",
                      *project["optional-dependencies"]["build"]])  # fmt: skip


def _strip(folder: Path) -> None:
    """Take out what only debuggers read."""
    for file in folder.rglob("*.so*"):
        if not file.is_symlink() and contents.is_stripped(file.relative_to(folder).as_posix()):
            develop.call(["strip", "--strip-unneeded", str(file)])


def package(plan: Plan) -> None:
    """Make the packages of the bundle."""
    _refuse_without(plan.bundle)
    made = [_made_by[target](plan) for target in plan.targets]
    for file in made:
        develop.say(f"{file.stat().st_size / 1e6:8.1f} MB  {file}")


def _deb(plan: Plan) -> Path:
    tree = plan.out / "work" / "root"
    linux_packages.lay_out(plan.source, tree)
    size = sum(each.stat().st_size for each in tree.rglob("*") if not each.is_symlink())
    glibc = linux_packages.needed_glibc(plan.bundle)
    about = linux_packages.control(plan.version, platform.machine(), glibc, size)
    target = plan.out / f"{plan.stem}.deb"
    linux_packages.debian(tree, about, target)
    shutil.rmtree(tree)
    return target


def _tar(plan: Plan) -> Path:
    target = plan.out / f"{plan.stem}.tar.gz"
    linux_packages.archive(plan.source, target, plan.stem)
    return target


_made_by = {"deb": _deb, "tar": _tar}


def try_out(plan: Plan) -> None:
    """Have the built program answer. Raises `CalledProcessError`."""
    _refuse_without(plan.bundle)
    develop.call([sys.executable, str(Path(smoke.__file__)), str(plan.bundle / "closedmesh")])


def _refuse_without(folder: Path) -> None:
    if not (folder / "closedmesh").exists():
        raise develop.Refused(f"There is no program in {folder}: `build.py bundle` makes it.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
