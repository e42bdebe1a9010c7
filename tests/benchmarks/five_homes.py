"""A mesh as its members meet it: an entry, two peers with the starter model, one with another file,
and the window of a fifth that asks. Five homes, joined by invite only.

    python -m tests.benchmarks.five_homes OTHER.gguf FOLDER

Keeps in FOLDER what the window showed, `status.json` of the entry, and what `closedmesh status`
says in the asking home.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import aiohttp

from tests.benchmarks.mesh_processes import PROGRAM, STARTER, MeshOfProcesses
from tests.support.program import Api, run
from tests.support.screen import running, screen

SHARES = """\
[sharing]
idle_minutes = 0
models = ["{}"]
[engine]
give_way = false
"""
CHAT = "[chat]\nmax_tokens = 60\n"
QUESTIONS = ("What is a lighthouse good for?", "And who lives there?")
SHARING = 3
CHIP = (947, 25)
"""Of the place that answers: pixels from the window's corner."""
COMPOSER = (600, 655)
LIMIT = 90.0


async def until(holds, what):
    """Wait for another process."""
    async with asyncio.timeout(LIMIT):
        while not (found := await asyncio.to_thread(holds)):  # noqa: ASYNC110 - a process
            await asyncio.sleep(0.3)
    print(f"  {what}")
    return found


class Window:
    """The program with its window, in a home that has joined nothing yet."""

    def __init__(self, home, desktop):
        self.home, self.desktop = home, desktop
        self.api = None

    def facts(self):
        return json.loads(run(self.home, "status", "--json").stdout)

    def knows_everybody(self):
        return sum(bool(peer["offers"]) for peer in self.facts()["peers"]) == SHARING

    def seen(self):
        return self.desktop.windows("ClosedMesh")

    def press(self, *words):
        for window in self.seen():
            self.desktop.tool("windowactivate", "--sync", window, *words)

    def click(self, *at):
        (window,) = self.seen()
        self.desktop.tool("windowactivate", "--sync", window)
        self.desktop.tool("mousemove", "--window", window, *at, "click", 1)

    def choose_mesh(self):
        """Open the menu of places, and take the second."""
        self.click(*CHIP)
        self.press("key", "Down", "Down", "Return")

    async def ask(self, text):
        """Type a question and wait for its answer."""
        before = len(self.api.replies())
        self.click(*COMPOSER)
        self.press("type", "--delay", 4, text)
        self.press("key", "Return")
        return (await until(lambda: self.api.replies()[before:], "answered"))[0]


async def look(mesh, desktop, folder):
    """Join with the window, ask twice over the mesh, keep what was to be seen."""
    home = Path(tempfile.mkdtemp(prefix="asking", dir=desktop.environment["HOME"]))
    (home / "settings.toml").write_text(CHAT)
    invited = desktop.environment | {"CLOSEDMESH_INVITE": mesh.invite}
    with running([*PROGRAM, "--home", str(home)], invited):
        window = Window(home, desktop)
        await until(window.seen, "the window is open")
        window.api = await asyncio.to_thread(Api, home)
        await until(window.knows_everybody, "all who share are known")
        desktop.shot(folder / "before.png")
        window.choose_mesh()
        desktop.shot(folder / "chosen.png")
        for number, question in enumerate(QUESTIONS):
            reply = await window.ask(question)
            print(f"  {json.dumps(reply['receipt'])}")
            desktop.shot(folder / f"answer-{number}.png")
        (folder / "asking.json").write_text(json.dumps(window.facts(), indent=2))


async def main(other, folder):
    """Start everything, look, and stop it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as homes, screen(Path(homes) / "desktop") as desktop:
        async with MeshOfProcesses(homes) as mesh:
            for name in ("one", "two"):
                await mesh.peer(name, share=True, settings=SHARES.format(STARTER))
            settings = SHARES.format(other.stem.lower())
            await mesh.peer("other", share=True, settings=settings, models=[other])
            print("an entry and three peers run")
            await look(mesh, desktop, folder)
            address = f"{mesh.entry.ready['web']}/status.json"
            async with aiohttp.ClientSession() as session, session.get(address) as answer:
                (folder / "status.json").write_text(json.dumps(await answer.json(), indent=2))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
