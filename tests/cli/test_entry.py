import asyncio
import sys
from argparse import Namespace

import pytest
from msgspec import structs

from closedmesh.cli import entry
from closedmesh.control import MakeInvite, RevokeInvite, RevokeMember
from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.mesh.picture import IssuedInvite, MeshState, NewInvite, Peer
from closedmesh.status import Health, Severity
from tests.support.control import STATUS, FakeControl
from tests.web.test_public import MESH

ISSUED = IssuedInvite(InviteId("0123456789ab"), "share", 100, 3, 2_000_000_000.0)
OPEN = structs.replace(STATUS, mesh=MESH, invites=(ISSUED, structs.replace(ISSUED, revoked=True)))
CONNECTING = structs.replace(OPEN, mesh=structs.replace(MESH, state=MeshState.CONNECTING))
LINK = "closedmesh://join/cm1example"


class EntryControl(FakeControl):
    def _result(self, command):
        match command:
            case MakeInvite(scope, uses):
                return NewInvite(structs.replace(ISSUED, scope=scope, uses=uses, used=0), LINK)
            case RevokeInvite() | RevokeMember():
                return None
            case _:
                return super()._result(command)


@pytest.fixture
def control():
    return EntryControl(status=OPEN)


async def test_the_first_line_says_where_everything_is(control, as_json, facts):
    await entry.ready(control, "http://127.0.0.1:8080", as_json)

    said = facts()
    assert said["event"] == "ready"
    assert (said["api"], said["peer"]) == (STATUS.api, STATUS.peer)
    assert (said["mesh"], said["mesh_id"]) == (MESH.name, MESH.id)
    assert (said["web"], said["invite"]) == ("http://127.0.0.1:8080", LINK)
    assert control.done == [MakeInvite("share", entry.FIRST_USES)]


async def test_it_is_ready_when_the_network_is_open(control, as_json, facts):
    control.status = CONNECTING
    ready = asyncio.ensure_future(entry.ready(control, None, as_json))
    await asyncio.sleep(0)
    assert not ready.done()
    await control.set_status(OPEN)
    await ready
    assert facts()["event"] == "ready"


async def test_a_network_that_does_not_open_is_explained(control, as_json, monkeypatch):
    monkeypatch.setattr(entry, "START_LIMIT", 0.0)
    trouble = Health("network", Severity.ERROR, "Port 4433 is taken.", "Choose another.")
    control.status = structs.replace(CONNECTING, health=(trouble,))

    with pytest.raises(ClosedMeshError, match=r"did not open .* Port 4433 is taken"):
        await entry.ready(control, None, as_json)


@pytest.mark.parametrize("terminal", [True, False])
async def test_an_invite_is_shown_to_a_person_and_not_to_a_log(
    control, text, said, monkeypatch, terminal
):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    await entry.ready(control, None, text)

    shown = said()
    assert "The mesh example is open" in shown
    assert (LINK in shown) is terminal


def chosen(action, **words):
    return Namespace(action=action, **words)


async def test_a_new_invite_is_shown_once(control, text, as_json, said, facts, capsys):
    words = chosen("new", scope="chat", uses=2, expires=60.0)
    assert await entry.invite(control, words, text) == 0
    printed = capsys.readouterr()
    assert printed.out == f"{LINK}\n"
    assert f"For 2 to chat, until {entry._end(ISSUED)}." in printed.err

    await entry.invite(control, words, as_json)
    assert facts()["link"] == LINK
    assert control.done == [MakeInvite("chat", 2, 60.0)] * 2


async def test_invites_are_listed(control, text, as_json, said, facts):
    await entry.invite(control, chosen("list"), text)
    assert [line.split() for line in said().splitlines()[1:]] == [
        ["0123456789ab", "share", "3", "of", "100", *entry._end(ISSUED).split()],
        ["0123456789ab", "share", "3", "of", "100", "revoked"],
    ]
    await entry.invite(control, chosen("list"), as_json)
    assert [each["id"] for each in facts()] == ["0123456789ab"] * 2


async def test_an_invite_is_withdrawn(control, text):
    await entry.invite(control, chosen("revoke", id="0123456789ab"), text)
    assert control.done == [RevokeInvite(InviteId("0123456789ab"))]


@pytest.mark.parametrize(("scope", "lifetime"), [("chat", 7 * 86_400.0), ("entry", 86_400.0)])
async def test_an_invite_holds_a_week_and_that_of_an_entry_a_day(control, text, scope, lifetime):
    await entry.invite(control, chosen("new", scope=scope, uses=1, expires=None), text)
    assert control.done == [MakeInvite(scope, 1, lifetime)]


async def test_a_membership_is_ended_by_the_beginning_of_an_id(control, text):
    node = NodeId("ab" * 32)
    peers = (Peer(node, "abababab"), Peer(NodeId("cd" * 32), "cdcdcdcd"))
    control.status = structs.replace(control.status, peers=peers)
    assert await entry.run(control, Namespace(command="revoke", peer="ABAB"), text) == 0
    assert control.done == [RevokeMember(node)]
    for wrong in ("aba", "ffff"):
        with pytest.raises(BadRequest, match="peers are called"):
            await entry.run(control, Namespace(command="revoke", peer=wrong), text)
