"""A place that announces versions, on this computer: a repository made by `installers/releases.py`,
served over https as `updates.test`, with mischief on request."""

import datetime
import io
import sys
import tarfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from platform import machine

from aiohttp import web

import releases
from closedmesh.models.reach import Reach
from closedmesh.node.updates.genuine import Origin
from tests.support.certificates import Authority
from tests.support.hub_server import web_to

PROGRAM = '#!/bin/sh\necho "this is {version}: $*"\n'


def archive(folder, version, program=PROGRAM):
    """The archive of a version whose program says which one it is."""
    name = f"closedmesh-{version}-{sys.platform}-{machine()}"
    target = folder / f"{name}.tar.gz"
    data = program.replace("{version}", version).encode()
    with tarfile.open(target, "w:gz") as made:
        for place, mode in (("closedmesh/closedmesh", 0o755), ("closedmesh/_internal/x", 0o644)):
            entry = tarfile.TarInfo(f"{name}/{place}")
            entry.size, entry.mode = len(data), mode
            made.addfile(entry, io.BytesIO(data))
    return target


@dataclass
class ReleaseServer:
    """Serves a repository. `answer` may change what a file's bytes are: given its place and its
    bytes, it gives other ones, or `None` for "not found"."""

    folder: Path
    authority: Authority
    port: int = 0
    answer: object = lambda place, data: data
    asked: list = field(default_factory=list)

    def repository(self, days=0, keys="keys"):
        """The repository as whoever publishes sees it, some days from now."""
        now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
        return releases.Repository(self.folder / "repository", self.folder / keys, now)

    def publish(self, version, **options):
        """Announce a version; its archive."""
        made = archive(self.folder, version, **options)
        self.repository().publish([made])
        return made

    @property
    def origin(self):
        root = (self.folder / "repository/metadata/1.root.json").read_bytes()
        return Origin(f"https://updates.test:{self.port}", root)

    def web(self, origin, network):
        """How a program under test reaches it."""
        hosts = (origin.address.removeprefix("https://"),)
        reach = Reach(hosts, lambda address: address.is_loopback)
        return web_to(reach, self.authority.client(), network=network())

    @asynccontextmanager
    async def running(self, address="127.0.0.1"):
        """Serve for the length of a block."""
        app = web.Application()
        app.add_routes([web.get("/{place:.+}", self._serve)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            tls = self.authority.server("updates.test", address)
            site = web.TCPSite(runner, address, 0, ssl_context=tls)
            await site.start()
            self.port = site._server.sockets[0].getsockname()[1]
            yield self
        finally:
            await runner.cleanup()

    async def _serve(self, request):
        place = request.match_info["place"]
        self.asked.append(place)
        file = self.folder / "repository" / place
        data = self.answer(place, file.read_bytes() if file.is_file() else None)
        if data is None:
            return web.Response(status=404)
        found = request.http_range
        part = data[found.start or 0 : found.stop]
        if "Range" not in request.headers:
            return web.Response(body=data)
        start = found.start or 0
        told = f"bytes {start}-{start + len(part) - 1}/{len(data)}"
        return web.Response(status=206, body=part, headers={"Content-Range": told})
