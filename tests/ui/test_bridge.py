import asyncio
import threading
from contextlib import asynccontextmanager

import pytest
from msgspec import structs

from closedmesh.control import ChangeSettings, LoadModel, ShowKey
from closedmesh.errors import AlreadyRunning, EngineDied, ModelNotFound, NotRunning
from closedmesh.models.chat import Conversation, Finished, Message, Piece, Question, Role
from closedmesh.ui.bridge import Bridge
from tests.support.control import STATUS, FakeControl

QUESTION = Question(Conversation((Message(Role.USER, "Hello?"),)))


class Peer:
    """A FakeControl that can be entered, and remembers that it was put away."""

    def __init__(self, control=None):
        self.control = control or FakeControl()
        self.put_away = 0
        self.thread = None

    @asynccontextmanager
    async def __call__(self):
        self.thread = threading.current_thread()
        try:
            yield self.control
        finally:
            await asyncio.sleep(0)
            self.put_away += 1


@pytest.fixture
def peer():
    return Peer()


@pytest.fixture
def bridge(peer, qapp):
    bridge = Bridge(peer)
    yield bridge
    bridge.stop()
    assert not [t for t in threading.enumerate() if t.name == "node"]


@pytest.fixture
def started(bridge, qtbot):
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()
    return bridge


def say(call, result):
    """What `call` gives, with the thread on which it came."""
    call(lambda value: result.append((value, threading.current_thread())))
    return result


def test_the_first_status_arrives_on_the_qt_thread(bridge, peer, qtbot):
    seen = []
    bridge.status_changed.connect(lambda s: seen.append((s, threading.current_thread())))

    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()

    assert seen == [(STATUS, threading.main_thread())]
    assert peer.thread is not threading.main_thread()


def test_a_result_comes_back_on_the_qt_thread(started, qtbot):
    seen = say(lambda done: started.do(ShowKey(), done), [])

    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [("cm-test-key", threading.main_thread())]


def test_a_command_given_before_the_peer_runs_waits_for_it(bridge, qtbot):
    seen = []
    bridge.start()
    bridge.do(ShowKey(), seen.append)

    qtbot.waitUntil(lambda: seen == ["cm-test-key"])


def test_an_error_goes_to_the_callback_or_else_to_everybody(started, qtbot):
    seen = []
    started.do(LoadModel("none"), failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ModelNotFound)

    with qtbot.waitSignal(started.failed) as heard:
        started.do(LoadModel("none"))
    assert isinstance(heard.args[0], ModelNotFound)


def test_a_mistake_of_ours_is_explained_and_the_peer_lives_on(started, peer, qtbot, caplog):
    peer.control.deleted = None
    with qtbot.waitSignal(started.failed) as heard:
        started.do(ChangeSettings(changes=None))
    assert "mistake" in heard.args[0].title
    assert "AttributeError" in caplog.text

    seen = []
    started.do(ShowKey(), seen.append)
    qtbot.waitUntil(lambda: bool(seen))


def test_an_answer_arrives_whole_and_ends_once(started, qtbot):
    answer = started.ask(QUESTION)
    events, ends = [], []
    answer.received.connect(events.append)
    answer.ended.connect(lambda: ends.append(len(events)))

    qtbot.waitUntil(lambda: bool(ends))

    assert "".join(e.text for e in events if isinstance(e, Piece)) == "Hello there."
    assert isinstance(events[-1], Finished)
    assert ends == [len(events)]


def test_many_tokens_are_few_events_for_qt(started, peer, qtbot):
    peer.control.words = tuple(f"{n} " for n in range(5000))
    events = []
    answer = started.ask(QUESTION)
    answer.received.connect(events.append)

    with qtbot.waitSignal(answer.ended):
        pass

    pieces = [e.text for e in events if isinstance(e, Piece)]
    assert "".join(pieces) == "".join(peer.control.words)
    assert len(pieces) < 500


def test_an_answer_that_fails_says_so_and_then_ends(started, peer, qtbot):
    peer.control.error = EngineDied("It died.", "Ask again.")
    order = []
    answer = started.ask(QUESTION)
    answer.failed.connect(order.append)

    with qtbot.waitSignal(answer.ended):
        answer.ended.connect(lambda: order.append("ended"))

    assert order == [peer.control.error, "ended"]


def test_cancelling_reaches_the_node_before_the_answer_ends(started, peer, qtbot):
    peer.control.gate = asyncio.Event()
    answer = started.ask(QUESTION)
    with qtbot.waitSignal(answer.received):
        pass

    with qtbot.waitSignal(answer.ended):
        answer.cancel()

    assert peer.control.cancelled == 1


def test_cancelling_at_once_still_ends_the_answer(started, peer, qtbot):
    peer.control.gate = asyncio.Event()
    answer = started.ask(QUESTION)

    with qtbot.waitSignal(answer.ended):
        answer.cancel()


def test_stopping_ends_running_answers_and_puts_the_peer_away(started, peer, qtbot):
    peer.control.gate = asyncio.Event()
    answer = started.ask(QUESTION)
    with qtbot.waitSignal(answer.received):
        pass

    started.stop()

    assert peer.control.cancelled == 1
    assert peer.put_away == 1


def test_nothing_is_delivered_after_stop(started, qtbot):
    seen = []
    started.do(ShowKey(), seen.append)
    started.stop()

    qtbot.wait(50)

    assert seen == []


def test_stopping_at_once_does_not_hang(bridge):
    bridge.start()
    bridge.stop()


def test_a_peer_that_cannot_start_is_lost_and_commands_hear_why(qtbot):
    @asynccontextmanager
    async def refuse():
        raise AlreadyRunning("Another one runs.", "Use that one.")
        yield

    bridge = Bridge(refuse)
    errors = []
    with qtbot.waitSignal(bridge.lost) as heard:
        bridge.start()
        bridge.do(ShowKey(), failed=errors.append)

    assert isinstance(heard.args[0], AlreadyRunning)
    assert errors == [heard.args[0]]
    bridge.stop()


class Mortal(FakeControl):
    """Ends when `end` is set."""

    def __init__(self):
        super().__init__()
        self.end = asyncio.Event()

    async def statuses(self):
        yield self.status
        await self.end.wait()
        raise NotRunning("The peer is gone.", "Start it again.")


def test_a_lost_peer_ends_answers_refuses_commands_and_can_be_started_again(qtbot):
    peer = Peer(Mortal())
    bridge = Bridge(peer)
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()
    peer.control.gate = asyncio.Event()
    answer = bridge.ask(QUESTION)
    ended = []
    answer.ended.connect(lambda: ended.append(True))

    with qtbot.waitSignal(bridge.lost) as heard:
        bridge._node._loop.call_soon_threadsafe(peer.control.end.set)
    assert isinstance(heard.args[0], NotRunning)
    qtbot.waitUntil(lambda: ended == [True])
    with qtbot.waitSignal(bridge.failed):
        bridge.do(ShowKey())

    peer.control = FakeControl()
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()
    bridge.stop()
    assert peer.put_away == 2


def test_of_many_statuses_the_last_one_arrives(started, peer, qtbot):
    seen = []
    started.status_changed.connect(seen.append)

    async def many():
        for number in range(300):
            await peer.control.set_status(structs.replace(STATUS, process=number))
            await asyncio.sleep(0)

    asyncio.run_coroutine_threadsafe(many(), started._node._loop)
    qtbot.waitUntil(lambda: bool(seen) and seen[-1].process == 299)

    assert len(seen) < 100


def test_a_peer_that_does_not_stop_is_left_after_a_while(qtbot, monkeypatch, caplog):
    monkeypatch.setattr("closedmesh.ui.bridge.STOP_LIMIT", 0.05)
    stuck = threading.Event()

    @asynccontextmanager
    async def stubborn():
        try:
            yield FakeControl()
        finally:
            stuck.wait(10)

    bridge = Bridge(stubborn)
    with qtbot.waitSignal(bridge.status_changed):
        bridge.start()
    thread = bridge._node._thread

    bridge.stop()

    assert "did not stop" in caplog.text
    assert thread.daemon
    stuck.set()
    thread.join(5)
