import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.models.chat import Sampling
from closedmesh.trust.consensus import AGREE, Disagreement, agreeing, distance, mildest
from closedmesh.trust.evidence import Figures
from tests.support.small_model import SmallModel

PROMPT = b"a question"
TOKENS = [step.token for step in SmallModel().answer(PROMPT, Sampling(seed=3), 40)[0]]
HONEST = SmallModel(0.02).score(PROMPT, TOKENS)
OTHER_HONEST = SmallModel(0.03).score(PROMPT, TOKENS)
COARSE = SmallModel(0.9).score(PROMPT, TOKENS)
ANOTHER = SmallModel(family=b"two").score(PROMPT, TOKENS)

FIGURES = Figures(tokens=40, missed=9, margin=0.3, outside=2, opened=40, spread=-0.8,
                  contradicted=1, too_fast=True, foreign_tokens=0.5)  # fmt: skip


def test_honest_copies_agree_and_others_do_not():
    assert distance(HONEST, OTHER_HONEST) < AGREE
    assert distance(HONEST, HONEST) < AGREE
    for liar in (COARSE, ANOTHER):
        assert distance(HONEST, liar) == distance(liar, HONEST) > AGREE


def test_no_copy_is_believed_alone():
    for reads in ([], [HONEST], [HONEST, COARSE], [HONEST, COARSE, ANOTHER]):
        with pytest.raises(Disagreement):
            agreeing(reads)


@pytest.mark.parametrize("place", range(3))
def test_a_third_copy_decides_between_two(place):
    reads = [HONEST, OTHER_HONEST]
    reads.insert(place, COARSE)
    assert agreeing(reads) == (HONEST, OTHER_HONEST)


def test_a_peer_is_held_only_to_what_every_copy_holds_against_it():
    clean = Figures(tokens=40, missed=1, margin=0.0, outside=0, opened=40, spread=-2.5)
    assert mildest([FIGURES, clean]) == mildest([clean, FIGURES]) == clean
    assert mildest([FIGURES, FIGURES]) == FIGURES
    assert mildest([FIGURES, structs.replace(FIGURES, spread=None)]).spread == FIGURES.spread


numbers = st.integers(0, 40)


@given(st.lists(st.tuples(numbers, st.floats(-3, 1)), min_size=1, max_size=3))
def test_the_mildest_figures_are_never_worse_than_any(said):
    found = [structs.replace(FIGURES, missed=missed, spread=spread) for missed, spread in said]
    mild = mildest(found)
    assert all(mild.missed <= one.missed and mild.spread <= one.spread for one in found)
