import pytest
from msgspec import structs

from closedmesh.mesh.settlement import AccountPage
from closedmesh.models.chat import RawText
from closedmesh.node.accounts import Asked
from closedmesh.node.credit_book import CreditBook
from closedmesh.node.diary import Diary
from closedmesh.node.head_chain import HeadChain
from closedmesh.trust.credits import Credits, Day, Progress
from closedmesh.trust.heads import HOUR
from closedmesh.trust.ledger import WITHIN, Refusal
from closedmesh.trust.receipts import read_served
from tests.node.test_accounts import DONE, Pair
from tests.support.clock import FakeClock
from tests.support.mesh import MEMBER, MESH
from tests.support.receipts import ASKER, MODEL, NOW, PEER
from tests.support.world import FixedStanding

STANDING = FixedStanding(MESH.mesh, MESH.credential(MEMBER.node))


def day(at):
    return f"day {int(at) // 86_400}"


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
def pair(tmp_path, clock):
    found = Pair(tmp_path, clock)
    yield found
    found.close()


@pytest.fixture
def books(pair, clock):
    return [
        CreditBook(store, clock, day, HeadChain(store, clock, STANDING, tuple))
        for store in pair.stores
    ]


def amount(sealed):
    return read_served(sealed).amount


def test_nothing_is_nothing(books):
    assert books[0].show() == Credits()
    assert books[0].days(30) == ()


def test_what_both_have_signed_is_pending_on_both_sides(pair, books):
    due = amount(pair.exchange(0)) + amount(pair.exchange(1))
    earned, spent = (book.show() for book in books)
    assert (earned.pending_earned, earned.earned_today, earned.settled) == (due, due, 0)
    assert (spent.pending_spent, spent.spent_today) == (due, due)
    assert books[1].cost("request-0001") == amount(pair.exchange(2))


async def test_what_waits_counts_only_once_it_is_signed(pair, books):
    sealed = pair.serve(0)
    assert books[0].show().pending_earned == 0
    (line,) = books[0].with_progress(await pair.peer.lines(10))
    assert line.progress == Progress.WAITING
    pair.peer.thanked(sealed, pair.receive(0, sealed))
    assert books[0].show().pending_earned == amount(sealed)


async def test_what_is_disputed_counts_nothing(pair, books):
    sealed = pair.serve(0)
    asked = Asked(PEER.node, "request-0000", MODEL, RawText("?"), pair.clock.now())
    counted = pair.asker.received(
        ASKER, asked, structs.replace(DONE, receipt=sealed, completion_tokens=2)
    )
    pair.peer.thanked(sealed, counted)
    for accounts, book in zip((pair.peer, pair.asker), books, strict=True):
        assert book.show() == Credits()
        (line,) = book.with_progress(await accounts.lines(10))
        assert line.progress == Progress.DISPUTED
    assert books[1].cost("request-0000") == 0


def test_an_asker_that_the_settler_does_not_know_yet_is_tried_again(pair, books):
    for number in range(3):
        pair.exchange(number)
    numbers, claims = books[0].to_claim()
    assert len(claims) == 3
    books[0].claimed(numbers, ["unknown-asker", "", "too-late"])
    assert books[0].to_claim() == ([], ())
    books[0].try_again()
    assert books[0].to_claim() == (numbers[:1], claims[:1])


async def test_days_have_credits_and_energy(pair, books, clock):
    first = amount(pair.exchange(0))
    Diary(pair.stores[0]).add_energy(day(NOW), 12.5, 0.004)
    books[0].catch_up()
    await clock.advance(86_400)
    second = amount(pair.exchange(1))
    assert books[0].days(30) == (
        Day(day(NOW + 86_400), second, 0, second, 0),
        Day(day(NOW), first, 0, first, 0, 12.5, 0.004),
    )
    assert len(books[0].days(1)) == 1
    assert books[0].show().earned_today == second


async def test_a_receipt_that_is_opened_is_checked_again(pair):
    for number in range(3):
        pair.exchange(number)
    line, tests = await pair.peer.open(2, "")
    assert line.request == "request-0001"
    assert [test.ok for test in tests] == [True, True, True, True]
    newest, _ = await pair.asker.open(None, "request-0002")
    assert newest.number == 3


async def test_what_was_asked_of_ones_own_other_computer_is_owed_to_nobody(pair, books):
    pair.exchange(0)
    _, book = books
    book.is_own = lambda node: node == PEER.node
    assert book.show() == Credits()
    (line,) = book.with_progress(await pair.asker.lines(10))
    assert (line.progress, line.why) == (Progress.REFUSED, Refusal.SELF_DEALT)


async def test_what_nobody_claims_in_time_is_on_the_way_no_longer(pair, books, clock):
    due = amount(pair.exchange(0))
    _, spent = books
    page = AccountPage(MEMBER.node, (), {}, int(NOW), complete=True)
    await clock.advance(WITHIN)
    assert spent.take(page)
    assert spent.show().pending_spent == due
    await clock.advance(2 * HOUR)
    assert spent.take(page)
    assert spent.show().pending_spent == 0
    (line,) = spent.with_progress(await pair.asker.lines(10))
    assert (line.progress, line.why) == (Progress.REFUSED, Refusal.TOO_LATE)
