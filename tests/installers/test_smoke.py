import os
import subprocess
import sys

import pytest

import smoke

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes the network away on Linux")


def test_whoever_is_not_root_asks_for_a_namespace_as_root_of_its_own():
    assert smoke.without_network(["x"], 1000)[:3] == ["unshare", "--map-root-user", "--net"]
    assert smoke.without_network(["x"], 0) == ["unshare", "--net", "--", "x"]


def test_the_program_sees_an_empty_account(tmp_path):
    given = {"HOME": "/root", "PATH": "/bin", "CLOSEDMESH_HOME": "/mine", "XDG_DATA_HOME": "/mine"}
    assert smoke.clean(given, tmp_path) == {
        "PATH": "/bin",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
    }


def test_a_screen_is_used_where_there_is_one(tmp_path):
    assert "QT_QPA_PLATFORM" not in smoke.clean({"DISPLAY": ":9"}, tmp_path)


def test_files_outside_of_the_home_are_found(tmp_path):
    home = tmp_path / "home"
    for name in ("home/kept", ".config/strewn", ".cache/fontconfig/of-the-system"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert smoke.outside(tmp_path, home) == [".config/strewn"]


@pytest.fixture
def program(tmp_path):
    def write(text):
        file = tmp_path / "program"
        file.write_text(f"#!{sys.executable}\n{text}")
        file.chmod(0o755)
        return [str(file)]

    return write


GOOD = """
import json, pathlib, signal, subprocess, sys
home = pathlib.Path(sys.argv[2])
if sys.argv[3] == "--json":
    print(json.dumps({"text": "Paris", "served_by": "%s", "first_token_ms": 250, "model": "m"}))
    sys.exit()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(%d))
%s
(home / "run").mkdir()
(home / "run" / "peer.json").write_text('{"api": "http://127.0.0.1:1"}')
signal.pause()
"""


def test_a_good_program_passes(program):
    seen = smoke.smoke(program(GOOD % ("local", 0, "")))
    assert (seen.answer, seen.first_word_after) == ("Paris", 0.25)
    assert "nothing is left" in smoke.told(seen)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("raise SystemExit(3)", "ended with code 3 while it started"),
        (GOOD % ("mesh", 0, ""), "not one of this computer"),
        (GOOD % ("local", 4, ""), "ended with code 4"),
        (GOOD % ("local", 0, "subprocess.Popen(['sleep', '60'])"), "processes are left"),
        (GOOD % ("local", 0, "(home.parent / 'strewn').touch()"), "outside of its own folder"),
    ],
)
def test_a_program_that_does_not_do_what_it_must_is_found_out(program, text, what):
    with pytest.raises(smoke.Broken, match=what):
        smoke.smoke(program(text))


def test_the_test_itself_runs_where_there_is_no_network(program, capfd):
    probe = smoke.without_network(["true"], os.geteuid())
    if subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("namespaces are forbidden here")
    reach = """
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    try:
        control.connect(("192.0.2.1", 9))
    except OSError:
        sys.exit(7)
"""
    assert smoke.main(program(reach)) == 1
    assert "code 7" in capfd.readouterr().err
