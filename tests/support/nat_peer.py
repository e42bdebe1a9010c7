"""Processes of the NAT laboratory: `python nat_peer.py entry` and `python nat_peer.py peer JSON`.

The entry runs our relay and tells everybody from where their packets come. A peer is iroh without
anything else of ours. Both say one JSON object a line; a peer takes commands the same way:
`dial` an address, `measure` the connection for some seconds.
"""

import asyncio
import contextlib
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import iroh

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from closedmesh.entry.relay import Relay
from closedmesh.node.clock import SystemClock
from tests.support.nat_lab import ENTRY
from tests.support.relay_server import serve_relay

ALPN = b"closedmesh-lab"
ENTRY_KEY = bytes([7]) * 32
RELAY_PORT, ENTRY_PORT = 3340, 5000
RELAY = f"http://{ENTRY}:{RELAY_PORT}"
DIAL_LIMIT = 15.0
OBSERVE_LIMIT = 3.0
BEAT = 0.05


class LabProcess:
    """One of these processes, as whoever runs the laboratory sees it."""

    def __init__(self, lab, place, *words):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = lab.start(place, sys.executable, __file__, *words, **pipes)
        self.hello = self.read()

    def read(self):
        return json.loads(self.process.stdout.readline())

    def tell(self, do, **facts):
        self.process.stdin.write(json.dumps({"do": do, **facts}) + "\n")
        self.process.stdin.flush()

    def ask(self, do, **facts):
        self.tell(do, **facts)
        return self.read()


def start_pair(lab, relay, *, b_hidden=False):
    """The entry, and a peer in each home; the peers are returned."""
    LabProcess(lab, "entry", "entry")
    return [
        LabProcess(lab, home, "peer", json.dumps({"key": key, "relay": relay, "hidden": hidden}))
        for home, key, hidden in (("a", 1, False), ("b", 2, b_hidden))
    ]


def say(**facts):
    print(json.dumps(facts), flush=True)


class _Preset(iroh.Preset):
    def __init__(self, *addresses):
        self.addresses = addresses

    def apply(self, builder):
        builder.apply_minimal()
        for address in self.addresses:
            builder.bind_addr(address)


async def bind(key, *addresses, relay=None):
    mode = iroh.RelayMode.disabled()
    if relay:
        relays = iroh.RelayMap.empty()
        relays.insert(iroh.RelayConfig(url=relay))
        mode = iroh.RelayMode.custom(relays)
    return await iroh.Endpoint.bind(
        iroh.EndpointOptions(
            preset=_Preset(*addresses, "[::1]:0"), secret_key=key, alpns=[ALPN], relay_mode=mode
        )
    )


async def be_the_entry():
    relay = Relay(lambda _: True, SystemClock())
    async with serve_relay(relay, ENTRY, RELAY_PORT), asyncio.TaskGroup() as group:
        endpoint = await bind(ENTRY_KEY, f"{ENTRY}:{ENTRY_PORT}")
        say(ready=True)
        while True:
            group.create_task(tell_address(await endpoint.accept_next()))


async def tell_address(incoming):
    connection = await (await incoming.accept()).connect()
    seen = next(path.remote_addr for path in connection.paths() if path.is_ip)
    stream = await connection.open_bi()
    await stream.send().write_all(seen.encode())
    await stream.send().finish()
    await connection.closed()


class Peer:
    def __init__(self, endpoint, relay):
        self.endpoint = endpoint
        self.relay = relay
        self.connection = None
        self.stream = None

    async def observe(self):
        """Where the entry sees us, kept up by an open connection."""
        key = iroh.SecretKey.from_bytes(ENTRY_KEY).public()
        at = iroh.EndpointAddr(key, None, [f"{ENTRY}:{ENTRY_PORT}"])
        self.to_entry = await self.endpoint.connect(at, ALPN)
        stream = await self.to_entry.accept_bi()
        return (await stream.recv().read(100)).decode()

    async def echo(self, incoming):
        connection = await (await incoming.accept()).connect()
        stream = await connection.accept_bi()
        while data := await stream.recv().read(65536):
            await stream.send().write_all(data)

    async def answer(self):
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self.quietly(self.echo(await self.endpoint.accept_next())))

    async def quietly(self, work):
        with contextlib.suppress(iroh.IrohError):
            await work

    async def dial(self, peer, addresses):
        started = time.perf_counter()
        key = iroh.EndpointId.from_string(peer)
        try:
            async with asyncio.timeout(DIAL_LIMIT):
                self.connection = await self.endpoint.connect(
                    iroh.EndpointAddr(key, self.relay, addresses), ALPN
                )
                dialled = time.perf_counter()
                self.stream = await self.connection.open_bi()
                await self.beat()
        except (iroh.IrohError, TimeoutError):
            return {"met": False}
        now = time.perf_counter()
        return {
            "met": True,
            "dial_ms": (dialled - started) * 1e3,
            "first_ms": (now - started) * 1e3,
        }

    async def beat(self):
        await self.stream.send().write_all(bytes(32))
        missing = 32
        while missing:
            missing -= len(await self.stream.recv().read(missing))

    def path(self):
        return next((p.remote_addr for p in self.connection.paths() if p.is_selected), None)

    async def measure(self, seconds):
        """Round trips, the longest pause, and each new path with the time at which it was taken."""
        started = last = time.perf_counter()
        trips, longest, paths = [], 0.0, []
        while (now := time.perf_counter()) - started < seconds:
            await self.beat()
            done = time.perf_counter()
            trips.append((done - now) * 1e3)
            longest = max(longest, done - last)
            last = done
            if not paths or paths[-1][1] != self.path():
                paths.append((round(done - started, 2), self.path()))
            await asyncio.sleep(BEAT)
        tail = trips[len(trips) // 2 :]
        return {"rtt_ms": statistics.median(tail), "longest_pause_s": longest, "paths": paths}


async def be_a_peer(key, relay, hidden):
    sockets = "127.0.0.1:0" if hidden else "0.0.0.0:0"
    endpoint = await bind(bytes([key]) * 32, sockets, relay=relay)
    peer = Peer(endpoint, relay)
    seen_at = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0 if hidden else OBSERVE_LIMIT):
            seen_at = [await peer.observe()]
            await endpoint.add_external_addr(*seen_at)
    if relay:
        await endpoint.online()
    say(peer=str(endpoint.id()), seen_at=seen_at)
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        group.create_task(peer.answer())
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            command = json.loads(line)
            match command.pop("do"):
                case "dial":
                    say(**await peer.dial(**command))
                case "measure":
                    say(**await peer.measure(**command))
                case "close":
                    peer.connection.close(0, b"")
                    say(closed=True)


if __name__ == "__main__":
    if sys.argv[1] == "entry":
        asyncio.run(be_the_entry())
    else:
        asyncio.run(be_a_peer(**json.loads(sys.argv[2])))
