import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.mesh.announcements import Announcement, Backend, Speed
from closedmesh.mesh.experience import Answered, Experience
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.routing import (
    EXPLORE,
    GOOD,
    STAY,
    UNKNOWN,
    Chance,
    Chosen,
    Figures,
    Lack,
    Nobody,
    Prior,
    Reason,
    Replicas,
    Wish,
    class_prior,
    figures,
    relatives,
)
from closedmesh.mesh.signing import peek
from tests.support.mesh import MEMBER, MESH, NOW, OFFER
from tests.support.mesh_simulator import (
    Mesh,
    Peer,
    boasting,
    least_loaded,
    round_robin,
    routed,
    uneven_peers,
)

FIGURES = Figures(
    context=4096,
    fresh_until=NOW + 60,
    closed_until=0.0,
    round_trip_ms=10.0,
    first_ms=100.0,
    excess_ms=0.0,
    trouble_ms=0.0,
    excess_at=NOW,
    pace_ms=20.0,
    measured=5,
)
WISH = Wish(prompt_tokens=200, answer_tokens=100, deadline_ms=60_000.0)
COST = 10.0 + 2 * 100.0 + 100 * 20.0
USUAL = Chance(0.5, 0.0, 0.0)
SAID = peek(MESH.announcement(MEMBER), Announcement)
PRIOR = Prior(first_ms=500.0, token_ms=50.0)

chances = st.floats(0, 1, exclude_max=True)
draws = st.builds(Chance, chances, chances, chances)


def node(number):
    return NodeId(hashlib.sha256(f"node {number}".encode()).hexdigest())


def table(*rows):
    replicas = Replicas()
    for number, changes in enumerate(rows):
        replicas.put(node(number), with_(FIGURES, **changes))
    return replicas


def with_(figures, **changes):
    return Figures(
        **{name: changes.get(name, getattr(figures, name)) for name in Figures.__slots__}
    )


def wish(**changes):
    return Wish(**{name: changes.get(name, getattr(WISH, name)) for name in Wish.__slots__})


def test_time_to_the_last_token_is_predicted():
    assert table({}).choose(WISH, NOW, USUAL) == Chosen(node(0), Reason.BALANCE, COST)


def test_lately_counts_for_a_while():
    replicas = table({"excess_ms": 50.0, "trouble_ms": 1000.0})

    assert replicas.choose(WISH, NOW, USUAL).predicted_ms == pytest.approx(COST + 100 + 1000)
    later = replicas.choose(WISH, NOW + 10, USUAL).predicted_ms
    assert later == pytest.approx(COST + 1100 / math.e)


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"context": 299}, Lack.TOO_LONG),
        ({"fresh_until": NOW}, Lack.NO_REPLICA),
        ({"closed_until": NOW + 1}, Lack.RESTING),
        ({"closed_until": math.inf}, Lack.NO_REPLICA),
        ({"pace_ms": 1000.0}, Lack.TOO_LATE),
    ],
)
def test_who_cannot_answer_is_not_asked(changes, lack):
    nobody = table(changes).choose(WISH, NOW, USUAL)
    assert isinstance(nobody, Nobody)
    assert nobody.lack is lack

    for first in (0.0, 0.99):
        chosen = table(changes, {}).choose(WISH, NOW, Chance(0.0, first, 0.99))
        assert chosen.node == node(1)


def test_nobody_says_how_long_it_would_take():
    resting = table({"closed_until": NOW + 5}, {"closed_until": NOW + 2})
    assert resting.choose(WISH, NOW, USUAL) == Nobody(Lack.RESTING, 2000.0)

    slow = table({"pace_ms": 1000.0})
    assert slow.choose(WISH, NOW, USUAL) == Nobody(Lack.TOO_LATE, COST - 2000 + 100_000)

    assert Replicas().choose(WISH, NOW, USUAL) == Nobody(Lack.NO_REPLICA)


def test_who_rests_is_asked_where_an_answer_would_end_else_and_who_lies_is_not():
    replicas = table({"closed_until": NOW + 60}, {"closed_until": math.inf})
    assert replicas.choose(wish(even_resting=True), NOW, USUAL).node == node(0)

    liar = table({"closed_until": math.inf})
    assert liar.choose(wish(even_resting=True), NOW, USUAL) == Nobody(Lack.NO_REPLICA)


def test_who_was_tried_is_not_asked_again():
    replicas = table({}, {})
    chosen = replicas.choose(wish(excluded=frozenset({node(0)})), NOW, USUAL)
    assert chosen.node == node(1)

    both = frozenset({node(0), node(1), node(9)})
    assert replicas.choose(wish(excluded=both), NOW, USUAL) == Nobody(Lack.NO_REPLICA)


def test_of_two_drawn_the_quicker_is_asked():
    replicas = table({"pace_ms": 30.0}, {"pace_ms": 20.0})
    for first in (0.0, 0.6):
        assert replicas.choose(WISH, NOW, Chance(0.5, first, 0.0)).node == node(1)


def test_only_good_ones_are_drawn():
    replicas = table({"pace_ms": 20.0}, {"pace_ms": 200.0}, {"pace_ms": 30.0})
    found = {
        replicas.choose(WISH, NOW, Chance(0.5, first / 10, second / 10)).node
        for first in range(10)
        for second in range(10)
    }

    assert found == {node(0)}
    assert COST * GOOD < 10 + 200 + 100 * 200


def test_a_conversation_stays_where_its_cache_is():
    warm = wish(warm=node(1), warm_tokens=150)
    slower = {"pace_ms": 24.0}
    chosen = table({}, slower).choose(warm, NOW, USUAL)
    assert (chosen.node, chosen.reason) == (node(1), Reason.WARM)
    assert chosen.predicted_ms == pytest.approx(10 + 100 + 2400)

    clearly = {"pace_ms": 20.0 * STAY + 2}
    assert table({}, clearly).choose(warm, NOW, USUAL).node == node(0)
    assert table({}).choose(warm, NOW, USUAL).node == node(0)


def test_a_long_cached_prompt_is_worth_a_slower_peer():
    long = wish(prompt_tokens=3000, warm=node(1), warm_tokens=2950)
    chosen = table({}, {"pace_ms": 35.0}).choose(long, NOW, USUAL)

    assert chosen.reason is Reason.WARM


def test_a_conversation_without_a_cache_falls_to_one_peer():
    replicas = table(*[{}] * 50)
    keys = [b"conversation %d" % number for number in range(300)]
    first = {key: replicas.choose(wish(conversation=key), NOW, USUAL).node for key in keys}
    assert len(set(first.values())) > 35

    replicas.drop(node(7))
    for key in keys:
        chosen = replicas.choose(wish(conversation=key), NOW, USUAL)
        assert chosen.reason is Reason.AFFINITY
        assert (chosen.node == first[key]) is (first[key] != node(7))


def test_affinity_gives_way_to_a_clearly_quicker_peer():
    replicas = table(*[{"pace_ms": 60.0}] * 20, {})
    reasons = {
        replicas.choose(wish(conversation=b"%d" % number), NOW, USUAL).reason
        for number in range(40)
    }

    assert Reason.BALANCE in reasons


def test_a_peer_nobody_has_measured_is_tried_now_and_then():
    replicas = table({}, {"measured": 0, "pace_ms": 60.0})

    assert replicas.choose(WISH, NOW, Chance(0.0, 0.5, 0.5)) == Chosen(
        node(1), Reason.EXPLORE, COST - 2000 + 6000
    )
    assert replicas.choose(WISH, NOW, Chance(EXPLORE, 0.5, 0.5)).node == node(0)


rows = st.fixed_dictionaries(
    {
        "context": st.sampled_from([100.0, 4096.0]),
        "closed_until": st.sampled_from([0.0, NOW + 9, math.inf]),
        "pace_ms": st.floats(1, 2000),
        "first_ms": st.floats(0, 5000),
        "excess_ms": st.floats(0, 5000),
        "measured": st.sampled_from([0, 3]),
    }
)


@given(st.lists(rows, max_size=12), draws, st.booleans(), st.integers(0, 12), st.data())
def test_whoever_is_chosen_can_answer_in_time(rows, chance, conversation, warm, data):
    replicas = table(*rows)
    gone = data.draw(st.sets(st.integers(0, 11)))
    for number in gone:
        replicas.drop(node(number))
    question = wish(
        conversation=b"key" if conversation else b"",
        warm=node(warm),
        warm_tokens=100,
        excluded=frozenset({node(1)}),
    )
    able = {
        node(number)
        for number, row in enumerate(rows)
        if number not in gone | {1} and row["context"] > 300 and row["closed_until"] == 0.0
    }

    match replicas.choose(question, NOW, chance):
        case Chosen(chosen, _, predicted):
            assert chosen in able
            assert predicted <= question.deadline_ms
        case Nobody(lack):
            assert not able or lack is Lack.TOO_LATE


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=120))
def test_a_table_holds_exactly_what_was_put_and_not_dropped(steps):
    replicas, kept = Replicas(), {}
    for number, put in steps:
        if put:
            kept[node(number)] = with_(FIGURES, pace_ms=20.0 + number)
            replicas.put(node(number), kept[node(number)])
        else:
            kept.pop(node(number), None)
            replicas.drop(node(number))

    assert len(replicas) == len(kept)
    for name, row in kept.items():
        others = frozenset(kept) - {name}
        chosen = replicas.choose(wish(excluded=others), NOW, USUAL)
        assert (chosen.node, chosen.predicted_ms) == (name, 210 + 100 * row.pace_ms)


def test_what_was_measured_goes_before_what_is_said():
    answer = Answered(first_token_ms=310.0, prompt_tokens=300, cached_tokens=0, token_ms=33.0)
    known = Experience().reached(10.0).measured(answer, NOW)
    row = figures(SAID, OFFER, known, PRIOR)

    assert (row.first_ms, row.measured, row.round_trip_ms) == (100.0, 1, 10.0)
    assert row.pace_ms == pytest.approx(33.0 * (1 + 1 / 4))


def test_what_a_peer_says_only_counts_against_it():
    unknown = Experience()
    boast = structs.replace(OFFER, prefill=Speed(1e6, 9), decode=Speed(1e5, 9), free=4)
    modest = structs.replace(OFFER, prefill=Speed(10.0, 9), decode=Speed(1.0, 9), free=4)
    silent = structs.replace(OFFER, prefill=None, decode=None, free=4)

    plain = figures(SAID, silent, unknown, PRIOR)
    assert (plain.first_ms, plain.pace_ms) == (500 * UNKNOWN, 50 * UNKNOWN)
    assert figures(SAID, boast, unknown, PRIOR) == plain
    slow = figures(SAID, modest, unknown, PRIOR)
    assert (slow.first_ms, slow.pace_ms) == (10_000 * UNKNOWN, 1000 * UNKNOWN)


def test_load_is_what_is_said_or_what_we_sent():
    def pace(known, free):
        return figures(SAID, structs.replace(OFFER, free=free), known, PRIOR).pace_ms

    three = Experience().asked(NOW).asked(NOW).asked(NOW)
    assert pace(Experience(), 4) < pace(Experience(), 2) < pace(three, 2)
    assert pace(three, 0) == pace(Experience(), 0)


def test_rest_and_conviction_close_a_peer():
    assert figures(SAID, OFFER, Experience().busy(2000, NOW), PRIOR).closed_until == NOW + 2
    failing = Experience().failed(NOW).failed(NOW).failed(NOW)
    row = figures(SAID, OFFER, failing, PRIOR)
    assert row.closed_until == NOW + 10
    assert (row.trouble_ms, row.excess_at) == (3000.0, NOW)
    convicted = figures(SAID, OFFER, Experience(), PRIOR, convicted=True)
    assert convicted.closed_until == math.inf


def test_a_peak_and_trouble_of_different_times_decay_together():
    slow = Answered(first_token_ms=100.0, prompt_tokens=100, cached_tokens=0, token_ms=20.0)
    known = Experience().measured(slow, NOW)
    known = known.measured(Answered(1100.0, 100, 0, 20.0), NOW).failed(NOW + 5)
    row = figures(SAID, OFFER, known, PRIOR)

    later = NOW + 8
    assert row.first_ms + row.excess_ms * math.exp((row.excess_at - later) / 10) == pytest.approx(
        known.first.read(later)
    )


def test_a_class_is_known_from_those_that_were_measured():
    def measured(token_ms):
        return Experience().measured(Answered(200.0, 100, 0, token_ms), NOW)

    guess = class_prior(Backend.CPU, [measured(1.0)] * 2)
    assert guess == class_prior(Backend.CPU, [])
    assert class_prior(Backend.CUDA, []).token_ms < guess.token_ms
    known = class_prior(Backend.CPU, [measured(10.0), measured(20.0), measured(90.0)])
    assert known == Prior(200.0, 20.0)


def simulate(peers, route=routed, questions=600, per_second=1.5, seed=7):
    return Mesh(peers, askers=4, seed=seed, stale=2.0).run(route, questions, per_second)


def test_among_uneven_peers_first_tokens_come_sooner_than_in_turn():
    quick = simulate(uneven_peers())
    in_turn = simulate(uneven_peers(), round_robin)

    assert quick.p95 < in_turn.p95 / 2
    assert quick.p50 < in_turn.p50


def test_among_uneven_peers_first_tokens_come_sooner_than_by_load_alone():
    quick = simulate(uneven_peers())
    by_load = simulate(uneven_peers(), least_loaded)

    assert quick.p95 < by_load.p95
    assert quick.p50 < by_load.p50


def test_black_holes_and_liars_get_little():
    peers = uneven_peers()
    names = {peer.node: peer.name for peer in peers}
    sent = simulate(peers).sent
    to = {names[chosen]: number for chosen, number in sent.items()}

    assert to.get("black hole", 0) < 0.05 * sent.total()
    assert to.get("liar", 0) < 0.05 * sent.total()


def equal_peers():
    return [Peer(f"equal {number}", 40.0, 2) for number in range(20)]


def test_stale_news_makes_no_herd():
    peers = equal_peers()
    sent = simulate(peers, questions=1000, per_second=7.0).sent
    loads = [sent[peer.node] for peer in peers]

    assert max(loads) * len(loads) / sum(loads) < 2


def test_a_boast_changes_nothing():
    plain, loud = equal_peers(), equal_peers()
    loud[4] = boasting(loud[4], 10.0)

    assert simulate(loud, per_second=7.0).sent == simulate(plain, per_second=7.0).sent


def test_relatives_are_the_other_computers_of_who_was_tried():
    known = [
        (NodeId(n), NodeId(o) if o else None)
        for n, o in (("a1", "ann"), ("a2", "ann"), ("b1", "bob"), ("x", ""), ("y", ""))
    ]
    assert relatives(known, {NodeId("a1")}) == {"a2"}
    assert relatives(known, {NodeId("x"), NodeId("b1")}) == set()
    assert relatives(known, ()) == set()
