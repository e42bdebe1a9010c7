import pytest
from msgspec import structs

from closedmesh.models.releases import Update, UpdateState
from closedmesh.status import DownloadState, Health, Severity
from closedmesh.ui.notices import notices
from tests.support.control import DOWNLOAD, MODEL, STATUS

TROUBLE = Health("disk", Severity.ERROR, "The disk is full.", "Make room.")
STOPPED = structs.replace(DOWNLOAD, state=DownloadState.FAILED, problem="The disk is full.")
HERE = structs.replace(MODEL, title=DOWNLOAD.title)


def having(**changes):
    return structs.replace(STATUS, **changes)


def titles(before, now):
    return [notice.title for notice in notices(before, now)]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (having(health=()), having(health=(TROUBLE,)), ["The disk is full."]),
        (having(downloads=(DOWNLOAD,)), having(downloads=(STOPPED,)),
         [f"The download of {DOWNLOAD.title} has stopped"]),
        (having(downloads=(DOWNLOAD,)), having(downloads=(), models=(MODEL, HERE)),
         [f"{DOWNLOAD.title} is here"]),
        (having(), having(update=Update(UpdateState.READY, "0.2.0")), ["Version 0.2.0 is ready"]),
    ],
)  # fmt: skip
def test_what_has_become_true_is_told_once(before, now, told):
    assert titles(before, now) == told
    assert titles(now, now) == []
    assert titles(None, now) == []


@pytest.mark.parametrize(
    "now",
    [
        having(health=(structs.replace(TROUBLE, severity=Severity.WARNING),)),
        having(downloads=(DOWNLOAD,)),
        having(models=(MODEL, HERE)),
        having(update=Update(UpdateState.AVAILABLE, "0.2.0")),
    ],
    ids=["a warning", "a download that begins", "a file put there", "a version that is only there"],
)
def test_anything_else_is_not(now):
    assert titles(having(downloads=()), now) == []


def test_a_download_that_was_given_up_is_not_told():
    assert titles(having(downloads=(DOWNLOAD,)), having(downloads=())) == []
