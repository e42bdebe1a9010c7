import time
from argparse import Namespace

import pytest
from msgspec import structs

from closedmesh.cli import share
from closedmesh.control import ChangeSettings, PauseSharing, ResumeSharing
from closedmesh.models.duty import Reason
from closedmesh.models.energy import Kind
from closedmesh.status import Energy, Sharing
from tests.support.control import STATUS


def chosen(action, span=None):
    return Namespace(action=action, span=span)


async def test_on_ends_a_pause_too(control, text):
    assert await share.run(control, chosen("on"), text) == 0
    assert control.done == [ResumeSharing(), ChangeSettings({"sharing.share": True})]


async def test_off_is_off(control, text):
    await share.run(control, chosen("off"), text)
    assert control.done == [ChangeSettings({"sharing.share": False})]


@pytest.mark.parametrize("span", [None, 3600.0])
async def test_a_pause_may_have_an_end(control, text, span):
    await share.run(control, chosen("pause", span), text)
    (pause,) = control.done
    assert isinstance(pause, PauseSharing)
    if span is None:
        assert pause.until is None
    else:
        assert pause.until == pytest.approx(time.mktime(time.localtime()) + span, abs=5)


async def test_status_says_the_reason_and_what_is_drawn(control, text, said):
    control.status = structs.replace(
        STATUS,
        sharing=Sharing(Reason.METERED, "The network costs by the byte.", serving=2),
        energy=Energy(41.4, Kind.ESTIMATED, "CPU package (from its load)"),
    )
    await share.run(control, chosen("status"), text)
    assert said() == (
        "Sharing  The network costs by the byte.\n"
        "         2 questions of others are being answered.\n"
        "Power    ≈ 41 W (estimated: CPU package (from its load))\n"
    )
    assert control.done == []


async def test_programs_get_one_object(control, as_json, facts):
    await share.run(control, chosen("on"), as_json)
    found = facts()
    assert found["share"] is True
    assert found["sharing"]["reason"] == "on"
