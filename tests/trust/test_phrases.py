from collections import Counter

import pytest

from closedmesh.trust.draws import Draw
from closedmesh.trust.phrases import Histogram, parse


def draw(name=b"test"):
    return Draw(b"s" * 32, name)


def test_the_words_that_come_with_the_program_can_be_read(phrases):
    assert len(phrases.topics) > 50


def test_every_place_is_filled(phrases):
    stream = draw()
    for template in (*phrases.templates, *phrases.follow_ups, *phrases.foreign):
        assert "{" not in phrases.fill(template, stream)
    for pasted in (phrases.prose, phrases.code):
        for task in (*pasted.tasks, *pasted.briefs):
            assert "{" not in phrases.fill(task, stream, {"text": "A text."})


def test_the_words_say_nothing_of_checks(words):
    for word in ("probe", "verif", "benchmark", "closedmesh"):
        assert word not in words.split("topics = ", 1)[1].split("\n[slots]")[0].lower()


def test_a_template_with_an_unknown_place_is_refused(words):
    broken = words.replace('"tell me about {topic}"', '"tell me about {nothing}"')
    with pytest.raises(ValueError, match="unknown list 'nothing'"):
        parse(broken)


@pytest.mark.parametrize(
    ("edges", "counts"),
    [((1, 2, 3), (1,)), ((2, 1), (1,)), ((1, 2), (0,))],
)
def test_a_histogram_that_makes_no_sense_is_refused(edges, counts):
    with pytest.raises(ValueError, match="histogram"):
        Histogram(edges, counts)


def test_values_are_spread_like_the_counts():
    histogram = Histogram((0.0, 1.0, 10.0), (3, 1))
    stream = draw()
    values = [histogram.draw(stream) for _ in range(4000)]
    assert all(0 <= value < 10 for value in values)
    assert sum(value < 1 for value in values) == pytest.approx(3000, abs=140)


def test_noise_hides_single_counts_and_keeps_the_shape():
    histogram = Histogram((0, 1, 2), (1000, 10))
    blurred = [histogram.blurred(draw(bytes([n])), 2.0) for n in range(40)]
    assert len({b.counts for b in blurred}) == 40
    assert all(900 < b.counts[0] < 1100 and b.counts[1] >= 0 for b in blurred)


def test_noise_never_leaves_nothing():
    assert sum(Histogram((0, 1), (0.001,)).blurred(draw(), 50.0).counts) > 0


def test_topics_are_all_used(phrases):
    stream = draw()
    seen = Counter(phrases.fill("{topic}", stream) for _ in range(3000))
    assert set(seen) == set(phrases.topics)
