import ast

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel

from closedmesh.ui import shortcuts
from tests.support.control import STATUS
from tests.test_architecture import ROOT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(open_window):
    return open_window(STATUS)


def test_every_key_that_is_told_is_bound_and_no_other(window):
    told = {
        (name, QKeySequence(keys).toString())
        for name, entry in shortcuts.every().items()
        if not entry.by_widget
        for keys in entry.sequences
    }
    bound = [(s.objectName(), s.key().toString()) for s in window.findChildren(QShortcut)]
    assert set(bound) == told
    assert len(bound) == len(told)


def test_keys_are_bound_nowhere_else():
    for file in (ROOT / "app" / "closedmesh" / "ui").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        called = {getattr(n.func, "id", "") for n in ast.walk(tree) if isinstance(n, ast.Call)}
        assert "QShortcut" not in called or file.name == "shortcuts.py", file


def test_the_list_tells_every_key(qtbot):
    dialog = shortcuts.ShortcutsDialog()
    qtbot.addWidget(dialog)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    for name, keys in shortcuts.every().items():
        assert keys.meaning in shown
        assert shortcuts.native(name) in shown
