"""Two hundred requests that come, go and break off under load, through the real server."""

import json
import random
import socket
import struct
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psutil
import pytest

from tests.support.program import serving, wait_until

pytestmark = pytest.mark.model

MODEL = "smollm2-135m-instruct-q4_1"
SLOTS = 4
SETTINGS = f"""\
[engine]
context = 1024
slots = {SLOTS}
queue = 64
conversations_mb = 16
low_priority = false
measure = false
give_way = false
"""
TEXTS = ("Tigers are", "When it rains", "Bread is made", "Mars is a", "1, 2, 3,", "Once " * 60)
AT_ONCE = 10
"""Clients at the same time: more than there are places."""


@pytest.fixture(scope="module")
def served(tmp_path_factory, starter_model):
    home = tmp_path_factory.mktemp("home")
    (home / "settings.toml").write_text(SETTINGS)
    with serving(home, "--model", MODEL) as served:
        yield served


class Client:
    """Asks over a socket of its own, and may leave without a word at any moment."""

    def __init__(self, address, key):
        self._address = urlsplit(address)
        self._key = key

    def request(self, text, length, *, stream=True):
        """The bytes of a request."""
        body = json.dumps(
            {"model": MODEL, "prompt": text, "max_tokens": length, "stream": stream, "seed": 3,
             "temperature": 0}
        ).encode()  # fmt: skip
        head = (
            f"POST /v1/completions HTTP/1.1\r\nHost: {self._address.netloc}\r\n"
            f"Authorization: Bearer {self._key}\r\nContent-Type: application/json\r\n"
            f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def open(self):
        """A connection."""
        return socket.create_connection((self._address.hostname, self._address.port), timeout=60)

    def whole(self, text, length):
        """An answer that is waited for."""
        with self.open() as connection:
            connection.sendall(self.request(text, length, stream=False))
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        assert b" 200 " in head.splitlines()[0], answer
        return json.loads(body)["choices"][0]["text"]

    def some(self, chance):
        """Ask for something, and wait for it or leave; what happened."""
        asked = self.request(
            chance.choice(TEXTS), chance.randint(1, 12), stream=chance.random() < 0.8
        )
        manner = chance.choice(("wait", "wait", "half a request", "before", "within", "within"))
        with self.open() as connection:
            if chance.random() < 0.5:  # a connection that is reset, not closed
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            if manner == "half a request":
                connection.sendall(asked[: chance.randrange(len(asked))])
                return manner
            connection.sendall(asked)
            if manner == "within":
                connection.settimeout(chance.random())
                try:
                    connection.recv(chance.randint(1, 2000))
                except TimeoutError:
                    return "before"
            elif manner == "wait":
                received = b"".join(iter(lambda: connection.recv(65536), b""))
                assert b" 200 " in received.splitlines()[0], received
        return manner


def test_two_hundred_that_come_and_go_leave_nothing(served):
    client = Client(served.api, served.key)
    first = client.whole(TEXTS[0], 6)
    rounds = []
    for number in range(2):
        seeds = range(100 * number, 100 * number + 100)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            happened = list(pool.map(lambda seed: client.some(random.Random(seed)), seeds))
        assert set(happened) == {"wait", "half a request", "before", "within"}
        wait_until(lambda: load(served) == (0, 0), "every place is free")
        rounds.append(held(served))
    (worker, peer, sockets), (worker_after, peer_after, sockets_after) = rounds
    assert worker_after - worker < 40_000_000
    assert peer_after - peer < 20_000_000
    assert sockets_after <= sockets + 2
    # every place still answers, all at once, and rightly: what it believes to hold it holds
    with ThreadPoolExecutor(SLOTS) as pool:
        answers = list(pool.map(lambda _: client.whole(TEXTS[0], 6), range(SLOTS)))
    assert {answer.split()[0] for answer in answers} == {first.split()[0]}


def load(served):
    """Requests that have a place, and that wait for one."""
    (model,) = [m for m in served.facts("status")["models"] if m["state"] == "loaded"]
    return model["busy"], model["queued"]


def held(served):
    """Bytes of the worker and of the peer, and the peer's open files."""
    (worker,) = served.workers()
    peer = psutil.Process(served.process.pid)
    files = peer.num_handles() if hasattr(peer, "num_handles") else peer.num_fds()
    return worker.memory_info().rss, peer.memory_info().rss, files
