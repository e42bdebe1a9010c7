import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.engine.cache import Cache
from closedmesh.engine.drafting import CATCHING_UP, Draft, Guessers
from closedmesh.engine.messages import (
    Done,
    Embed,
    Failed,
    Generate,
    Priority,
    Queued,
    Score,
    Scored,
    Started,
    Tokens,
)
from closedmesh.engine.pace import FEWEST, LONGEST_PAUSE, Pace
from closedmesh.engine.prompts import Prepared
from closedmesh.engine.scheduler import SHOW_EVERY, Scheduler
from closedmesh.errors import BadRequest
from closedmesh.models.chat import FinishReason, JsonSchema, Overflow, RawText, Sampling
from tests.support.arithmetic_model import END, ArithmeticModel, answer, next_token

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

    def __init__(self, *, cache_bytes=0, lookup=False, draft=None, seconds_a_token=0.0, **model):
        self.model = ArithmeticModel(**model)
        self.said = []
        self.cache = Cache(self.model, cache_bytes)
        self.now = 0.0
        self._seconds_a_token = seconds_a_token
        self.model.spend = self._spend
        self.pace = Pace(lambda: self.now)
        guessers = Guessers(self.pace, draft, lookup=lookup)
        self.scheduler = Scheduler(self.model, Numbers(), self.cache, self.said.append, guessers)
        self._next = 1

    def _spend(self, tokens):
        self.now += tokens * self._seconds_a_token

    def ask(self, prompt, *, client="owner", length=5, stop=(), top=None, **more):
        priority = Priority.OWNER if client == "owner" else Priority.USER
        request = Generate(
            self._next, client, priority, RawText(" ".join(map(str, prompt))), GREEDY,
            length, stop, top, Overflow.REFUSE, "2026-11-24", **more,
        )  # fmt: skip
        self._next += 1
        self.scheduler.add(request)
        return request.id

    def score(self, prompt, continuation, top=0):
        text = RawText(" ".join(map(str, prompt)))
        request = Score(self._next, "scorer", text, tuple(continuation), "2026-11-24", top)
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


def test_sequences_come_in_order_so_that_they_are_computed_at_once():
    desk = Desk(slots=4)
    for length in (2, 9, 1, 9, 9, 9):
        desk.ask([length], client=str(length), length=length)
        desk.scheduler.step()
    desk.run()
    for batch in desk.model.batches:
        sequences = [sequence for _, _, sequence, _ in batch]
        assert sequences == sorted(sequences)


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


def test_a_draft_that_still_reads_the_prompt_makes_no_plain_step_look_long():
    slow = ArithmeticModel(context=1024)
    desk = Desk(draft=Draft(slow), seconds_a_token=0.001, context=1024)

    def read(tokens):
        desk.now += 0.1 * tokens

    slow.spend = read
    desk.ask([1 + n % 50 for n in range(4 * CATCHING_UP)], length=20)
    desk.run()
    assert desk.pace.step(1) == pytest.approx(0.001)


def test_each_token_is_in_exactly_one_message():
    desk = Desk(lookup=True, repeats=3, seconds_a_token=0.001)
    request = desk.ask([1, 2, 3, 1, 2, 3], length=30)
    desk.run()
    ids = [token for message in desk.of(request, Tokens) for token in message.ids]
    assert ids == [1, 2, 3] * 10
    assert desk.of(request, Tokens)[-1].count == 30


def test_right_guesses_save_steps_and_are_counted():
    desk = Desk(lookup=True, repeats=3, seconds_a_token=0.0001)
    spend = desk.model.spend
    desk.model.spend = lambda tokens: (spend(tokens), spend(100))  # a step costs more than a token
    request = desk.ask([1, 2, 3, 1, 2, 3], length=60)
    desk.run()
    done = desk.of(request, Done)[0]
    assert done.guessed_tokens > 30
    assert len(desk.model.batches) < 35


@given(st.lists(st.tuples(prompts, st.integers(1, 40), st.integers(0, 4)), min_size=1, max_size=5),
       st.integers(2, 9))  # fmt: skip
def test_guesses_change_nothing_in_an_answer(requests, repeats):
    texts = []
    for lookup in (False, True):
        desk = Desk(slots=3, lookup=lookup, repeats=repeats, seconds_a_token=0.001)
        asked = []
        for prompt, length, steps in requests:
            asked.append(desk.ask(prompt, length=length, client=str(len(asked))))
            for _ in range(steps):
                if not desk.scheduler.idle:
                    desk.scheduler.step()
        desk.run()
        texts.append([desk.text(request) for request in asked])
    assert texts[0] == texts[1]


@given(prompts, st.integers(1, 20), st.integers(0, 25))
def test_an_answer_that_was_begun_elsewhere_goes_on_as_it_would_have(prompt, length, begun):
    whole = answer(prompt, length)
    desk = Desk()
    request = desk.ask(prompt, length=length, begun=tuple(whole[:begun]))
    desk.run()
    assert desk.text(request) == as_text(whole[begun:])
    assert desk.of(request, Done)[0].completion_tokens == max(length, min(begun, length))
    assert desk.of(request, Started)[0].prompt_tokens == len(prompt)


def test_a_stop_string_may_begin_in_what_was_begun_elsewhere():
    tokens = answer([4], 6)
    stop = as_text(tokens[2:4])
    desk = Desk()
    request = desk.ask([4], length=6, begun=tuple(tokens[:3]), stop=(stop,))
    desk.run()
    assert desk.text(request) == ""
    assert desk.of(request, Done)[0].finish is FinishReason.STOP


def test_a_trace_has_the_best_tokens_of_each_step():
    desk = Desk()
    desk.model.ends_after = 3
    request = desk.ask([1], length=9, trace=True)
    desk.run()
    entries = [entry for message in desk.of(request, Tokens) for entry in message.trace]
    done = desk.of(request, Done)[0]
    assert [entry.ids[0] for entry in [*entries, done.end_trace]] == [*answer([1], 2), END]
    assert all(len(entry.ids) == len(entry.logprobs) == 8 for entry in entries)
    assert all(list(entry.logprobs) == sorted(entry.logprobs)[::-1] for entry in entries)


@given(prompts, st.lists(st.integers(1, 60), min_size=1, max_size=150))
def test_every_token_of_a_continuation_is_scored_after_what_stood_before(prompt, continuation):
    desk = Desk(context=400)
    request = desk.score(prompt, continuation, top=1)
    desk.run()
    scores = desk.of(request, Scored)[0].scores
    expected = [next_token([*prompt, *continuation[:n]]) for n in range(len(continuation))]
    assert [score.top[0] for score in scores] == expected
    for score, token, best in zip(scores, continuation, expected, strict=True):
        assert (score.logprob == score.top_logprobs[0]) == (token == best)


def test_scoring_gives_its_place_to_whoever_waits_and_begins_anew():
    desk = Desk(slots=1, context=2000, seconds_a_token=0.01)
    scoring = desk.score([1] * 800, answer([1] * 800, 3), top=1)
    desk.scheduler.step()
    request = desk.ask([5], client="guest", length=2)
    desk.run()
    order = [message.id for message in desk.said if isinstance(message, Done | Scored)]
    assert order == [request, scoring]
    assert len(desk.of(scoring, Scored)[0].scores) == 3


def test_scoring_takes_little_time_from_a_running_answer():
    desk = Desk(slots=2, context=4000, seconds_a_token=0.01)
    running = desk.ask([1], client="a", length=1500)
    desk.scheduler.step()
    desk.score([2] * 3000, [3])
    desk.run()
    ended = desk.said.index(desk.of(running, Done)[0])
    before = [batch for batch in desk.model.batches if any(seq == 0 for _, _, seq, _ in batch)]
    first, last = desk.model.batches.index(before[0]), desk.model.batches.index(before[-1])
    beside = sum(len(batch) for batch in desk.model.batches[first:last] if batch not in before)
    assert 0 < beside <= 0.07 * (1500 + beside)
    assert ended < len(desk.said) - 1


def test_those_who_wait_hear_how_many_go_first_and_about_how_long():
    desk = Desk(slots=1, seconds_a_token=0.1)
    desk.ask([1], client="a", length=10)
    for _ in range(4):
        desk.scheduler.step()
    second, third = desk.ask([2], client="b"), desk.ask([3], client="c")
    desk.scheduler.step()
    (told,), (last,) = desk.of(second, Queued), desk.of(third, Queued)
    assert (told.ahead, last.ahead) == (0, 1)
    assert told.seconds == pytest.approx(0.5, abs=0.15), "five tokens of 0.1 s are left"
    assert last.seconds > told.seconds
    desk.run()
    assert [message.ahead for message in desk.of(third, Queued)] == [1, 0]


def test_several_answers_to_one_prompt_read_it_once():
    desk = Desk(slots=3, context=600)
    prompt = [1 + n % 60 for n in range(200)]
    first = desk.ask(prompt, length=30)
    while not desk.of(first, Tokens):
        desk.scheduler.step()
    others = [desk.ask(prompt, length=30) for _ in range(2)]
    desk.run()
    for request in (first, *others):
        assert desk.text(request) == as_text(answer(prompt, 30))
    assert [desk.of(r, Started)[0].cached_tokens for r in others] == [199, 199]


def test_a_form_that_cannot_be_used_is_refused_before_it_has_a_place():
    desk = Desk(slots=1)
    request = desk.ask([1], form=JsonSchema("nonsense"))
    desk.run()
    assert desk.of(request, Failed)[0].code == "invalid_request"
    assert desk.cache.free


def test_vectors_are_not_made_by_a_model_for_chats():
    desk = Desk()
    desk.scheduler.add(Embed(7, "a", ("x",)))
    desk.run()
    assert desk.of(7, Failed)[0].code == "invalid_request"


@given(st.lists(st.tuples(prompts, st.integers(1, 30), st.integers(0, 5), st.integers(0, 40)),
                min_size=1, max_size=30), st.booleans())  # fmt: skip
def test_nothing_is_left_of_requests_that_leave_at_any_time(requests, lookup):
    desk = Desk(slots=3, cache_bytes=2000, lookup=lookup, repeats=5, seconds_a_token=0.001)
    for prompt, length, steps, cancelled in requests:
        desk.ask(prompt, length=length, client=str(length % 3))
        if length % 4 == 0:
            desk.score(prompt, prompt)
        for _ in range(steps):
            if not desk.scheduler.idle:
                desk.scheduler.step()
        desk.scheduler.cancel(cancelled)
    desk.run()
    assert not any(place.taken for place in desk.cache.places)
    for place in desk.cache.places:
        assert desk.model.cache[place.sequence] == place.tokens
    assert sum(len(kept.state) for kept in desk.cache._kept) <= 2000
    assert (desk.scheduler._jobs, desk.scheduler._told, len(desk.scheduler._queue)) == ([], {}, 0)


def counts(desk, request):
    return [message.count for message in desk.of(request, Tokens)]


def test_where_steps_are_short_a_piece_is_as_much_as_a_screen_can_show():
    desk = Desk(slots=2, seconds_a_token=SHOW_EVERY / 4)
    request = desk.ask([1, 2, 3], length=12)
    desk.run()
    assert counts(desk, request)[0] == 1
    assert len(counts(desk, request)) <= 12 / 4 + 2
    assert desk.text(request) == as_text(answer([1, 2, 3], 12))


def test_where_steps_are_long_each_token_is_told_at_once():
    desk = Desk(slots=2, seconds_a_token=2 * SHOW_EVERY)
    request = desk.ask([1, 2, 3], length=5)
    desk.run()
    assert counts(desk, request) == [1, 2, 3, 4, 5]


def test_nothing_is_held_back_while_a_prompt_is_read():
    desk = Desk(slots=2, seconds_a_token=SHOW_EVERY / 8)
    first = desk.ask([1, 2, 3], length=20)
    for _ in range(4):
        desk.scheduler.step()
    assert counts(desk, first)[-1] < 4
    second = desk.ask(range(1, 40), length=1)
    desk.scheduler.step()
    assert counts(desk, first)[-1] == 5
    assert [m.id for m in desk.said if isinstance(m, Tokens)][-2:] == [first, second]
