"""A mesh in which one peer lies in each way, one after the other: an entry names each lie, and
nobody else; where two entries agree, chats go past it, and it comes back when it is honest again.

    python -m tests.benchmarks.lying_peers

Whole peers with real pipes and proofs in one process, around a model of forty words, so that it
takes a minute or two. Stops with an `AssertionError` where anything is not as it should be.
"""

import asyncio
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from closedmesh.control import ChangeSettings, CheckPeer, Join
from closedmesh.mesh.ids import short
from closedmesh.models.chat import CheckState
from closedmesh.trust.calibration import ENOUGH
from tests.support import lies, small_worker
from tests.support.small_mesh import SmallMesh, ask, until

MODEL = b"\1"
NAMES = {
    "coarser": {"wrong-quantisation"},
    "other model": {"wrong-model", "canned"},
    "canned": {"canned"},
    "lookup": {"canned", "wrong-model"},
    "prefilled": {"wrong-quantisation", "canned"},
    "inflated": {"wrong-quantisation", "wrong-model", "canned"},
    "sometimes": {"wrong-quantisation"},
    "counted": {"unresponsive"},
    "failing": {"unresponsive"},
}
FEW, MANY = 6, 40
ROUNDS = 60
"""Looks for news that verdicts may take to arrive."""


async def node_of(peer):
    return (await until(peer, lambda status: status.mesh)).mesh.node


def offer(status, node):
    return next((o for peer in status.peers if peer.node == node for o in peer.offers), None)


async def known(peer, node):
    return offer(await until(peer, lambda status: offer(status, node)), node).check


async def check(entry, node, holds, most):
    """Check a peer until something is known of it; what."""
    await known(entry, node)
    for _ in range(most):
        (found,) = await entry.do(CheckPeer(node[:12]))
        if holds(found.check):
            return found.check
    return found.check


async def each_lie_is_named(mesh, folder):
    liar, honest = await mesh.sharing("liar", MODEL), await mesh.sharing("honest", MODEL)
    node, other = await node_of(liar), await node_of(honest)
    for lie, names in NAMES.items():
        (folder / "liar" / lies.FILE).write_text(lie)
        most = MANY if lie == "sometimes" else FEW
        found = await check(mesh.entry, node, lambda found, names=names: found.found in names, most)
        assert found.found in names, lie
        silent = "unresponsive" in names
        assert found.verdict is (CheckState.INCONCLUSIVE if silent else CheckState.MISMATCH)
        print(f"{lie:14}{found.found}, {found.probes} answers so far", flush=True)
        blameless = await check(mesh.entry, other, lambda _: True, 1)
        assert blameless.verdict is not CheckState.MISMATCH
    (folder / "liar" / lies.FILE).write_text("proxy")
    found = await check(mesh.entry, node, lambda found: found.found == "match", MANY)
    assert found.verdict is CheckState.MATCH, "an honest peer answers: nothing is wrong"
    print("proxy         match: an honest peer answers in its place", flush=True)


async def calibrated(mesh, entry):
    """An entry that knows what honest peers of its own class look like, and wants that to count."""
    await mesh.share(entry)
    node = await node_of(entry)
    await known(entry, node)
    probes = 0
    while probes < ENOUGH:
        (found,) = await entry.do(CheckPeer(node[:12]))
        probes = found.check.probes
    await entry.do(ChangeSettings({"mesh.enforce": True, "sharing.share": False}))


async def left_out(peer, node, *, so):
    """Wait until a peer passes a node's model over, or does so no longer."""
    for seconds in range(ROUNDS):
        await peer.do(ChangeSettings({"chat.max_tokens": 9 + seconds}))  # has it look for news
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                return await until(peer, lambda s: (o := offer(s, node)) and o.check.left_out is so)
    raise AssertionError(f"what is known: {await known(peer, node)}")


async def chats_go_past_a_liar_until_it_is_honest(mesh, folder):
    entries = mesh.entry, await mesh.second_entry()
    for entry in entries:
        await calibrated(mesh, entry)
    peers = {}
    for name in ("liar", "honest", "asking"):
        peers[name] = await mesh.member(name, model=None if name == "asking" else MODEL)
        await peers[name].do(Join(await mesh.invite(entry=entries[1])))
        if name != "asking":
            await mesh.share(peers[name])
    node, asking = await node_of(peers["liar"]), peers["asking"]
    (folder / "liar" / lies.FILE).write_text("coarser")
    for entry in entries:
        found = await check(entry, node, lambda found: found.found == "wrong-quantisation", FEW)
        assert found.verdict is CheckState.MISMATCH
    await left_out(asking, node, so=True)
    answered = {(await ask(asking, f"question {n}"))[-1].receipt.peer for n in range(6)}
    assert answered == {short(await node_of(peers["honest"]))}
    print("two entries agree: chats go past the liar", flush=True)
    (folder / "liar" / lies.FILE).unlink()
    await check(entries[0], node, lambda found: found.found == "match", MANY)
    await left_out(asking, node, so=False)
    print("honest again: it is asked again", flush=True)


async def main():
    """Both, each in a mesh of its own."""
    sys.prefix = "/nonexistent"  # no bundled models
    for tell in (each_lie_is_named, chats_go_past_a_liar_until_it_is_honest):
        with tempfile.TemporaryDirectory() as folder:
            async with SmallMesh(Path(folder), small_worker.COMMAND, model=MODEL) as mesh:
                await tell(mesh, Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
