"""A hub on this computer: speaks the shapes of the real one, and does every mischief on request.

`hub.test` is the hub, `cdn.test` is where it sends those who ask for files, `bad.test` has a
certificate that nobody trusts. `served` says which bytes of which file left it.
"""

import asyncio
import hashlib
import json
import re
import socket
import ssl
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.abc import ResolveResult

from closedmesh.models.reach import Reach
from closedmesh.node.fetching.web import Web
from closedmesh.settings import NetworkSettings
from tests.support.certificates import Authority

REVISION = "0123456789abcdef0123456789abcdef01234567"

CHUNK = 64 * 1024

SEND_BUFFER = 128 * 1024
"""Bytes that may be under way on one connection, so that `served` is close to what arrived."""

PRIVATE = ("https://127.0.0.1/x", "https://169.254.169.254/latest/meta-data", "https://[::1]/x")


@dataclass
class HubServer:
    """Files by repository and path. `mischief` is asked at every request of a file's bytes and
    names what goes wrong with it: one of the keys of `_DO`, or nothing."""

    authority: Authority
    files: dict = field(default_factory=dict)
    """`(repo, path)`: bytes, or a path of a file on the disk."""
    hashes: dict = field(default_factory=dict)
    mischief: object = lambda request: ""
    token: str = ""
    """Where it is set, files are only for those who have it."""
    served: list = field(default_factory=list)
    """`(sha256, start, count)` for each range that was sent, `count` bytes of it really."""
    done: Counter = field(default_factory=Counter)
    asked: list = field(default_factory=list)
    """`(host, authorization)` of each request."""
    port: int = 0
    bad_port: int = 0
    search: bytes = b"[]"

    def add(self, repo, path, data):
        self.files[repo, path] = data
        if isinstance(data, bytes):
            self.hashes[repo, path] = hashlib.sha256(data).hexdigest()
        else:
            with data.open("rb") as file:
                self.hashes[repo, path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self.hashes[repo, path]

    def sha256(self, repo, path):
        return self.hashes[repo, path]

    def size(self, repo, path):
        data = self.files[repo, path]
        return len(data) if isinstance(data, bytes) else data.stat().st_size

    @property
    def base(self):
        return f"https://hub.test:{self.port}"

    @property
    def reach(self):
        """What a client under test may reach: this server and nothing else."""
        hosts = (f"hub.test:{self.port}", f"cdn.test:{self.port}", f"bad.test:{self.bad_port}")
        return Reach(hosts, lambda address: address.is_loopback)

    @asynccontextmanager
    async def running(self):
        """Serve for the length of a block."""
        app = web.Application()
        app.add_routes([
            web.get("/api/models", self._search),
            web.get("/api/models/{owner}/{name}/revision/{revision}", self._listing),
            web.get("/blob/{sha}", self._blob),
            web.get("/{owner}/{name}/resolve/{revision}/{path:.+}", self._resolve),
        ])  # fmt: skip
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        stranger = Authority.make(self.authority.folder / "stranger")
        try:
            self.port = await _open(runner, self.authority.server("hub.test", "cdn.test"))
            self.bad_port = await _open(runner, stranger.server("bad.test"))
            yield self
        finally:
            await runner.cleanup()

    async def _search(self, request):
        self._note(request)
        return web.Response(body=self.search, content_type="application/json")

    async def _listing(self, request):
        self._note(request)
        repo = f"{request.match_info['owner']}/{request.match_info['name']}"
        paths = [path for known, path in self.files if known == repo]
        if not paths:
            return web.json_response({"error": "Repository not found"}, status=404)
        siblings = [
            {"rfilename": path, "size": self.size(repo, path), "blobId": "0" * 40,
             "lfs": {"sha256": self.sha256(repo, path), "size": self.size(repo, path),
                     "pointerSize": 134}}
            for path in paths
        ]  # fmt: skip
        body = {"id": repo, "sha": REVISION, "gated": bool(self.token) and "auto",
                "cardData": {"license": "apache-2.0"},
                "siblings": [{"rfilename": "README.md"}, *siblings]}  # fmt: skip
        return web.Response(text=json.dumps(body), content_type="application/json")

    async def _resolve(self, request):
        self._note(request)
        if self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        repo = f"{request.match_info['owner']}/{request.match_info['name']}"
        path = request.match_info["path"]
        if (repo, path) not in self.files:
            return web.Response(status=404)
        what = self.mischief(request)
        if what.startswith("redirect "):
            self.done[what] += 1
            return _sent_to(what.removeprefix("redirect "))
        if what == "bad certificate":
            self.done[what] += 1
            return _sent_to(f"https://bad.test:{self.bad_port}/x")
        if what == "round and round":
            self.done[what] += 1
            return _sent_to(str(request.url))
        return _sent_to(f"https://cdn.test:{self.port}/blob/{self.sha256(repo, path)}?sig=1")

    async def _blob(self, request):
        self._note(request)
        sha256 = request.match_info["sha"]
        key = next(k for k in self.files if self.sha256(*k) == sha256)
        size = self.size(*key)
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("Range", ""))
        start, end = (int(match[1]), int(match[2]) + 1) if match else (0, size)
        what = self.mischief(request)
        self.done[what] += 1
        if what == "busy":
            return web.Response(status=429, headers={"Retry-After": "1"})
        if what == "broken":
            return web.Response(status=502)
        return await self._send(request, sha256, self.files[key], start, min(end, size), size, what)

    async def _send(self, request, sha256, data, start, end, size, what):
        told, announced = start, end - start
        if what == "wrong range":
            told = start + 1
        if what == "lying length":
            announced += 1000
        response = web.StreamResponse(status=206)
        response.headers["Content-Range"] = f"bytes {told}-{told + end - start - 1}/{size}"
        if what == "whole file":
            response = web.StreamResponse()
            start, end, announced = 0, size, size
        response.content_length = announced
        request.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER
        )
        request.transport.set_write_buffer_limits(CHUNK)
        await response.prepare(request)
        record = [sha256, start, 0]
        self.served.append(record)
        stop = start + (end - start) // 2 if what in ("drop", "stall") else end
        with suppress(ConnectionError):
            await self._write(request, response, data, stop, what, record)
            await self._end(request, response, what)
        return response

    async def _write(self, request, response, data, stop, what, record):
        start = record[1]
        while start < stop:
            chunk = _read(data, start, min(CHUNK, stop - start))
            if what == "corrupt":
                place = len(self.served) * 97 % len(chunk)  # never the same wrong bytes twice
                chunk = chunk[:place] + bytes([chunk[place] ^ 1]) + chunk[place + 1 :]
                what = ""
            await response.write(chunk)
            await asyncio.sleep(0)  # or a connection that broke is not noticed
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError  # writing would go on into nothing
            start += len(chunk)
            record[2] += len(chunk)

    async def _end(self, request, response, what):
        if what == "stall":
            await asyncio.sleep(60)
        if what not in ("drop", "stall", "lying length"):
            await response.write_eof()
        elif request.transport:
            request.transport.abort()

    def _note(self, request):
        self.asked.append((request.url.host, request.headers.get("Authorization", "")))


def _sent_to(place):
    return web.Response(status=302, headers={"Location": place})


def _read(data, start, count):
    if isinstance(data, bytes):
        return data[start : start + count]
    with data.open("rb") as file:
        file.seek(start)
        return file.read(count)


async def _open(runner, context):
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context)
    await site.start()
    return site._server.sockets[0].getsockname()[1]


async def to_loopback(host, port, family):
    """Every name leads to this computer."""
    return [
        ResolveResult(
            hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0
        )
    ]


def web_to(reach, tls: ssl.SSLContext, *, lookup=to_loopback, stall=1.0, network=None):
    """A `Web` that finds servers of tests."""
    chosen = network or NetworkSettings(proxy="none")
    return Web(lambda: reach, lambda: chosen, tls=tls, stall=stall, lookup=lookup)
