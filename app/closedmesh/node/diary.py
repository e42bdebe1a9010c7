"""What is kept of sharing and energy: sums by day, and what held when in the last days."""

from closedmesh.models.duty import Reason, Span
from closedmesh.node.store import Store

KEEP_DUTIES = 3 * 24 * 3600.0
"""Seconds; the strip shows 24 hours."""


class Diary:
    """The tables `days` and `duties`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add_energy(self, day: str, watt_hours: float, cost: float) -> None:
        """Add what an answer took."""
        self._add(day, watt_hours, cost, 0)

    def add_upload(self, day: str, size: int) -> None:
        """Add bytes that were sent to others."""
        self._add(day, 0.0, 0.0, size)

    def _add(self, day: str, watt_hours: float, cost: float, uploaded: int) -> None:
        with self._store.transaction() as database:
            database.execute(
                "INSERT INTO days VALUES (?, ?, ?, ?) ON CONFLICT (day) DO UPDATE SET"
                " answers_wh = answers_wh + excluded.answers_wh, cost = cost + excluded.cost,"
                " uploaded = uploaded + excluded.uploaded",
                (day, watt_hours, cost, uploaded),
            )

    def energy(self, day: str) -> tuple[float, float]:
        """Watt hours and cost of a day's answers."""
        found = self._store.rows("SELECT answers_wh, cost FROM days WHERE day = ?", day)
        return (found[0]["answers_wh"], found[0]["cost"]) if found else (0.0, 0.0)

    def energy_by_day(self, days: int) -> dict[str, tuple[float, float]]:
        """Watt hours and cost of the last days that had any."""
        found = self._store.rows(
            "SELECT day, answers_wh, cost FROM days ORDER BY day DESC LIMIT ?", days
        )
        return {row["day"]: (row["answers_wh"], row["cost"]) for row in found}

    def uploaded(self, month: str) -> int:
        """Bytes sent to others in a month, which is the beginning of its days, like `2026-03`."""
        found = self._store.rows(
            "SELECT COALESCE(SUM(uploaded), 0) AS size FROM days WHERE substr(day, 1, 7) = ?", month
        )
        return int(found[0]["size"])

    def note(self, began: float, ended: float, reason: Reason) -> None:
        """Say that a reason has held from `began` until now; forget what is long past."""
        with self._store.transaction() as database:
            database.execute(
                "INSERT INTO duties VALUES (?, ?, ?)"
                " ON CONFLICT (began) DO UPDATE SET ended = excluded.ended,"
                " reason = excluded.reason",
                (began, ended, reason),
            )
            database.execute("DELETE FROM duties WHERE ended < ?", (ended - KEEP_DUTIES,))

    def duties(self, since: float) -> tuple[Span, ...]:
        """What held when, oldest first."""
        rows = self._store.rows(
            "SELECT began, ended, reason FROM duties WHERE ended >= ? ORDER BY began", since
        )
        known = set(Reason)
        return tuple(
            Span(row["began"], row["ended"], Reason(row["reason"]))
            for row in rows
            if row["reason"] in known
        )
