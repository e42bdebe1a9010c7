import random

import pytest
from msgspec import structs

from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.messages import Opened, Refused
from closedmesh.models.chat import Sampling
from closedmesh.node import auditing
from closedmesh.node.auditing import POSITIONS, SHARE, Audit, Auditing, Given
from closedmesh.node.talk import PeerRefused
from closedmesh.node.transport import ConnectionLost
from closedmesh.trust.traces import Step, Trace
from tests.conftest import running
from tests.support.clock import settle
from tests.support.small_model import SmallModel, entry

PEER, MODEL = "a" * 64, "b" * 64
SAMPLING = Sampling(seed=7, temperature=1.0)
PROMPT = (4, 5)


class Peer:
    """Gave an answer, and shows what it is asked for."""

    def __init__(self, steps=None):
        self.steps = steps or SmallModel().answer(PROMPT, SAMPLING, 60)[0]
        self.trace = Trace(self.steps, b"s" * 32)
        self.asked = []
        tokens = tuple(step.token for step in self.steps)
        self.given = Given(PEER, MODEL, self.trace.root, tokens, SAMPLING, formed=False)

    async def show(self, positions):
        self.asked.append(tuple(positions))
        return Opened(self.trace.open(positions))


@pytest.fixture
def audits(monkeypatch):
    monkeypatch.setattr(auditing, "SHARE", 1.0)
    return Auditing(random.Random(1), lambda: None)


async def looked(audits, given, show):
    async with running(audits.run()):
        audits.answered(given, show)
        await settle()
    return audits.of(PEER, MODEL)


async def test_an_honest_answer_contradicts_nothing(audits):
    peer = Peer()
    assert await looked(audits, peer.given, peer.show) == Audit(answers=1, opened=POSITIONS)
    assert len(set(peer.asked[0])) == POSITIONS


async def test_a_short_answer_is_opened_as_a_whole(audits):
    peer = Peer(Peer().steps[:3])
    await looked(audits, peer.given, peer.show)
    assert peer.asked == [(0, 1, 2)]


async def test_a_text_that_does_not_come_from_the_numbers_is_found(audits):
    cheap = SmallModel(family=b"two").answer(PROMPT, SAMPLING, 60)[0]
    context, steps = list(PROMPT), []
    for step in cheap:
        steps.append(Step(step.token, entry(SmallModel().logits(context))))
        context.append(step.token)
    peer = Peer(steps)
    found = await looked(audits, peer.given, peer.show)
    assert found.contradicted == 1


async def test_another_text_than_the_one_committed_to_is_found(audits):
    peer = Peer()
    told = structs.replace(peer.given, steps=tuple((t + 1) % 40 for t in peer.given.steps))
    assert (await looked(audits, told, peer.show)).contradicted == 1


async def test_other_positions_than_asked_for_are_found(audits):
    peer = Peer()

    async def show(positions):
        return await peer.show([*positions[:-1], positions[-1] - 1])

    assert (await looked(audits, peer.given, show)).contradicted == 1


async def test_numbers_of_another_answer_are_found(audits):
    peer, other = Peer(), Peer(SmallModel().answer((9,), SAMPLING, 60)[0])
    assert (await looked(audits, peer.given, other.show)).contradicted == 1


@pytest.mark.parametrize(
    "error", [ConnectionLost("gone"), PeerRefused(Refused(RefusalCode.EXPIRED)), TimeoutError()]
)
async def test_a_peer_that_shows_nothing_is_remembered_and_not_accused(audits, error):
    async def show(_positions):
        raise error

    assert await looked(audits, Peer().given, show) == Audit(answers=1, refused=1)


async def test_few_answers_are_looked_into():
    audits = Auditing(random.Random(2), lambda: None)
    peer = Peer()
    async with running(audits.run()):
        for _ in range(2000):
            audits.answered(peer.given, peer.show)
            await settle()
    # five standard deviations are 38
    assert len(peer.asked) == pytest.approx(2000 * SHARE, abs=38)


async def test_an_answer_without_a_token_is_left_out(audits):
    given = structs.replace(Peer().given, steps=())
    assert (await looked(audits, given, Peer().show)) == Audit()


async def test_what_is_known_is_bounded(audits, monkeypatch):
    monkeypatch.setattr(auditing, "MAX_KNOWN", 2)
    peer = Peer()
    async with running(audits.run()):
        for number in range(4):
            audits.answered(structs.replace(peer.given, node=str(number) * 64), peer.show)
            await settle()
    assert [audits.of(str(n) * 64, MODEL).answers for n in range(4)] == [0, 0, 1, 1]
