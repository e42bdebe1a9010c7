import random
from dataclasses import dataclass, field

import pytest
from msgspec import structs

from closedmesh.mesh.directory import Directory
from closedmesh.mesh.membership import Endorsed, Revocations
from closedmesh.mesh.messages import MAX_VERDICTS
from closedmesh.mesh.routing import Chosen, Lack, Nobody
from closedmesh.mesh.signing import seal
from closedmesh.models.chat import CheckState, Conversation, Message, Question, Role
from closedmesh.node.choosing import Choosing
from closedmesh.node.verdicts import MAX_KNOWN, Verdicts
from closedmesh.trust.statements import LIFETIME, Statement
from closedmesh.trust.verdicts import Verdict
from tests.support.clock import FakeClock
from tests.support.mesh import MESH, NOW, OFFER, ExampleMesh, key

PEER, MODEL = key("sharer").node, OFFER.sha256
ENTRIES = MESH.entry, key("second entry")
QUESTION = Question(Conversation((Message(Role.USER, "hello"),)))


@dataclass
class Standing:
    mesh: str = MESH.mesh
    credential: Endorsed = MESH.entry_credential
    revocations: Revocations = field(default_factory=Revocations)


def said(entry=MESH.entry, verdict=Verdict.WRONG_MODEL, mesh=MESH, signer=None, **changes):
    """A verifier's statement as it travels."""
    facts = {
        "verifier": entry.node, "owner": entry.node, "peer": PEER, "model": MODEL,
        "checks": 5, "resolution": "can tell Q8_0 from Q4_0", "clean": True, "at": int(NOW),
        "enforced": True,
    }  # fmt: skip
    statement = Statement(verdict=verdict, **facts | changes)
    return Endorsed(seal(statement, signer or entry), mesh.make_entry(entry).statement)


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
def verdicts(clock):
    return Verdicts(Standing(), clock)


def choose(verdicts, clock):
    directory = Directory(MESH.mesh, bytes(8))
    directory.merge(MESH.announcement(key("sharer"), lifetime=600), NOW)
    choosing = Choosing(
        directory, clock, key("asker").node, bytes(32), random.Random(3), lambda _: None,
        verdicts.shunned,
    )  # fmt: skip
    return choosing.choose(MODEL, QUESTION, frozenset())


def test_two_entries_that_agree_keep_questions_away_until_one_is_content_again(verdicts, clock):
    assert verdicts.take([said()])
    assert isinstance(choose(verdicts, clock), Chosen)
    assert verdicts.take([said(ENTRIES[1], Verdict.WRONG_QUANTISATION)])
    assert choose(verdicts, clock) == Nobody(Lack.NO_REPLICA)
    assert verdicts.take([said(ENTRIES[1], Verdict.MATCH, at=int(NOW) + 1)])
    assert isinstance(choose(verdicts, clock), Chosen)


def test_while_one_of_them_only_observes_nobody_is_left_out(verdicts, clock):
    verdicts.take([said(), said(ENTRIES[1], enforced=False)])
    assert isinstance(choose(verdicts, clock), Chosen)


def test_silence_keeps_questions_away_and_convicts_nobody(verdicts, clock):
    verdicts.take([said(e, Verdict.UNRESPONSIVE) for e in (MESH.entry, ENTRIES[1])])
    assert choose(verdicts, clock) == Nobody(Lack.NO_REPLICA)
    assert not verdicts.convicted(PEER, MODEL)
    assert verdicts.check(PEER, MODEL).found == "unresponsive"


def test_another_model_of_the_same_peer_is_still_asked(verdicts):
    verdicts.take([said(), said(ENTRIES[1])])
    assert verdicts.shunned(PEER, MODEL)
    assert verdicts.convicted(PEER, MODEL)
    assert not verdicts.shunned(PEER, "d" * 64)


FOREIGN = ExampleMesh("foreign")


@pytest.mark.parametrize(
    "forged",
    [
        said(FOREIGN.entry, mesh=FOREIGN),
        said(signer=key("a member")),
        said(ENTRIES[1], verifier=MESH.entry.node),
        said(owner=key("somebody").node),
        structs.replace(said(), authority=None),
        said(at=int(NOW) - LIFETIME - 1),
    ],
    ids=["another mesh", "a member", "another's name", "another's owner", "no entry", "too old"],
)
def test_what_no_entry_has_said_is_not_believed(verdicts, forged):
    assert not verdicts.take([forged])
    assert verdicts.check(PEER, MODEL).verdict is CheckState.UNCHECKED


def test_the_last_word_of_a_verifier_stays_whatever_comes_again(verdicts):
    old, new = said(), said(verdict=Verdict.MATCH, at=int(NOW) + 5)
    assert verdicts.take([new])
    assert not verdicts.take([old, new])
    assert verdicts.check(PEER, MODEL).verdict is CheckState.MATCH


def test_people_are_shown_the_gravest_verdict_with_its_resolution(verdicts):
    verdicts.take([said(verdict=Verdict.MATCH), said(ENTRIES[1], Verdict.CANNED)])
    check = verdicts.check(PEER, MODEL)
    assert (check.verdict, check.found, check.probes) == (CheckState.MISMATCH, "canned", 5)
    assert check.resolution == "can tell Q8_0 from Q4_0"
    assert check.last == NOW


def test_who_asks_is_told_what_came_since(verdicts, clock):
    count = 2 * MAX_VERDICTS + 1
    verdicts.take(said(model=f"{n:064x}", at=int(NOW) - count + n) for n in range(count))
    other = Verdicts(Standing(), clock)
    parts = verdicts.news(other.latest())
    assert [len(part.verdicts) for part in parts] == [MAX_VERDICTS, MAX_VERDICTS, 1]
    assert not any(part.complete for part in parts)
    for part in parts:
        other.take(part.verdicts)
    assert other.check(PEER, f"{0:064x}").verdict is CheckState.MISMATCH
    assert verdicts.news(other.latest()) == []


def test_no_more_is_kept_than_there_is_room_for(verdicts, monkeypatch):
    monkeypatch.setattr("closedmesh.node.verdicts.MAX_KNOWN", 3)
    assert MAX_KNOWN > 3
    verdicts.take(said(model=f"{n:064x}", at=int(NOW) + n) for n in range(5))
    known = [n for n in range(5) if verdicts.about(PEER, f"{n:064x}")]
    assert known == [2, 3, 4]
