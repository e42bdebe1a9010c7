import pytest
from msgspec import structs
from PySide6.QtWidgets import QSystemTrayIcon

from closedmesh.control import PauseSharing
from closedmesh.mesh.ids import MeshId, NodeId
from closedmesh.mesh.picture import Mesh, MeshState
from closedmesh.models.duty import Action, Reason
from closedmesh.models.energy import Kind
from closedmesh.settings import EnergySettings, Settings, SharingSettings
from closedmesh.status import Energy, ModelState, Sharing, State
from closedmesh.ui.theme import Theme
from closedmesh.ui.tray import Tray
from closedmesh.ui.tray_view import offline, tray_view
from tests.support.control import MODEL, STATUS
from tests.support.desktop import RESOURCES

OTHER = structs.replace(MODEL, name="b", title="B & C", sha256="0" * 64, path="/b")
MESH = Mesh(
    id=MeshId("m" * 26), name="Friends", state=MeshState.CONNECTED, scope="share",
    expires=2e9, node=NodeId("0" * 64),
)  # fmt: skip
TWO = structs.replace(STATUS, models=(MODEL, OTHER))


@pytest.fixture
def tray(qapp):
    tray = Tray(Theme(RESOURCES))
    tray._timer.setInterval(0)
    return tray


def show(tray, qtbot, status):
    tray.display(tray_view(status))
    qtbot.waitUntil(lambda: tray._shown == tray._next)


def entries(menu):
    return [a.text() for a in menu.actions() if a.isVisible() and not a.isSeparator()]


def all_actions(tray):
    return [
        a
        for menu in (tray.menu, tray.pause_menu, tray.model_menu, tray.help_menu)
        for a in menu.actions()
    ]


def test_the_menu_reads_in_its_order(tray, qtbot):
    show(tray, qtbot, TWO)

    assert entries(tray.menu) == [
        "Ready · not sharing",
        "Share this computer (join a mesh first)",
        "New chat",
        "Open ClosedMesh",
        "Model: SmolLM2 135M Instruct",
        "Copy local API address",
        "Settings…",
        "Help",
        "Quit",
    ]
    assert entries(tray.model_menu) == [
        "SmolLM2 135M Instruct",
        "B && C",
        "Free the memory now (520 MB)",
    ]
    assert entries(tray.help_menu) == [
        "Save a diagnostic report…",
        "Open the log folder",
        "About ClosedMesh",
    ]


def test_sharing_is_not_offered_as_if_it_could_work(tray, qtbot):
    show(tray, qtbot, STATUS)
    assert not tray.share.isEnabled()
    assert not tray.share.isChecked()


def member(reason=Reason.ON, action=None, **changes):
    settings = Settings(sharing=SharingSettings(share=True))
    return structs.replace(
        STATUS, mesh=MESH, settings=settings, sharing=Sharing(reason, action=action), **changes
    )


def test_a_member_switches_and_pauses_sharing(tray, qtbot):
    show(tray, qtbot, member())
    assert entries(tray.menu)[1:3] == ["Share this computer", "Pause sharing"]
    assert tray.share.isChecked()
    assert tray.quit.text() == "Quit (stops sharing)"

    with qtbot.waitSignal(tray.share_chosen) as chosen:
        tray.share.trigger()
    assert chosen.args == [False]
    with qtbot.waitSignal(tray.pause_chosen) as chosen:
        tray.pause_menu.actions()[-1].trigger()
    assert chosen.args == [PauseSharing()]
    with qtbot.waitSignal(tray.pause_chosen) as chosen:
        tray.pause_menu.actions()[0].trigger()
    assert chosen.args == [PauseSharing(finish=True)]


@pytest.mark.parametrize(
    ("status", "entry", "signal"),
    [
        (member(Reason.PAUSED), "Resume sharing", "resume_requested"),
        (member(Reason.METERED, Action.SHARE_ANYWAY), "Share anyway for 1 hour",
         "share_anyway_requested"),
    ],
)  # fmt: skip
def test_what_would_help_is_offered(tray, qtbot, status, entry, signal):
    show(tray, qtbot, status)
    assert entry in entries(tray.menu)
    action = next(a for a in tray.menu.actions() if a.text() == entry)
    with qtbot.waitSignal(getattr(tray, signal)):
        action.trigger()


def test_an_invite_for_chats_does_not_share(tray, qtbot):
    show(tray, qtbot, structs.replace(member(), mesh=structs.replace(MESH, scope="chat")))
    assert not tray.share.isEnabled()


def test_what_today_took_is_told_once_there_is_something(tray, qtbot):
    show(tray, qtbot, STATUS)
    assert not tray.today.isVisible()
    settings = Settings(energy=EnergySettings(price=0.3))
    energy = Energy(40.0, Kind.ESTIMATED, "CPU", 10.0, 310.0, 0.093)
    show(tray, qtbot, structs.replace(STATUS, settings=settings, energy=energy))
    assert entries(tray.menu)[1] == "Today ≈ 0.31 kWh · ≈ €0.09"


def test_an_update_changes_no_action_so_that_an_open_menu_survives(tray, qtbot):
    before = all_actions(tray)
    show(tray, qtbot, TWO)
    show(tray, qtbot, structs.replace(STATUS, state=State.ANSWERING, models=()))
    show(tray, qtbot, None)

    assert len(before) > 20
    assert all_actions(tray) == before


def test_a_second_update_waits(qapp):
    tray = Tray(Theme(RESOURCES))
    tray.display(tray_view(STATUS))
    assert tray.state.text() == offline().state

    tray._timer.timeout.emit()
    assert tray.state.text() == "Ready · not sharing"


def test_entries_that_need_a_peer_are_off_without_one(tray, qtbot):
    show(tray, qtbot, STATUS)
    assert tray.copy_address.isEnabled()
    assert tray.free_memory.isEnabled()

    show(tray, qtbot, None)
    for action in (tray.copy_address, tray.free_memory, tray.new_chat):
        assert not action.isEnabled()
    assert tray.no_models.isVisible()
    assert tray.quit.isEnabled()


def test_nothing_loaded_is_nothing_to_free(tray, qtbot):
    resting = structs.replace(MODEL, state=ModelState.ON_DISK)
    show(tray, qtbot, structs.replace(STATUS, models=(resting,)))

    assert not tray.free_memory.isEnabled()


@pytest.mark.parametrize(
    ("action", "signal"),
    [
        ("state", "sharing_requested"),
        ("new_chat", "new_chat_requested"),
        ("open", "open_requested"),
        ("free_memory", "memory_requested"),
        ("copy_address", "copy_requested"),
        ("settings", "settings_requested"),
        ("logs", "logs_requested"),
        ("about", "about_requested"),
        ("restart", "restart_requested"),
        ("quit", "quit_requested"),
    ],
)
def test_each_entry_asks_for_what_it_says(tray, qtbot, action, signal):
    show(tray, qtbot, STATUS)

    with qtbot.waitSignal(getattr(tray, signal), timeout=1000):
        getattr(tray, action).trigger()


def test_choosing_a_model_names_it(tray, qtbot):
    show(tray, qtbot, TWO)
    assert tray.models[0].isChecked()

    with qtbot.waitSignal(tray.model_chosen, timeout=1000) as chosen:
        tray.models[1].trigger()

    assert chosen.args == ["b"]


def test_a_left_click_opens_the_window(tray, qtbot, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    with qtbot.waitSignal(tray.open_requested, timeout=1000):
        tray._activated(QSystemTrayIcon.ActivationReason.Trigger)

    monkeypatch.setattr("sys.platform", "darwin")
    with qtbot.assertNotEmitted(tray.open_requested):
        tray._activated(QSystemTrayIcon.ActivationReason.Trigger)
