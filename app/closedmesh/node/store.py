"""The SQLite file: opened, checked, brought up to date, and never thrown away.

What is kept for long has a table here, and `database` says how all of them are used.
"""

import logging
import sqlite3
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.host.files import set_aside
from closedmesh.models.chat import ModelHash
from closedmesh.models.speed import Run
from closedmesh.node.database import Database, connect
from closedmesh.status import Health, Severity

log = logging.getLogger(__name__)

MIGRATIONS = (
    """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE model_hashes (
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT;
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, named INTEGER NOT NULL DEFAULT 0,
        pinned INTEGER NOT NULL DEFAULT 0, updated REAL NOT NULL, options TEXT NOT NULL,
        leaf INTEGER, deleted REAL
    ) STRICT;
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
        parent INTEGER, role TEXT NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL,
        created REAL NOT NULL, receipt TEXT, problem TEXT
    ) STRICT;
    CREATE INDEX entries_of_conversation ON entries (conversation);
    CREATE VIRTUAL TABLE words USING fts5 (text, content='entries', content_rowid='id');
    CREATE TRIGGER entry_added AFTER INSERT ON entries BEGIN
        INSERT INTO words (rowid, text) VALUES (new.id, new.text);
    END;
    CREATE TRIGGER entry_removed AFTER DELETE ON entries BEGIN
        INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
    END;
    CREATE TRIGGER entry_changed AFTER UPDATE OF text ON entries BEGIN
        INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO words (rowid, text) VALUES (new.id, new.text);
    END;
    """,
    """
    CREATE TABLE days (
        day TEXT PRIMARY KEY, answers_wh REAL NOT NULL DEFAULT 0, cost REAL NOT NULL DEFAULT 0,
        uploaded INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE duties (began REAL PRIMARY KEY, ended REAL NOT NULL, reason TEXT NOT NULL) STRICT;
    """,
    """
    CREATE TABLE model_digests (
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL, weights TEXT NOT NULL, template TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE invites (
        id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL UNIQUE, scope TEXT NOT NULL,
        uses INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0, made REAL NOT NULL,
        expires INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0, CHECK (used <= uses)
    ) STRICT;
    CREATE TABLE members (
        node TEXT PRIMARY KEY, serial TEXT NOT NULL UNIQUE, scope TEXT NOT NULL, owner TEXT,
        invite TEXT NOT NULL REFERENCES invites, joined REAL NOT NULL, expires INTEGER NOT NULL,
        revoked REAL
    ) STRICT;
    CREATE TABLE asking_keys (
        key TEXT PRIMARY KEY, serial TEXT NOT NULL UNIQUE, day INTEGER NOT NULL,
        member TEXT NOT NULL REFERENCES members ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX asking_keys_of_member ON asking_keys (member, day);
    CREATE TABLE revocations (serial TEXT PRIMARY KEY, expires INTEGER NOT NULL) STRICT;
    """,
    """
    CREATE TABLE cases (
        peer TEXT NOT NULL, model TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (peer, model)
    ) STRICT;
    CREATE TABLE calibration (
        weights TEXT NOT NULL, reference TEXT NOT NULL, peer TEXT NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (weights, reference, peer)
    ) STRICT;
    CREATE TABLE transcripts (
        digest TEXT PRIMARY KEY, peer TEXT NOT NULL, model TEXT NOT NULL, asked REAL NOT NULL,
        data BLOB NOT NULL
    ) STRICT;
    CREATE INDEX transcripts_of_model ON transcripts (peer, model, asked);
    CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, secret BLOB NOT NULL) STRICT;
    """,
    """
    CREATE TABLE runs (
        model TEXT NOT NULL, build TEXT NOT NULL, threads INTEGER NOT NULL, at REAL NOT NULL,
        prefill_tps REAL NOT NULL, decode_tps REAL NOT NULL
    ) STRICT;
    CREATE INDEX runs_of_model ON runs (model, build, threads, at);
    """,
    """
    CREATE TABLE receipts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, side TEXT NOT NULL, peer TEXT NOT NULL,
        asker TEXT NOT NULL, model TEXT NOT NULL, request TEXT NOT NULL, at INTEGER NOT NULL,
        sequence INTEGER, ended INTEGER, digest TEXT, receipt BLOB, counted BLOB, fault TEXT
    ) STRICT;
    CREATE INDEX receipts_of_chain ON receipts (side, peer, asker, sequence);
    CREATE INDEX receipts_by_digest ON receipts (digest);
    CREATE TRIGGER receipt_is_final BEFORE UPDATE ON receipts
    WHEN old.counted IS NOT NULL OR new.receipt IS NOT old.receipt BEGIN
        SELECT RAISE (ABORT, 'what was signed is never changed');
    END;
    """,
    """
    CREATE INDEX receipts_of_request ON receipts (request);
    CREATE TABLE claims (
        receipt INTEGER PRIMARY KEY, digest TEXT, side TEXT NOT NULL, day TEXT NOT NULL,
        request TEXT NOT NULL, amount INTEGER NOT NULL, progress TEXT NOT NULL,
        settled INTEGER NOT NULL DEFAULT 0, why TEXT NOT NULL DEFAULT '', head INTEGER
    ) STRICT;
    CREATE INDEX claims_by_day ON claims (day);
    CREATE INDEX claims_by_progress ON claims (progress);
    CREATE INDEX claims_by_digest ON claims (digest);
    CREATE TABLE heads (
        number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, data BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sheets (head INTEGER PRIMARY KEY REFERENCES heads, data BLOB NOT NULL) STRICT;
    CREATE TABLE contradictions (digest TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
    """,
    # What several entries tell each other may name what has not come yet.
    """
    CREATE TABLE keys (
        serial TEXT PRIMARY KEY, key TEXT NOT NULL, day INTEGER NOT NULL, member TEXT NOT NULL
    ) STRICT;
    INSERT INTO keys SELECT serial, key, day, member FROM asking_keys;
    DROP TABLE asking_keys;
    ALTER TABLE keys RENAME TO asking_keys;
    CREATE INDEX asking_keys_by_key ON asking_keys (key);
    CREATE INDEX asking_keys_of_member ON asking_keys (member, day);
    CREATE TABLE people (
        node TEXT PRIMARY KEY, serial TEXT NOT NULL, scope TEXT NOT NULL, owner TEXT,
        invite TEXT, joined REAL NOT NULL, expires INTEGER NOT NULL, revoked REAL
    ) STRICT;
    INSERT INTO people SELECT node, serial, scope, owner, invite, joined, expires, revoked
        FROM members;
    DROP TABLE members;
    ALTER TABLE people RENAME TO members;
    CREATE TABLE invite_uses (
        invite TEXT NOT NULL, entry TEXT NOT NULL, used INTEGER NOT NULL,
        PRIMARY KEY (invite, entry)
    ) STRICT;
    INSERT INTO invite_uses SELECT id, '', used FROM invites WHERE used > 0;
    CREATE TABLE made (
        id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, scope TEXT NOT NULL,
        uses INTEGER NOT NULL, made REAL NOT NULL, expires INTEGER NOT NULL,
        revoked INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO made SELECT id, secret_hash, scope, uses, made, expires, revoked FROM invites;
    DROP TABLE invites;
    ALTER TABLE made RENAME TO invites;
    CREATE INDEX invites_by_secret ON invites (secret_hash);
    """,
    # Vouchers are those of answers that go on; one that broke off becomes a receipt's other half.
    """
    CREATE TABLE vouchers (
        side TEXT NOT NULL, peer TEXT NOT NULL, asker TEXT NOT NULL, request TEXT NOT NULL,
        begun INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (side, peer, asker, request, begun)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE receipts ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE claims ADD COLUMN part TEXT;
    CREATE INDEX claims_by_part ON claims (part);
    """,
)
"""Each brings the file from the version of its index to the next; never changed, only added to."""


class Store(Database):
    """An open database file."""

    def __init__(self, database: sqlite3.Connection, health: tuple[Health, ...]) -> None:
        super().__init__(database, "The file of chats")
        self.health = health

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open or make the file. One that is damaged is set aside, and `health` says so; one of a
        newer program is left alone and raises `ClosedMeshError`."""
        health: tuple[Health, ...] = ()
        try:
            database = connect(path, MIGRATIONS)
        except sqlite3.DatabaseError as error:
            if not path.exists():
                raise _unusable(path, error) from error
            aside = _set_aside_with_journal(path)
            log.warning("the database could not be read and is now %s", aside.name)
            health = (
                Health(
                    "database-broken",
                    Severity.WARNING,
                    f"The file of chats was damaged ({error}); a new one was begun.",
                    f"The old file is kept as {aside}.",
                ),
            )
            database = connect(path, MIGRATIONS)
        path.chmod(0o600)
        return cls(database, health)

    def fact(self, name: str) -> str | None:
        """A small thing that is remembered by name."""
        found = self.rows("SELECT value FROM facts WHERE name = ?", name)
        return str(found[0]["value"]) if found else None

    def remember(self, name: str, value: str) -> None:
        """Remember a small thing."""
        with self.transaction() as database:
            database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def model_hash(self, path: Path, size: int, mtime_ns: int) -> ModelHash | None:
        """The hash of a file that has not changed since it was computed."""
        found = self.rows(
            "SELECT sha256 FROM model_hashes WHERE path = ? AND size = ? AND mtime_ns = ?",
            str(path),
            size,
            mtime_ns,
        )
        return ModelHash(found[0]["sha256"]) if found else None

    def hash_before(self, path: Path) -> ModelHash | None:
        """The hash that was computed last of what lay at a path, changed since or not."""
        found = self.rows("SELECT sha256 FROM model_hashes WHERE path = ?", str(path))
        return ModelHash(found[0]["sha256"]) if found else None

    def remember_hash(self, path: Path, size: int, mtime_ns: int, sha256: ModelHash) -> None:
        """Keep a computed hash."""
        with self.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO model_hashes VALUES (?, ?, ?, ?)",
                (str(path), size, mtime_ns, sha256),
            )

    def runs(self, model: ModelHash, build: str, threads: int) -> list[Run]:
        """Remembered runs of a model, the oldest first."""
        found = self.rows(
            "SELECT at, prefill_tps, decode_tps FROM runs"
            " WHERE model = ? AND build = ? AND threads = ? ORDER BY at",
            model,
            build,
            threads,
        )
        return [Run(*row) for row in found]

    def latest_run(self, model: ModelHash) -> tuple[str, int] | None:
        """Build and threads of a model's last run."""
        found = self.rows(
            "SELECT build, threads FROM runs WHERE model = ? ORDER BY at DESC LIMIT 1", model
        )
        return (found[0]["build"], found[0]["threads"]) if found else None

    def remember_run(
        self, model: ModelHash, build: str, threads: int, run: Run, *, keep: int
    ) -> None:
        """Add a run, and forget all but the last `keep` of its kind."""
        kind = (model, build, threads)
        with self.transaction() as database:
            database.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?)",
                (*kind, run.at, run.prefill_tps, run.decode_tps),
            )
            database.execute(
                "DELETE FROM runs WHERE model = ? AND build = ? AND threads = ? AND rowid NOT IN"
                " (SELECT rowid FROM runs WHERE model = ? AND build = ? AND threads = ?"
                " ORDER BY at DESC LIMIT ?)",
                (*kind, *kind, keep),
            )


def _set_aside_with_journal(path: Path) -> Path:
    aside = set_aside(path)
    for suffix in ("-wal", "-shm"):
        journal = path.with_name(path.name + suffix)
        if journal.exists():
            journal.rename(aside.with_name(aside.name + suffix))
    return aside


def _unusable(path: Path, error: Exception) -> ClosedMeshError:
    return ClosedMeshError(
        f"{path} cannot be opened: {error}.", "Choose another home folder with --home."
    )
