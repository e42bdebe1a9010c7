"""SQLite files: opened, checked, brought up to date, and used in short transactions.

Everything is used from one thread; each call is one short transaction, so a kill at any moment
leaves the state before or after it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from closedmesh.errors import ClosedMeshError


class Database:
    """An open file."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        """`name` is what people call it, at the beginning of a sentence."""
        self._database = database
        self._name = name

    def close(self) -> None:
        """Write everything out and close the file."""
        self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of a block or nothing. Raises `ClosedMeshError` when the disk refuses."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise ClosedMeshError(
                f"{self._name} could not be written: {error}.",
                "Look whether the disk is full or read-only.",
            ) from error

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """What a query finds. Raises `ClosedMeshError` when the disk refuses."""
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            raise ClosedMeshError(
                f"{self._name} could not be read: {error}.", "Look at the disk it lies on."
            ) from error


def connect(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    """Open or make a file and bring it up to date. Raises `sqlite3.DatabaseError` for one that is
    damaged, and `ClosedMeshError` for one of a newer program."""
    database = sqlite3.connect(path, isolation_level=None, timeout=5.0)
    try:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("PRAGMA secure_delete = ON")  # a deleted chat leaves no bytes behind
        _check(database)
        _migrate(database, path, migrations)
    except BaseException:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection) -> None:
    found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(str(found))


def _migrate(database: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > len(migrations):
        raise ClosedMeshError(
            f"{path} was written by a newer version of ClosedMesh.",
            "Update the program, or choose another home folder.",
        )
    for number in range(version, len(migrations)):
        database.executescript(
            f"BEGIN IMMEDIATE; {migrations[number]} PRAGMA user_version = {number + 1}; COMMIT;"
        )
