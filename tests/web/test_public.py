from msgspec import json, structs

from closedmesh.mesh.ids import MeshId, NodeId, short
from closedmesh.mesh.picture import Check, Mesh, MeshState, Offer, Peer, Speed
from closedmesh.models.chat import CheckState, ModelHash
from closedmesh.status import State
from closedmesh.trust.credits import Totals
from closedmesh.web.public import fitness, public_status
from closedmesh.web.status_view import status_view
from tests.support.control import STATUS

MINE, THEIRS = NodeId("aa" * 32), NodeId("bb" * 32)
MESH = Mesh(
    id=MeshId("cc" * 32),
    name="example",
    state=MeshState.CONNECTED,
    scope="entry",
    expires=0.0,
    node=MINE,
    members=7,
    sharing=2,
)
OFFER = Offer(
    name="small",
    sha256=ModelHash("11" * 32),
    quantisation="Q4_1",
    context=4096,
    slots=4,
    free=3,
    native=Speed(50.0, 500.0, None, 9),
    announced=Speed(60.0, 600.0, None, 8),
    measured=Speed(40.0, None, 120.0, 5),
    check=Check(CheckState.MATCH, "match", 12, "can tell Q4 from Q2", 9.0),
)
PEERS = (
    Peer(MINE, short(MINE), this_computer=True, entry=True, backend="cpu", offers=(OFFER,)),
    Peer(
        THEIRS,
        short(THEIRS),
        backend="cuda",
        version="0.1.0",
        since=5.0,
        offers=(OFFER, structs.replace(OFFER, name="large", sha256=ModelHash("22" * 32))),
    ),
    Peer(NodeId("dd" * 32), "dddd"),
)
ENTRY = structs.replace(STATUS, mesh=MESH, peers=PEERS)


def test_everybody_may_know_who_answers_with_what():
    shown = json.decode(json.encode(public_status(ENTRY)))

    assert shown["mesh"] == {
        "id": MESH.id,
        "name": "example",
        "entry": STATUS.peer,
        "members": 7,
        "sharing": 2,
    }
    assert shown["enforcement"] == "observe"
    assert shown["false_alarms"] == {"decisions": 0, "honest_convicted": 0}
    assert shown["models"] == [
        {"name": "small", "model_sha256": "11" * 32, "replicas": 2},
        {"name": "large", "model_sha256": "22" * 32, "replicas": 1},
    ]
    assert [(peer["peer"], peer["backend"], peer["since"]) for peer in shown["peers"]] == [
        (short(MINE), "cpu", None),
        (short(THEIRS), "cuda", 5.0),
    ]


def test_figures_of_different_origin_stay_apart():
    own, other = (peer.models[0] for peer in public_status(ENTRY).peers)

    assert (own.native.decode_tps, own.native.samples) == (50.0, 9)
    assert (other.native.decode_tps, other.native.prefill_tps) == (60.0, 600.0)
    assert other.mesh == own.mesh
    assert (other.mesh.decode_tps, other.mesh.first_token_ms, other.mesh.samples) == (40, 120, 5)
    assert other.check == OFFER.check


def test_who_shares_nothing_is_not_shown():
    assert len(public_status(ENTRY).peers) == 2
    assert public_status(STATUS).mesh is None


def test_an_entry_in_trouble_is_not_fit():
    assert fitness(ENTRY).ok
    assert not fitness(STATUS).ok
    assert not fitness(structs.replace(ENTRY, state=State.ATTENTION)).ok


def test_everybody_sees_the_heads_of_the_ledger_and_nobodys_account():
    head = Totals(7, 3600, "ab" * 32, "cd" * 32, 120, 4_214_000, 84_000, b"signed")
    shown = public_status(structs.replace(STATUS, mesh=MESH, peers=PEERS, ledger=(head,)))
    assert [(one.number, one.issued, one.burned) for one in shown.ledger] == [(7, 4214.0, 84.0)]
    page = status_view(shown, 7200.0)
    assert page.heads[0].digest == "ab" * 32
    assert "4,214.000 credits" in page.totals
    assert "settled yet" in status_view(structs.replace(shown, ledger=()), 7200.0).totals
