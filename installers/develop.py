"""Sets the program up from its source, and runs it or its tests.

    python3 installers/develop.py run [--ask TEXT]
    python3 installers/develop.py test [PYTEST ARGUMENT]...

Standard library only, for Python 3.11 and newer on Linux, macOS and Windows. Everything lands in
`.venv` beside this checkout. A second run finds its stamp there and touches no network.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import starter_model
import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
CHECKS = (
    "ruff check",
    "ruff format --check",
    "mypy",
    # What is for another system is not reachable here, and is checked as if we were there.
    "mypy --platform win32 --no-warn-unreachable --cache-dir .mypy_cache/win32",
    "mypy --platform darwin --no-warn-unreachable --cache-dir .mypy_cache/darwin",
)
"""Run before the tests, each by its own name."""


class Refused(Exception):
    """Something that a person must do first."""


def main(words: Sequence[str]) -> int:
    """Carry out one verb; the exit code."""
    chosen, rest = _parser().parse_known_args(words)
    if sys.version_info < OLDEST_PYTHON:
        sys.stderr.write(f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed.\n")
        return 1
    try:
        if chosen.verb == "run":
            set_up(tests=False)
            return run(chosen.ask, rest, os.environ)
        set_up(tests=True)
        return test(rest)
    except (Refused, starter_model.Unreachable, system_packages.Missing) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"This failed (code {error.returncode}): {_shown(error.cmd)}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="develop.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("run", help="open the program; without a display, talk in the terminal")
    verb.add_argument("--ask", metavar="TEXT", help="print one answer and end")
    verbs.add_parser("test", help="lint, check types, run all tests")
    return parser


def set_up(*, tests: bool) -> None:
    """Install whatever is missing."""
    began = time.monotonic()
    system_packages.install(tests=tests)
    _make_venv()
    _install_project(tests=tests)
    starter_model.fetch(ROOT / "resources" / "catalogue.toml", python(), models_folder())
    say(f"Set up in {time.monotonic() - began:.1f} s.")


def python() -> Path:
    """The interpreter of `.venv`."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def models_folder() -> Path:
    """Where the program looks for models that came with it."""
    return VENV / "share" / "closedmesh" / "models"


def _make_venv() -> None:
    if python().exists():
        return
    say("Making .venv ...")
    venv.create(VENV, with_pip=True, symlinks=sys.platform != "win32")


def stamp(pyproject: bytes, *, tests: bool) -> str:
    """What was installed, as one word: changes when it must be done again."""
    version = ".".join(map(str, sys.version_info[:3]))
    facts = pyproject + f"|{version}|{ROOT}|{'test' if tests else 'run'}".encode()
    return hashlib.sha256(facts).hexdigest()


def _install_project(*, tests: bool) -> None:
    pyproject = (ROOT / "pyproject.toml").read_bytes()
    note = VENV / "installed"
    done = note.read_text().split() if note.exists() else []
    # Whoever has the tests' packages has those of the program too.
    if stamp(pyproject, tests=True) in done or (
        not tests and stamp(pyproject, tests=False) in done
    ):
        return
    say("Installing the program's packages; llama.cpp is compiled once, which takes minutes ...")
    target = f"{ROOT}[test]" if tests else str(ROOT)
    environment = {"CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count() or 1)} | os.environ
    call([str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
          "--editable", target], environment)  # fmt: skip
    note.write_text("\n".join([*done, stamp(pyproject, tests=tests)]))


def has_display(environment: Mapping[str, str]) -> bool:
    """A window can be opened."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def program(ask: str | None, rest: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """The command line that `run` ends in."""
    start = [str(python()), "-m", "closedmesh"]
    if ask is not None:
        return [*start, "chat", *rest, "--", ask]
    if has_display(environment):
        return [*start, "app", *rest]
    return [*start, "chat", *rest]


def run(ask: str | None, rest: Sequence[str], environment: Mapping[str, str]) -> int:
    """Open the program, or talk in the terminal."""
    if ask is None and not has_display(environment):
        say("There is no display: the conversation is held here, in the terminal.")
    return subprocess.run(program(ask, rest, environment), check=False).returncode


def test(rest: Sequence[str]) -> int:
    """Run every check and all tests; the first failure's exit code."""
    results: list[tuple[str, int, float]] = []
    for check in CHECKS:
        results.append(_timed(check, [str(python()), "-m", *check.split()]))
    results.append(_timed("pytest", [*_session(), str(python()), "-m", "pytest", *rest]))
    for name, code, seconds in results:
        say(f"{'ok  ' if code == 0 else 'BAD '} {name} ({seconds:.0f} s)")
    return next((code for _, code, _ in results if code), 0)


def _session() -> list[str]:
    """A D-Bus of the tests' own, so that they never meet the person's keychain or tray."""
    return ["dbus-run-session", "--"] if shutil.which("dbus-run-session") else []


def _timed(name: str, command: Sequence[str]) -> tuple[str, int, float]:
    say(f"--- {name}")
    began = time.monotonic()
    environment = os.environ | {"CLOSEDMESH_TEST_MODELS": str(models_folder())}
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return name, code, time.monotonic() - began


def call(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def _shown(command: object) -> str:
    return " ".join(map(str, command)) if isinstance(command, list) else str(command)


def say(text: str) -> None:
    """One line about a step."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
