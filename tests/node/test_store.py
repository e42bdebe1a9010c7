import os
import sqlite3
import subprocess
import sys

import pytest

from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import ModelHash
from closedmesh.node.store import MIGRATIONS, Store
from closedmesh.status import Severity


@pytest.fixture
def path(tmp_path):
    return tmp_path / "closedmesh.db"


def test_what_is_remembered_is_there_after_a_restart(path):
    store = Store.open(path)
    store.remember("peer", "7f3a")
    store.remember("peer", "7f3b")
    store.close()
    again = Store.open(path)
    assert again.fact("peer") == "7f3b"
    assert again.fact("other") is None
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="modes")
def test_only_this_account_may_read_it(path):
    Store.open(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_transaction_that_fails_leaves_nothing(store):
    def half_done():
        with store.transaction() as database:
            database.execute("INSERT INTO facts VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    assert store.fact("a") is None
    store.remember("a", "c")
    assert store.fact("a") == "c"


def test_a_disk_that_refuses_is_an_error_with_advice(store):
    store.rows("PRAGMA query_only = ON")
    with pytest.raises(ClosedMeshError, match="could not be written"):
        store.remember("a", "b")


def test_a_hash_counts_only_for_the_same_size_and_time(store, tmp_path):
    file = tmp_path / "m.gguf"
    store.remember_hash(file, 10, 20, ModelHash("ab"))
    assert store.model_hash(file, 10, 20) == "ab"
    assert store.model_hash(file, 11, 20) is None
    assert store.model_hash(file, 10, 21) is None


@pytest.mark.parametrize(
    "damage", [lambda data: b"this is no database" * 100, lambda data: data[:5000] + b"\xff" * 3000]
)
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(path, damage):
    store = Store.open(path)
    with store.transaction() as database:
        for i in range(2000):
            database.execute("INSERT INTO facts VALUES (?, 'some text')", (f"fact {i}",))
    store.close()
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    again = Store.open(path)
    assert again.fact("fact 1") is None
    (item,) = again.health
    assert item.severity is Severity.WARNING
    aside = path.with_name("closedmesh.broken-1.db")
    assert str(aside) in item.advice
    assert aside.read_bytes() == damaged
    again.close()


def test_a_file_of_a_newer_program_is_left_alone(path):
    Store.open(path).close()
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(ClosedMeshError, match="newer version"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_set_aside_too(path):
    path.mkdir()
    (path / "something").write_text("kept")
    Store.open(path).close()
    assert (path.with_name("closedmesh.broken-1.db") / "something").read_text() == "kept"


def test_a_place_that_cannot_be_used_is_an_error(tmp_path):
    with pytest.raises(ClosedMeshError, match="cannot be opened"):
        Store.open(tmp_path / "no such folder" / "closedmesh.db")


WRITER = """
import sys
from pathlib import Path
from closedmesh.node.store import Store
store = Store.open(Path(sys.argv[1]))
for number in range(1_000_000):
    store.remember("last", str(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 7, 40])
def test_what_was_acknowledged_survives_a_kill_at_any_moment(path, lines):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, env=os.environ
    )
    assert writer.stdout
    acknowledged = [int(writer.stdout.readline()) for _ in range(lines)][-1]
    writer.kill()
    rest = writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    if rest:
        acknowledged = int(rest[-1])
    store = Store.open(path)
    assert store.health == ()
    assert int(store.fact("last") or -1) in (acknowledged, acknowledged + 1)
    store.close()
