"""An entry, a peer that shares and one that asks, each a process of its own, joined by invites."""

import json
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.program import Served, run, serving, started, wait_until

pytestmark = pytest.mark.model

MODEL = "smollm2-135m-instruct-q4_1"
LOOPBACK = ("--listen", "127.0.0.1:0")


@dataclass
class Entry:
    home: Path
    ready: dict

    def facts(self, *words):
        return json.loads(run(self.home, *words, "--json").stdout)

    def public(self, page):
        with urllib.request.urlopen(f"{self.ready['web']}{page}") as response:
            return json.load(response)

    def invite(self, *words):
        return run(self.home, "invite", "new", *words).stdout.strip()


@pytest.fixture(scope="module")
def entry(tmp_path_factory):
    home = tmp_path_factory.mktemp("entry")
    words = ("--mesh", "Friends", "--web", "127.0.0.1:0", *LOOPBACK)
    with started(home, "entry", *words) as (_, ready):
        yield Entry(home, ready)


@pytest.fixture(scope="module")
def sharing(entry, tmp_path_factory, starter_model):
    words = ("--share", "--join", entry.ready["invite"], "--model", MODEL)
    with serving(tmp_path_factory.mktemp("sharing"), *words) as served:
        yield served


@pytest.fixture(scope="module")
def asking(entry, tmp_path_factory):
    with serving(tmp_path_factory.mktemp("asking"), "--join", entry.invite()) as served:
        yield served


def peer_of(served: Served):
    return served.facts("status")["peer"]


def test_its_first_line_says_everything(entry):
    assert entry.ready["mesh"] == "Friends"
    assert entry.ready["invite"].startswith("closedmesh://join/cm1")
    assert entry.public("/health")["ok"]
    assert entry.public("/status.json")["mesh"]["entry"] == entry.ready["peer"]


def test_a_question_is_answered_by_the_peer_that_shares(entry, sharing, asking):
    wait_until(lambda: entry.public("/status.json")["peers"], "somebody shares")
    wait_until(
        lambda: any(peer["offers"] for peer in asking.facts("status")["peers"]), "it is known"
    )
    answer = asking.facts("chat", "--model", MODEL, "--route", "mesh", "Hello")

    assert (answer["served_by"], answer["peer"]) == ("mesh", peer_of(sharing))
    assert answer["text"]
    (shown,) = entry.public("/status.json")["peers"]
    assert shown["peer"] == peer_of(sharing)
    assert shown["models"][0]["model_sha256"] == answer["model_sha256"]
    assert entry.public("/status.json")["mesh"]["members"] == 2


def test_an_invite_is_made_listed_and_withdrawn(entry, tmp_path):
    link = entry.invite("--scope", "chat", "--uses", "5", "--expires", "1h")
    (made,) = [each for each in entry.facts("invite", "list") if each["uses"] == 5]
    assert (made["scope"], made["used"], made["revoked"]) == ("chat", 0, False)

    run(entry.home, "invite", "revoke", made["id"])
    refused = run(tmp_path, "join", link, check=False)
    assert refused.returncode == 1
    assert "was withdrawn" in refused.stderr


def test_secrets_are_in_no_log(entry, sharing, asking):
    for home in (entry.home, sharing.home, asking.home):
        for log in (home / "logs").iterdir():
            assert "cm1" not in log.read_text()


def test_a_second_entry_is_made_by_an_invite_and_admits_members_when_the_first_is_gone(
    tmp_path, starter_model
):
    founder, second = tmp_path / "founder", tmp_path / "second"
    with ExitStack() as first:
        _, ready = first.enter_context(started(founder, "entry", "--mesh", "Two", *LOOPBACK))
        link = run(founder, "invite", "new", "--scope", "entry").stdout.strip()
        assert run(second, "entry", "--invite", ready["invite"], check=False).returncode == 1

        with started(second, "entry", "--invite", link, *LOOPBACK) as (_, other):
            assert other["mesh_id"] == ready["mesh_id"]
            sharing = first.enter_context(
                serving(tmp_path / "sharing", "--share", "--join", ready["invite"],
                        "--model", MODEL)
            )  # fmt: skip
            wait_until(lambda: sharing.facts("status")["mesh"]["entries"] == 2, "both are known")
            wait_until(
                lambda: Entry(second, other).facts("status")["mesh"]["members"] == 1,
                "the member is known to the second entry",
            )
        with started(second, "entry", *LOOPBACK) as (_, again):
            assert again["mesh_id"] == ready["mesh_id"]


def test_a_home_that_is_no_entry_is_told_how_to_become_one(tmp_path):
    done = run(tmp_path / "home", "entry", check=False)

    assert done.returncode == 1
    assert "--invite" in done.stderr
