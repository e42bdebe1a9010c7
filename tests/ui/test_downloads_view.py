import pytest
from msgspec import structs

from closedmesh.status import DownloadState
from closedmesh.ui.downloads_view import WHOLE, downloads_view, duration
from tests.support.control import DOWNLOAD, STATUS

FETCHING = structs.replace(
    DOWNLOAD, state=DownloadState.FETCHING, landed=DOWNLOAD.size_bytes // 4, rate=12_340_000.0,
    seconds_left=167.0,
)  # fmt: skip


def row(*downloads):
    return downloads_view(structs.replace(STATUS, downloads=downloads)).rows[-1]


def test_what_is_fetched_has_figures():
    shown = row(FETCHING)
    assert shown.words == (
        "Fetching · 685 MB of 2.7 GB (25 %) · 12.3 MB/s · 3 min left · 50.0 GB of disk free"
        " afterwards"
    )
    assert shown.progress == WHOLE // 4
    assert (shown.can_pause, shown.can_resume, shown.can_prefer) == (True, False, False)


def test_trouble_tells_of_retries_and_what_is_kept():
    shown = row(structs.replace(FETCHING, problem="No data for 30 s", tries=3))
    assert shown.trouble == "No data for 30 s. Retrying (3 of 10), 25 % kept."


@pytest.mark.parametrize("state", [DownloadState.PAUSED, DownloadState.FAILED])
def test_what_stopped_can_go_on(state):
    shown = row(FETCHING, structs.replace(FETCHING, state=state, problem="The disk is full."))
    assert (shown.can_pause, shown.can_resume, shown.can_prefer) == (False, True, True)
    assert "The disk is full." in shown.trouble


@pytest.mark.parametrize("state", list(DownloadState))
def test_every_state_has_words(state):
    assert row(structs.replace(DOWNLOAD, state=state)).words


def test_of_many_only_the_first_are_shown():
    view = downloads_view(structs.replace(STATUS, downloads=(DOWNLOAD,) * 5))
    assert (len(view.rows), view.more) == (3, "and 2 more in the queue")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (12_000, "3 h 20 min")]
)
def test_times_are_for_people(seconds, words):
    assert duration(seconds) == words
