"""One version after another, with real bundles: `python -m tests.benchmarks.update_rehearsal`.

As root, on Linux. Two versions are built from this source, the first is installed as a person does
it, finds the second one at a server in a network of its own, brings it here and becomes it. Then a
third one, which does not start, is left again; and whoever stands between tries what he can. First
with the archive, then with the AppImage, for which a script stands in that mounts it as the real
program does. Prints one line for each, and ends with 1 if one is not as it must be.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import app_image
from tests.support.certificates import Authority
from tests.support.release_server import ReleaseServer, archive

ROOT = Path(__file__).parents[2]
ADDRESS = "9.9.9.9"
"""In a network that has nothing else; the program asks only public addresses."""

MOUNTING = b"""\
#!/bin/sh
export APPIMAGE=$(readlink -f "$0") APPDIR=/mnt
exec unshare --mount --propagation private sh -c '
    mount -t squashfs -o ro,loop,offset=4096 "$APPIMAGE" "$APPDIR" && exec "$APPDIR/AppRun" "$@"
' sh "$@"
""".ljust(4096, b"\n")

PROGRAM, BREAKS = "usr/bin/closedmesh", "#!/bin/sh\nexit 1\n"
INSIDE = "CLOSEDMESH_REHEARSAL_INSIDE"
FIRST, SECOND, BROKEN = "0.1.0", "0.2.0", "0.3.0"


def say(text):
    print(text, flush=True)


def build(folder, version, updates):
    """Archive and AppImage of this source as another version."""
    source = folder / f"source-{version}"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "dist", ".*cache"))
    for file in ("pyproject.toml", "app/closedmesh/__init__.py"):
        text = (source / file).read_text()
        named = re.sub(r'(version(?:__)? = )"[^"]+"', rf'\1"{version}"', text, count=1)
        (source / file).write_text(named)
    out, runtime = folder / f"out-{version}", folder / "runtime"
    runtime.write_bytes(MOUNTING)
    began = time.monotonic()
    for verb in (
        ["bundle", "--updates", str(updates)],
        ["package", "--target", "tar", "--target", "appimage", "--appimage-runtime", runtime],
    ):
        subprocess.run(
            [sys.executable, source / "installers/build.py", *verb, "--out", out,
             "--python", sys.executable], check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    made = [*out.glob("*.tar.gz"), *out.glob("*.AppImage")]
    kept = [file.rename(folder / file.name) for file in made]
    shutil.rmtree(source)
    shutil.rmtree(out)
    say(f"version {version} built in {time.monotonic() - began:.0f} s")
    return kept


def broken_image(folder):
    """The AppImage of a version that does not start."""
    inside, system = folder / "broken", folder / "broken.squashfs"
    for name, text in (("AppRun", (app_image.FILES / "app-run.sh").read_text()), (PROGRAM, BREAKS)):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text(text)
        (inside / name).chmod(0o755)
    app_image.squash(inside, system)
    target = folder / f"closedmesh-{BROKEN}-linux-{os.uname().machine}.AppImage"
    app_image.join(folder / "runtime", system, target)
    return target


class Installed:
    """The program in an account of its own."""

    def __init__(self, account, authority):
        account.mkdir()
        self.account = account
        self.program = account / ".local/lib/closedmesh/closedmesh"
        self.environment = {
            "HOME": str(account), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen",
            "SSL_CERT_FILE": str(authority.file), "CLOSEDMESH_HOME": str(account / "home"),
        }  # fmt: skip
        self.peer = None

    def install(self, file):
        if file.suffix == ".AppImage":
            self.program = self.account / "My Programs/ClosedMesh.AppImage"
            self.program.parent.mkdir()
            shutil.copy2(file, self.program)
            return
        unpacked = self.account / "unpacked"
        subprocess.run(["tar", "-C", self.account, "-xzf", file], check=True)
        (folder,) = self.account.glob("closedmesh-*")
        folder.rename(unpacked)
        subprocess.run([unpacked / "install.sh"], check=True, env=self.environment,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        shutil.rmtree(unpacked)

    def run(self, *words):
        done = subprocess.run([self.program, "--json", *words], check=False,
                              env=self.environment, capture_output=True, text=True)  # fmt: skip
        return json.loads(done.stdout) if done.stdout.strip() else {"error": done.stderr}

    def start(self):
        """Start a peer; whether it came up."""
        self.peer = subprocess.Popen([self.program, "serve"], env=self.environment,
                                     stdout=subprocess.DEVNULL)  # fmt: skip
        end = time.monotonic() + 60
        while self.peer.poll() is None and time.monotonic() < end:
            if "version" in self.run("status"):
                return True
            time.sleep(0.2)
        return False

    def stop(self):
        self.peer.terminate()
        self.peer.wait(60)

    @property
    def version(self):
        return self.run("status").get("version", "")


async def rehearse(folder):
    """Everything, in order; whether all of it was as it must be."""
    authority = Authority.make(folder / "authority")
    server = ReleaseServer(folder / "server", authority)
    server.folder.mkdir()
    server.repository().begin()
    async with server.running(ADDRESS):
        updates = folder / "updates"
        updates.mkdir()
        (updates / "root.json").write_bytes(server.origin.root)
        (updates / "address.txt").write_text(f"https://{ADDRESS}:{server.port}")
        return await asyncio.to_thread(_all_of_it, folder, server, updates, authority)


def _all_of_it(folder, server, updates, authority):
    firsts, seconds = (build(folder, version, updates) for version in (FIRST, SECOND))
    server.repository().publish(seconds)
    breaking = (archive(folder, BROKEN, BREAKS), broken_image(folder))
    attacked = (attacks(server), ())
    right = []
    for first, last, tries in zip(firsts, breaking, attacked, strict=True):
        say(f"--- {first.name}, {first.stat().st_size / 1e6:.0f} MB")
        program = Installed(folder / f"account{first.suffix}", authority)
        program.install(first)
        right.append(_one_kind(server, program, last, tries))
    return all(right)


def _one_kind(server, program, breaking, tries):
    """One way to install it, from the first version to one that does not start."""
    seen = []

    def check(what, right):
        seen.append(right)
        say(f"{'right' if right else 'WRONG'}: {what}")

    check(f"{FIRST} is installed and comes up", program.start() and program.version == FIRST)
    for name, answer, code in tries:
        server.answer = answer
        said = program.run("update").get("error", {})
        check(f"{name}: {said.get('title')}", said.get("code") == code)
    server.answer = lambda place, data: data
    began = time.monotonic()
    found = program.run("update", "fetch")
    check(f"{SECOND} is here after {time.monotonic() - began:.0f} s, {FIRST} still runs",
          found.get("state") == "ready" and program.version == FIRST)  # fmt: skip
    program.stop()
    check(f"the next start is {SECOND}", program.start() and program.version == SECOND)
    server.repository().publish([breaking])
    found = program.run("update", "fetch")
    program.stop()
    check(f"{BROKEN} does not come up twice", not program.start() and not program.start())
    check(f"then {SECOND} is back", program.start() and program.version == SECOND)
    told = [item["code"] for item in program.run("status")["health"]]
    check("and it tells that", "update-failed" in told)
    program.stop()
    left = sorted(file.name for file in program.program.parent.iterdir())
    say(f"beside the program: {', '.join(left)}")
    return all(seen)


def attacks(server):
    """What somebody between may do: its name, how the server answers then, the error's code."""
    metadata = server.folder / "repository/metadata"
    stranger = ReleaseServer(server.folder / "stranger", server.authority)
    stranger.folder.mkdir()
    stranger.repository().begin()
    foreign = stranger.folder / "repository"
    expired = ReleaseServer(server.folder / "expired", server.authority)

    def of_stranger(place, data):
        file = foreign / place
        return file.read_bytes() if file.is_file() and place != "metadata/1.root.json" else data

    yield "lists of other keys", of_stranger, "update_refused"
    yield "a truncated list", lambda place, data: data and data[:-20], "update_refused"
    yield "a list without an end", lambda place, data: data and data + b" " * 10**8, "failed"
    shutil.copytree(server.folder / "repository", expired.folder / "repository")
    shutil.copytree(server.folder / "keys", expired.folder / "keys")
    expired.repository(days=-11).renew()
    late = (expired.folder / "repository/metadata/timestamp.json").read_bytes()
    snapshot = next((expired.folder / "repository/metadata").glob("3.snapshot.json")).read_bytes()
    yield (
        "lists past their date",
        lambda place, data: late if place.endswith("timestamp.json")
        else snapshot if place.endswith("3.snapshot.json") else data,
        "update_refused",
    )  # fmt: skip
    old = {path.name: path.read_bytes() for path in metadata.glob("timestamp.json")}
    server.repository().renew()
    yield "nothing between, to remember the newest", lambda place, data: data, None
    yield (
        "older lists than were seen",
        lambda place, data: old.get(place.rpartition("/")[2], data),
        "update_refused",
    )


def main():
    if INSIDE not in os.environ:
        own = f"{sys.executable} -m tests.benchmarks.update_rehearsal"
        alone = f"ip link set lo up && ip addr add {ADDRESS}/32 dev lo && exec {own}"
        sys.exit(
            subprocess.run(
                ["unshare", "--net", "sh", "-c", alone],
                env=os.environ | {INSIDE: "1"},
                check=False,
            ).returncode
        )
    with tempfile.TemporaryDirectory(prefix="closedmesh-rehearsal-") as name:
        sys.exit(0 if asyncio.run(rehearse(Path(name))) else 1)


if __name__ == "__main__":
    main()
