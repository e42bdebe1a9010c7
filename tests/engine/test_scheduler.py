import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.engine.cache import Cache
from closedmesh.engine.drafting import Guessers
from closedmesh.engine.messages import Done, Failed, Generate, Priority, Started, Tokens
from closedmesh.engine.pace import FEWEST, LONGEST_PAUSE, Pace
from closedmesh.engine.prompts import Prepared
from closedmesh.engine.scheduler import Scheduler
from closedmesh.errors import BadRequest
from closedmesh.models.chat import FinishReason, Overflow, RawText, Sampling
from tests.support.arithmetic_model import END, ArithmeticModel, answer

GREEDY = Sampling(temperature=0.0, seed=1)


class Numbers:
    """A prompter whose prompts are numbers."""

    def prepare(self, request):
        return Prepared(self.tokens(request.prompt, request.date), 0)

    def tokens(self, prompt, date):
        if prompt.text == "bad":
            raise BadRequest("Nonsense.", "Write sense.")
        return [int(word) for word in prompt.text.split()]

    def known(self, tokens):
        return tokens


class Desk:
    """A scheduler, and what it said about each request. Prompts are numbers: "1 2 3"."""

    def __init__(self, *, cache_bytes=0, lookup=False, seconds_a_token=0.0, **model):
        self.model = ArithmeticModel(**model)
        self.said = []
        self.cache = Cache(self.model, cache_bytes)
        self.now = 0.0
        self._seconds_a_token = seconds_a_token
        self.model.spend = self._spend
        guessers = Guessers(Pace(lambda: self.now), lookup=lookup)
        self.scheduler = Scheduler(self.model, Numbers(), self.cache, self.said.append, guessers)
        self._next = 1

    def _spend(self, tokens):
        self.now += tokens * self._seconds_a_token

    def ask(self, prompt, *, client="owner", length=5, stop=(), top=None, begun=()):
        priority = Priority.OWNER if client == "owner" else Priority.USER
        request = Generate(
            self._next, client, priority, RawText(" ".join(map(str, prompt))), GREEDY,
            length, stop, top, Overflow.REFUSE, "2026-11-24", begun=begun,
        )  # fmt: skip
        self._next += 1
        self.scheduler.add(request)
        return request.id

    def run(self):
        for _ in range(10_000):
            if self.scheduler.idle:
                return
            self.scheduler.step()
        raise AssertionError("it never ends")

    def of(self, request, kind):
        return [message for message in self.said if message.id == request and type(message) is kind]

    def text(self, request):
        return "".join(message.text for message in self.of(request, Tokens))


def as_text(tokens):
    return "".join(f"<{token}>" for token in tokens)


prompts = st.lists(st.integers(1, 60), min_size=1, max_size=40)


@given(st.lists(st.tuples(prompts, st.integers(1, 12), st.sampled_from("ab"), st.integers(0, 6)),
                min_size=1, max_size=9), st.booleans())  # fmt: skip
def test_everybody_is_answered_as_if_alone(requests, forgets_parts):
    desk = Desk(slots=3, forgets_parts=forgets_parts)
    asked = []
    for prompt, length, client, steps_before in requests:
        for _ in range(steps_before):
            if not desk.scheduler.idle:
                desk.scheduler.step()
        asked.append((desk.ask(prompt, client=client, length=length), prompt, length))
    desk.run()
    for request, prompt, length in asked:
        assert desk.text(request) == as_text(answer(prompt, length))
        assert desk.of(request, Done) == [Done(request, FinishReason.LENGTH, length)]


def test_running_answers_share_a_step():
    desk = Desk(slots=4)
    for i in range(4):
        desk.ask([i + 1], client=f"c{i}", length=10)
    desk.run()
    assert len(desk.model.batches) == 10
    assert {len(batch) for batch in desk.model.batches} == {4}


def test_a_long_prompt_does_not_hold_up_a_running_answer():
    desk = Desk(slots=2, context=2000, seconds_a_token=0.01)
    running = desk.ask([1], client="a", length=100)
    desk.scheduler.step()
    long = desk.ask([2] * 1000, client="b", length=1)
    while not desk.of(long, Done):
        before, since = len(desk.of(running, Tokens)), desk.now
        desk.scheduler.step()
        assert len(desk.of(running, Tokens)) == before + 1
        # a step before anything was measured, and rounding
        assert desk.now - since <= LONGEST_PAUSE + 4 * FEWEST * 0.01
    assert desk.scheduler._pace.chunk(LONGEST_PAUSE, 512) == 20


def test_more_requests_than_places_wait_their_turn():
    desk = Desk(slots=1)
    first, second = desk.ask([1], length=2), desk.ask([2], length=2)
    desk.scheduler.step()
    assert desk.of(second, Started) == []
    desk.run()
    assert desk.said.index(desk.of(first, Done)[0]) < desk.said.index(desk.of(second, Started)[0])


def test_the_owner_goes_first_and_guests_take_turns():
    desk = Desk(slots=1)
    greedy = [desk.ask([1], client="greedy", length=1) for _ in range(3)]
    modest = desk.ask([2], client="modest", length=1)
    owner = desk.ask([3], client="owner", length=1)
    desk.run()
    order = [message.id for message in desk.said if isinstance(message, Started)]
    assert order == [owner, greedy[0], modest, greedy[1], greedy[2]]


def test_a_follow_up_reads_only_what_is_new():
    desk = Desk(slots=2)
    first = desk.ask([5, 6, 7], length=4)
    desk.run()
    follow_up = [5, 6, 7, *answer([5, 6, 7], 4), 8, 9]
    second = desk.ask(follow_up, length=2)
    desk.run()
    assert desk.of(first, Started)[0].cached_tokens == 0
    # the last token of an answer was never computed: nothing came after it
    assert desk.of(second, Started)[0].cached_tokens == len(follow_up) - 3
    assert desk.text(second) == as_text(answer(follow_up, 2))


def test_a_cache_is_never_shared_between_clients():
    desk = Desk(slots=2)
    desk.ask([5] * 30, client="a", length=1)
    desk.run()
    other = desk.ask([5] * 30, client="b", length=1)
    desk.run()
    assert desk.of(other, Started)[0].cached_tokens == 0


def test_a_cancelled_request_frees_its_place_for_the_next_step():
    desk = Desk(slots=1)
    first = desk.ask([1], length=100)
    second = desk.ask([2], length=3)
    desk.scheduler.step()
    desk.scheduler.cancel(first)
    desk.run()
    assert desk.of(first, Done) == []
    assert desk.text(second) == as_text(answer([2], 3))
    assert len(desk.model.batches) == 4


def test_a_request_that_is_cancelled_while_it_waits_is_never_begun():
    desk = Desk(slots=1)
    desk.ask([1], length=3)
    waiting = desk.ask([2], length=3)
    desk.scheduler.cancel(waiting)
    desk.run()
    assert [message for message in desk.said if message.id == waiting] == []


def test_an_answer_ends_with_the_models_own_end():
    desk = Desk()
    desk.model.ends_after = 6
    request = desk.ask([1, 2, 3], length=50)
    desk.run()
    assert desk.of(request, Done) == [Done(request, FinishReason.STOP, 3, END)]


def test_an_answer_ends_where_the_context_does():
    desk = Desk(context=20)
    request = desk.ask([1] * 15, length=None)
    desk.run()
    assert desk.of(request, Done) == [Done(request, FinishReason.LENGTH, 5)]


def test_an_answer_ends_at_a_stop_string_and_does_not_show_it():
    desk = Desk()
    tokens = answer([4], 5)
    request = desk.ask([4], length=50, stop=(f"<{tokens[3]}>",))
    desk.run()
    done = desk.of(request, Done)[0]
    assert done.finish is FinishReason.STOP
    assert desk.text(request) == as_text(tokens).split(f"<{tokens[3]}>")[0]


@given(prompts, st.integers(1, 12), st.data())
def test_an_answer_goes_on_elsewhere_as_if_it_had_never_broken_off(prompt, length, data):
    tokens = answer(prompt, length)
    # A stop string that begins in the answer and is never completed is held back to the end.
    stop = (f"<{data.draw(st.sampled_from(tokens))}>never",) if data.draw(st.booleans()) else ()
    here = Desk()
    whole = here.ask(prompt, length=length, stop=stop)
    here.run()
    parts = here.of(whole, Tokens)
    received = parts[: data.draw(st.integers(0, len(parts)))]

    elsewhere = Desk()
    begun = tuple(token for part in received for token in part.ids)
    rest = elsewhere.ask(prompt, length=length, stop=stop, begun=begun)
    elsewhere.run()

    assert "".join(part.text for part in received) + elsewhere.text(rest) == here.text(whole)
    assert begun + tuple(i for part in elsewhere.of(rest, Tokens) for i in part.ids) == tuple(
        i for part in parts for i in part.ids
    )
    assert elsewhere.of(rest, Done)[0].completion_tokens == length


def test_a_refused_prompt_is_told_and_others_go_on():
    desk = Desk(slots=1)
    bad = desk.ask(["bad"], length=1)
    good = desk.ask([1], length=1)
    desk.run()
    assert desk.of(bad, Failed) == [Failed(bad, "invalid_request", "Nonsense.", "Write sense.")]
    assert desk.text(good) == as_text(answer([1], 1))


def test_a_failed_step_is_told_to_all_in_it_and_the_next_request_is_answered_rightly():
    desk = Desk(slots=2)
    first, second = desk.ask([1, 2], client="a"), desk.ask([3], client="b")
    desk.scheduler.step()
    desk.model.fail_next = True
    desk.scheduler.step()
    assert [desk.of(r, Failed)[0].code for r in (first, second)] == ["engine_died"] * 2
    third = desk.ask([1, 2, 3], client="a", length=4)
    desk.run()
    assert desk.of(third, Started)[0].cached_tokens == 0
    assert desk.text(third) == as_text(answer([1, 2, 3], 4))


@pytest.mark.parametrize("top", [0, 3])
def test_log_probabilities_come_with_each_token(top):
    desk = Desk()
    request = desk.ask([1], length=2, top=top)
    desk.run()
    details = [message.logprobs[0] for message in desk.of(request, Tokens)]
    assert len(details) == 2
    for detail, token in zip(details, answer([1], 2), strict=True):
        assert detail.chosen.data == b"<%d>" % token
        assert len(detail.top) == top
        assert all(detail.chosen.logprob >= other.logprob for other in detail.top)
