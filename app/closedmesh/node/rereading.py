"""Reads answers again for an entry that has no copy of a model shared here.

What is read is the answer to a question that a verifier made up. It waits until nobody else wants
the model, one at a time, and costs as much as a prompt of that length.
"""

import logging

from closedmesh.engine.messages import MAX_SCORE_TOP, Score, TokenScore
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh import messages
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.ids import short
from closedmesh.mesh.rereading import POSITIONS, Reading, Readings, Reread
from closedmesh.models.chat import trace_units
from closedmesh.models.duty import Reason
from closedmesh.node.copies import OWNER_OF_CHECKS
from closedmesh.node.engines import Engines
from closedmesh.node.offers import Offers
from closedmesh.node.peer import Peer
from closedmesh.node.serving import in_words
from closedmesh.node.survey import Survey
from closedmesh.node.talk import Talk, refuse
from closedmesh.status import Model

log = logging.getLogger(__name__)

RETRY_SOON = 5_000
RETRY_LATER = 60_000
"""Milliseconds: another's answer may be read by then; a rule may be over."""


class Rereading:
    """Answers `Reread`."""

    def __init__(self, offers: Offers, engines: Engines, survey: Survey) -> None:
        self._offers = offers
        self._engines = engines
        self._survey = survey
        self._busy = False

    async def read(self, peer: Peer, talk: Talk, wanted: Reread) -> None:
        """Read one answer; `peers.Service` calls this."""
        model = self._admit(wanted)
        if isinstance(model, messages.Refused):
            await refuse(talk, model)
            return
        log.info("an answer is read again by %s, for entry %s", model.name, short(peer.node))
        self._busy = True
        try:
            worker = await self._engines.worker(model)
            scored = await worker.score(
                Score(1, OWNER_OF_CHECKS, wanted.prompt, wanted.tokens, wanted.date,
                      top=MAX_SCORE_TOP)
            )  # fmt: skip
        except ClosedMeshError as error:
            await refuse(talk, in_words(error))
            return
        finally:
            self._busy = False
        readings = [_reading(score) for score in scored.scores]
        for start in range(0, len(readings), POSITIONS):
            complete = start + POSITIONS >= len(readings)
            part = tuple(readings[start : start + POSITIONS])
            await talk.send(Readings(part, complete=complete))
        self._survey.uploaded(talk.sent_bytes)

    def _admit(self, wanted: Reread) -> Model | messages.Refused:
        if self._survey.decide().reason is not Reason.ON:
            text = self._survey.sharing.text[:300]
            return messages.Refused(RefusalCode.NOT_SHARING, text, RETRY_LATER)
        model = self._offers.find(wanted.model)
        if model is None:
            text = "This peer does not share that model."
            return messages.Refused(RefusalCode.NO_SUCH_MODEL, text)
        if self._busy or model.queued:
            text = "This peer reads another answer, or people wait for it."
            return messages.Refused(RefusalCode.BUSY, text, RETRY_SOON)
        return model


def _reading(score: TokenScore) -> Reading:
    return Reading(
        trace_units(score.logprob), score.top, tuple(map(trace_units, score.top_logprobs))
    )
