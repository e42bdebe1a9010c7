"""A company on loopback: OpenAI's chat completions, as a test tells it to answer."""

import json
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer


class FakeProvider:
    def __init__(self):
        self.requests = []
        """What was asked: the key and the body."""
        self.words = ["Good ", "morning", "."]
        self.status = 200
        self.break_after = None
        """Pieces after which the connection breaks."""
        self.usage = {"prompt_tokens": 11, "completion_tokens": 3}
        self.left = 0
        """Askers that went before the end."""
        self.wait = None
        """An event that the rest of the answer waits for, after the first piece."""

    async def complete(self, request):
        self.requests.append((request.headers["Authorization"], await request.json()))
        if self.status != 200:
            return web.Response(status=self.status, headers={"Location": "http://127.0.0.1:1/"})
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            await self.tell(response)
        except BaseException:
            self.left += 1
            raise
        return response

    async def tell(self, response):
        for number, word in enumerate(self.words):
            if number == self.break_after:
                response._req.transport.abort()
                return
            await self.send(response, {"choices": [{"index": 0, "delta": {"content": word}}]})
            if self.wait:
                await self.wait.wait()
        await self.send(response, {"choices": [{"delta": {}, "finish_reason": "stop"}]})
        if self.usage:
            await self.send(response, {"choices": [], "usage": self.usage})
        await response.write(b"data: [DONE]\n\n")

    async def send(self, response, chunk):
        await response.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    @asynccontextmanager
    async def serving(self):
        """Its address, for the length of a block."""
        application = web.Application()
        application.router.add_post("/v1/chat/completions", self.complete)
        server = TestServer(application, host="127.0.0.1")
        await server.start_server()
        try:
            yield f"http://127.0.0.1:{server.port}/v1"
        finally:
            await server.close()
