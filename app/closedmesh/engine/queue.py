"""Who is next: the owner first, then who has credits, then everybody, then what can wait.

Within each of these every client has its turn. Nobody is refused, whatever it has: the order only
matters while somebody waits.

Each client's requests get numbers one apart, and the lowest number goes first. A client that comes
anew starts at the number that was served last, so that it waits for nobody's past, and one that
asks a thousand times at once does not hold up the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from closedmesh.engine.messages import Embed, Generate, Priority, Score

Waiting = Generate | Score | Embed

_CLASS = {Priority.OWNER: 0, Priority.EARNER: 1, Priority.USER: 2, Priority.BACKGROUND: 3}


@dataclass(frozen=True, slots=True, order=True)
class _Turn:
    rank: int
    number: int
    order: int


class Queue:
    """Requests that have no place yet."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[_Turn, Waiting]] = {}
        self._last: dict[str, int] = {}
        self._served = 0
        self._order = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Waiting]:
        """All requests, the next one first."""
        return (request for _, request in sorted(self._waiting.values(), key=lambda pair: pair[0]))

    def add(self, request: Waiting) -> None:
        """Let a request wait its turn."""
        number = max(self._served, self._last.get(request.client, 0)) + 1
        self._last[request.client] = number
        self._order += 1
        turn = _Turn(_CLASS[request.priority], number, self._order)
        self._waiting[request.id] = (turn, request)

    def remove(self, request_id: int) -> bool:
        """Forget a request; whether it waited."""
        return self._waiting.pop(request_id, None) is not None

    def take(self) -> Waiting:
        """The request whose turn it is."""
        turn, request = min(self._waiting.values(), key=lambda pair: pair[0])
        del self._waiting[request.id]
        self._served = max(self._served, turn.number)
        self._last = {c: n for c, n in self._last.items() if n > self._served}
        return request

    def urgent(self) -> bool:
        """Whether somebody waits for one of them."""
        return any(turn.rank < _CLASS[Priority.BACKGROUND] for turn, _ in self._waiting.values())
