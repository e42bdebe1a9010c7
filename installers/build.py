"""Builds what a person downloads: the program with everything it needs, and packages of it.

    python3 installers/build.py bundle     the program as one folder
    python3 installers/build.py sign       sign it, where the secrets for that are
    python3 installers/build.py package    the packages of this system, signed as well
    python3 installers/build.py smoke      start the built program, ask it, end it
    python3 installers/build.py all        one after the other

For Linux a Debian package, an RPM, an AppImage, and an archive for one account; for Windows a setup
program and an MSI, which Linux makes of a bundle that was built under Windows; for macOS a disk
image. `develop.py` has set up the environment that everything is taken from; llama.cpp is compiled
once more, for every kind of processor. The result runs on systems as new as this computer's.
"""

import argparse
import datetime
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bundling
import develop
import macos_packages
import signing
import smoke
import starter_model
from plan import PYPROJECT, ROOT, TARGETS, Plan, make


def main(words: Sequence[str]) -> int:
    """Carry out one verb; the exit code."""
    chosen = _parser().parse_args(words)
    plan = _plan(chosen)
    plan.out.mkdir(parents=True, exist_ok=True)
    steps = {"bundle": bundling.bundle, "sign": sign, "package": package, "smoke": try_out}
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
    parser.add_argument("verb", choices=("bundle", "sign", "package", "smoke", "all"))
    parser.add_argument("--target", choices=[each for names in TARGETS.values() for each in names],
                        action="append", help="only this package")  # fmt: skip
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--python", type=Path, default=develop.python(), metavar="FILE",
                        help="interpreter of the environment that is packed")  # fmt: skip
    parser.add_argument("--invite", default="", help="of the mesh that a new home joins")
    parser.add_argument("--updates", type=Path, metavar="DIR",
                        help="root.json and address.txt of the place of new versions")  # fmt: skip
    parser.add_argument("--appimage-runtime", type=Path, metavar="FILE",
                        help="the program that mounts an AppImage")  # fmt: skip
    parser.add_argument("--vulkan", action="store_true",
                        help="kernels for graphics cards of any maker as well")  # fmt: skip
    parser.add_argument("--menu-bar-only", action="store_true",
                        help="on macOS: no place in the Dock")  # fmt: skip
    return parser


def _plan(chosen: argparse.Namespace) -> Plan:
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    return Plan(
        chosen.python.absolute(),
        chosen.out.absolute(),
        tuple(chosen.target or ()),
        chosen.invite,
        chosen.updates and chosen.updates.absolute(),
        project["version"],
        day(os.environ.get("SOURCE_DATE_EPOCH")),
        chosen.appimage_runtime and chosen.appimage_runtime.absolute(),
        chosen.vulkan,
        not chosen.menu_bar_only,
    )


def day(epoch: str | None) -> str:
    """The date of the release; of `epoch` where the build is to be repeatable."""
    now = datetime.datetime.now(datetime.UTC)
    when = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else now
    return when.date().isoformat()


def sign(plan: Plan) -> None:
    """Sign the bundle. Raises `Refused`, `CalledProcessError`."""
    _refuse_without(plan)
    allowed = macos_packages.entitlements(plan.out / "closedmesh.entitlements")
    for command in signing.bundle_commands(plan.system, plan.bundle, allowed, os.environ):
        develop.call(command)


def package(plan: Plan) -> None:
    """Make the packages of the bundle, and sign them. Raises `Refused`, `CalledProcessError`."""
    _refuse_without(plan)
    for target in plan.targets or TARGETS[plan.system]:
        began = time.monotonic()
        file = make(target, plan)
        for command in signing.package_commands(plan.system, [file], os.environ):
            develop.call(command)
        size, seconds = file.stat().st_size / 1e6, time.monotonic() - began
        develop.say(f"{size:8.1f} MB  {seconds:4.0f} s  {file}")


def try_out(plan: Plan) -> None:
    """Have the built program answer. Raises `Refused`, `CalledProcessError`."""
    _refuse_without(plan)
    develop.call([sys.executable, str(Path(smoke.__file__)), str(plan.program)])


def _refuse_without(plan: Plan) -> None:
    if not plan.program.exists():
        raise develop.Refused(f"There is no program in {plan.bundle}: `build.py bundle` makes it.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
