"""The smoke test: the same for a built program, an installed one, and the source tree.

    python3 installers/smoke.py [--json] COMMAND...

The program is started as the desktop starts it, in an empty account, asked one question while it
has no network, and ended; then nothing of it may be left running, and nothing may lie outside of
its own folder. The network is taken away by a namespace with nothing but a loopback, which only
Linux has: elsewhere it stays, and the answer must come from this computer all the same. Standard
library only, so that it runs wherever the program is tried.
"""

import argparse
import array
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "linux":
    import fcntl

QUESTION = "What is the capital of France?"
PATIENCE = 120.0
"""Seconds for each step."""

INSIDE = "CLOSEDMESH_SMOKE_INSIDE"
ACCOUNT = (
    ("USERPROFILE", "LOCALAPPDATA", "APPDATA", "TEMP", "TMP")
    if sys.platform == "win32"
    else ("HOME", "TMPDIR")
)
"""Variables that say where the account's files lie."""

SETTINGS = "[chat]\nmax_tokens = 24\n"


class Broken(Exception):
    """The program does not do what it must."""


@dataclass
class Seen:
    """What the test saw."""

    ready_after: float
    """Seconds from the launch until the peer answers others."""
    answered_after: float
    """Seconds from the launch until the whole answer."""
    first_word_after: float
    """Seconds that the program says the model took for its first word."""
    answer: str
    model: str


def main(words: Sequence[str]) -> int:
    """Try one command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="smoke.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print what was seen as JSON")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="what starts the program")
    chosen = parser.parse_args(words)
    if sys.platform == "linux" and INSIDE not in os.environ:
        return subprocess.run(
            without_network([sys.executable, __file__, *words], os.geteuid()),
            env=os.environ | {INSIDE: "1"}, check=False,
        ).returncode  # fmt: skip
    try:
        _raise_loopback()
        seen = smoke(chosen.command)
    except Broken as error:
        print(f"smoke test: {error}", file=sys.stderr)
        return 1
    print(json.dumps(vars(seen)) if chosen.json else told(seen))
    return 0


def without_network(command: Sequence[str], account: int) -> list[str]:
    """A command line that runs another one where there is no network."""
    as_root = [] if account == 0 else ["--map-root-user"]
    return ["unshare", *as_root, "--net", "--", *command]


def _raise_loopback() -> None:
    """Give the empty namespace its 127.0.0.1, and see that nothing else can be reached."""
    if sys.platform == "linux":
        get_flags, set_flags, up = 0x8913, 0x8914, 0x1
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            request = array.array("b", b"lo".ljust(16, b"\0") + b"\0" * 24)
            fcntl.ioctl(control, get_flags, request)
            flags = int.from_bytes(request[16:18].tobytes(), sys.byteorder) | up
            request[16:18] = array.array("b", flags.to_bytes(2, sys.byteorder))
            fcntl.ioctl(control, set_flags, request)
            try:
                control.connect(("192.0.2.1", 9))
            except OSError:
                return
        raise Broken("there is a network, which this test is to do without")


def smoke(command: Sequence[str]) -> Seen:
    """Start, ask, end, look. Raises `Broken`."""
    with tempfile.TemporaryDirectory(prefix="smoke-") as name:
        account = Path(name)
        home = account / "home-of-peer"
        home.mkdir()
        (home / "settings.toml").write_text(SETTINGS)
        environment = clean(os.environ, account)
        began = time.monotonic()
        program = subprocess.Popen(
            [*command, "--home", str(home), "app"], env=environment, start_new_session=True
        )
        try:
            ready = _wait_for(home / "run" / "peer.json", program, began)
            receipt = _ask(command, home, environment)
            answered = time.monotonic() - began
            _end(program)
        finally:
            _kill_rest(program)
        foreign = outside(account, home)
        if foreign:
            raise Broken(f"it left files outside of its own folder: {', '.join(foreign)}")
        return _seen(receipt, ready, answered)


def clean(environment: Mapping[str, str], account: Path) -> dict[str, str]:
    """The environment of an empty account, with a screen where there is one."""
    kept = {name: environment[name] for name in ("PATH", "DISPLAY", "XAUTHORITY", "PYTHONPATH",
            "LANG", "SYSTEMROOT", "WINDIR", "COMSPEC") if name in environment}  # fmt: skip
    if sys.platform == "linux" and "DISPLAY" not in kept:
        kept["QT_QPA_PLATFORM"] = "offscreen"
    return kept | dict.fromkeys(ACCOUNT, str(account))


def outside(account: Path, home: Path) -> list[str]:
    """Files of an account that lie outside of `home`, caches of the system's own drawing apart."""
    drawing = (".cache/mesa_shader_cache", ".cache/fontconfig")
    found = (path.relative_to(account).as_posix() for path in account.rglob("*")
             if path.is_file() and not path.is_relative_to(home))  # fmt: skip
    return sorted(path for path in found if not path.startswith(drawing))


def _wait_for(file: Path, program: "subprocess.Popen[bytes]", began: float) -> float:
    while time.monotonic() - began < PATIENCE:
        if program.poll() is not None:
            raise Broken(f"it ended with code {program.returncode} while it started")
        if file.exists() and json.loads(file.read_text() or "{}").get("api"):
            return time.monotonic() - began
        time.sleep(0.02)
    raise Broken(f"it did not start within {PATIENCE:.0f} s")


def _ask(command: Sequence[str], home: Path, environment: Mapping[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [*command, "--home", str(home), "--json", "chat", QUESTION],
        env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Broken(f"it did not answer: {done.stderr.strip()}")
    receipt: dict[str, object] = json.loads(done.stdout)
    if not str(receipt["text"]).strip() or receipt["served_by"] != "local":
        raise Broken(f"its answer is not one of this computer: {receipt}")
    return receipt


def _end(program: "subprocess.Popen[bytes]") -> None:
    program.terminate()
    try:
        code = program.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        raise Broken("it does not end when it is told to") from None
    if code and sys.platform != "win32":  # where nobody is told, and programs are just ended
        raise Broken(f"it ended with code {code}")
    if left := _left(program.pid):
        raise Broken(f"processes are left: {left}")


def _left(session: int) -> list[int]:
    """Processes that outlived the program; under Windows, where those end a moment later that
    notice its end, after that moment."""
    patience = time.monotonic() + (5 if sys.platform == "win32" else 0)
    while (left := _in_session(session)) and time.monotonic() < patience:
        time.sleep(0.1)
    return left


def _in_session(session: int) -> list[int]:
    """Processes that were begun for the program, and still run."""
    if sys.platform == "win32":
        listed = _printed(["tasklist", "/FO", "CSV", "/NH", "/FI", "IMAGENAME eq closedmesh*"])
        return [int(line.split('","')[1]) for line in listed.splitlines() if '","' in line]
    if sys.platform != "linux":
        rows = [line.split() for line in _printed(["ps", "-A", "-o", "pid=,pgid="]).splitlines()]
        return [int(pid) for pid, group in rows if int(group) == session]
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def _printed(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _kill_rest(program: "subprocess.Popen[bytes]") -> None:
    if sys.platform == "win32":
        program.kill()
        return
    for process in _in_session(program.pid):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue
    program.wait(PATIENCE)


def _seen(receipt: Mapping[str, object], ready: float, answered: float) -> Seen:
    first = receipt["first_token_ms"]
    seconds = first / 1000 if isinstance(first, int | float) else 0.0
    return Seen(ready, answered, seconds, str(receipt["text"]), str(receipt["model"]))


def told(seen: Seen) -> str:
    """What was seen, for a person."""
    return (
        f"started in {seen.ready_after:.1f} s; without a network, {seen.model} answered "
        f"{seen.answered_after:.1f} s after the launch (first word after "
        f"{seen.first_word_after:.2f} s): {seen.answer!r}; ended; nothing is left"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
