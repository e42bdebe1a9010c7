"""A client of the relay protocol, written from the protocol's own words."""

from contextlib import asynccontextmanager

from aiohttp import ClientSession
from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CONTEXT = "iroh-relay handshake v1 challenge signature"


class RelayClient:
    """A connection that has been confirmed."""

    def __init__(self, socket, key):
        self.socket = socket
        self.key = key

    async def send(self, key, datagram):
        await self.socket.send_bytes(b"\x04" + key + b"\x00" + datagram)

    async def ping(self, payload=b"01234567"):
        await self.socket.send_bytes(b"\x09" + payload)

    async def receive(self):
        """The next frame; `None` once the relay has closed."""
        message = await self.socket.receive()
        return message.data if isinstance(message.data, bytes) else None


def secret(number):
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def answer(challenge, by):
    signature = by.sign(blake3(challenge, derive_key_context=CONTEXT).digest())
    return b"\x01" + by.public_key().public_bytes_raw() + b"\x40" + signature


@asynccontextmanager
async def knocking(address, protocols=("iroh-relay-v2", "iroh-relay-v1")):
    """A socket at the relay's door."""
    async with (
        ClientSession() as session,
        session.ws_connect(f"{address}/relay", protocols=protocols) as socket,
    ):
        yield socket


@asynccontextmanager
async def connected(address, number, **options):
    """A client whose key is made of a number."""
    async with knocking(address, **options) as socket:
        challenge = await socket.receive_bytes()
        assert challenge[:1] == b"\x00"
        await socket.send_bytes(answer(challenge[1:], secret(number)))
        assert await socket.receive_bytes() == b"\x02"
        yield RelayClient(socket, secret(number).public_key().public_bytes_raw())
