"""iroh as others use it, to see that what is ours is what it expects."""

from contextlib import asynccontextmanager

import iroh

ALPN = b"closedmesh-test"


class _Loopback(iroh.Preset):
    def apply(self, builder):
        builder.apply_minimal()
        builder.bind_addr("127.0.0.1:0")
        builder.bind_addr("[::1]:0")


@asynccontextmanager
async def iroh_endpoint(number, relay):
    """An endpoint that is connected to a relay; its key is made of a number."""
    relays = iroh.RelayMap.empty()
    relays.insert(iroh.RelayConfig(url=relay))
    endpoint = await iroh.Endpoint.bind(
        iroh.EndpointOptions(
            preset=_Loopback(),
            secret_key=bytes([number]) * 32,
            alpns=[ALPN],
            relay_mode=iroh.RelayMode.custom(relays),
        )
    )
    try:
        await endpoint.online()
        yield endpoint
    finally:
        await endpoint.close()


async def echo_once(endpoint):
    """Take one connection and send its first bytes back."""
    connection = await (await (await endpoint.accept_next()).accept()).connect()
    stream = await connection.accept_bi()
    await stream.send().write_all(await stream.recv().read(100))
    await stream.send().finish()
    await connection.closed()
