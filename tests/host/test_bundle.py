import sys

import pytest

from closedmesh.host import bundle


@pytest.fixture
def frozen(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)


def test_others_get_the_libraries_of_the_system(frozen):
    environment = {"LD_LIBRARY_PATH": "/bundle", "PATH": "/bin"}
    bundle.hide_libraries(environment)
    assert environment == {"PATH": "/bin", "PYINSTALLER_RESET_ENVIRONMENT": "1"}


def test_others_get_back_what_a_person_had_set(frozen):
    environment = {"LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/mine"}
    bundle.hide_libraries(environment)
    assert environment["LD_LIBRARY_PATH"] == "/mine"
    assert "LD_LIBRARY_PATH_ORIG" not in environment


def test_from_its_source_the_program_changes_nothing():
    environment = {"LD_LIBRARY_PATH": "/mine"}
    bundle.hide_libraries(environment)
    assert environment == {"LD_LIBRARY_PATH": "/mine"}
