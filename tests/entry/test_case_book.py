import pytest
from msgspec import structs

from closedmesh.entry.case_book import KEEP_TRANSCRIPTS, CaseBook, Entry
from closedmesh.models.chat import Conversation, Message, Role, Sampling
from closedmesh.trust.calibration import Key, Record
from closedmesh.trust.evidence import Figures
from closedmesh.trust.standing import Answered, Standing
from closedmesh.trust.transcripts import Transcript, digest
from closedmesh.trust.verdicts import Case, weigh

PEER, MODEL = "a" * 64, "b" * 64
MADE = Transcript(
    peer=PEER, model=MODEL, weights="c" * 64, backend="cpu",
    prompt=Conversation((Message(Role.USER, "hi"),)), date="2030-01-01", sampling=Sampling(seed=7),
    max_tokens=48, tokens=(1, 2), end_token=None, text="x", root=None, openings=(), asked=1000.0,
    first=0.5, took=2.0, number=0,
)  # fmt: skip


@pytest.fixture
def book(store):
    return CaseBook(store)


def test_what_is_kept_is_read_again(book):
    figures = Figures(48, 2, 0.1, 0, 48, -1.2, contradicted=1)
    case = weigh(Case(), figures, Record())
    standing = Standing().ended(Answered.SILENT).judged(passed=False, identity="x")
    entry = Entry(case, standing, 3, 12.5)
    book.keep(PEER, MODEL, entry)
    assert book.entry(PEER, MODEL) == entry
    assert book.entries() == {(PEER, MODEL): entry}
    assert book.entry(PEER, "d" * 64) == Entry()


def test_classes_are_kept_apart(book):
    record = Record().seen(-2.4, 1, 48)
    book.calibrate(Key("w", "cpu", "cuda"), record)
    assert book.record(Key("w", "cpu", "cuda")) == record
    assert book.record(Key("w", "cpu", "metal")) == Record()


def test_transcripts_are_found_by_name_newest_first_and_forgotten(book):
    made = [structs.replace(MADE, asked=1000.0 + n, number=n) for n in range(3)]
    for one in made:
        book.file(one)
    assert book.filed(PEER, MODEL, 2) == (digest(made[2]), digest(made[1]))
    assert book.transcript(digest(made[0])) == made[0]
    book.file(structs.replace(MADE, asked=1001.5 + KEEP_TRANSCRIPTS))
    assert book.transcript(digest(made[0])) is None
    assert book.transcript(digest(made[2])) == made[2]


def test_the_secret_of_an_epoch_is_chosen_once(book):
    assert book.secret(4) is None
    book.choose_secret(4, b"first")
    book.choose_secret(4, b"second")
    assert book.secret(4) == b"first"
