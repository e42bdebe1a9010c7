import math

import pytest
from msgspec import structs

from closedmesh.trust.calibration import Record
from closedmesh.trust.draws import Draw
from closedmesh.trust.evidence import Figures
from closedmesh.trust.verdicts import Case, Verdict, failed, weigh

MEAN = -2.5
GOOD = Figures(tokens=48, missed=1, margin=0.01, outside=0, opened=48, spread=MEAN)


@pytest.fixture(scope="module")
def record():
    after = Record()
    for _ in range(30):
        after = after.seen(MEAN, 2, 48)
    return after


def like(**changes):
    return structs.replace(GOOD, **changes)


def after(figures, record, checks):
    case = Case()
    for _ in range(checks):
        case = weigh(case, figures, record)
    return case


def test_nothing_is_said_before_a_test_decides(record):
    assert after(GOOD, record, 1).verdict is Verdict.INCONCLUSIVE


def test_an_honest_peer_matches_and_goes_on_to(record):
    for checks in (5, 50, 200):
        assert after(GOOD, record, checks).verdict is Verdict.MATCH


@pytest.mark.parametrize(
    ("figures", "checks", "verdict"),
    [
        (like(spread=-1.26, missed=7), 3, Verdict.WRONG_QUANTISATION),
        (like(spread=-0.4, missed=17), 3, Verdict.WRONG_QUANTISATION),
        (like(spread=0.6, missed=22), 3, Verdict.WRONG_MODEL),
        (like(spread=0.9, missed=40, outside=20), 3, Verdict.CANNED),
        (like(spread=1.1, missed=20, contradicted=30), 3, Verdict.CANNED),
        # a cheap text with an honest proof: the numbers are right, the text is not
        (like(missed=7, contradicted=6), 3, Verdict.WRONG_QUANTISATION),
        (like(missed=30, contradicted=0, opened=0, spread=None), 3, Verdict.CANNED),
        (like(too_fast=True), 3, Verdict.WRONG_QUANTISATION),
        (like(foreign_tokens=0.8), 3, Verdict.WRONG_QUANTISATION),
    ],
)
def test_what_is_wrong_is_named_within_a_few_checks(record, figures, checks, verdict):
    assert after(figures, record, checks).verdict is verdict


def test_drift_is_said_and_convicts_nobody(record):
    for off in (0.12, 0.19):
        case = after(like(spread=MEAN + off), record, 80)
        assert case.verdict is Verdict.DRIFT
        assert not case.verdict.convicts


def test_a_conviction_is_lifted_by_honest_answers(record):
    case = after(like(spread=-0.4, missed=17), record, 3)
    assert case.verdict.convicts
    for _ in range(8):
        case = weigh(case, GOOD, record)
    assert case.verdict is Verdict.MATCH


def test_a_peer_that_cheats_sometimes_is_convicted(record):
    draw = Draw(b"s" * 32, b"sometimes")
    bad = like(spread=-0.4, missed=17)
    case = Case()
    while not case.verdict.convicts:
        case = weigh(case, bad if draw.chance(0.1) else GOOD, record)
    assert case.checks < 100
    assert case.verdict is Verdict.WRONG_QUANTISATION


def test_one_bad_check_convicts_nobody(record):
    case = after(GOOD, record, 20)
    worst = like(spread=2.0, missed=48, outside=48, contradicted=48, too_fast=True)
    assert not weigh(case, worst, record).verdict.convicts


def test_honest_checks_do_not_fail_outright(record):
    assert not failed(GOOD, record)
    assert not failed(like(missed=6, spread=MEAN + 0.5), record)
    assert not failed(like(outside=1), record)


def test_short_answers_are_weighed_by_their_length(record):
    assert not failed(like(tokens=3, missed=2, opened=3), record)
    assert not failed(like(tokens=0, missed=0, opened=0, spread=None), record)
    assert math.isfinite(
        weigh(Case(), like(tokens=0, missed=0, spread=None), record).seeds.evidence
    )


def test_only_the_last_checks_are_kept(record):
    assert len(after(GOOD, record, 100).recent) == 40


def test_an_honest_answer_with_many_words_as_good_is_no_failure(record):
    """As a small model was measured to give: misses come together, and another language is
    written in other tokens than the tokeniser's."""
    honest = like(missed=9, margin=0.045, foreign_tokens=0.375)
    assert not failed(honest, record)
    assert failed(structs.replace(honest, missed=20), record)
    assert failed(structs.replace(honest, foreign_tokens=0.8), record)
