from PySide6.QtWidgets import QWidget

from closedmesh.ui.while_seen import WhileSeen


def test_it_asks_at_once_and_again_and_stops_with_the_sight(qtbot):
    widget, asked = QWidget(), []
    qtbot.addWidget(widget)
    looking = WhileSeen(widget, 5, lambda: asked.append(1))
    assert not looking.is_asking
    widget.show()
    assert asked
    assert looking.is_asking
    qtbot.waitUntil(lambda: len(asked) > 2)
    widget.hide()
    assert not looking.is_asking
