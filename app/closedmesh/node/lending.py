"""Gives members the files of models that are shared here, where the licence allows it.

Only while this computer shares, by the same rules as answers; slower than the limit that was set,
and counted with all that is sent in a month.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from closedmesh.mesh import messages
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.lending import FILE_PIECE, FileBytes, FileRead, ReadFile
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.duty import Reason
from closedmesh.node.clock import Clock
from closedmesh.node.fetching.rate import Limiter
from closedmesh.node.offers import Offers
from closedmesh.node.peer import Peer
from closedmesh.node.survey import Survey
from closedmesh.node.talk import Talk, refuse

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Reads for others at the same time."""

PER_PEER = 1
"""The same for one of them."""

RETRY_SOON = 5_000
RETRY_LATER = 60_000
"""Milliseconds: another's read may be over; a rule may be."""


class Lending:
    """Answers `ReadFile`. `limit` gives bytes a second; 0 lends nothing."""

    def __init__(
        self,
        offers: Offers,
        catalogue: Catalogue,
        survey: Survey,
        clock: Clock,
        limit: Callable[[], float],
    ) -> None:
        self._offers = offers
        self._catalogue = catalogue
        self._survey = survey
        self._limit = limit
        self._limiter = Limiter(limit, clock)
        self._reading: Counter[NodeId] = Counter()

    async def lend(self, peer: Peer, talk: Talk, wanted: ReadFile) -> None:
        """Send bytes of a file; `peers.Service` calls this."""
        path = self._admit(peer.node, wanted)
        if isinstance(path, messages.Refused):
            await refuse(talk, path)
            return
        self._reading[peer.node] += 1
        try:
            await self._send(talk, path, wanted)
        except OSError as error:
            log.warning("a file that is shared cannot be read: %s", error)
            await refuse(talk, messages.Refused(RefusalCode.FAILED, "The file cannot be read."))
        finally:
            self._survey.uploaded(talk.sent_bytes)
            self._reading[peer.node] -= 1
            self._reading += Counter()  # forgets those with none

    def _admit(self, node: NodeId, wanted: ReadFile) -> Path | messages.Refused:
        """The file that is read, or why none is."""
        if not self._on_duty() or self._limit() <= 0:
            text = "This peer gives no files now."
            return messages.Refused(RefusalCode.NOT_SHARING, text, RETRY_LATER)
        model, known = self._offers.find(wanted.model), self._catalogue.by_hash(wanted.model)
        if model is None or known is None or known.part or not known.may_be_passed_on:
            text = "This peer does not give that file."
            return messages.Refused(RefusalCode.NO_SUCH_MODEL, text, RETRY_LATER)
        if wanted.start + wanted.length > model.size_bytes:
            text = "The file is shorter."
            return messages.Refused(RefusalCode.BAD_REQUEST, text)
        if self._reading.total() >= AT_ONCE or self._reading[node] >= PER_PEER:
            text = "Others are given files already."
            return messages.Refused(RefusalCode.BUSY, text, RETRY_SOON)
        log.info("peer %s is given a part of %s", short(node), model.name)
        return Path(model.path)

    def _on_duty(self) -> bool:
        return self._survey.decide().reason is Reason.ON

    async def _send(self, talk: Talk, path: Path, wanted: ReadFile) -> None:
        start, end = wanted.start, wanted.start + wanted.length
        while start < end:
            if not self._on_duty():
                text = "Sharing has stopped."
                await refuse(talk, messages.Refused(RefusalCode.NOT_SHARING, text, RETRY_LATER))
                return
            length = min(FILE_PIECE, end - start)
            data = await asyncio.to_thread(_read, path, start, length)
            if len(data) != length:
                raise OSError("it became shorter")
            await self._limiter.take(length)
            await talk.send(FileBytes(data))
            start += length
        await talk.send(FileRead())


def _read(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)
