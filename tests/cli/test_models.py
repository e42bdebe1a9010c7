import io
from argparse import Namespace
from pathlib import Path

import pytest
from msgspec import structs

from closedmesh.cli import models as commands
from closedmesh.cli.facts import full_path
from closedmesh.control import GiveHubToken, ImportModel, RemoveModel, VerifyModel
from closedmesh.errors import DownloadFailed, ModelNotFound
from closedmesh.models.hub import Found
from closedmesh.models.offers import Elsewhere, Fit, FitLabel, HubOffer, Offer, Repository
from closedmesh.status import DownloadState, ModelState
from tests.support.control import DOWNLOAD, HASH, MODEL, STATUS, FakeControl

FIT = Fit(FitLabel.RUNS_WELL, 3_000_000_000, 4096, tokens_per_second=21.4)
OFFER = Offer(
    "qwen", "Qwen", 2_740_000_000, "Apache-2.0", "Q4_K_M", 4_000_000_000, 4_000_000_000, 262_144,
    "daily_driver", ("many",), ("tools",), checked=True, fit=FIT, here=False,
)  # fmt: skip


def chosen(action, **more):
    return Namespace(action=action, **more)


async def test_models_are_listed_with_their_trouble(text, said):
    broken = structs.replace(MODEL, state=ModelState.MISSING, problem="The file is gone.")
    control = FakeControl(status=structs.replace(STATUS, models=(broken,)))
    await commands.models(control, chosen("list"), text)
    assert f"{MODEL.name}: The file is gone." in said()


async def test_models_are_listed_as_json(control, as_json, facts):
    await commands.models(control, chosen("list"), as_json)
    assert [model["name"] for model in facts()] == [MODEL.name]


async def test_models_are_verified_taken_in_and_removed(control, text, said):
    await commands.models(control, chosen("verify", ref=MODEL.name), text)
    await commands.models(control, chosen("import", file=Path("m.gguf"), in_place=False), text)
    await commands.models(control, chosen("remove", ref=MODEL.name), text)
    here = full_path("m.gguf")
    assert control.done == [VerifyModel(MODEL.name), ImportModel(here), RemoveModel(MODEL.name)]
    assert said().splitlines() == [
        f"{MODEL.name} has the SHA-256 on record: {HASH}",
        f"{MODEL.name} is on this computer: {HASH}",
        f"{MODEL.name} is removed.",
    ]


async def test_what_is_done_with_models_is_said_as_json(control, as_json, facts):
    await commands.models(control, chosen("verify", ref=HASH), as_json)
    assert facts()["sha256"] == HASH
    await commands.models(control, chosen("remove", ref=MODEL.name), as_json)
    assert facts() == {"removed": MODEL.name}


async def test_an_unknown_model_is_an_error(control, text):
    with pytest.raises(ModelNotFound):
        await commands.models(control, chosen("verify", ref="none"), text)


async def test_offers_say_how_each_would_run(text, said):
    measured = structs.replace(FIT, measured=True, label=FitLabel.ON_THE_MESH)
    here = structs.replace(OFFER, name="other", here=True, fit=measured)
    control = FakeControl(offers=(OFFER, here))
    await commands.models(control, chosen("offers"), text)
    shown = said().splitlines()
    assert shown[1].split() == ["qwen", "runs", "well", "2.7", "GB", "Apache-2.0", "21", "tok/s",
                                "estimated"]  # fmt: skip
    assert "here" in shown[2]
    assert "measured" in shown[2]


async def test_a_search_lists_repositories_and_one_repository_its_files(text, said):
    found = Found("me/model", 1200, 3, gated=False, updated="2026-08-01", licence="mit")
    file = HubOffer("hf:me/model/a.gguf", "a.gguf", 10**9, 1, FIT, here=False)
    control = FakeControl(
        found=(found,), repository=Repository("me/model", "mit", gated=False, files=(file,))
    )
    await commands.models(control, chosen("search", text=["small", "model"]), text)
    assert "me/model" in said()
    await commands.models(control, chosen("search", text=["me/model"]), text)
    assert "hf:me/model/a.gguf" in said()


async def test_what_other_programs_keep_is_listed(text, said):
    control = FakeControl(elsewhere=(Elsewhere("/b/sha256-1", "Ollama", "llama3:8b", 10**9),))
    await commands.models(control, chosen("elsewhere"), text)
    assert "Ollama" in said()


async def test_a_token_is_read_from_standard_input_and_never_shown(
    control, text, capsys, monkeypatch
):
    monkeypatch.setattr("sys.stdin", io.StringIO("hf_secret\n"))
    await commands.models(control, chosen("token", forget=False), text)
    assert control.done == [GiveHubToken("hf_secret")]
    told = capsys.readouterr()
    assert "hf_secret" not in told.out + told.err


class Pulling(FakeControl):
    """Gives the statuses of a download, one after the other."""

    def __init__(self, *downloads):
        super().__init__()
        self.downloads = downloads

    async def statuses(self):
        for found in self.downloads:
            yield structs.replace(STATUS, downloads=found)


async def test_a_pull_is_watched_to_its_end(text, capsys):
    fetching = structs.replace(
        DOWNLOAD, state=DownloadState.FETCHING, landed=10**9, rate=5e7, seconds_left=34.8
    )
    control = Pulling((DOWNLOAD,), (fetching,), ())
    assert await commands.models(control, chosen("pull", ref=DOWNLOAD.ref), text) == 0
    told = capsys.readouterr()
    assert "0 % of 2.7 GB, queued" in told.err
    assert "Qwen3.5 4B is done" in told.out


async def test_a_pull_of_what_is_here_is_no_error(control, text, capsys):
    assert await commands.models(control, chosen("pull", ref=MODEL.name), text) == 0
    assert f"{MODEL.name} is on this computer already" in capsys.readouterr().out


async def test_a_pull_that_stopped_is_an_error_that_says_why(text):
    stopped = structs.replace(DOWNLOAD, state=DownloadState.FAILED, problem="The disk is full.")
    with pytest.raises(DownloadFailed, match="The disk is full"):
        await commands.models(Pulling((stopped,)), chosen("pull", ref=DOWNLOAD.ref), text)


def test_trouble_is_told_with_its_tries():
    waiting = structs.replace(
        DOWNLOAD, state=DownloadState.FETCHING, problem="No data for 30 s", tries=3, landed=1
    )
    assert commands._line(waiting).endswith("fetching, No data for 30 s (3 of 10)")
