import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl
from PySide6.QtGui import QFileOpenEvent

from closedmesh.ui.file_open import FileOpenLinks


@pytest.fixture
def opened(qapp, monkeypatch):
    """An object that gets events as the application does, and what was opened."""
    monkeypatch.setattr(sys, "platform", "darwin")
    found = []
    program = QObject()
    FileOpenLinks(found.append, program).listen()
    yield program, found
    program.deleteLater()


def test_a_link_is_taken_and_a_file_is_not(opened):
    program, found = opened
    for address in ("closedmesh://join/cm1Ab9", "file:///etc/hostname"):
        QCoreApplication.sendEvent(program, QFileOpenEvent(QUrl(address)))
    QCoreApplication.sendEvent(program, QEvent(QEvent.Type.User))
    assert found == ["closedmesh://join/cm1Ab9"]
