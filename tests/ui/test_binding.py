"""What we need of the binding to Qt itself."""

import sys

from PySide6.QtCore import QObject


def test_calls_without_a_result_keep_the_count_of_none():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    # Other threads may hold a few of their own.
    assert abs(sys.getrefcount(None) - before) < 500
