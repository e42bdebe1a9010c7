"""With a program that stands in for `caffeinate`."""

import os
import sys

import psutil
import pytest

from closedmesh.host.awake_macos import hold

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program of Unix")


def test_a_program_holds_until_it_is_ended(tmp_path):
    program, told = tmp_path / "caffeinate", tmp_path / "told"
    os.mkfifo(told)
    program.write_text(f'#!/bin/sh\necho "$$ $@" > {told}\nexec sleep 600\n')
    program.chmod(0o755)

    let_go = hold("", str(program))
    number, arguments = told.read_text().split(maxsplit=1)
    assert arguments == f"-i -w {os.getpid()}\n"
    let_go()
    assert not psutil.pid_exists(int(number))


def test_without_it_nothing_is_held(tmp_path):
    assert hold("", str(tmp_path / "nothing")) is None
