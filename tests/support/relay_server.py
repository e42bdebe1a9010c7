"""A relay on a port of its own."""

from contextlib import asynccontextmanager

from aiohttp import web

from closedmesh.node.tasks import background


@asynccontextmanager
async def serve_relay(relay, host="127.0.0.1", port=0):
    """The relay for the length of a block; gives its address."""
    application = web.Application()
    application.add_routes(relay.routes())
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True)
    try:
        async with background() as group:
            await runner.setup()
            await web.TCPSite(runner, host, port).start()
            group.create_task(relay.run())
            bound_host, bound_port = runner.addresses[0][:2]
            yield f"http://{bound_host}:{bound_port}"
    finally:
        await runner.cleanup()
