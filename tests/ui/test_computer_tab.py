import dataclasses
import json

import pytest
from PySide6.QtWidgets import QFileDialog

from closedmesh.control import ChangeSettings
from closedmesh.settings import changed
from closedmesh.ui.computer_tab import ComputerTab
from closedmesh.ui.settings_view import about_view
from tests.support.control import STATUS
from tests.support.desktop import calm_system


@pytest.fixture
def system():
    return calm_system()


@pytest.fixture
def tab(bridge, system, qtbot):
    tab = ComputerTab(bridge, system)
    qtbot.addWidget(tab)
    assert tab.given.isHidden()
    tab.display(about_view(STATUS), STATUS.settings)
    return tab


def test_what_the_system_opens_is_switched_at_once(tab, system):
    for box, way in ((tab.login, system.at_login), (tab.links, system.for_links)):
        assert not box.isChecked()
        box.click()
        assert way.find()
        box.click()
        assert not way.find()


def test_links_that_an_installer_has_opened_here_are_shown_and_explained(bridge, qtbot):
    calm = calm_system()
    given = dataclasses.replace(calm.for_links, given=lambda: "/usr/share/closedmesh.desktop")
    tab = ComputerTab(bridge, dataclasses.replace(calm, for_links=given))
    qtbot.addWidget(tab)
    assert tab.links.isChecked()
    assert not tab.links.isEnabled()
    assert "installer" in tab.given.text()
    assert not tab.given.isHidden()
    assert tab.login.isEnabled()


def test_a_switch_that_the_system_refuses_stays_off(bridge, qtbot):
    def refuse():
        raise PermissionError(13, "Permission denied")

    calm = calm_system()
    way = type(calm.at_login)(find=lambda: "", install=refuse, remove=refuse)
    tab = ComputerTab(bridge, dataclasses.replace(calm, at_login=way))
    qtbot.addWidget(tab)
    tab.login.click()
    assert not tab.login.isChecked()
    assert "Permission denied" in tab.opening_problem.words.text()


def test_settings_leave_and_come_back(tab, control, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "settings.json"
    for dialog in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, dialog, lambda *_: (str(file), ""))
    tab.display(about_view(STATUS), changed(STATUS.settings, {"engine.slots": 7}))
    tab._export()
    assert json.loads(file.read_text())["settings"] == {"engine": {"slots": 7}}

    tab.display(about_view(STATUS), STATUS.settings)
    tab._import()
    qtbot.waitUntil(lambda: tab.news.text() == "1 setting was changed.")
    assert control.done == [ChangeSettings({"engine.slots": 7})]


def test_a_file_that_is_none_says_so_and_changes_nothing(tab, control, tmp_path, monkeypatch):
    file = tmp_path / "settings.json"
    file.write_text("hello")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    tab._import()
    assert tab.problem.words.text().startswith("This file holds no settings of ClosedMesh.")
    assert not control.done
