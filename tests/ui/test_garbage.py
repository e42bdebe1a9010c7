import gc
import threading
import weakref

import pytest

from closedmesh.ui.garbage import Garbage


class Knot:
    """Something that only a collection frees; it notes the thread on which it was freed."""

    def __init__(self, freed):
        self.itself = self
        weakref.finalize(self, lambda: freed.append(threading.current_thread()))


@pytest.fixture
def garbage(qapp):
    garbage = Garbage()
    garbage._timer.setInterval(1)
    garbage.start()
    yield garbage
    garbage.stop()
    assert gc.isenabled()


def fill():
    """Far more than Python lets lie before it collects."""
    held = [[] for _ in range(10 * gc.get_threshold()[0])]
    return len(held)


def test_knots_made_on_another_thread_are_freed_on_qts(garbage, qtbot):
    freed = []

    def work():
        for _ in range(20):
            Knot(freed)
            fill()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    held = [[] for _ in range(2 * gc.get_threshold()[0])]
    assert freed == []
    qtbot.waitUntil(lambda: len(freed) == 20)
    assert set(freed) == {threading.main_thread()}
    assert held


def test_stopped_it_leaves_it_to_python(garbage):
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()
    assert not garbage._timer.isActive()
