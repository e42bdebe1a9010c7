import hashlib
from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from closedmesh.mesh import neighbourhoods as module
from closedmesh.mesh.neighbourhoods import REPLICAS, VIEW, Neighbourhoods

COMMON, RARE = "c" * 64, "r" * 64


def node(number):
    return hashlib.sha256(str(number).encode()).hexdigest()


def known(these, asker):
    return [each for part in these.known_to(asker) for each in part]


def filled(count, models=lambda number: (COMMON,)):
    these = Neighbourhoods(b"salt")
    for _ in range(2):  # as everybody comes back again and again
        for number in range(count):
            these.put(node(number), models(number))
    return these


def test_in_a_small_mesh_everybody_knows_everybody():
    these = filled(2 * REPLICAS - 1)

    assert len(known(these, node("asker"))) == 2 * REPLICAS - 1


def test_of_a_common_model_everybody_knows_a_part_that_does_not_grow():
    for count in (500, 4000):
        these = filled(count)
        counts = [len(known(these, node(f"asker {number}"))) for number in range(50)]
        assert min(counts) > REPLICAS / 3
        assert max(counts) < 4 * REPLICAS


def test_everybody_is_known_to_about_as_many():
    these = filled(1000)
    heard_of = Counter(each for asker in range(1000) for each in known(these, node(asker)))

    assert len(heard_of) == 1000
    assert max(heard_of.values()) < 4 * REPLICAS


def test_a_rare_model_is_known_to_everybody_in_a_large_mesh():
    these = filled(2000, lambda number: (RARE,) if number < 3 else (COMMON,))

    for asker in range(20):
        assert {node(0), node(1), node(2)} <= set(known(these, node(f"asker {asker}")))


def test_who_offers_a_rare_model_too_is_known_to_everybody():
    these = filled(2000, lambda number: (COMMON, RARE) if number == 7 else (COMMON,))

    assert node(7) in known(these, node("asker"))


def test_a_mesh_of_a_thousand_rare_models_has_a_bound_too(monkeypatch):
    monkeypatch.setattr(module, "VIEW", 100)
    these = filled(3000, lambda number: (node(f"model {number}"),))

    counts = [len(known(these, node(f"asker {number}"))) for number in range(20)]
    assert max(counts) < 300
    assert list(these.offering(node("model 5"))) == [node(5)]


def test_the_newest_comes_first():
    these = filled(10)
    these.put(node(3), (COMMON,))

    assert known(these, node("asker"))[0] == node(3)
    assert next(iter(these.offering(COMMON))) == node(3)


def test_those_who_knew_a_peer_hear_that_it_offers_nothing_more():
    these = filled(1000)
    askers = [node(f"asker {number}") for number in range(200)]
    before = [asker for asker in askers if node(5) in known(these, asker)]

    these.put(node(5), ())

    assert [asker for asker in askers if node(5) in known(these, asker)] == before
    assert node(5) not in these.offering(COMMON)


def test_who_never_offered_anything_is_nobodys_neighbour():
    these = Neighbourhoods(b"salt")
    these.put(node(1), ())

    assert known(these, node("asker")) == []


def test_a_place_cannot_be_told_without_the_salt():
    one, other = Neighbourhoods(b"one"), Neighbourhoods(b"other")
    for _ in range(2):
        for number in range(1000):
            one.put(node(number), (COMMON,))
            other.put(node(number), (COMMON,))

    assert set(known(one, node("asker"))) != set(known(other, node("asker")))


class AnyOrder(RuleBasedStateMachine):
    """Whoever comes and goes, the shelves hold those who are here, once."""

    def __init__(self):
        super().__init__()
        self.these = Neighbourhoods(b"salt")
        self.here = {}

    @rule(number=st.integers(0, 50), models=st.sets(st.sampled_from([COMMON, RARE])))
    def put(self, number, models):
        self.these.put(node(number), models)
        self.here[node(number)] = models

    @rule(number=st.integers(0, 50))
    def remove(self, number):
        self.these.remove(node(number))
        self.here.pop(node(number), None)

    @invariant()
    def shelves_are_right(self):
        on_shelves = [each for shelf in self.these._shelves.values() for each in shelf]
        assert sorted(on_shelves) == sorted(self.here)
        for model in (COMMON, RARE):
            offering = {each for each, models in self.here.items() if model in models}
            assert set(self.these.offering(model)) == offering
        assert abs(self.these._view - sum(2.0**-d for d in self.these._depths.values())) < 1e-6
        assert len(known(self.these, node("asker"))) <= VIEW


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
