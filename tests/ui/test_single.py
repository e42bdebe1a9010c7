import pytest
from PySide6.QtNetwork import QLocalSocket

from closedmesh.ui.single import MAX_LINE, SingleWindow, line_for, server_name


def test_a_second_launch_shows_the_first_window(qtbot, tmp_path):
    first = SingleWindow(tmp_path / "window.lock")
    second = SingleWindow(tmp_path / "window.lock")
    assert first.claim()
    assert not second.claim()

    with qtbot.waitSignal(first.show_requested):
        assert second.show_first()

    first.release()
    assert second.claim()
    second.release()


def test_a_second_launch_hands_its_link_over(qtbot, tmp_path):
    first = SingleWindow(tmp_path / "window.lock")
    second = SingleWindow(tmp_path / "window.lock")
    assert first.claim()

    with qtbot.waitSignal(first.show_requested) as signal:
        assert second.show_first("closedmesh://join/cm1x")

    assert signal.args == ["closedmesh://join/cm1x"]
    first.release()


@pytest.mark.parametrize("link", ["x" * MAX_LINE, "a\nshow", "\u202e", ""])
def test_what_cannot_be_a_link_is_not_handed_over(link):
    assert line_for(link) == b"show \n"


def test_two_homes_have_two_windows(qapp, tmp_path):
    one, other = SingleWindow(tmp_path / "a.lock"), SingleWindow(tmp_path / "b.lock")

    assert one.claim()
    assert other.claim()

    one.release()
    other.release()


def test_anything_but_the_one_word_is_ignored(qtbot, tmp_path):
    first = SingleWindow(tmp_path / "window.lock")
    assert first.claim()
    socket = QLocalSocket()

    with qtbot.assertNotEmitted(first.show_requested):
        socket.connectToServer(server_name(tmp_path / "window.lock"))
        assert socket.waitForConnected(1000)
        socket.write(b"x" * 100_000)
        qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)

    first.release()


def test_nobody_to_show_is_said(qapp, tmp_path):
    assert not SingleWindow(tmp_path / "window.lock").show_first()


def test_nothing_is_left_behind(qapp, tmp_path):
    first = SingleWindow(tmp_path / "window.lock")
    assert first.claim()
    first.release()

    assert list(tmp_path.iterdir()) == []
