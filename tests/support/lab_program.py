"""The real program in the NAT laboratory: an entry on the public host, peers in the homes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.support.nat_lab import ENTRY

PORT = 4433
PROGRAM = (sys.executable, "-P", "-m", "closedmesh")
APP = str(Path(__file__).parents[2] / "app")


class LabPeer:
    """One running `closedmesh`, ready when it is made."""

    def __init__(self, lab, place, home, *words, invite=None):
        self._lab, self._place, self._home = lab, place, home
        home.mkdir(parents=True, exist_ok=True)
        self._environment = {**os.environ, "PYTHONPATH": APP}
        if invite:
            self._environment["CLOSEDMESH_INVITE"] = invite
        self.process = lab.start(
            place, *PROGRAM, "--home", str(home), *words, "--json", "--port", "0",
            stdout=subprocess.PIPE, text=True, env=self._environment,
        )  # fmt: skip
        self.ready = json.loads(self.process.stdout.readline())

    def run(self, *words):
        """Another command of the program in the same home."""
        return subprocess.run(
            ["ip", "netns", "exec", self._lab.namespace(self._place),
             *PROGRAM, "--home", str(self._home), "--json", *words],
            capture_output=True, text=True, timeout=120, check=False, env=self._environment,
        )  # fmt: skip

    def facts(self, *words):
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def script(self, text, *words):
        """Start a Python script in the same place."""
        return self._lab.start(
            self._place, sys.executable, "-c", text, *words, stdout=subprocess.PIPE, text=True
        )

    def links(self):
        """How each connected peer is reached."""
        peers = self.facts("status")["peers"]
        return {peer["short"]: peer["link"] for peer in peers if peer["link"]}


def start_entry(lab, homes, *, relay=True):
    web = ("--web", f"{ENTRY}:{PORT}") if relay else ()
    return LabPeer(
        lab, "entry", homes / "entry", "entry", "--mesh", "lab",
        "--listen", f"{ENTRY}:{PORT}", *web,
    )  # fmt: skip


def start_peer(lab, place, homes, entry, *, share=False, hidden=False):
    home = homes / place
    settings = {
        "sharing.share": str(share).lower(),
        "sharing.idle_minutes": "0",
        "mesh.relay_only": str(hidden).lower(),
    }
    for name, value in settings.items():
        subprocess.run(
            [*PROGRAM, "--home", str(home), "settings", name, value],
            check=True, capture_output=True, env={**os.environ, "PYTHONPATH": APP},
        )  # fmt: skip
    return LabPeer(lab, place, home, "serve", invite=entry.ready["invite"])
