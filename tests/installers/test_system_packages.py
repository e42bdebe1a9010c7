import shutil
import subprocess

import pytest

import system_packages
from system_packages import ELSEWHERE, RENAMED, RUN, TEST, Missing

LISTED = """\
ii  cmake
ii  libglib2.0-0t64
rc  xvfb
un  openbox
ii  build-essential
"""


@pytest.fixture
def ran(monkeypatch):
    """Commands that would have been run; `dpkg-query` answers with `LISTED`."""
    commands = []

    def run(command, **how):
        if command[0] == "dpkg-query":
            return subprocess.CompletedProcess(command, 0, stdout=LISTED)
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


@pytest.fixture
def has(monkeypatch):
    """Says which programs there are."""

    def only(*programs):
        monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)

    return only


def test_only_what_is_wholly_installed_counts():
    assert system_packages.parse_installed(LISTED) == [
        "cmake", "libglib2.0-0t64", "build-essential",
    ]  # fmt: skip


def test_a_package_is_there_under_its_old_or_its_new_name():
    (old, new), *_ = RENAMED.items()
    assert system_packages.missing([old, "cmake"], [new]) == ["cmake"]
    assert system_packages.missing([old], [old]) == []


def test_packages_are_named_once_and_tests_need_more():
    assert len(set(RUN + TEST)) == len(RUN) + len(TEST)
    assert {"xvfb", "xfce4-panel", "openbox", "xdotool", "dbus", "gnome-keyring"} <= set(TEST)


def test_root_installs_and_others_ask_sudo():
    update, install = system_packages.apt_commands(["cmake"], root=True, sudo=False)
    assert update[:2] == ["apt-get", "update"]
    assert install[:3] == ["apt-get", "install", "-y"]
    assert install[-1] == "cmake"
    for command in system_packages.apt_commands(["cmake"], root=False, sudo=True):
        assert command[:2] == ["sudo", "apt-get"]


def test_who_may_not_install_is_told_what_to_install():
    with pytest.raises(Missing, match="apt-get install cmake ninja"):
        system_packages.apt_commands(["cmake", "ninja"], root=False, sudo=False)


def test_what_is_missing_is_installed(ran, has, monkeypatch):
    has("apt-get", "sudo")
    monkeypatch.setattr(system_packages, "RUN", ["cmake", "libegl1"])
    monkeypatch.setattr(system_packages, "TEST", ["xvfb"])
    system_packages.install(tests=False)
    assert [word for word in ran[-1] if word.startswith(("cm", "lib", "xv"))] == ["libegl1"]
    system_packages.install(tests=True)
    assert ran[-1][-2:] == ["libegl1", "xvfb"]


def test_nothing_is_run_where_nothing_is_missing(ran, has, monkeypatch):
    has("apt-get")
    monkeypatch.setattr(system_packages, "RUN", ["cmake", "build-essential"])
    system_packages.install(tests=False)
    assert ran == []


def test_another_system_with_a_compiler_goes_on(ran, has):
    has("cmake", "cc")
    system_packages.install(tests=True)
    assert ran == []


@pytest.mark.parametrize("manager", ["dnf", "pacman", "zypper"])
def test_another_system_is_told_its_own_words(has, manager):
    has(manager)
    with pytest.raises(Missing) as caught:
        system_packages.install(tests=False)
    assert manager in str(caught.value)
    assert ELSEWHERE[manager] in str(caught.value)


def test_an_unknown_system_is_told_what_is_needed(has):
    has()
    with pytest.raises(Missing, match=r"compiler and CMake are needed"):
        system_packages.install(tests=False)
