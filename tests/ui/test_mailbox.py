import threading

import pytest

from closedmesh.ui.mailbox import Mailbox


@pytest.fixture
def mailbox(qapp):
    return Mailbox()


def test_calls_from_another_thread_are_made_here_and_in_order(mailbox, qtbot):
    seen = []

    def post_all():
        for number in range(1000):
            mailbox.post(lambda number=number: seen.append((number, threading.current_thread())))

    thread = threading.Thread(target=post_all)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(seen) == 1000)

    assert seen == [(number, threading.main_thread()) for number in range(1000)]


def test_many_calls_are_one_event(mailbox, qtbot):
    events, seen = [], []
    mailbox._arrived.connect(lambda: events.append(1))

    for number in range(100):
        mailbox.post(lambda number=number: seen.append(number))
    qtbot.waitUntil(lambda: len(seen) == 100)

    assert len(events) == 1


def test_a_call_that_raises_does_not_lose_the_others(mailbox, qtbot):
    seen = []

    with qtbot.captureExceptions() as raised:
        mailbox.post(lambda: seen.append(1 // 0))
        mailbox.post(lambda: seen.append("second"))
        qtbot.waitUntil(lambda: seen == ["second"])

    assert raised[0][0] is ZeroDivisionError


def test_nothing_is_delivered_after_close_until_it_is_opened(mailbox, qtbot):
    seen = []
    mailbox.post(lambda: seen.append("early"))
    mailbox.close()
    mailbox.post(lambda: seen.append("closed"))
    mailbox.open()
    mailbox.post(lambda: seen.append("late"))

    qtbot.waitUntil(lambda: bool(seen))

    assert seen == ["late"]
