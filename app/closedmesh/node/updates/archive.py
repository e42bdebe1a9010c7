"""Brings a version's archive, as any other download: resumed, in blocks, right or not at all."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from closedmesh.errors import DownloadFailed
from closedmesh.models.blocks import Run
from closedmesh.models.releases import Release
from closedmesh.node.fetching import ranges
from closedmesh.node.fetching.source import Trouble, Wanted
from closedmesh.node.fetching.web import Web

AGAIN = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """The place of one archive. A `Source`."""

    web: Web
    address: str

    async def read(self, wanted: Wanted, run: Run) -> AsyncGenerator[bytes]:
        """The bytes of a run."""
        headers = {"Range": f"bytes={run.start}-{run.end - 1}"}
        async with self.web.get(self.address, headers) as (_, response):
            if response.status in AGAIN or response.status >= 500:
                raise Trouble(f"The server is in trouble (it says {response.status})")
            if response.status not in (200, 206):
                raise DownloadFailed(
                    f"The server refused {wanted.name} with the number {response.status}.",
                    "Try again tomorrow. What runs is not touched.",
                )
            ranges.check(response, wanted, run)
            async with aclosing(ranges.taken(response, run)) as chunks:
                async for chunk in chunks:
                    yield chunk


def wanted(release: Release) -> Wanted:
    """A version's archive as a file to be fetched."""
    return Wanted("", "", release.file, release.size, release.sha256)
