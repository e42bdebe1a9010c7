"""What a verifier keeps: cases and standing of every peer's model, calibration, transcripts.

All of it lies in the node's database, one short transaction a call, so that a kill loses at most
the check that was under way.
"""

from dataclasses import dataclass

import msgspec
from msgspec import Struct

from closedmesh.mesh.ids import NodeId
from closedmesh.node.store import Store
from closedmesh.trust import transcripts
from closedmesh.trust.calibration import Key, Record
from closedmesh.trust.standing import Standing
from closedmesh.trust.transcripts import Transcript
from closedmesh.trust.verdicts import Case, Verdict

KEEP_TRANSCRIPTS = 7 * 86_400.0
"""Seconds; as long as a verdict counts."""


class Entry(Struct, frozen=True):
    """What is known of one peer's model."""

    case: Case = Case()
    standing: Standing = Standing()
    number: int = 0
    """Checks that were begun, whatever came of them."""
    last: float = 0.0
    """Unix time of the last answered check, seconds."""
    decisions: int = 0
    """Times that a test came to an end."""
    wrong: int = 0
    """Of these, those against a peer that is known to be honest."""
    consensus: bool = False
    """The case rests on other peers' copies."""
    disagreed: int = 0
    """Answers in a row of which those said different things."""

    @property
    def verdict(self) -> Verdict:
        """What is said of it. Who was convicted does not get off by silence."""
        silent = self.standing.unresponsive and not self.case.verdict.convicts
        return Verdict.UNRESPONSIVE if silent else self.case.verdict


@dataclass(frozen=True, slots=True)
class CaseBook:
    """The tables `cases`, `calibration` and `transcripts`."""

    store: Store

    def entry(self, peer: NodeId, model: str) -> Entry:
        """What is known of a peer's model; an empty entry if nothing is."""
        found = self.store.rows("SELECT data FROM cases WHERE peer = ? AND model = ?", peer, model)
        return msgspec.json.decode(found[0]["data"], type=Entry) if found else Entry()

    def keep(self, peer: NodeId, model: str, entry: Entry) -> None:
        """Replace what is known of a peer's model."""
        with self.store.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO cases VALUES (?, ?, ?)",
                (peer, model, msgspec.json.encode(entry)),
            )

    def entries(self) -> dict[tuple[NodeId, str], Entry]:
        """Everything that is known, by peer and model."""
        return {
            (NodeId(row["peer"]), row["model"]): msgspec.json.decode(row["data"], type=Entry)
            for row in self.store.rows("SELECT peer, model, data FROM cases")
        }

    def record(self, key: Key) -> Record:
        """What honest peers of a class show."""
        found = self.store.rows(
            "SELECT data FROM calibration WHERE weights = ? AND reference = ? AND peer = ?",
            key.weights,
            key.reference,
            key.peer,
        )
        return msgspec.json.decode(found[0]["data"], type=Record) if found else Record()

    def calibrate(self, key: Key, record: Record) -> None:
        """Replace the record of a class."""
        with self.store.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO calibration VALUES (?, ?, ?, ?)",
                (key.weights, key.reference, key.peer, msgspec.json.encode(record)),
            )

    def file(self, transcript: Transcript) -> None:
        """Keep a transcript, and forget those that no verdict rests on any more."""
        with self.store.transaction() as database:
            database.execute(
                "DELETE FROM transcripts WHERE asked < ?", (transcript.asked - KEEP_TRANSCRIPTS,)
            )
            database.execute(
                "INSERT OR REPLACE INTO transcripts VALUES (?, ?, ?, ?, ?)",
                (transcripts.digest(transcript), transcript.peer, transcript.model,
                 transcript.asked, transcripts.encode(transcript)),
            )  # fmt: skip

    def transcript(self, digest: str) -> Transcript | None:
        """A transcript by its name."""
        found = self.store.rows("SELECT data FROM transcripts WHERE digest = ?", digest)
        return transcripts.decode(found[0]["data"]) if found else None

    def filed(self, peer: NodeId, model: str, count: int) -> tuple[str, ...]:
        """Names of the last `count` transcripts of a peer's model, newest first."""
        found = self.store.rows(
            "SELECT digest FROM transcripts WHERE peer = ? AND model = ?"
            " ORDER BY asked DESC LIMIT ?",
            peer,
            model,
            count,
        )
        return tuple(row["digest"] for row in found)

    def secret(self, epoch: int) -> bytes | None:
        """The secret of an epoch, once it was chosen."""
        found = self.store.rows("SELECT secret FROM epochs WHERE epoch = ?", epoch)
        return bytes(found[0]["secret"]) if found else None

    def choose_secret(self, epoch: int, secret: bytes) -> None:
        """Fix the secret of an epoch; what was chosen before stays."""
        with self.store.transaction() as database:
            database.execute("INSERT OR IGNORE INTO epochs VALUES (?, ?)", (epoch, secret))
