"""One exchange on one stream, without I/O, the same for both ends.

    exchange = Exchange.opening()                 # or Exchange.answering()
    write(exchange.send(Ask(...)))                # bytes for the stream
    for message in exchange.receive(read()): ...  # what arrived
    exchange.receive_end()                        # the other side said no more

`done` says that the exchange came to its end as it should. Doing what the protocol does not allow
raises `LocalProtocolError` and nothing is sent; the other side doing so raises
`RemoteProtocolError`, and so does a stream that ends before the exchange is done.
"""

from dataclasses import dataclass
from enum import Enum, auto

from closedmesh.mesh import codec
from closedmesh.mesh.faults import LocalProtocolError, ProtocolError, RemoteProtocolError
from closedmesh.mesh.handing_over import HandedOver, HandOver
from closedmesh.mesh.lending import FileBytes, FileRead, ReadFile
from closedmesh.mesh.messages import (
    Accepted,
    Acknowledged,
    AmIListed,
    Announce,
    Ask,
    Cancel,
    Certified,
    Certify,
    Countersigned,
    Delta,
    Dialling,
    DialNow,
    DialRequest,
    Find,
    Finished,
    Hello,
    Join,
    Joined,
    Listed,
    Message,
    Observed,
    Open,
    Opened,
    Ping,
    Pong,
    Pull,
    Refused,
    Renew,
    Started,
    Tokens,
    Welcome,
    WhereAmI,
)
from closedmesh.mesh.records import Reconcile, Records
from closedmesh.mesh.rereading import Readings, Reread
from closedmesh.mesh.settlement import (
    VOUCHER_WORTH,
    AccountPage,
    ReadAccount,
    Settle,
    Settled,
    worth,
)

MAX_TEXT_PER_TOKEN = 256
"""Bytes; the longest tokens of known vocabularies have about 128."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What answers an opening message. `Refused` always may, and ends the exchange."""

    last: type[Message]
    first: type[Message] | None = None
    middle: tuple[type[Message], ...] = ()
    """Any number of these before the last."""
    withdraw: type[Message] | None = None
    """By which the opener ends the exchange early."""
    during: type[Message] | None = None
    """What the opener may say while it is answered."""
    thanks: type[Message] | None = None
    """What the opener may still say after the last."""


EXCHANGES: dict[type[Message], Shape] = {
    Hello: Shape(Welcome),
    Join: Shape(Joined),
    Renew: Shape(Joined),
    Certify: Shape(Certified),
    Announce: Shape(Listed),
    AmIListed: Shape(Listed),
    Pull: Shape(Delta, middle=(Delta,)),
    Find: Shape(Delta),
    Reconcile: Shape(Records, middle=(Records,)),
    Ask: Shape(
        Finished,
        first=Accepted,
        middle=(Accepted, Started, Tokens),
        withdraw=Cancel,
        during=Acknowledged,
        thanks=Countersigned,
    ),
    Open: Shape(Opened),
    ReadFile: Shape(FileRead, middle=(FileBytes,)),
    Reread: Shape(Readings, middle=(Readings,)),
    Settle: Shape(Settled),
    ReadAccount: Shape(AccountPage),
    HandOver: Shape(HandedOver),
    WhereAmI: Shape(Observed),
    DialRequest: Shape(Dialling),
    DialNow: Shape(Dialling),
    Ping: Shape(Pong),
}


class Phase(Enum):
    """How far an exchange is."""

    NEW = auto()
    """Nothing was said."""
    ASKED = auto()
    """The opening message was said."""
    ANSWERING = auto()
    """The first of several answers was said."""
    ANSWERED = auto()
    """The last answer was said; only thanks may follow."""
    OVER = auto()
    """Withdrawn, refused, or thanked."""


class Exchange:
    """The protocol's view of one stream."""

    def __init__(self, *, opener: bool) -> None:
        self.phase = Phase.NEW
        self._opener = opener
        self._decoder = codec.Decoder()
        self._shape: Shape | None = None
        self._answer: _Answer | None = None
        self._withdrawn = False

    @classmethod
    def opening(cls) -> "Exchange":
        """Of whoever opens the stream."""
        return cls(opener=True)

    @classmethod
    def answering(cls) -> "Exchange":
        """Of whoever accepts it."""
        return cls(opener=False)

    @property
    def done(self) -> bool:
        """Whether nothing that must come is missing."""
        return self.phase in (Phase.ANSWERED, Phase.OVER)

    def send(self, message: Message) -> bytes:
        """The bytes by which to say it. Raises `LocalProtocolError`."""
        try:
            self._advance(message, by_opener=self._opener)
        except ProtocolError as error:
            raise LocalProtocolError(str(error)) from None
        return codec.encode(message)

    def receive(self, data: bytes) -> list[Message]:
        """What the other side has said with these bytes; nothing any more once we have withdrawn,
        for it may not have heard of that yet. Raises `RemoteProtocolError`."""
        if self._withdrawn and self._opener:
            return []
        found = self._decoder.feed(data)
        for message in found:
            self._advance(message, by_opener=not self._opener)
        return found

    def receive_end(self) -> None:
        """The other side has finished its half of the stream.

        Raises `RemoteProtocolError` if it still owed something.
        """
        if self._withdrawn:
            return
        self._decoder.end()
        owes = self.phase is Phase.NEW if not self._opener else not self.done
        if owes:
            raise RemoteProtocolError("the stream ended before the exchange was complete")

    def _advance(self, message: Message, *, by_opener: bool) -> None:
        if not self._allowed(message, by_opener=by_opener):
            side = "opener" if by_opener else "answerer"
            raise RemoteProtocolError(
                f"{type(message).__name__} from the {side} while {self.phase.name}"
            )
        if self._answer is not None:
            self._answer.check(message)

    def _allowed(self, message: Message, *, by_opener: bool) -> bool:
        kind = type(message)
        shape = self._shape
        if shape is None:
            return by_opener and self._begin(message)
        if by_opener:
            return self._opener_goes_on(kind, shape)
        if self.phase not in (Phase.ASKED, Phase.ANSWERING):
            return False
        if kind is Refused:
            self.phase = Phase.OVER
            return True
        waiting = self.phase is Phase.ASKED and shape.first is not None
        allowed = (shape.first,) if waiting else (*shape.middle, shape.last)
        if kind in allowed:
            self.phase = Phase.ANSWERED if _is_last(message, shape) else Phase.ANSWERING
            return True
        return False

    def _begin(self, message: Message) -> bool:
        self._shape = EXCHANGES.get(type(message))
        if self._shape is None:
            return False
        self.phase = Phase.ASKED
        if isinstance(message, Ask):
            self._answer = _Answer(message)
        return True

    def _opener_goes_on(self, kind: type[Message], shape: Shape) -> bool:
        if kind is shape.during:  # it may cross the last answer on its way
            return self.phase in (Phase.ANSWERING, Phase.ANSWERED)
        # Also once it is answered: a withdrawal and the last answer may pass each other.
        withdraws = kind is shape.withdraw and self.phase is not Phase.OVER
        thanks = kind is shape.thanks and self.phase is Phase.ANSWERED
        if withdraws or thanks:
            self.phase = Phase.OVER
            self._withdrawn = withdraws
            return True
        return False


def _is_last(message: Message, shape: Shape) -> bool:
    if isinstance(message, Delta | Records | Readings):
        return message.complete
    return type(message) is shape.last


class _Answer:
    """Counts an answer, so that nobody can send more than was asked for."""

    def __init__(self, ask: Ask) -> None:
        self._left = ask.max_tokens - len(ask.begun)
        self._tokens = 0
        self._text_left = (self._left + 1) * MAX_TEXT_PER_TOKEN
        self._started: Started | None = None
        self._acknowledged = 0

    def check(self, message: Message) -> None:
        """Raises `RemoteProtocolError`."""
        match message:
            case Accepted() if self._started:
                raise RemoteProtocolError("an answer went back to its queue")
            case Started() if self._started:
                raise RemoteProtocolError("an answer began twice")
            case Started():
                self._started = message
            case Tokens(ids, text):
                self._count(len(ids), text)
                if not self._started:
                    raise RemoteProtocolError("an answer came before it began")
            case Finished():
                self._count(0, message.text)
                if message.completion_tokens != self._tokens:
                    raise RemoteProtocolError(
                        f"{self._tokens} tokens came, {message.completion_tokens} are claimed"
                    )
            case Acknowledged():
                self._acknowledge()
            case _:
                pass

    def _acknowledge(self) -> None:
        """Each one costs the other side work, so there are no more than what came is worth."""
        self._acknowledged += 1
        started = self._started or Started(0, 0)
        came = worth(started.prompt_tokens, started.cached_tokens, self._tokens)
        if self._acknowledged * VOUCHER_WORTH > came:
            raise RemoteProtocolError("more was acknowledged than came")

    def _count(self, tokens: int, text: str) -> None:
        self._tokens += tokens
        self._text_left -= len(text.encode())
        if self._tokens > self._left or self._text_left < 0:
            raise RemoteProtocolError("an answer is longer than was asked for")
