from closedmesh.engine.cache import Place
from closedmesh.engine.drafting import CATCHING_UP, Draft, DraftGuesser, Guessers
from closedmesh.engine.guessing import Lookup
from closedmesh.engine.pace import Pace
from closedmesh.models.chat import Sampling
from tests.support.arithmetic_model import ArithmeticModel, answer

GREEDY = Sampling(temperature=0.0)


def test_the_same_model_guesses_right():
    guesser = DraftGuesser(Draft(ArithmeticModel()), 1, GREEDY, 3)
    assert guesser.guess([1, 2, 3], 4) == answer([1, 2, 3], 4)


def test_it_follows_what_was_really_written():
    guesser = DraftGuesser(Draft(ArithmeticModel()), 0, GREEDY, 3)
    guesser.guess([1, 2, 3], 4)
    assert guesser.guess([1, 2, 3, 60, 61], 2) == answer([1, 2, 3, 60, 61], 2)


def test_a_long_prompt_is_read_step_by_step():
    guesser = DraftGuesser(Draft(ArithmeticModel()), 0, GREEDY, 100)
    prompt = [1 + n % 60 for n in range(CATCHING_UP + 30)]
    assert guesser.guess(prompt, 2) == []
    assert guesser.guess(prompt, 2) == answer(prompt, 2)


def test_a_draft_that_fails_guesses_nothing_and_recovers():
    model = ArithmeticModel()
    guesser = DraftGuesser(Draft(model), 0, GREEDY, 3)
    model.fail_next = True
    assert guesser.guess([1, 2, 3], 2) == []
    assert guesser.guess([1, 2, 3], 2) == answer([1, 2, 3], 2)


def test_the_draft_guesses_where_there_is_one_else_the_prompt():
    place = Place(0)
    with_draft = Guessers(Pace(), Draft(ArithmeticModel()))
    assert isinstance(with_draft.guesser(GREEDY, place, 1), DraftGuesser)
    assert isinstance(Guessers(Pace()).guesser(GREEDY, place, 1), Lookup)
    assert Guessers(Pace(), lookup=False).guesser(GREEDY, place, 1) is None
