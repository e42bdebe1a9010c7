import pytest
from msgspec import structs

from closedmesh.mesh.picture import Check, Enforcement
from closedmesh.models.chat import CheckState
from closedmesh.web.public import FalseAlarms, PublicStatus, public_status
from closedmesh.web.status_view import MOST_ROWS, status_view
from tests.support.control import STATUS
from tests.web.test_public import ENTRY

SHOWN = public_status(ENTRY)
NOW = 1_800_000_000.0


def checked(check):
    """The words of a check of the first peer."""
    peer = SHOWN.peers[0]
    offer = structs.replace(peer.models[0], check=check)
    shown = structs.replace(SHOWN, peers=(structs.replace(peer, models=(offer,)),))
    return status_view(structs.replace(shown, models=shown.models[:1]), NOW).models[0].rows[0].check


def test_a_model_is_shown_with_everybody_who_answers_with_it():
    page = status_view(SHOWN, NOW)

    assert page.title == "example"
    assert page.summary == "Open: 2 peers answer with 2 models."
    assert page.tiles == (
        ("7", "members"), ("2", "share now"), ("2", "models"), ("9 of 12", "places free"),
    )  # fmt: skip
    small, large = page.models
    assert (small.name, len(small.rows), large.name, len(large.rows)) == ("small", 2, "large", 1)
    assert small.summary == (
        "2 replicas · 6 of 8 places free · through the mesh 40.0 tokens/s at the median peer"
    )
    assert large.summary.startswith("1 replica · 3 of 4 places free")


def test_native_and_measured_figures_stand_apart_with_their_samples():
    row = status_view(SHOWN, NOW).models[0].rows[0]

    assert (row.native.words, row.native.samples) == ("50.0 tokens/s", "9 samples")
    assert (row.mesh.words, row.mesh.samples) == ("40.0 tokens/s", "5 samples")
    assert (row.native.more, row.mesh.more) == ("reads 500/s", "first token 0.12 s")


def test_what_was_not_measured_is_not_a_zero():
    assert status_view(public_status(STATUS), NOW).models == ()
    offer = structs.replace(
        SHOWN.peers[1].models[0],
        mesh=structs.replace(
            SHOWN.peers[1].models[0].mesh, decode_tps=None, first_token_ms=None, samples=0
        ),
    )
    peers = (structs.replace(SHOWN.peers[1], models=(offer,)),)
    page = status_view(structs.replace(SHOWN, peers=peers, models=SHOWN.models[:1]), NOW)

    figure = page.models[0].rows[0].mesh
    assert (figure.tps, figure.words, figure.samples) == (None, "not measured", "0 samples")
    assert "median" not in page.models[0].summary


@pytest.mark.parametrize(
    ("check", "words", "detail"),
    [
        (Check(), "unchecked", ""),
        (
            Check(CheckState.MISMATCH, "wrong-quantisation", 1),
            "mismatch (wrong quantisation)",
            "1 answer weighed",
        ),
        (
            Check(CheckState.MATCH, "match", 12, "can tell Q4 from Q2"),
            "match",
            "12 answers weighed · can tell Q4 from Q2",
        ),
        (
            Check(CheckState.INCONCLUSIVE, "unresponsive", 1, left_out=True),
            "inconclusive (unresponsive)",
            "1 answer weighed · not asked now, as two entries agree",
        ),
    ],
)
def test_a_check_is_said_in_words_and_not_by_colour_alone(check, words, detail):
    shown = checked(check)

    assert (shown.words, shown.detail) == (words, detail)
    assert shown.sign.strip()


def test_a_large_mesh_does_not_make_an_endless_page():
    peers = tuple(structs.replace(SHOWN.peers[1], peer=f"{n:04}") for n in range(MOST_ROWS + 7))
    model = status_view(structs.replace(SHOWN, peers=peers), NOW).models[0]

    assert (len(model.rows), model.hidden) == (MOST_ROWS, 7)
    assert model.summary.startswith(f"{MOST_ROWS + 7} replicas")


def test_an_entry_says_how_checks_decide_and_how_often_they_were_wrong():
    def words(**changes):
        page = status_view(structs.replace(SHOWN, **changes), NOW)
        return page.enforcement, page.decisions

    assert words() == (
        "Checks are shown, and nobody is passed over for them yet.",
        "3 of 3 replicas match now, 0 do not, and of 0 nothing can be told yet.",
    )
    assert words(enforcement=Enforcement.ENFORCE, false_alarms=FalseAlarms(1, 1)) == (
        "Who is found not to run what it says is not asked any more.",
        "3 of 3 replicas match now, 0 do not, and of 0 nothing can be told yet."
        " 1 of 1 decisions so far were wrong.",
    )


def test_an_entry_without_a_mesh_or_without_peers_says_so():
    nothing = status_view(public_status(STATUS), NOW)
    empty: PublicStatus = structs.replace(SHOWN, peers=(), models=())

    assert (nothing.title, nothing.summary) == ("No mesh yet", "This entry is still opening.")
    assert status_view(empty, NOW).summary == "Open, and nobody shares at the moment."
    assert nothing.asof.iso == "2027-01-15T08:00:00+00:00"
    assert nothing.asof.words == "15 Jan 2027, 08:00 UTC"
