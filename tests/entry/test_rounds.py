import itertools
from dataclasses import dataclass, field

import pytest

from closedmesh.entry.case_book import CaseBook
from closedmesh.entry.checking import Checker
from closedmesh.entry.rounds import LOOK, Rounds
from closedmesh.errors import ModelNotFound
from closedmesh.trust.epochs import epoch_of
from closedmesh.trust.standing import FULL_RATE
from tests.conftest import running
from tests.support.checked_peers import DECLINED, Broken, target

OTHER = target("e" * 64)


@dataclass
class Watched(Broken):
    """Notes when it is asked, and refuses."""

    clock: object
    times: list = field(default_factory=list)

    async def ask(self, chosen, _question):
        self.times.append((self.clock.now(), chosen.peer))
        raise DECLINED


@pytest.fixture
def client(clock):
    return Watched(clock)


@pytest.fixture
def make(client, store, clock, phrases):
    def make(targets, error=None):
        tries = []

        async def copy_of(_target):
            if error:
                tries.append(clock.now())
                raise error
            return Copy()

        book = CaseBook(store)
        for day in range(3):  # the same times each time
            book.choose_secret(epoch_of(clock.now()) + day, bytes([day]) * 32)
        checker = Checker(client, copy_of, phrases, book, clock, lambda: "2030-01-01")

        async def checked(_target):
            tries.append(clock.now())

        rounds = Rounds(checker, targets, clock, checked)
        return rounds, tries

    return make


class Copy:
    way = "cpu"

    async def write(self, *_):
        return "Bread keeps for a week."

    async def speak(self, *_):
        return " keep bread fresh?"


async def hours(clock, count):
    for _ in range(int(count * 3600 / LOOK)):
        await clock.advance(LOOK)


async def test_peers_are_checked_at_the_mean_rate_and_without_a_pattern(make, client, clock):
    rounds, changes = make(lambda: [target(), OTHER])
    async with running(rounds.run()):
        await hours(clock, 20)
    for peer in (target().peer, OTHER.peer):
        times = [at for at, asked in client.times if asked == peer]
        # 120 are expected, five standard deviations are 55
        assert len(times) == pytest.approx(20 * 3600 / FULL_RATE, abs=55)
        gaps = [b - a for a, b in itertools.pairwise(times)]
        assert min(gaps) < FULL_RATE / 8
        assert max(gaps) > FULL_RATE * 2
    assert len(changes) == len(client.times)


async def test_a_peer_without_a_free_place_is_not_disturbed(make, client, clock):
    places = {"free": 0}
    rounds, _ = make(lambda: [target(free=places["free"])])
    async with running(rounds.run()):
        await hours(clock, 3)
        assert not client.times
        places["free"] = 1
        await hours(clock, 0.1)
        assert client.times


async def test_a_peer_that_left_is_not_checked(make, client, clock):
    present = [target()]
    rounds, _ = make(lambda: present)
    async with running(rounds.run()):
        await hours(clock, 2)
        present.clear()
        before = len(client.times)
        await hours(clock, 3)
    assert len(client.times) == before


async def test_a_model_that_this_computer_has_not_is_tried_again_later(make, client, clock):
    rounds, tries = make(lambda: [target()], ModelNotFound("There is none.", "Get it."))
    async with running(rounds.run()):
        await hours(clock, 4)
    assert not client.times
    assert 5 < len(tries) < 60
