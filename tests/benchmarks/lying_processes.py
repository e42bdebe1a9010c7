"""Six real processes, one of which cheats in each way, one after the other: does the status page
name it, and nobody else; do chats go past it, and come back when it is honest again?

    python -m tests.benchmarks.lying_processes FOLDER [LIE...]

Two entries of different owners, a peer whose engine lies (`lying.program`), two honest ones, one
of which computes in another way, and one that asks. All but the lie is the program as it is. Checks
are made at once, as `closedmesh check` does, so that it takes a quarter of an hour and not a day.
Keeps in FOLDER what the public status page showed of each lie, as a picture where Chromium is.
"""

import asyncio
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import aiohttp
import platformdirs
import psutil

from closedmesh.trust.calibration import ENOUGH
from closedmesh.trust.standing import FULL_RATE, RAREST
from tests.benchmarks.identity.copies import Copies
from tests.benchmarks.mesh_processes import MeshOfProcesses
from tests.benchmarks.model_identity import STARTER

CLAIMED = "Q8_0"
SETTINGS = """\
[sharing]
idle_minutes = 0
models = ["smollm2-q8_0"]
[engine]
give_way = false
low_priority = false
measure = false
context = 1024
[chat]
model = "smollm2-q8_0"
"""
OTHERWISE = SETTINGS.replace("context = 1024", 'context = 1024\nflash_attention = "off"')
COARSE, CANNED, OTHER = "wrong-quantisation", "canned", "wrong-model"
UNRESPONSIVE = "unresponsive"
MATCHING = ("match", "drift")
QUESTIONS = 6
AT_ONCE = 12
PATIENCE = 180.0
"""Seconds that a verdict may take to reach everybody."""


@dataclass(frozen=True)
class Lie:
    """A way to cheat, what it must be called, and after how many answers at most."""

    words: str
    called: tuple[str, ...]
    most: int = 12


def lies(copies):
    """All of them by name."""

    def file(kind, family="smollm2"):
        return copies.get(family, kind)

    return {
        "Q6_K": Lie(f"coarser {file('Q6_K')}", (COARSE,)),
        "Q4_K_M": Lie(f"coarser {file('Q4_K_M')}", (COARSE,)),
        "Q2_K": Lie(f"coarser {file('Q2_K')}", (COARSE,)),
        "other": Lie(f"other {file('Q8_0', 'gemma')}", (OTHER, CANNED)),
        "canned": Lie("canned", (CANNED,)),
        "lookup": Lie("lookup", (CANNED, OTHER)),
        "prefilled": Lie(f"prefilled {file('Q4_K_M')}", (COARSE, CANNED)),
        "inflated": Lie("inflated", (OTHER, CANNED)),
        "part-time": Lie(f"sometimes 0.3 {file('Q4_K_M')}", (COARSE,), 60),
        "counted": Lie("counted", (UNRESPONSIVE,)),
        "silent": Lie("silent", (UNRESPONSIVE,)),
        "failing": Lie("failing", (UNRESPONSIVE,)),
        "proxy": Lie("", MATCHING),
    }


class Side:
    """One program by its API."""

    def __init__(self, running, key):
        self.running, self.node = running, ""
        self.short = running.ready["peer"]
        self.address = running.ready["api"]
        self.key = key
        self._session = aiohttp.ClientSession(
            headers={"Authorization": f"Bearer {key}"}, timeout=aiohttp.ClientTimeout(1800)
        )

    @classmethod
    async def of(cls, running):
        """The side of a program that runs."""
        side = cls(running, (await running.facts("key"))["key"])
        side.node = (await side.status())["mesh"]["node"]
        return side

    async def status(self):
        async with self._session.get(f"{self.address}/api/status") as answer:
            return await answer.json()

    async def do(self, command, **fields):
        address = f"{self.address}/api/control/{command}"
        async with self._session.post(address, json=fields) as answer:
            said = await answer.json()
            assert answer.status == 200, said
            return said

    async def settings(self, **changes):
        changed = {name.replace("__", "."): value for name, value in changes.items()}
        await self.do("change-settings", changes=changed)

    async def offer(self, node):
        """What this program knows of a peer's model."""
        peers = (await self.status())["peers"]
        return next((o for p in peers if p["node"] == node for o in p["offers"]), None)

    async def ask(self, text):
        """Who answers a question over the mesh."""
        body = {"messages": [{"role": "user", "content": text}], "max_tokens": 16,
                "model": "smollm2-q8_0"}  # fmt: skip
        headers = {"x-closedmesh-route": "mesh"}
        address = f"{self.address}/v1/chat/completions"
        async with self._session.post(address, json=body, headers=headers) as answer:
            said = await answer.json()
            assert answer.status == 200, said
            return answer.headers["x-closedmesh-peer"]

    async def check(self, node, holds, most):
        """Check a peer until something is known of it: that, and the answers that it took."""
        before = ((await self.offer(node)) or {"check": {"probes": 0}})["check"]["probes"]
        while True:
            (found,) = await self.do("check-peer", peer=node, model=None)
            check = found["check"]
            answers = check["probes"] - before
            if holds(check) or answers > most:
                return check, answers
            most -= answers == 0  # who says nothing must not go on for ever

    async def close(self):
        await self._session.close()


async def until(ask, what):
    """Wait for another process."""
    async with asyncio.timeout(PATIENCE):
        while not await ask():  # noqa: ASYNC110 - a process
            await asyncio.sleep(0.5)
    print(f"    {what}", flush=True)


class Mesh(MeshOfProcesses):
    """The six."""

    def __init__(self, folder, model):
        super().__init__(folder)
        self._model = model
        self.lie = Path(folder) / "lie.txt"
        self.entries = self.honest = ()
        self.liar = self.asking = None

    async def __aenter__(self):
        for name in ("entry", "second"):
            await self.furnish(name, SETTINGS, [self._model])
        await super().__aenter__()
        try:
            await self._rest()
        except BaseException:
            await super().__aexit__()
            raise
        return self

    async def _rest(self):
        _, link, _ = await self.entry.run("--json", "invite", "new", "--scope", "entry")
        second = await self._start(
            "second", (), "entry", "--listen", "127.0.0.1:0", "--invite", json.loads(link)["link"]
        )
        lying = (sys.executable, "-m", "tests.benchmarks.lying.program", str(self.lie))
        started = [
            self.entry,
            second,
            await self._sharing("liar", SETTINGS, lying),
            await self._sharing("honest", SETTINGS),
            await self._sharing("otherwise", OTHERWISE),
            await self.peer("asking", settings=SETTINGS),
        ]
        first, second, self.liar, *honest, self.asking = [await Side.of(one) for one in started]
        self.entries, self.honest = (first, second), honest

    async def _sharing(self, name, settings, program=None):
        more = {"program": program} if program else {}
        return await self.peer(name, share=True, settings=settings, models=[self._model], **more)

    async def __aexit__(self, *failure):
        for side in (*self.entries, self.liar, *self.honest, self.asking):
            await side.close()
        await super().__aexit__(*failure)

    async def calibrate(self, entry):
        """Let an entry see what its own computer answers, and have its verdicts count."""
        await entry.settings(sharing__share=True)
        await until(lambda: entry.offer(entry.node), f"{entry.short} lists itself")
        probes = 0
        while probes < ENOUGH:
            (found,) = await entry.do("check-peer", peer=entry.node, model=None)
            probes = found["check"]["probes"]
        await entry.settings(sharing__share=False, mesh__enforce=True)

    async def shot(self, folder, name):
        """The public status page, as JSON and as a picture."""
        page = self.entry.ready["web"]
        async with aiohttp.ClientSession() as session, session.get(f"{page}/status.json") as said:
            shown = await said.json()
        (folder / f"{name}.json").write_text(json.dumps(shown, indent=2))
        if browser := shutil.which("chromium"):
            process = await asyncio.create_subprocess_exec(
                browser, "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu",
                f"--user-data-dir={folder / '.browser'}", "--window-size=1180,1250",
                f"--screenshot={folder / name}.png", f"{page}/status",
                stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            await process.wait()
        return shown


def named(shown):
    """Peers that the page says not to serve what they claim."""
    return {
        peer["peer"]
        for peer in shown["peers"]
        if any(
            model["check"]["verdict"] == "mismatch" or model["check"]["found"] == UNRESPONSIVE
            for model in peer["models"]
        )
    }


async def tell(mesh, lie):
    """Have the lie told, or none."""
    words = lie.words
    if lie.called is MATCHING:
        words = f"proxy {mesh.liar.address} {mesh.liar.key}"
    mesh.lie.write_text(words)


async def on_all(mesh, node, called, most):
    """Both entries check a peer until it is called so; what they say, and after how many."""
    return await asyncio.gather(
        *(entry.check(node, lambda c: c["found"] in called, most) for entry in mesh.entries)
    )


async def is_named(mesh, name, lie, folder):
    """The lie is found by both entries, and nobody else is."""
    began = monotonic()
    await tell(mesh, lie)
    found = await on_all(mesh, mesh.liar.node, lie.called, lie.most)
    for check, answers in found:
        print(f"{name:10} {check['found']:20} after {answers:2} answers: {check['resolution']}",
              flush=True)  # fmt: skip
        if check["found"] not in lie.called:
            raise AssertionError(f"{name}: {check}")
    for other in mesh.honest:
        for check, _ in await asyncio.gather(
            *(entry.check(other.node, lambda _: True, 1) for entry in mesh.entries)
        ):
            if check["verdict"] == "mismatch" or check["found"] == UNRESPONSIVE:
                raise AssertionError(f"an honest peer is named: {check}")
    shown = named(await mesh.shot(folder, name))
    print(f"    the page names {shown or 'nobody'}; {monotonic() - began:.0f} s", flush=True)
    if shown != (set() if lie.called is MATCHING else {mesh.liar.short}):
        raise AssertionError(f"the page names {shown}, the liar is {mesh.liar.short}")


async def is_left_out(mesh, *, so):
    """Whether whoever asks passes the liar over."""
    offer = await mesh.asking.offer(mesh.liar.node)
    return offer is not None and offer["check"]["left_out"] is so


async def chats_go_past_it(mesh):
    """The asking peer learns of both verdicts, and asks others."""
    await until(lambda: is_left_out(mesh, so=True), "whoever asks knows that it is left out")
    answered = {await mesh.asking.ask(f"Tell me about the number {n}.") for n in range(QUESTIONS)}
    if mesh.liar.short in answered:
        raise AssertionError(f"{QUESTIONS} chats were answered by {answered}")
    print(f"    {QUESTIONS} chats were answered by {sorted(answered)}", flush=True)


async def it_comes_back(mesh, most=60):
    """Honest again, it is asked again."""
    mesh.lie.unlink()
    found = await on_all(mesh, mesh.liar.node, MATCHING, most)
    print(f"    honest again: {[(c['found'], n) for c, n in found]}", flush=True)
    await until(lambda: is_left_out(mesh, so=False), "whoever asks knows that it is honest")

    async def asked():
        """Of more questions at a time than the others have places for."""
        said = await asyncio.gather(*(mesh.asking.ask(f"And {n}?") for n in range(AT_ONCE)))
        return mesh.liar.short in said

    await until(asked, "it is asked again")


async def costs(mesh, checks=10):
    """What checks of one honest peer cost it and the entry that makes them, printed."""
    entry, peer = mesh.entries[0], mesh.honest[0]
    await entry.check(peer.node, lambda _: True, 1)  # both have the model in memory
    before = [sum(side.running.cpu_seconds()) for side in (entry, peer)]
    known = (await entry.offer(peer.node))["check"]["probes"]
    for _ in range(checks):
        (found,) = await entry.do("check-peer", peer=peer.node, model=None)
    after = [sum(side.running.cpu_seconds()) for side in (entry, peer)]
    own, theirs = [(b - a) / checks for a, b in zip(before, after, strict=True)]
    answers = found["check"]["probes"] - known
    shares = [theirs / seconds / psutil.cpu_count() for seconds in (FULL_RATE, FULL_RATE / RAREST)]
    print(f"a check: {answers / checks:.1f} answers, {own:.2f} s of processor at the entry, "
          f"{theirs:.2f} s at the peer: {shares[0]:.3%} of its processors in the first checks, "
          f"{shares[1]:.4%} later", flush=True)  # fmt: skip


async def is_seen(mesh, name, known, folder):
    """All that is wanted of one lie; whether it was so."""
    try:
        await is_named(mesh, name, known[name], folder)
        if known[name].called is not MATCHING:
            await chats_go_past_it(mesh)
            await it_comes_back(mesh)
    except (AssertionError, TimeoutError) as error:
        print(f"    NOT SO: {error!r}", flush=True)
        mesh.lie.unlink(missing_ok=True)
        await on_all(mesh, mesh.liar.node, MATCHING, 40)
        return False
    return True


async def run(folder, chosen):
    """All of it."""
    copies = Copies(
        Path(platformdirs.user_cache_dir("closedmesh-benchmarks")) / "identity", STARTER
    )
    known = lies(copies)
    with tempfile.TemporaryDirectory() as homes:
        async with Mesh(homes, copies.get("smollm2", CLAIMED)) as mesh:
            began = monotonic()
            await asyncio.gather(*map(mesh.calibrate, mesh.entries))
            print(f"calibrated in {monotonic() - began:.0f} s; the liar is {mesh.liar.short}",
                  flush=True)  # fmt: skip
            await costs(mesh)
            found = await on_all(mesh, mesh.liar.node, MATCHING, 30)
            print(f"nobody lies: {[(c['found'], n) for c, n in found]}", flush=True)
            wrong = [
                name for name in chosen or known if not await is_seen(mesh, name, known, folder)
            ]
            await mesh.shot(folder, "honest")
    if wrong:
        raise SystemExit(f"Not as it should be: {', '.join(wrong)}")


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    asyncio.run(run(Path(sys.argv[1]), sys.argv[2:]))
