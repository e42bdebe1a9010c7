import asyncio

import pytest
from PySide6.QtCore import QCoreApplication

from closedmesh.control import NewConversation
from closedmesh.errors import EngineDied
from closedmesh.models.conversations import EntryState, Say
from closedmesh.ui.chat.stream import Stream


@pytest.fixture
def chat(bridge, qtbot):
    made = []
    bridge.do(NewConversation(), made.append)
    qtbot.waitUntil(lambda: bool(made))
    return made[0].summary.id


@pytest.fixture
def start(bridge, chat):
    return lambda: Stream(bridge, Say(chat, None, "Hi"))


def test_it_is_kept_it_grows_and_it_ends(start, qtbot, chat):
    stream = start()
    with qtbot.waitSignals([stream.recorded, stream.ended], order="strict"):
        pass
    assert stream.conversation == chat
    assert stream.reply == 2
    assert stream.text == "Hello there."
    assert stream.error is None


def test_growing_is_told_while_it_is_written(start, qtbot, control):
    control.gate = asyncio.Event()
    stream = start()
    with qtbot.waitSignal(stream.grown):
        pass
    assert stream.text == "Hello"
    with qtbot.waitSignal(stream.ended):
        control.open_gate()
    QCoreApplication.processEvents()
    assert not stream._timer.isActive()


def test_stopped_it_keeps_what_was_said(start, qtbot, control, chat):
    control.gate = asyncio.Event()
    stream = start()
    with qtbot.waitSignal(stream.grown):
        pass
    with qtbot.waitSignal(stream.ended):
        stream.stop()
    assert control.chats[chat].entries[-1].state is EntryState.STOPPED
    assert control.chats[chat].entries[-1].text == "Hello"


def test_an_error_is_kept_for_whoever_asks(start, qtbot, control):
    control.error = EngineDied("It was killed.", "Ask again.")
    stream = start()
    with qtbot.waitSignal(stream.ended):
        pass
    assert str(stream.error) == "It was killed. Ask again."
