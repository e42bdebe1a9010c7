"""Their questions: answered by exactly the model they name, after this computer's owner.

What is asked is never written to a log. An asker that goes away, cancels, reads too slowly or
passes its deadline frees its place within one step of the engine. Where sharing ends in
mid-answer, the owner has chosen what becomes of it (`models.duty.Leaving`).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing
from functools import partial

from msgspec import structs

from closedmesh.engine.messages import Generate, Priority
from closedmesh.errors import (
    BadRequest,
    ClosedMeshError,
    ContextTooLong,
    EngineBusy,
    NotEnoughMemory,
)
from closedmesh.mesh import messages
from closedmesh.mesh.faults import NotAuthorised, ProtocolError, RefusalCode
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.membership import Certificate, Endorsed
from closedmesh.mesh.settlement import VOUCHERS
from closedmesh.mesh.signing import peek
from closedmesh.models.chat import ModelHash
from closedmesh.models.duty import Leaving, Reason
from closedmesh.node.accounts import Accounts
from closedmesh.node.clock import Clock, unless, within
from closedmesh.node.engines import Engines
from closedmesh.node.offers import Offers
from closedmesh.node.peer import Peer
from closedmesh.node.survey import Survey
from closedmesh.node.talk import Talk, refuse
from closedmesh.node.telling import Telling, UnacknowledgedError
from closedmesh.node.transport import TransportError
from closedmesh.node.witness import Witness
from closedmesh.settings import Settings
from closedmesh.status import Model, ModelState
from closedmesh.trust.book import Side
from closedmesh.trust.traces import Step

log = logging.getLogger(__name__)

MAX_PER_CLIENT = 64
"""Questions of one asker at the same time; an asker may stand for many people."""

MAX_QUEUED = 64
"""Questions of others that may wait for a place."""

RETRY_SOON = 5_000
RETRY_LATER = 60_000
"""Milliseconds after which it is worth asking again: a place will be free; a rule may be over."""

THANKS_LIMIT = 10.0
"""Seconds in which an asker may countersign; longer than any way there and back."""

LONGEST = 3600.0
"""Seconds that an answer may take, whatever its deadline says."""


class Serving:
    """Answers `Ask`, and shows afterwards what it committed to (`Open`)."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it joins
        self,
        offers: Offers,
        engines: Engines,
        survey: Survey,
        clock: Clock,
        settings: Callable[[], Settings],
        accounts: Accounts,
    ) -> None:
        self._offers = offers
        self._engines = engines
        self._survey = survey
        self._clock = clock
        self._settings = settings
        self._witness = Witness(clock)
        self._accounts = accounts
        self._asked: Counter[NodeId] = Counter()
        self.elsewhere: Callable[[ModelHash], bool] = lambda _: False
        """Whether another peer shares a model; the mesh tells."""
        self.newest_head: Callable[[], Endorsed | None] = lambda: None
        """Of the ledger, as this peer has it; the mesh tells."""
        self.answered = 0
        """Answers completed for others since the start."""

    @property
    def serving(self) -> int:
        """Questions of others that are in progress."""
        return self._asked.total()

    async def answer(self, peer: Peer, talk: Talk, ask: messages.Ask) -> None:
        """Answer one question; `peers.Service` calls this."""
        try:
            await self._answer(peer, talk, ask)
        finally:
            part = self._accounts.part(peer.node, ask)
            self._accounts.broke_off(Side.SERVED, part)

    async def _answer(self, peer: Peer, talk: Talk, ask: messages.Ask) -> None:
        refusal, model = self._admit(peer.node, ask)
        if model is None:
            await refuse(talk, refusal)
            return
        self._asked[peer.node] += 1
        name = self._survey.begin()
        telling = self._telling(peer, talk, ask)
        try:
            limit = min(LONGEST, ask.deadline / 1000)
            work = unless(self._left(model, telling), self._tell(telling, model, ask, peer.node))
            await unless(self._withdrawn(telling, limit), work)
            self.answered += 1
            await self._survey.end(name)
        except UnacknowledgedError:
            log.info("peer %s acknowledges nothing of its answer", short(peer.node))
            await refuse(talk, messages.Refused(RefusalCode.UNACKNOWLEDGED))
        except _NoLongerSharedError:
            log.info("peer %s goes on elsewhere", short(peer.node))
            await refuse(talk, self._not_sharing())
        except TimeoutError:
            if not talk.done:
                await refuse(talk, messages.Refused(RefusalCode.DEADLINE, "The time is over."))
        except ClosedMeshError as error:
            if not talk.done:
                await refuse(talk, in_words(error))
        finally:
            self._survey.abandon(name)
            self._survey.uploaded(talk.sent_bytes)
            self._asked[peer.node] -= 1
            self._asked += Counter()  # forgets those with none
        await self._take_thanks(telling)

    def _telling(self, peer: Peer, talk: Talk, ask: messages.Ask) -> Telling:
        gives = VOUCHERS in peer.features
        return Telling(
            talk, self._clock, len(ask.begun),
            partial(self._conclude, peer.node, ask, self._clock.now()), _priority(peer),
            partial(self._accounts.acknowledged, peer.node, ask) if gives else None,
        )  # fmt: skip

    async def show(self, peer: Peer, talk: Talk, wanted: messages.Open) -> None:
        """Show positions of an answer; `peers.Service` calls this."""
        try:
            opened = self._witness.show(peer.node, wanted)
        except NotAuthorised as error:
            await refuse(talk, messages.Refused(error.code, error.reason))
        else:
            await talk.send(opened)

    def _admit(self, node: NodeId, ask: messages.Ask) -> tuple[messages.Refused, Model | None]:
        """The model that answers, or why nobody does."""
        duty = self._survey.decide()
        if duty.reason is not Reason.ON:
            return self._not_sharing(), None
        model = self._offers.find(ask.model)
        if model is None:
            text = "This peer does not share that model."
            return messages.Refused(RefusalCode.NO_SUCH_MODEL, text), None
        if self._asked[node] >= MAX_PER_CLIENT:
            text = f"At most {MAX_PER_CLIENT} questions of one asker at a time."
            return messages.Refused(RefusalCode.RATE_LIMITED, text, RETRY_SOON), None
        if 0 < (most := self._settings().sharing.requests) <= self.serving:
            text = f"This peer answers {most} at a time."
            return messages.Refused(RefusalCode.BUSY, text, RETRY_SOON), None
        if model.queued >= MAX_QUEUED:
            text = f"{model.queued} questions wait already."
            return messages.Refused(RefusalCode.BUSY, text, RETRY_SOON), None
        return messages.Refused(RefusalCode.FAILED), model

    def _not_sharing(self) -> messages.Refused:
        text = self._survey.sharing.text[:300]
        return messages.Refused(RefusalCode.NOT_SHARING, text, RETRY_LATER)

    async def _left(self, model: Model, telling: Telling) -> None:
        """Until this answer must end because sharing has; raises `_NoLongerSharedError`, and
        nothing more is told then."""
        while self._survey.sharing.on or not self._must_end(model, telling):
            await self._survey.turned()
        await telling.hush()
        raise _NoLongerSharedError

    def _must_end(self, model: Model, telling: Telling) -> bool:
        if not telling.begun:
            return True
        match self._survey.leaving:
            case Leaving.FINISH:
                return False
            case Leaving.HAND_OVER:
                return self.elsewhere(model.sha256)
            case Leaving.NOW:
                return True

    async def _withdrawn(self, telling: Telling, limit: float) -> None:
        """Until nobody waits any longer: the time is over, or the asker says so or is gone."""
        try:
            word = await within(self._clock, limit, self._last_word(telling))
        except TransportError as error:
            log.debug("an asker is gone: %s", error)
            return
        if isinstance(word, messages.Countersigned):
            await asyncio.Event().wait()  # it has everything; nothing is cut short

    @staticmethod
    async def _last_word(telling: Telling) -> messages.Message:
        """What the asker says other than that it acknowledges so much. What it says of the receipt
        is kept here: whoever waits for this may be cancelled at the moment in which it comes."""
        while isinstance(message := await telling.talk.receive(), messages.Acknowledged):
            telling.take(message.voucher)
        if isinstance(message, messages.Countersigned):
            telling.thanks = message
        return message

    def _conclude(
        self, asker: NodeId, ask: messages.Ask, began: float,
        done: messages.Finished, steps: Sequence[Step],
    ) -> messages.Finished:  # fmt: skip
        """The end of an answer, with what commits this peer to it."""
        root = self._witness.keep(asker, ask.request, steps)
        done = structs.replace(done, trace_root=root, head=self.newest_head())
        return structs.replace(done, receipt=self._accounts.served(asker, ask, done, began))

    async def _take_thanks(self, telling: Telling) -> None:
        """What the asker says of the receipt; without it there are its vouchers, or nothing."""
        if telling.receipt is None:
            return
        try:
            thanks: messages.Message | None = telling.thanks
            if thanks is None:
                thanks = await within(self._clock, THANKS_LIMIT, self._last_word(telling))
        except (TimeoutError, TransportError, ProtocolError) as error:
            log.debug("a receipt was not countersigned: %s", error)
            return
        if isinstance(thanks, messages.Countersigned):
            self._accounts.thanked(telling.receipt, thanks.receipt)

    async def _tell(self, telling: Telling, model: Model, ask: messages.Ask, node: NodeId) -> None:
        loading = model.state is not ModelState.LOADED
        await telling.accept(messages.Accepted(model.queued, loading=loading))
        log.info("peer %s is answered by %s", short(node), model.name)
        question = _generate(ask, node, telling.priority)
        async with aclosing(self._engines.answer(model, question)) as events:
            async for event in events:
                await telling.tell(event)
        self._offers.speeds.note(model.sha256, telling.decode_tps, telling.prefill_tps)


class _NoLongerSharedError(Exception):
    """Sharing ended, and this answer with it."""


def _priority(peer: Peer) -> Priority:
    """Who has credits goes before who has none, if it acknowledges what it gets; the entry has put
    that into its certificate."""
    shown = peer.credential if VOUCHERS in peer.features else None
    has_credit = shown is not None and peek(shown.statement, Certificate).credit
    return Priority.EARNER if has_credit else Priority.USER


def _generate(ask: messages.Ask, node: NodeId, priority: Priority) -> Generate:
    return Generate(
        id=1,
        # Caches are never shared, neither between askers nor between one asker's people.
        client=f"{short(node)} {ask.affinity.hex()}",
        priority=priority,
        prompt=ask.prompt,
        sampling=ask.sampling,
        max_tokens=ask.max_tokens,
        stop=ask.stop,
        top_logprobs=ask.top_logprobs,
        overflow=ask.overflow,
        date=ask.date,
        form=ask.form,
        begun=ask.begun,
        trace=True,
    )


def in_words(error: ClosedMeshError) -> messages.Refused:
    """What an asker may know of an error here; never a path or a name of this computer."""
    match error:
        case ContextTooLong():
            return messages.Refused(RefusalCode.CONTEXT_TOO_LONG, error.title[:300])
        case BadRequest():
            return messages.Refused(RefusalCode.BAD_REQUEST, error.title[:300])
        case EngineBusy():
            return messages.Refused(RefusalCode.BUSY, "Every place is taken.", RETRY_SOON)
        case NotEnoughMemory():
            return messages.Refused(RefusalCode.BUSY, "There is no memory left.", RETRY_LATER)
        case _:
            return messages.Refused(RefusalCode.FAILED, "The answer could not be computed.")
