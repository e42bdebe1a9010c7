import threading

from PySide6.QtCore import QObject

from closedmesh.errors import ClosedMeshError
from closedmesh.ui.later import Later


def test_the_result_comes_on_this_thread(qtbot):
    parent = QObject()
    seen = []
    later = Later(threading.get_ident, parent)
    later.done.connect(lambda ident: seen.append((ident, threading.get_ident())))
    with qtbot.waitSignal(later.done):
        later.start()
    (worked, told), = seen  # fmt: skip
    assert worked != told == threading.get_ident()


def test_a_failure_is_explained(qtbot):
    def fail():
        raise ClosedMeshError("No.", "Try again.")

    parent = QObject()
    later = Later(fail, parent)
    with qtbot.waitSignal(later.failed) as signal:
        later.start()
    assert str(signal.args[0]) == "No. Try again."


def test_who_is_gone_is_not_told(qtbot):
    go, ended = threading.Event(), threading.Event()

    def work():
        go.wait(30)
        ended.set()

    parent = QObject()
    Later(work, parent).start()
    parent.deleteLater()
    with qtbot.waitSignal(parent.destroyed):
        pass
    go.set()
    assert ended.wait(30)
