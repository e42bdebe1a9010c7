"""A relay that iroh's peers accept: passes encrypted packets between members who cannot meet.

`Relay.routes` are mounted on a web server of the entry, and `Relay.run` looks after the
connections until it is cancelled. The relay sees keys, sizes and times, and never what is inside.
It reads no faster from a member than the limits allow, and drops a connection that says nothing
any more. Whoever is not a member may reach the entry through it for a minute, to become one, and
nobody else: where UDP is blocked there is no other way to join.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Callable

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from closedmesh.entry.relay_switch import Client, RelayFigures, RelayLimits, Switch
from closedmesh.mesh import relay_frames
from closedmesh.mesh.allowance import Allowance
from closedmesh.mesh.relay_frames import BadFrame, Forward, Ping, Pong, Trouble
from closedmesh.node.clock import Clock

log = logging.getLogger(__name__)

HANDSHAKE_LIMIT = 10.0
"""Seconds that a stranger has to prove a key."""

HANDSHAKES_PER_SECOND = 100.0
"""Of all strangers together: each costs a signature to verify."""

STRANGERS = 256
STRANGERS_PER_ADDRESS = 32
"""Connections at the same time that have not proved a key yet."""

GUEST_LIMIT = 60.0
"""Seconds that somebody who is no member may stay."""

LOOK_EVERY = 5.0
"""Seconds between two looks at all connections."""

PING_AFTER = 15.0
"""Seconds of silence after which a client is asked whether it lives: half of QUIC's patience."""

DEAD_AFTER = 40.0
"""Seconds of silence after which a connection is ended."""

SEND_LIMIT = 10.0
"""Seconds that a client may take to accept one frame."""

CLOSE_LIMIT = 2.0
"""Seconds that a client may take to say goodbye."""

SHORTEST_WAIT = 0.005
"""Seconds below which nobody is slowed down, because waiting would take longer."""

RECONNECT_IN = 1.0
RECONNECT_FOR = 30.0
"""Seconds, told to clients when the relay closes."""

PROBE_TOKEN_LENGTH = 64
"""Characters of a challenge that a client may have echoed to find a captive portal."""


class Relay:
    """The relay of one entry. `is_member` takes a peer's id in hexadecimal; `entry` is the one
    that guests may reach, and without it there are no guests."""

    def __init__(
        self,
        is_member: Callable[[str], bool],
        clock: Clock,
        limits: RelayLimits = RelayLimits(),  # noqa: B008 - it is frozen
        entry: str | None = None,
    ) -> None:
        self._is_member = is_member
        self._clock = clock
        self._switch = Switch(limits, bytes.fromhex(entry) if entry else None)
        self._strangers: Counter[str] = Counter()
        now = clock.monotonic()
        self._handshakes = Allowance(HANDSHAKES_PER_SECOND, HANDSHAKES_PER_SECOND, now)
        self._closing = False

    @property
    def figures(self) -> RelayFigures:
        """What it has done, and how many it serves now."""
        return self._switch.figures

    def routes(self) -> list[web.RouteDef]:
        """What a web server must offer for it."""
        return [
            web.get(relay_frames.PATH, self._accept),
            web.get(relay_frames.PROBE_PATH, _probe),
            web.get("/generate_204", _no_portal),
        ]

    async def run(self) -> None:
        """Look after the connections; when cancelled, tell them to come back later and close."""
        try:
            while True:
                await self._clock.sleep(LOOK_EVERY)
                self._look()
        finally:
            self._closing = True
            for client in self._switch.clients():
                client.close(relay_frames.restarting(RECONNECT_IN, RECONNECT_FOR))

    def _look(self) -> None:
        now = self._clock.monotonic()
        for client in self._switch.clients():
            silent = now - client.heard
            is_member = self._is_member(client.key.hex())
            if client.guest and is_member:
                self._switch.promote(client, now)
            stays = is_member or (client.guest and now - client.entered < GUEST_LIMIT)
            if silent > DEAD_AFTER or not stays:
                client.close()
            elif silent > PING_AFTER:
                client.waiting.put(relay_frames.ping(secrets.token_bytes(relay_frames.PING_LENGTH)))

    async def _accept(self, request: web.Request) -> web.StreamResponse:
        if self._refuses(request.remote or ""):
            self.figures.refused += 1
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
        socket = web.WebSocketResponse(
            protocols=relay_frames.VERSIONS,
            max_msg_size=relay_frames.MAX_MESSAGE,
            compress=False,
            autoping=False,
            timeout=CLOSE_LIMIT,
        )
        if socket.can_prepare(request).protocol is None:
            raise web.HTTPBadRequest(text=f"speak one of {', '.join(relay_frames.VERSIONS)}")
        await socket.prepare(request)
        try:
            key = await self._authenticate(socket, request.remote or "")
            code = await self._serve(socket, key)
        except (BadFrame, TimeoutError, ConnectionError) as error:
            self.figures.refused += 1
            log.info("relay: refused a connection: %s", str(error) or type(error).__name__)
            code = WSCloseCode.POLICY_VIOLATION
        await socket.close(code=code)
        return socket

    def _refuses(self, address: str) -> bool:
        return (
            self._closing
            or self._switch.full
            or self._strangers.total() >= STRANGERS
            or self._strangers[address] >= STRANGERS_PER_ADDRESS
            or not self._handshakes.try_use(1, self._clock.monotonic())
        )

    async def _authenticate(self, socket: web.WebSocketResponse, address: str) -> bytes:
        """The key that the client has proved, and that is a member's. Raises `BadFrame`."""
        self._strangers[address] += 1
        try:
            challenge = secrets.token_bytes(relay_frames.CHALLENGE_LENGTH)
            async with asyncio.timeout(HANDSHAKE_LIMIT):
                await socket.send_bytes(relay_frames.challenge(challenge))
                message = await socket.receive()
        finally:
            self._strangers.subtract([address])
            self._strangers += Counter()  # forgets those at zero
        if message.type is not WSMsgType.BINARY:
            raise BadFrame("no answer to the challenge")
        answer = relay_frames.read_authentication(message.data)
        answer.verify(challenge)
        if not self._is_member(answer.key.hex()) and not self._switch.takes_guests:
            await socket.send_bytes(relay_frames.denied("not a member of this mesh"))
            raise BadFrame("not a member")
        return answer.key

    async def _serve(self, socket: web.WebSocketResponse, key: bytes) -> WSCloseCode:
        """Take and give frames until the client or the relay has enough."""
        version = socket.ws_protocol or relay_frames.VERSION_1
        guest = not self._is_member(key.hex())
        client = self._switch.client(key, version, self._clock.monotonic(), guest=guest)
        await socket.send_bytes(relay_frames.confirmed())
        self._switch.enter(client)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = {
                    group.create_task(self._read(socket, client)),
                    group.create_task(_write(socket, client)),
                }
                ended, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in others:
                    task.cancel()
            return next(iter(ended)).result()
        finally:
            self._switch.leave(client)

    async def _read(self, socket: web.WebSocketResponse, client: Client) -> WSCloseCode:
        async for message in socket:
            now = self._clock.monotonic()
            client.heard = now
            try:
                await self._take(socket, client, message)
            except BadFrame as error:
                log.info("relay: closed a connection: %s", error)
                return WSCloseCode.PROTOCOL_ERROR
            wait = client.slow_down(len(message.data or b""), now)
            if wait > SHORTEST_WAIT:
                await self._slow_down(client, wait)
        return WSCloseCode.OK

    async def _take(
        self, socket: web.WebSocketResponse, client: Client, message: WSMessage
    ) -> None:
        if message.type is WSMsgType.PING:
            await socket.pong(message.data)
            return
        if message.type is not WSMsgType.BINARY:
            raise BadFrame(f"a message of type {message.type.name}")
        match relay_frames.read_frame(message.data):
            case Forward() as forward:
                self._switch.forward(client, forward)
            case Ping(payload):
                client.waiting.put(relay_frames.pong(payload))
            case Pong():
                pass

    async def _slow_down(self, client: Client, wait: float) -> None:
        self.figures.slowed += 1
        if not client.told_too_fast:
            client.told_too_fast = True
            client.tell(Trouble.TOO_FAST)
        await self._clock.sleep(wait)


async def _write(socket: web.WebSocketResponse, client: Client) -> WSCloseCode:
    try:
        while frame := await client.waiting.get():
            async with asyncio.timeout(SEND_LIMIT):
                await socket.send_bytes(frame)
    except (TimeoutError, ConnectionError):
        return WSCloseCode.POLICY_VIOLATION
    return WSCloseCode.GOING_AWAY


async def _probe(_: web.Request) -> web.Response:
    return web.Response(text="ok", headers={"Access-Control-Allow-Origin": "*"})


async def _no_portal(request: web.Request) -> web.Response:
    """Shows a client that no captive portal answers in the place of the relay."""
    token = request.headers.get("X-Iroh-Challenge", "")
    known = (
        0 < len(token) < PROBE_TOKEN_LENGTH and token.replace("-", "").replace("_", "").isalnum()
    )
    return web.Response(
        status=204, headers={"X-Iroh-Response": f"response {token}"} if known else {}
    )
