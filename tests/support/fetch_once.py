"""Fetches one file from a hub of tests, as a process of its own that may be killed at any moment.

    python -m tests.support.fetch_once PORT BAD_PORT AUTHORITY REPO FILE TARGET [STALL]

Prints one JSON object: `ok`, or `error` with its code; and figures of this process.
"""

import asyncio
import json
import resource
import ssl
import sys
import time
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.models.hub import HubRef
from closedmesh.models.reach import Reach
from closedmesh.node.clock import SystemClock
from closedmesh.node.fetching import fetch as fetch_module
from closedmesh.node.fetching.fetch import Fetch
from closedmesh.node.fetching.hub import Hub
from closedmesh.node.fetching.rate import Limiter
from tests.support.hub_server import web_to


async def run(port, bad_port, authority, repo, file, target, stall):
    reach = Reach(
        (f"hub.test:{port}", f"cdn.test:{port}", f"bad.test:{bad_port}"),
        lambda address: address.is_loopback,
    )
    clock = SystemClock()

    tls = ssl.create_default_context(cafile=authority)
    async with web_to(reach, tls, stall=stall) as web:
        hub = Hub(web, lambda: f"https://hub.test:{port}", lambda: "", clock)
        (wanted,) = await hub.locate(HubRef(repo, file))
        fetch = Fetch(wanted, Path(target), hub, Limiter(lambda: 0.0, clock), clock, lambda: None)
        began = time.monotonic()
        await fetch.run()
        return {"seconds": time.monotonic() - began, "refetched": fetch.progress.refetched}


def main():
    port, bad_port, authority, repo, file, target, *rest = sys.argv[1:]
    fetch_module.FIRST_PAUSE = 0.02
    try:
        result = {"ok": True} | asyncio.run(
            run(port, bad_port, authority, repo, file, target, float(rest[0]) if rest else 1.0)
        )
    except ClosedMeshError as error:
        result = {"ok": False, "error": error.code, "words": str(error)}
    used = resource.getrusage(resource.RUSAGE_SELF)
    result |= {"cpu": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}
    print(json.dumps(result))  # noqa: T201 - this is what the program is for


if __name__ == "__main__":
    main()
