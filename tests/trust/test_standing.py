from closedmesh.trust.standing import (
    ALWAYS,
    FULL_RATE,
    RAREST,
    Answered,
    Standing,
)


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


def test_who_falls_silent_is_checked_at_the_full_rate_again():
    proven = Standing(passes=300)
    assert proven.rate < 0.1
    assert proven.ended(SILENT).rate == 1
    assert proven.ended(REFUSED).rate == proven.ended(YES).rate == proven.rate


def test_ten_answers_in_a_row_bring_a_silent_peer_back():
    assert ended(*[SILENT] * 5, *[YES] * 9).unresponsive
    assert not ended(*[SILENT] * 5, *[YES] * 10).unresponsive
    assert ended(*[SILENT] * 5, *[YES] * 6, SILENT, *[YES] * 6).unresponsive
