import asyncio
import hashlib
import sys
from contextlib import aclosing, asynccontextmanager

import pytest

from closedmesh import control
from closedmesh.errors import (
    AddressRefused,
    BadRequest,
    DownloadFailed,
    ModelFileRefused,
    ModelNotFound,
)
from closedmesh.host.paths import Paths
from closedmesh.models.catalogue import Catalogue, HuggingFace, Known
from closedmesh.models.offers import FitLabel
from closedmesh.node.clock import SystemClock
from closedmesh.node.node import start_node
from closedmesh.node.parts import Parts
from closedmesh.node.shelf import public_web
from closedmesh.settings import NetworkSettings
from closedmesh.status import ModelState
from tests.support.certificates import Authority
from tests.support.gguf import gguf
from tests.support.hub_server import REVISION, HubServer, web_to
from tests.support.machine import FakeMachine
from tests.support.network import FakeNetwork
from tests.support.scripted_worker import COMMAND

DATA = gguf(facts={"general.name": "Fetched"}) + bytes(3_000_000)
SHA = hashlib.sha256(DATA).hexdigest()
REPO = "me/model"


def known(name, *, checked=True, sha256=SHA):
    place = HuggingFace(REPO, "m.gguf", REVISION)
    return Known(
        name, name.title(), "m.gguf", len(DATA), sha256, "MIT", "Q4_0", 192, 2048, (place,),
        checked=checked,
    )  # fmt: skip


CATALOGUE = Catalogue((
    known("sure"),
    known("unsure", checked=False, sha256=""),
    known("wrong", checked=False, sha256="ab" * 32),
))  # fmt: skip


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority.make(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def server(authority):
    async with HubServer(authority).running() as server:
        server.add(REPO, "m.gguf", DATA)
        yield server


@pytest.fixture
def start(tmp_path, server, authority, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    paths = Paths.find(tmp_path / "home")
    paths.create()

    def make_web(mirror, network):
        return web_to(server.reach, authority.client())

    @asynccontextmanager
    async def start(make=make_web):
        clock = SystemClock()
        paths.settings.write_text(f'[models]\nmirror = "{server.base}"\n')
        parts = Parts(
            paths, CATALOGUE, COMMAND, clock, FakeMachine(), FakeNetwork(clock).open, make_web=make
        )
        async with start_node(parts) as node:
            yield node

    return start


@pytest.fixture
async def node(start):
    async with start() as node:
        yield node


async def settled(node):
    """The status when the queue is empty, or its first download stopped."""
    async with asyncio.timeout(20), aclosing(node.statuses()) as statuses:
        while (status := await anext(statuses)).downloads and not status.downloads[0].problem:
            pass
        return status


@pytest.mark.parametrize("ref", ["sure", "unsure", f"hf:{REPO}/m.gguf", SHA])
async def test_a_model_that_was_asked_for_is_here_afterwards(node, ref):
    download = await node.do(control.PullModel(ref))
    assert download.size_bytes == len(DATA)
    (model,) = (await settled(node)).models
    assert (model.sha256, model.state) == (SHA, ModelState.ON_DISK)
    assert await node.do(control.VerifyModel(model.name))
    assert model.removable


async def test_a_checked_model_is_fetched_by_the_catalogue_s_own_facts(node, server):
    await node.do(control.PullModel("sure"))
    assert not (await settled(node)).downloads
    assert {host for host, _ in server.asked} == {"hub.test", "cdn.test"}
    assert len(server.asked) == 2  # the place and the bytes; no list was asked for


@pytest.mark.parametrize("again", ["sure", f"hf:{REPO}/m.gguf"])
async def test_what_is_here_is_not_fetched_again(node, server, again):
    await node.do(control.PullModel("sure"))
    await settled(node)
    served = list(server.served)
    assert await node.do(control.PullModel(again)) is None
    assert (await settled(node)).downloads == ()
    assert server.served == served


async def test_a_hub_with_another_file_than_the_catalogue_means_is_refused(node, server):
    with pytest.raises(ModelFileRefused, match="another file"):
        await node.do(control.PullModel("wrong"))
    assert server.served == []


async def test_a_file_that_is_not_the_checked_one_is_never_usable(node, server):
    server.files[REPO, "m.gguf"] = DATA[:-1] + b"?"  # the hub still states the old hash
    await node.do(control.PullModel("sure"))
    status = await settled(node)
    assert "SHA-256 is not the one" in status.downloads[0].problem
    assert status.models == ()


async def test_nothing_is_fetched_after_a_start_that_nobody_asked_for(start, server):
    async with start() as node:
        await settled(node)
    async with start() as node:
        await settled(node)
    assert server.asked == []


async def test_a_download_goes_on_after_the_program_ended(start, server):
    hold = asyncio.Event()
    server.mischief = lambda request: "" if hold.is_set() else "busy"
    async with start() as node:
        await node.do(control.PullModel("sure"))
    hold.set()
    async with start() as node:
        assert (await settled(node)).models[0].sha256 == SHA


async def test_offers_tell_what_is_here_and_how_each_would_run(node):
    offers = {offer.name: offer for offer in await node.do(control.ListOffers())}
    assert not offers["sure"].here
    assert offers["sure"].fit.label in FitLabel
    assert offers["sure"].fit.tokens_per_second > 0
    assert not offers["sure"].fit.measured
    await node.do(control.PullModel("sure"))
    await settled(node)
    offers = {offer.name: offer for offer in await node.do(control.ListOffers())}
    assert offers["sure"].here


async def test_a_repository_s_models_are_listed_with_their_fit(node):
    repository = await node.do(control.ListRepository(REPO))
    (file,) = repository.files
    assert (file.ref, file.size_bytes) == (f"hf:{REPO}/m.gguf", len(DATA))
    assert repository.licence == "apache-2.0"


async def test_a_token_is_kept_used_and_forgotten(start, server):
    server.token = "hf_secret"
    async with start() as node:
        await node.do(control.PullModel("sure"))
        assert "does not let us have" in (await settled(node)).downloads[0].problem
        await node.do(control.GiveHubToken(" hf_secret "))
    async with start() as node:
        status = await settled(node)
        assert status.has_hub_token
        await node.do(control.ResumeDownload(status.downloads[0].id))
        assert (await settled(node)).models
        await node.do(control.GiveHubToken(""))
        assert not (await settled(node)).has_hub_token


@pytest.mark.parametrize(
    ("ref", "error"),
    [("nothing", BadRequest), ("hf:no/body/x.gguf", ModelNotFound), ("hf:../x.gguf", BadRequest)],
)
async def test_a_model_that_does_not_exist_is_an_error(node, ref, error):
    with pytest.raises(error):
        await node.do(control.PullModel(ref))


async def test_the_cap_holds_for_downloads_too(node):
    await node.do(control.ChangeSettings({"models.cap_gb": 0.001}))
    with pytest.raises(DownloadFailed, match="cap_gb"):
        await node.do(control.PullModel("sure"))


async def test_the_folder_moves_and_is_used_from_then_on(node, tmp_path):
    await node.do(control.PullModel("sure"))
    await settled(node)
    new = tmp_path / "elsewhere"
    await node.do(control.MoveModels(str(new)))
    (model,) = (await settled(node)).models
    assert model.path == str(new / "m.gguf")
    assert model.state is ModelState.ON_DISK


async def test_the_program_itself_reaches_no_private_address():
    """What a real peer is made with: a mirror in a private network is refused when it is used."""
    settings = NetworkSettings(proxy="none")
    async with public_web(lambda: "https://localhost:9", lambda: settings) as web:
        with pytest.raises(AddressRefused, match="not in public"):
            await web.read("https://localhost:9/api/models")
        with pytest.raises(AddressRefused, match="not on the list"):
            await web.read("https://127.0.0.1/api/models")
    assert Parts.__dataclass_fields__["make_web"].default is public_web
