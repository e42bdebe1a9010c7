"""Who is connected to the relay, and what waits to be sent to them.

The newest connection of a key gets its packets; older ones stay open and take over again when it
goes, so that two programs with one key do not throw each other out for ever. Everything that
waits is bounded: what does not fit is dropped, as on any network, and the peers' QUIC sends it
again.
"""

from asyncio import Event
from collections import deque
from dataclasses import dataclass, field

from closedmesh.mesh import relay_frames
from closedmesh.mesh.allowance import Allowance
from closedmesh.mesh.relay_frames import Forward, Trouble


@dataclass(frozen=True, slots=True)
class RelayLimits:
    """What one relay does for its members, and for one of them."""

    bytes_per_second: float = 4 * 2**20
    """From one key. Token streams need a hundredth of it."""
    packets_per_second: float = 4000
    clients: int = 2048
    """Connections at the same time."""
    connections_per_key: int = 4
    waiting_packets: int = 512
    """Frames that wait for one connection."""
    waiting_bytes: int = 2**20
    """Bytes that wait for one connection."""
    all_waiting_bytes: int = 256 * 2**20
    """Bytes that wait for all together."""
    guests: int = 64
    """Connections of those who are no members yet."""
    guest_bytes_per_second: float = 32 * 2**10
    """From a guest: enough to join."""


@dataclass(slots=True)
class RelayFigures:
    """What a relay has done since it started, and how many it serves now."""

    clients: int = 0
    accepted: int = 0
    refused: int = 0
    packets: int = 0
    bytes: int = 0
    dropped_full: int = 0
    """Frames for a client that took them too slowly."""
    dropped_absent: int = 0
    """Frames for a key that is not here, or that the sender may not reach."""
    slowed: int = 0
    """Times that a client sent faster than allowed and was read from later."""


class Waiting:
    """What waits for one connection, first come first served, within its bounds."""

    __slots__ = ("_account", "_bytes", "_finished", "_frames", "_limits", "_some")

    def __init__(self, limits: RelayLimits, account: "Account") -> None:
        self._limits = limits
        self._account = account
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._finished = False
        self._some = Event()

    def put(self, frame: bytes) -> bool:
        """Add a frame; false if there was no room for it."""
        if (
            self._finished
            or len(self._frames) >= self._limits.waiting_packets
            or self._bytes + len(frame) > self._limits.waiting_bytes
            or self._account.bytes + len(frame) > self._limits.all_waiting_bytes
        ):
            return False
        self._frames.append(frame)
        self._bytes += len(frame)
        self._account.bytes += len(frame)
        self._some.set()
        return True

    async def get(self) -> bytes | None:
        """The next frame, once there is one; `None` when there will be none any more."""
        while not self._frames:
            if self._finished:
                return None
            self._some.clear()
            await self._some.wait()
        frame = self._frames.popleft()
        self._bytes -= len(frame)
        self._account.bytes -= len(frame)
        return frame

    def finish(self, *last: bytes) -> None:
        """Forget what waits; nothing but these frames comes any more."""
        self._account.bytes -= self._bytes
        self._bytes = 0
        self._frames.clear()
        for frame in last:
            self.put(frame)
        self._finished = True
        self._some.set()


@dataclass(slots=True)
class Account:
    """Bytes that wait for all connections together."""

    bytes: int = 0


@dataclass(slots=True, eq=False)
class Client:
    """One connection of a key that has proved itself."""

    key: bytes
    version: str
    waiting: Waiting
    byte_allowance: Allowance
    packet_allowance: Allowance
    heard: float
    """When it last said anything."""
    entered: float
    guest: bool
    """No member yet: it may reach the host, so that it can become one, and nobody else."""
    told_too_fast: bool = False
    sent_to: set[bytes] = field(default_factory=set)
    """Keys that got packets from this one."""

    def tell(self, trouble: Trouble) -> None:
        """Say how the connection does."""
        self.waiting.put(relay_frames.status(trouble, self.version))

    def close(self, *last: bytes) -> None:
        """End the connection once these frames are sent."""
        self.waiting.finish(*last)

    def slow_down(self, length: int, now: float) -> float:
        """Account for a frame: seconds in which to read no further one."""
        return max(
            self.byte_allowance.use(length, now),
            self.packet_allowance.use(1, now),
        )


class Switch:
    """Passes frames from connection to connection."""

    def __init__(self, limits: RelayLimits, host: bytes | None = None) -> None:
        """`host` is the key that guests may reach; without one there are none."""
        self.figures = RelayFigures()
        self._host = host
        self.account = Account()
        self._limits = limits
        self._clients: dict[bytes, list[Client]] = {}

    @property
    def full(self) -> bool:
        """No further connection fits."""
        return self.figures.clients >= self._limits.clients

    @property
    def takes_guests(self) -> bool:
        """Whether one more guest fits."""
        guests = sum(client.guest for client in self.clients())
        return self._host is not None and guests < self._limits.guests

    def clients(self) -> list[Client]:
        """Every connection."""
        return [client for same_key in self._clients.values() for client in same_key]

    def client(self, key: bytes, version: str, now: float, *, guest: bool = False) -> Client:
        """A connection that nothing is sent to yet."""
        limits = self._limits
        rate = limits.guest_bytes_per_second if guest else limits.bytes_per_second
        return Client(
            key=key,
            version=version,
            waiting=Waiting(limits, self.account),
            byte_allowance=_a_second(rate, relay_frames.MAX_MESSAGE, now),
            packet_allowance=_a_second(limits.packets_per_second, 1, now),
            heard=now,
            entered=now,
            guest=guest,
        )

    def promote(self, guest: Client, now: float) -> None:
        """A guest has become a member."""
        guest.guest = False
        rate = self._limits.bytes_per_second
        guest.byte_allowance = _a_second(rate, relay_frames.MAX_MESSAGE, now)

    def enter(self, client: Client) -> None:
        """The newest connection of its key: packets go to it from now on."""
        same_key = self._clients.setdefault(client.key, [])
        if same_key:
            same_key[-1].tell(Trouble.SAME_KEY_ELSEWHERE)
        same_key.append(client)
        self.figures.clients += 1
        self.figures.accepted += 1
        if len(same_key) > self._limits.connections_per_key:
            same_key[0].close()

    def leave(self, client: Client) -> None:
        """A connection ended: an older one of its key takes over, else those it sent to hear."""
        same_key = self._clients[client.key]
        was_newest = same_key[-1] is client
        same_key.remove(client)
        client.waiting.finish()
        self.figures.clients -= 1
        if not same_key:
            del self._clients[client.key]
            self._say_gone(client)
        elif was_newest:
            same_key[-1].tell(Trouble.NONE)

    def _say_gone(self, client: Client) -> None:
        for key in client.sent_to:
            if receiver := self._newest(key):
                receiver.waiting.put(relay_frames.gone(client.key))

    def _may_meet(self, sender: Client, receiver: Client) -> bool:
        if sender.guest or receiver.guest:
            return self._host in (sender.key, receiver.key)
        return True

    def _newest(self, key: bytes) -> Client | None:
        same_key = self._clients.get(key)
        return same_key[-1] if same_key else None

    def forward(self, sender: Client, forward: Forward) -> None:
        """Pass datagrams on, or drop them."""
        receiver = self._newest(forward.key)
        if receiver is None or not self._may_meet(sender, receiver):
            self.figures.dropped_absent += 1
            return
        frame = forward.deliver(sender.key)
        if not receiver.waiting.put(frame):
            self.figures.dropped_full += 1
            return
        self.figures.packets += 1
        self.figures.bytes += len(frame)
        if len(sender.sent_to) < self._limits.clients:
            sender.sent_to.add(forward.key)


def _a_second(rate: float, least: float, now: float) -> Allowance:
    """So much a second; the burst is a second's worth, and never less than one use may be."""
    return Allowance(rate, max(rate, least), now)
