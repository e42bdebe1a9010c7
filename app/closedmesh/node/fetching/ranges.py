"""A part of a file from a web server: whether it sends what was asked for, and no more of it."""

import re
from collections.abc import AsyncGenerator

import aiohttp

from closedmesh.errors import ModelFileRefused
from closedmesh.models.blocks import Run
from closedmesh.node.fetching.source import Trouble, Wanted

_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")


def check(response: aiohttp.ClientResponse, wanted: Wanted, run: Run) -> None:
    """Raise unless exactly the bytes of a run will come, in a reply that is 200 or 206."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise Trouble("The server packed the file though it was asked not to")
    if response.status == 200:
        if run.start or response.content_length not in (None, wanted.size):
            raise Trouble("The server sent the whole file though a part was asked for")
        return
    match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if match is None or (int(match[1]), int(match[2])) != (run.start, run.end - 1):
        raise Trouble("The server sent another part of the file than was asked for")
    if int(match[3]) != wanted.size:
        raise ModelFileRefused(
            f"{wanted.name} has {int(match[3]):,} bytes on the server; {wanted.size:,} were"
            " announced.",
            "It was changed in the meantime. Start the download anew.",
        )


async def taken(response: aiohttp.ClientResponse, run: Run) -> AsyncGenerator[bytes]:
    """The bytes of a run. Raises `Trouble` when the reply ends before."""
    left = run.end - run.start
    async for chunk, _ in response.content.iter_chunks():
        yield chunk[:left]
        left -= min(left, len(chunk))
        if not left:
            response.close()  # what may still come was not asked for
            return
    raise Trouble("The connection ended before the file did")
