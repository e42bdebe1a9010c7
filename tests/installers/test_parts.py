import sysconfig
from pathlib import Path

import aiohttp
import PySide6
import pytest

import parts
from parts import Part

PYTHON = Part("Python", "3", "generic", "PSF-2.0")


@pytest.fixture(scope="module")
def owners():
    return parts.of_python(Path(sysconfig.get_path("purelib")))


def test_a_file_of_a_package_is_found_with_its_licence(owners):
    (found,) = parts.find([Path(aiohttp.__file__)], owners, lambda _: None, PYTHON)
    assert (found.name, found.kind) == ("aiohttp", "pypi")
    assert "Apache-2.0" in found.licence
    assert all(text.exists() for text in found.texts)


def test_who_brings_no_text_gets_that_of_the_licence_it_names(owners):
    (found,) = parts.find([Path(PySide6.__file__)], owners, lambda _: None, PYTHON)
    assert found.licence.startswith("LGPL-3.0")
    texts = [text.read_text() for text in found.texts]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts[0]
    assert "GNU GENERAL PUBLIC LICENSE" in texts[1]


def test_what_nobody_installed_is_python_or_of_the_system(tmp_path):
    for name in ("of-system", "rest"):
        (tmp_path / name).touch()
    libz = Part("zlib1g", "1", "deb", "")
    found = parts.find(
        [tmp_path / "rest", tmp_path / "of-system"], {},
        lambda file: libz if file.name == "of-system" else None, PYTHON,
    )  # fmt: skip
    assert found == [PYTHON, libz]


@pytest.mark.parametrize(
    "name", ["LICENSE", "LICENCE.md", "COPYING", "NOTICE.txt", "license.apache"]
)
def test_licences_are_known_by_their_names(name):
    assert parts.is_text(name)


def test_other_files_are_none():
    assert not parts.is_text("METADATA")


def test_the_whole_text_of_a_licence_is_no_name_of_one():
    assert parts._short("MIT") == "MIT"
    assert parts._short("Permission is hereby granted\nto any person") == ""
