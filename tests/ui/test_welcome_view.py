from msgspec import structs

from closedmesh.models.offers import Fit, FitLabel, Offer
from closedmesh.ui.welcome_view import welcome_view
from tests.support.control import MODEL, STATUS
from tests.support.desktop import HARDWARE

LARGE = Offer(
    name="large-4b",
    title="Large 4B",
    size_bytes=2_500_000_000,
    licence="Apache-2.0",
    quantisation="Q4_K_M",
    parameters=4_000_000_000,
    active=4_000_000_000,
    context=8192,
    tier="standard",
    languages=("en",),
    abilities=(),
    checked=True,
    fit=Fit(FitLabel.RUNS_WELL, 3_000_000_000, 4096),
    here=False,
)
STARTER = structs.replace(LARGE, name=MODEL.name, here=True, fit=Fit(FitLabel.RUNS_WELL, 1, 4096))


def labelled(offer, label):
    return structs.replace(offer, fit=structs.replace(offer.fit, label=label))


def test_the_starter_answers_at_once():
    view = welcome_view(STATUS, (STARTER,), HARDWARE)
    assert view.here == "SmolLM2 135M Instruct · 98 MB · ready, nothing to download · runs well"
    assert view.can_begin_here
    assert view.better == ""


def test_a_better_model_that_runs_well_is_proposed():
    view = welcome_view(STATUS, (STARTER, LARGE), HARDWARE)
    assert view.better_ref == "large-4b"
    assert view.better.startswith("Get Large 4B as well (2.5 GB)")


def test_a_small_computer_is_proposed_nothing_larger():
    offers = (labelled(STARTER, FitLabel.TIGHT), labelled(LARGE, FitLabel.TOO_LARGE))
    view = welcome_view(STATUS, offers, HARDWARE)
    assert view.here.endswith("tight on this computer")
    assert view.better == ""


def test_a_full_disk_is_not_filled_further():
    full = structs_replace_disk(3_000_000_000)
    assert welcome_view(STATUS, (LARGE,), full).better == ""


def structs_replace_disk(free):
    return type(HARDWARE)(HARDWARE.processor, HARDWARE.memory_total, free, metered=False)


def test_a_metered_network_is_named():
    metered = type(HARDWARE)("x", 1, 10**12, metered=True)
    assert "costs by the byte" in welcome_view(STATUS, (LARGE,), metered).better


def test_without_any_model_here_nothing_can_begin():
    view = welcome_view(structs.replace(STATUS, models=()), (), HARDWARE)
    assert not view.can_begin_here
    assert view.here.startswith("No model is on this computer yet.")
