import logging
import sys

import pytest

from closedmesh.host.logs import FILE_BYTES, OLD_FILES, keep_logs

pytestmark = pytest.mark.usefixtures("logging_undone")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "logs"


def test_what_we_log_is_kept(folder):
    keep_logs(folder, "peer")
    logging.getLogger("closedmesh.node").info("a thing")
    logging.getLogger("closedmesh.node").debug("a detail")
    logging.getLogger("other.library").info("chatter")
    text = (folder / "peer.log").read_text()
    assert "INFO closedmesh.node: a thing" in text
    assert "a detail" not in text
    assert "chatter" not in text


def test_details_are_kept_on_request(folder, monkeypatch):
    monkeypatch.setenv("CLOSEDMESH_LOG", "debug")
    keep_logs(folder, "peer")
    logging.getLogger("closedmesh.node").debug("a detail")
    assert "a detail" in (folder / "peer.log").read_text()


def test_logs_are_bounded_and_private(folder):
    keep_logs(folder, "peer")
    log = logging.getLogger("closedmesh.flood")
    for _ in range(10 * FILE_BYTES // 50_000):
        log.info("x" * 50_000)
    files = list(folder.iterdir())
    assert len(files) == 1 + OLD_FILES
    assert sum(f.stat().st_size for f in files) <= (1 + OLD_FILES) * FILE_BYTES
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {f.stat().st_mode & 0o777 for f in files} == {0o600}


def test_a_second_call_replaces_the_first_file(folder):
    keep_logs(folder, "first")
    keep_logs(folder, "second")
    logging.getLogger("closedmesh").info("a thing")
    assert not (folder / "first.log").exists()
    assert "a thing" in (folder / "second.log").read_text()


def test_a_crash_is_kept_and_shown(folder, capsys):
    keep_logs(folder, "peer")
    error = ZeroDivisionError("oh")
    sys.excepthook(type(error), error, None)
    assert "ZeroDivisionError" in (folder / "peer.log").read_text()
    assert "ZeroDivisionError: oh" in capsys.readouterr().err


def fail(prompt):
    try:
        int(prompt)
    except ValueError as error:
        raise LookupError(f"no answer to {prompt}") from error


def test_an_exception_is_kept_with_its_place_and_without_its_text(folder):
    keep_logs(folder, "peer")
    try:
        fail("-".join(["a", "secret", "question"]))
    except LookupError:
        logging.getLogger("closedmesh").exception("unexpected")
    text = (folder / "peer.log").read_text()
    assert "LookupError\nafter\n" in text
    assert "in fail" in text
    assert "ValueError" in text
    assert "a-secret-question" not in text


def test_every_one_of_several_exceptions_is_kept(folder):
    keep_logs(folder, "peer")
    both = ExceptionGroup("secret", [ValueError("secret"), KeyError("secret")])
    logging.getLogger("closedmesh").error("unexpected", exc_info=both)
    text = (folder / "peer.log").read_text()
    assert "ValueError" in text
    assert "KeyError" in text
    assert "secret" not in text
