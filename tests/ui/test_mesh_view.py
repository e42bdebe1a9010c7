from datetime import datetime

import pytest
from msgspec import structs

from closedmesh.mesh.picture import Check, InviteFacts, IssuedInvite, MeshState, NewInvite
from closedmesh.models.chat import CheckState
from closedmesh.ui import words
from closedmesh.ui.mesh_view import (
    columns,
    facts_of_invite,
    facts_of_new_invite,
    mesh_view,
)
from closedmesh.ui.words_view import MAX_WORDS
from tests.support.control import AT_THE_ENTRY, INVITE, MEMBER, MESH, OWN_OFFER, PEERS, STATUS


def shown(status, **mesh):
    return mesh_view(structs.replace(status, mesh=structs.replace(status.mesh, **mesh)))


def test_without_a_mesh_there_is_nothing_to_show():
    assert mesh_view(STATUS) is None


@pytest.mark.parametrize(
    ("state", "words", "good"),
    [
        (MeshState.CONNECTING, "Connecting…", False),
        (MeshState.CONNECTED, "Connected: direct, 12 ms", True),
        (MeshState.ALONE, "No entry answers; known peers are still asked.", False),
        (MeshState.EXCLUDED, "The membership has ended. A new invite is needed.", False),
    ],
)
def test_the_connection_is_told_in_words(state, words, good):
    view = shown(MEMBER, state=state)
    assert (view.connection, view.good) == (words, good)


def test_a_connected_member_without_a_link_at_the_moment():
    assert mesh_view(structs.replace(MEMBER, peers=())).connection == "Connected"


def test_the_three_figures_are_three_columns():
    titles = [title for title, _ in columns()]
    own, entry, other, second = mesh_view(MEMBER).peers
    assert dict(zip(titles, own.cells, strict=True)) == {
        "Peer": "cdcdcdcdcd (this computer)",
        "Model": "smollm2-135m-instruct-q4_1",
        "How reached": "—",
        "Alone": "88.5 (5)",
        "Announced": "87.0 (5)",
        "Measured here": "—",
        "Check": "not checked",
        "Version": "0.1.0",
    }
    assert entry.cells[:3] == ("0e0e0e0e0e (entry)", "admits members", "direct, 12 ms")
    assert other.cells[2:6] == ("through a relay, 84 ms", "—", "87.0 (5)", "41.3 (2)")
    assert second.node == other.node
    assert second.cells[3:6] == ("—", "—", "—")


def test_a_peer_that_is_not_connected_says_so():
    other = structs.replace(PEERS[2], link=None)
    gone = structs.replace(other, reachable=False)
    cells = [mesh_view(structs.replace(MEMBER, peers=(p,))).peers[0].cells for p in (other, gone)]
    assert [line[2] for line in cells] == ["not connected", "did not answer"]


def test_what_a_check_showed_is_told():
    offer = structs.replace(OWN_OFFER, check=Check(CheckState.MISMATCH, probes=40))
    peer = structs.replace(PEERS[2], offers=(offer,))
    line = mesh_view(structs.replace(MEMBER, peers=(peer,))).peers[0]
    assert line.cells[6] == "not the model it claims to be (40)"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("match", "check undecided (5)"),
        ("wrong-model", "check undecided: another model (5)"),
        (
            "unresponsive",
            "check undecided: it does not answer, or shows nothing of its answers (5)",
        ),
        ("<b>", "check undecided (5)"),
    ],
)
def test_what_a_check_found_is_told_in_known_words(found, said):
    offer = structs.replace(OWN_OFFER, check=Check(CheckState.INCONCLUSIVE, found, probes=5))
    peer = structs.replace(PEERS[2], offers=(offer,))
    assert mesh_view(structs.replace(MEMBER, peers=(peer,))).peers[0].cells[6] == said


def test_the_words_of_strangers_are_short():
    peer = structs.replace(PEERS[2], version="9" * 500, offers=())
    assert len(mesh_view(structs.replace(MEMBER, peers=(peer,))).peers[0].cells[-1]) == MAX_WORDS


def test_a_member_knows_how_it_stands():
    facts = "\n".join(shown(MEMBER, listed=False, entries=2).facts)
    assert "answer others if this computer is shared" in facts
    assert words.moment(MESH.expires) in facts
    assert "2 entries known, 1 connection open." in facts
    assert "does not list this computer yet" in facts
    assert "The mesh lists" in "\n".join(shown(MEMBER, listed=True).facts)


def test_an_entry_counts_members_and_shows_its_invites():
    view = mesh_view(AT_THE_ENTRY)
    assert view.is_entry
    assert view.connection == "This computer is an entry of the mesh."
    assert "3 members, 1 connected now." in view.facts
    assert [line.can_be_ended for line in view.peers] == [False, False, True, True]
    assert view.invites[0].words == (
        f"0123456789ab  ·  for asking  ·  used 1 of 3  ·  until {words.moment(INVITE.expires)}"
    )


def test_a_member_ends_no_memberships():
    assert not any(line.can_be_ended for line in mesh_view(MEMBER).peers)


@pytest.mark.parametrize("change", [{"revoked": True}, {"used": 3}])
def test_an_invite_of_no_use_is_not_withdrawn(change):
    status = structs.replace(AT_THE_ENTRY, invites=(structs.replace(INVITE, **change),))
    assert not mesh_view(status).invites[0].can_be_revoked


def test_an_invite_says_what_it_is_before_it_is_used():
    said = facts_of_invite(InviteFacts(MESH.id, "Friends\u202e", "chat", MESH.expires))
    assert said == (
        f"An invite to Friends[U+202E]. With it this computer may ask the mesh. It can be used"
        f" until {words.moment(MESH.expires)}."
    )


@pytest.mark.parametrize(("uses", "words"), [(1, "used once until"), (2000, "2,000 times until")])
def test_a_new_invite_says_what_its_holder_may(uses, words):
    made = NewInvite(IssuedInvite(INVITE.id, "share", uses, 0, MESH.expires), "closedmesh://x")
    assert words in facts_of_new_invite(made)


def test_a_moment_is_told_by_the_clock_of_this_computer():
    moment = datetime(2027, 5, 3, 14, 10).astimezone().timestamp()
    assert words.moment(moment) == "3 May 2027, 14:10"
