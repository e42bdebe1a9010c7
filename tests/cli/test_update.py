import pytest
from msgspec import structs

from closedmesh.cli import update
from closedmesh.control import FetchUpdate, LookForUpdate
from closedmesh.errors import DownloadFailed
from closedmesh.models.releases import Update, UpdateState
from tests.support.control import STATUS, FakeControl

FOUND = Update(UpdateState.AVAILABLE, "0.2.0", size=180_000_000, can_fetch=True)


class Updating(FakeControl):
    """A peer that finds `found`, and then has these states one after the other."""

    def __init__(self, found, *states):
        super().__init__()
        self.found, self.states = found, states

    async def do(self, command):
        self.done.append(command)
        return self.found if command == LookForUpdate() else None

    async def statuses(self):
        for state in self.states:
            yield structs.replace(STATUS, update=state)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (FOUND, "Version 0.2.0 is there (180 MB): `closedmesh update fetch`."),
        (structs.replace(FOUND, can_fetch=False), "Get it where you got this one."),
        (Update(UpdateState.CURRENT), "This is the latest version."),
        (structs.replace(FOUND, state=UpdateState.READY), "is started with the next start."),
    ],
)
async def test_a_look_says_what_there_is_and_fetches_nothing(text, capsys, found, words):
    control = Updating(found)
    assert await update.run(control, "look", text) == 0
    assert words in capsys.readouterr().out
    assert control.done == [LookForUpdate()]


async def test_a_fetch_is_watched_to_its_end(text, capsys):
    states = (
        structs.replace(FOUND, state=UpdateState.FETCHING, landed=90_000_000),
        structs.replace(FOUND, state=UpdateState.READY, landed=180_000_000),
    )
    control = Updating(FOUND, *states)
    assert await update.run(control, "fetch", text) == 0
    told = capsys.readouterr()
    assert "version 0.2.0: 50 % of 180 MB" in told.err
    assert "Version 0.2.0 is ready" in told.out
    assert control.done == [LookForUpdate(), FetchUpdate()]


async def test_a_fetch_that_stopped_says_why(text):
    stopped = structs.replace(FOUND, problem="The disk is full.")
    with pytest.raises(DownloadFailed, match="The disk is full"):
        await update.run(Updating(FOUND, stopped), "fetch", text)


async def test_nothing_newer_is_nothing_to_fetch(text):
    control = Updating(Update(UpdateState.CURRENT))
    assert await update.run(control, "fetch", text) == 0
    assert control.done == [LookForUpdate()]
