import asyncio

import pytest

from closedmesh.entry.case_book import CaseBook
from closedmesh.entry.checking import NAMED, Checker, told
from closedmesh.errors import ModelNotFound
from closedmesh.mesh.signing import PrivateKey, seal
from closedmesh.trust import transcripts
from closedmesh.trust.calibration import Key, Record
from closedmesh.trust.consensus import CAVEAT, agreeing
from closedmesh.trust.epochs import EPOCH_SECONDS, epoch_of
from closedmesh.trust.statements import read_statement
from closedmesh.trust.verdicts import Verdict
from tests.support.checked_peers import (
    DECLINED,
    SILENT,
    WEIGHTS,
    Broken,
    Canned,
    Prefilled,
    Served,
    SmallCopy,
    Unproven,
    prompt_tokens,
    target,
)
from tests.support.clock import settle
from tests.support.small_model import SmallModel

KEY = PrivateKey(bytes(range(32)))
CLASS = Key(WEIGHTS, "cpu f16/f16", "cpu f16/f16")


@pytest.fixture
def book(store, clock):
    book = CaseBook(store)
    book.choose_secret(epoch_of(clock.now()), bytes(range(32)))  # the same checks each time
    record = Record()
    for _ in range(30):
        record = record.seen(-2.9, 1, 48)
    book.calibrate(CLASS, record)
    return book


@pytest.fixture
def verify(book, clock, phrases):
    """Makes checks of a peer that is reached by `client`, until `count` were begun."""

    async def verify(client, count=1, chosen=None, copy=None):
        copy = copy or SmallCopy()

        async def copy_of(_target):
            return copy

        checker = Checker(client, copy_of, phrases, book, clock, lambda: "2030-01-01")
        entry = None
        for _ in range(count):
            task = asyncio.ensure_future(checker.check(chosen or target()))
            while not task.done():
                await settle()
                await clock.advance(60)
            entry = task.result()
        return entry

    return verify


async def test_an_honest_peer_matches(verify):
    entry = await verify(Served(), 8)
    assert entry.case.verdict is Verdict.MATCH
    assert entry.standing.passes == entry.case.checks >= 8
    assert entry.number == 8


@pytest.mark.parametrize(
    ("client", "verdicts"),
    [
        (Served(SmallModel(0.9)), {Verdict.WRONG_QUANTISATION}),
        (Served(SmallModel(family=b"two")), {Verdict.WRONG_MODEL, Verdict.CANNED}),
        (Canned(), {Verdict.CANNED}),
        (Prefilled(), {Verdict.WRONG_QUANTISATION, Verdict.CANNED}),
    ],
    ids=["coarser", "other", "canned", "prefilled"],
)
async def test_who_serves_something_else_is_named_within_five_checks(verify, client, verdicts):
    entry = await verify(client, 5)
    assert entry.case.verdict in verdicts
    assert entry.standing.passes == 0


async def test_an_honest_peer_is_never_named_on_the_way(verify):
    for _ in range(15):
        entry = await verify(Served())
        assert not entry.case.verdict.convicts


async def test_a_peer_that_turned_honest_is_cleared(verify):
    assert (await verify(Served(SmallModel(0.9)), 5)).case.verdict.convicts
    assert (await verify(Served(), 12)).case.verdict is Verdict.MATCH


async def test_silence_costs_standing_and_refusals_do_not(verify):
    assert not (await verify(Broken(DECLINED), 9)).standing.unresponsive
    assert not (await verify(Broken(SILENT), 4)).standing.unresponsive
    entry = await verify(Broken(SILENT), 1)
    assert entry.standing.unresponsive
    assert (entry.case.checks, entry.verdict) == (0, Verdict.UNRESPONSIVE)


async def test_who_shows_nothing_of_its_answers_counts_as_silent(verify):
    entry = await verify(Served(), 5)
    assert entry.verdict is Verdict.MATCH
    entry = await verify(Unproven(), 5)
    assert entry.verdict is Verdict.UNRESPONSIVE
    assert (await verify(Served(), 10)).verdict is Verdict.MATCH


async def test_a_conviction_is_not_covered_by_silence(verify):
    await verify(Served(SmallModel(0.9)), 5)
    entry = await verify(Broken(SILENT), 6)
    assert entry.standing.unresponsive
    assert entry.verdict.convicts


async def test_questions_are_those_of_any_user(verify):
    client = Served()
    await verify(client, 12)
    assert {question.prompt.messages[-1].role for question in client.questions} == {"user"}
    assert len({question.sampling.seed for question in client.questions}) == len(client.questions)
    assert not any(question.trace or question.top_logprobs for question in client.questions)
    turns = [len(question.prompt.messages) for question in client.questions]
    assert 1 in turns
    assert max(turns) >= 3, "some conversations go on"
    for question in client.questions:
        if len(question.prompt.messages) > 1:
            assert question.prompt.messages[1].text.startswith("w"), "with the peer's own answer"


async def test_the_verifiers_own_model_speaks_as_a_person_would(verify):
    copy, client = SmallCopy(), Served()
    await verify(client, 8, copy=copy)
    asked = [question.prompt.messages for question in client.questions]
    assert any("bread" in messages[0].text.lower() for messages in asked)
    first = [words for before, words in copy.begun if not before]
    further = [before for before, _ in copy.begun if before]
    assert any(messages[0].text.lower().startswith(first[0].lower()[:3]) for messages in asked)
    assert all(len(before) % 2 == 0 for before in further), "after the peer's own answers"


async def test_every_check_can_be_judged_again(verify, book):
    entry = await verify(Served(SmallModel(0.4)), 3)
    names = book.filed(target().peer, target().model, 50)
    assert len(names) == entry.case.checks
    copy = SmallCopy()
    again = []
    for name in reversed(names):
        kept = transcripts.decode(transcripts.encode(book.transcript(name)))
        (references,) = await copy.read(kept.prompt, kept.date, kept.steps)
        again.append(transcripts.figures(kept, references, await copy.tokens_of(kept.text), 10**8))
    if entry.case.recent:
        assert tuple(again[-len(entry.case.recent) :]) == entry.case.recent


async def test_only_peers_that_are_certain_calibrate_their_class(verify, book):
    before = book.record(CLASS).checks
    await verify(Served(), 2)
    assert book.record(CLASS).checks == before
    await verify(Served(), 2, target(certain=True))
    assert book.record(CLASS).checks > before


async def test_this_computers_own_answers_count_for_the_way_that_its_copy_has_now(verify, book):
    before = book.record(CLASS).checks
    await verify(Served(), 2, target(certain=True, way="as before the model was loaded"))
    assert book.record(CLASS).checks > before


async def test_a_computer_without_the_model_checks_nobody(book, clock, phrases):
    async def copy_of(_target):
        raise ModelNotFound("There is no such model here.", "Get it.")

    checker = Checker(Served(), copy_of, phrases, book, clock, lambda: "2030-01-01")
    with pytest.raises(ModelNotFound):
        await checker.check(target())
    assert book.entry(target().peer, target().model).number == 0


async def test_a_secret_holds_for_an_epoch_and_over_a_restart(book, clock, phrases):
    checker = Checker(Served(), None, phrases, book, clock, lambda: "")
    first = checker.secret()
    assert Checker(Served(), None, phrases, book, clock, lambda: "").secret() == first
    await clock.advance(2 * EPOCH_SECONDS)
    assert checker.secret() != first
    assert book.secret(epoch_of(clock.now()) - 2) == first


async def test_a_statement_says_what_is_known_and_how_sharply(verify, book, clock, phrases):
    await verify(Canned(), 4)

    async def copy_of(_target):
        return SmallCopy()

    checker = Checker(Served(), copy_of, phrases, book, clock, lambda: "")
    said = await checker.statement(target(), KEY.node, "d" * 64, enforced=True)
    assert said.verdict is Verdict.CANNED
    assert said.clean
    assert said.enforced
    assert said.resolution.startswith("can tell Q8_0 from ")
    assert said.transcripts == book.filed(target().peer, target().model, NAMED)
    assert read_statement(seal(said, KEY), clock.now()) == said


class Others(SmallCopy):
    """Other peers' copies in the place of one's own; `models` are what they hold."""

    way = "other peers' copies"
    consensus = True

    def __init__(self, *models):
        super().__init__()
        self.models = models

    async def read(self, prompt, _date, tokens):
        return agreeing([model.score(prompt_tokens(prompt), tokens) for model in self.models])

    async def tokens_of(self, _text):
        return None


AGREEING = Others(SmallModel(0.01), SmallModel(0.02))
SPLIT = Others(SmallModel(0.01), SmallModel(1.0))


async def test_copies_that_agree_stand_in_for_ones_own(verify):
    assert (await verify(Served(), 9, copy=AGREEING)).case.verdict is Verdict.MATCH
    entry = await verify(Served(SmallModel(0.9)), 6, copy=AGREEING)
    assert entry.case.verdict is Verdict.WRONG_QUANTISATION
    assert entry.consensus


async def test_while_copies_disagree_nothing_is_said(verify):
    entry = await verify(Served(SmallModel(0.9)), 4, copy=SPLIT)
    assert (entry.case.verdict, entry.case.checks) == (Verdict.INCONCLUSIVE, 0)
    assert entry.disagreed >= 4
    assert told(entry, "Q8_0", Record()).startswith(f"{CAVEAT}; of the last ")
    assert (await verify(Served(), 9, copy=AGREEING)).disagreed == 0
    entry = await verify(Served(), 1, copy=SPLIT)
    assert entry.case.verdict is Verdict.INCONCLUSIVE


async def test_what_others_told_is_not_mixed_with_what_ones_own_copy_shows(verify):
    assert (await verify(Served(SmallModel(0.9)), 6, copy=AGREEING)).case.verdict.convicts
    entry = await verify(Served())
    assert entry.case.verdict is Verdict.INCONCLUSIVE
    assert not entry.consensus


async def test_a_verdict_by_others_copies_keeps_nobody_away(verify, book, clock, phrases):
    await verify(Canned(), 5, copy=AGREEING)
    checker = Checker(Served(), None, phrases, book, clock, lambda: "")
    said = await checker.statement(target(), KEY.node, "d" * 64, enforced=True)
    assert said.verdict.convicts
    assert said.consensus
    assert not said.clean
    assert said.resolution.startswith(CAVEAT)
