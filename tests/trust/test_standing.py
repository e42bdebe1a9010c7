from closedmesh.trust.standing import (
    ALWAYS,
    FULL_RATE,
    RAREST,
    VERDICT_LIFETIME,
    Answered,
    Standing,
    Statement,
    shunned,
)
from closedmesh.trust.verdicts import Verdict

NOW = 1_000_000.0


def passed(count, identity="a"):
    standing = Standing()
    for _ in range(count):
        standing = standing.judged(passed=True, identity=identity)
    return standing


def test_a_new_peer_is_checked_at_the_full_rate():
    assert Standing().interval == FULL_RATE
    assert passed(ALWAYS - 1).rate == 1.0


def test_a_peer_that_passes_is_checked_more_rarely_and_never_not_at_all():
    rates = [passed(count).rate for count in (ALWAYS, 15, 20, 30, 100, 10_000)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == 1.0
    assert rates[1] == 1 / 6
    assert rates[-1] == RAREST


def test_a_failure_or_another_build_begins_the_count_anew():
    assert passed(50).judged(passed=False, identity="a").rate == 1.0
    assert passed(50).judged(passed=True, identity="b").passes == 1


def ended(*how):
    standing = Standing()
    for answered in how:
        standing = standing.ended(answered)
    return standing


SILENT, YES, REFUSED = Answered.SILENT, Answered.YES, Answered.REFUSED


def test_four_silences_in_twenty_checks_are_borne_the_fifth_is_not():
    assert not ended(*[SILENT] * 4).unresponsive
    assert ended(*[SILENT] * 5).unresponsive
    assert ended(SILENT, *[YES] * 3, SILENT, YES, SILENT, SILENT, YES, SILENT).unresponsive
    assert not ended(SILENT, *[YES] * 20, *[SILENT] * 4).unresponsive


def test_refusals_cost_nothing():
    assert ended(*[REFUSED] * 100) == Standing()
    assert not ended(*[SILENT, REFUSED] * 4).unresponsive


def test_ten_answers_in_a_row_bring_a_silent_peer_back():
    assert ended(*[SILENT] * 5, *[YES] * 9).unresponsive
    assert not ended(*[SILENT] * 5, *[YES] * 10).unresponsive
    assert ended(*[SILENT] * 5, *[YES] * 6, SILENT, *[YES] * 6).unresponsive


def said(owner, verdict=Verdict.WRONG_MODEL, *, clean=True, at=NOW, verifier=None):
    return Statement(verifier or owner, owner, verdict, clean, at)


def out(*statements, enforced=True, now=NOW):
    return shunned(statements, "the peer's", now, enforced=enforced)


def test_two_owners_that_agree_keep_a_peer_out():
    assert out(said("a"), said("b", Verdict.WRONG_QUANTISATION))


def test_nobody_is_kept_out_while_verdicts_are_only_observed():
    assert not out(said("a"), said("b"), said("c"), enforced=False)


def test_one_owner_is_not_enough_however_many_verifiers_it_has():
    assert not out(said("a"))
    assert not out(said("a", verifier="a1"), said("a", verifier="a2"))


def test_the_peers_own_owner_has_no_voice():
    assert not out(said("a"), said("the peer's"))


def test_a_calibration_that_is_not_clean_convicts_nobody():
    assert not out(said("a"), said("b", clean=False))


def test_drift_and_doubt_convict_nobody():
    assert not out(said("a"), said("b", Verdict.DRIFT), said("c", Verdict.INCONCLUSIVE))


def test_a_later_match_brings_the_peer_back():
    before = (said("a", at=NOW - 20), said("b", at=NOW - 10))
    assert out(*before)
    assert not out(*before, said("b", Verdict.MATCH))
    assert out(*before, said("b", Verdict.MATCH, at=NOW - 15)), "an older one does not"


def test_a_stranger_that_disagrees_does_not_undo_two_that_agree():
    assert out(said("a"), said("b"), said("c", Verdict.MATCH))


def test_verdicts_grow_old():
    assert not out(said("a"), said("b"), now=NOW + VERDICT_LIFETIME + 1)
