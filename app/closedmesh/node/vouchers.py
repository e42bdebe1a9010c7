"""The vouchers of answers that are going on: signed by whoever asks, kept by both sides."""

from collections.abc import Iterable
from typing import Any

import msgspec

from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.signing import Sealed
from closedmesh.node.store import Store
from closedmesh.trust.book import Side
from closedmesh.trust.vouchers import Part


def part_of_row(row: Any) -> Part:
    """Which part of an answer a row of a table is about."""
    return Part(NodeId(row["peer"]), NodeId(row["asker"]), row["request"], row["begun"])


class Vouchers:
    """The table `vouchers`: the newest of each answer, until that is over."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, side: Side, part: Part, voucher: Sealed) -> None:
        """Put a voucher in the place of the one before. Raises `ClosedMeshError`."""
        with self._store.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO vouchers VALUES (?, ?, ?, ?, ?, ?)",
                (side, *part, msgspec.msgpack.encode(voucher)),
            )

    @staticmethod
    def take(database: Any, side: Side, part: Part) -> Sealed | None:
        """The last voucher of an answer, which is forgotten, within a transaction."""
        row = database.execute(
            "DELETE FROM vouchers WHERE side = ? AND peer = ? AND asker = ? AND request = ?"
            " AND begun = ? RETURNING data",
            (side, *part),
        ).fetchone()
        return msgspec.msgpack.decode(row["data"], type=Sealed) if row else None

    def open(self) -> Iterable[tuple[Side, Part]]:
        """All answers that have one; none where the disk refuses."""
        try:
            rows = self._store.rows("SELECT * FROM vouchers")
        except ClosedMeshError:
            return ()
        return [(Side(row["side"]), part_of_row(row)) for row in rows]
