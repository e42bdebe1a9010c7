import asyncio
import re
from contextlib import asynccontextmanager

import pytest

from closedmesh.errors import ClosedMeshError, UpdateRefused
from closedmesh.host.app_image import AppImage
from closedmesh.host.versions import Versions
from closedmesh.models.releases import UpdateState
from closedmesh.node.clock import SystemClock
from closedmesh.node.fetching import fetch
from closedmesh.node.updates import updating as module
from closedmesh.node.updates.updating import Updating
from closedmesh.settings import NetworkSettings, UpdateSettings
from tests.support.certificates import Authority
from tests.support.release_server import PROGRAM, ReleaseServer

NETWORK = NetworkSettings(proxy="none")


@pytest.fixture(autouse=True)
def no_wait(monkeypatch):
    monkeypatch.setattr(module, "FIRST_LOOK", 0.0)
    monkeypatch.setattr(fetch, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(module, "__version__", "0.1.0")


@pytest.fixture
async def server(tmp_path):
    server = ReleaseServer(tmp_path / "server", Authority.make(tmp_path / "authority"))
    server.folder.mkdir()
    server.repository().begin()
    async with server.running():
        yield server


@pytest.fixture
def versions(tmp_path):
    place = tmp_path / "program/versions/0.1.0/closedmesh"
    place.parent.mkdir(parents=True)
    place.write_text(PROGRAM)
    (tmp_path / "program/current").write_text("0.1.0\n")
    return Versions.around(place)


@pytest.fixture
def make(server, versions, tmp_path):
    def make(mode="off", origin=None, **changes):
        settings = UpdateSettings(mode)
        given = {
            "origin": origin or server.origin,
            "copy": versions,
            "make_web": lambda: server.web(server.origin, lambda: NETWORK),
            "folder": tmp_path / "updates",
            "settings": lambda: settings,
            "limit": lambda: 0.0,
            "clock": SystemClock(),
            "changed": asyncio.Event().set,
        } | changes
        return Updating(**given)

    return make


@asynccontextmanager
async def running(updating):
    task = asyncio.ensure_future(updating.run())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(updating, condition):
    changed = updating.changed.__self__
    async with asyncio.timeout(10):
        while not condition(updating.update):
            changed.clear()
            await changed.wait()


async def ready(updating):
    async with running(updating):
        await until(updating, lambda now: now.state is UpdateState.READY)


async def test_nobody_is_asked_unless_the_owner_wants_it(server, make):
    async with running(make("off")):
        await asyncio.sleep(0.2)
    assert server.asked == []


async def test_who_wants_to_be_told_is_told_and_nothing_is_fetched(server, make, versions):
    server.publish("0.2.0")
    updating = make("tell")
    async with running(updating):
        await until(updating, lambda now: now.state is UpdateState.AVAILABLE)
    assert updating.update.version == "0.2.0"
    assert not [place for place in server.asked if place.endswith(".tar.gz")]
    updating.finish()
    assert versions.current == "0.1.0"


async def test_a_new_version_is_fetched_and_started_with_the_next_start(server, make, versions):
    server.publish("0.2.0")
    updating = make("fetch")
    await ready(updating)
    assert versions.current == "0.1.0"  # what runs is not touched
    updating.finish()
    assert versions.current == "0.2.0"
    program = versions.folder / "versions/0.2.0/closedmesh"
    assert "this is 0.2.0" in program.read_text()
    assert not list((updating.folder).glob("*.tar.gz*"))


async def test_who_quits_can_quit_when_the_switch_cannot_be_written(server, make, versions, caplog):
    server.publish("0.2.0")
    updating = make("fetch")
    await ready(updating)
    (versions.folder / "trial").mkdir()
    updating.finish()
    assert versions.current == "0.1.0"
    assert "0.2.0 could not be made the next one" in caplog.text


async def test_an_image_finds_and_fetches_images(server, make, tmp_path):
    server.publish("0.9.0")  # an archive, which is nothing for it
    computers = server.folder / archive_of("0.9.0", server)
    file = server.folder / computers.name.replace("0.9.0", "0.2.0").replace("tar.gz", "AppImage")
    file.write_bytes(b"the new image")
    server.repository().publish([file])
    image = AppImage(tmp_path / "ClosedMesh.AppImage")
    image.file.write_bytes(b"the old image")
    updating = make("fetch", copy=image)
    await ready(updating)
    assert updating.update.version == "0.2.0"
    assert image.file.read_bytes() == b"the old image"
    updating.finish()
    assert image.file.read_bytes() == b"the new image"


async def test_a_version_that_was_asked_for_is_fetched_whatever_the_settings_say(server, make):
    server.publish("0.2.0")
    updating = make("off")
    assert (await updating.look()).version == "0.2.0"
    updating.fetch()
    await ready(updating)


async def test_the_latest_version_finds_nothing_newer(server, make):
    server.publish("0.1.0")
    assert (await make().look()).state is UpdateState.CURRENT
    server.publish("0.0.9")
    assert (await make().look()).state is UpdateState.CURRENT


async def test_another_system_finds_nothing(server, make, monkeypatch):
    server.publish("0.2.0")
    monkeypatch.setattr(module, "machine", lambda: "pdp11")
    assert (await make().look()).state is UpdateState.CURRENT


async def test_a_failed_version_is_told_and_not_tried_again_by_itself(server, make, versions):
    server.publish("0.2.0")
    (versions.folder / "failed").write_text("0.2.0\n")
    updating = make("fetch")
    async with running(updating):
        await until(updating, lambda now: now.state is UpdateState.AVAILABLE)
        await asyncio.sleep(0.1)
    assert updating.update.state is UpdateState.AVAILABLE
    (told,) = updating.health()
    assert told.code == "update-failed"
    assert "0.2.0 did not start, so version 0.1.0 is back" in told.title


async def test_a_copy_that_something_else_installed_only_tells(server, make):
    server.publish("0.2.0")
    updating = make("fetch", copy=None)
    assert not (await updating.look()).can_fetch
    with pytest.raises(ClosedMeshError, match="does not replace itself"):
        updating.fetch()


async def test_a_copy_without_an_origin_knows_that(make):
    updating = make()
    updating.origin = None
    with pytest.raises(ClosedMeshError, match="does not know where"):
        await updating.look()


# What somebody on the way, or at the place itself, may try.


def _other_keys(server):
    """The same place with all lists made by somebody else."""
    (server.folder / "repository").rename(server.folder / "honest")
    server.repository(keys="stolen").begin()
    server.repository(keys="stolen").publish([server.folder / archive_of("0.2.0", server)])


def archive_of(version, server):
    return next(server.folder.glob(f"closedmesh-{version}-*.tar.gz")).name


async def test_lists_of_other_keys_are_refused(server, make, versions):
    server.publish("0.2.0")
    honest = server.origin
    _other_keys(server)
    updating = make("fetch", origin=honest)
    with pytest.raises(UpdateRefused, match="not genuine"):
        await updating.look()
    (told,) = updating.health()
    assert told.code == "update-refused"
    assert versions.current == "0.1.0"


async def test_an_older_list_than_was_seen_is_refused(server, make):
    server.publish("0.2.0")
    metadata = server.folder / "repository/metadata"
    old = {path.name: path.read_bytes() for path in metadata.iterdir()}
    server.publish("0.3.0")
    assert (await make().look()).version == "0.3.0"
    server.answer = lambda place, data: old.get(place.rpartition("/")[2], data)
    with pytest.raises(UpdateRefused, match="not genuine"):
        await make().look()


async def test_a_list_that_is_kept_back_past_its_date_is_refused(server, make):
    (server.folder / "repository/metadata/timestamp.json").unlink()
    server.repository(days=-11).renew()
    with pytest.raises(UpdateRefused, match="past its date"):
        await make().look()


async def test_an_announcement_that_was_changed_is_refused(server, make):
    server.publish("0.2.0")

    def answer(place, data):
        return data and re.sub(rb"0\.2\.0", b"0.9.0", data) if "latest-" in place else data

    server.answer = answer
    with pytest.raises(UpdateRefused, match="not genuine"):
        await make().look()


async def test_a_list_without_an_end_is_given_up(server, make):
    server.answer = lambda place, data: data and data + b" " * 20_000_000
    with pytest.raises(ClosedMeshError):
        await make().look()


@pytest.mark.parametrize("damage", [lambda data: data[:-1] + b"?", lambda data: data[:-1]])
async def test_an_archive_that_is_another_one_is_never_unpacked(server, make, versions, damage):
    server.publish("0.2.0")
    server.answer = lambda place, data: damage(data) if place.endswith(".tar.gz") else data
    updating = make("fetch")
    async with running(updating):
        await until(updating, lambda now: now.problem)
    assert updating.update.state is UpdateState.AVAILABLE
    updating.finish()
    assert versions.current == "0.1.0"
    assert [place.name for place in (versions.folder / "versions").iterdir()] == ["0.1.0"]


async def test_a_place_that_is_away_is_told_and_nothing_happens(server, make):
    server.answer = lambda place, data: None
    updating = make()
    with pytest.raises(ClosedMeshError, match="could not be fetched"):
        await updating.look()
    assert updating.health() == ()
