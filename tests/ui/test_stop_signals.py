import os
import signal

import pytest

from closedmesh.ui.stop_signals import StopSignals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_arrives_and_afterwards_all_is_as_before(qtbot, number):
    before = signal.getsignal(number)
    signals = StopSignals()
    signals.catch()

    with qtbot.waitSignal(signals.received):
        os.kill(os.getpid(), number)

    signals.release()
    assert signal.getsignal(number) is before
