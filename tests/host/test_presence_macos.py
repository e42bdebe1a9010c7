import plistlib

import pytest

from closedmesh.host.presence_macos import idle_from, idle_seconds


def test_nanoseconds_become_seconds():
    assert idle_from(plistlib.dumps([{"HIDIdleTime": 41_230_000_000}])) == pytest.approx(41.23)


@pytest.mark.parametrize(
    "said", [b"", b"no list", plistlib.dumps([]), plistlib.dumps([{"HIDIdleTime": "x"}])]
)
def test_what_makes_no_sense_is_no_answer(said):
    assert idle_from(said) is None


def test_where_ioreg_is_not_there_nothing_is_known():
    assert idle_seconds() is None
