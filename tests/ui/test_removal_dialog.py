import dataclasses

from closedmesh.assembly import Removal
from closedmesh.errors import ClosedMeshError
from closedmesh.ui.removal_dialog import RemovalDialog
from tests.support.desktop import calm_system

FOUND = Removal(("/home/me/closedmesh",), ("api-key",), "/units/x.service", ("/mine",), ("/a",))


def test_everything_is_listed_before_it_can_be_removed(qtbot):
    dialog = RemovalDialog(calm_system(everything=FOUND))
    qtbot.addWidget(dialog)
    assert not dialog.remove.isEnabled()
    qtbot.waitUntil(dialog.remove.isEnabled)
    assert dialog.list.toPlainText().splitlines() == [
        "/home/me/closedmesh",
        "the secret api-key",
        "the service /units/x.service",
        "/a",
        "Kept, because you chose it: /mine",
    ]
    with qtbot.waitSignal(dialog.accepted):
        dialog.remove.click()
    assert dialog.found == FOUND


def test_while_the_keychain_does_not_tell_nothing_can_be_removed(qtbot):
    def look():
        raise ClosedMeshError("The keychain is locked.", "Unlock it.")

    dialog = RemovalDialog(dataclasses.replace(calm_system(), everything=look))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.problem.words.text() == "The keychain is locked. Unlock it.")
    assert not dialog.remove.isEnabled()
