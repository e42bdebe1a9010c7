"""What the window takes: `python -m tests.benchmarks.window [--seconds 60]`.

From a launch in a new home to the window and to the first word of an answer, by real keys on a
real display; what a window and a program without one take while nothing happens; and, in this
process, how long a chat of 10,000 messages beside 500 others takes to open, and how long the
window keeps anything waiting while an answer arrives at 100 tokens a second.
"""

import argparse
import json
import os
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from tests.support.program import PROGRAM, Api, furnish, wait_until
from tests.support.screen import running, screen

MESSAGES = 10_000
CHATS = 500
TOKENS_A_SECOND = 100
TEXT = (
    "Words with *some* marks and `code`, as answers have them: a list of things, a sentence that"
    " goes on for a while, and a number like 42 now and then.\n\n"
)

CODE = "def add(a, b):\n    return a + b  # a sum\n\n\n"
TABLE = "| one | two |\n|---|---|\n" + "| a word | 42 |\n" * 20 + "\n"
TOKENS, WATCHED, LETTERS = 8_000, 1_500, 4
LONG = TOKENS * LETTERS
ANSWERS = {
    "prose": TEXT * (LONG // len(TEXT) + 1),
    "mixed": (TEXT * 4 + f"```python\n{CODE * 8}```\n\n{TABLE}") * (LONG // 1200),
    "code": "```python\n" + CODE * (LONG // len(CODE) + 1),
}
"""What answers are made of: paragraphs, all kinds of things, and one long program."""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each look at an idle one")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, screen(Path(folder)) as desktop:
        launched(Path(folder) / "new", desktop)
        for words in ((), ("app", "--hidden")):
            idle(Path(folder) / f"idle{len(words)}", desktop, words, chosen.seconds)
    with tempfile.TemporaryDirectory() as folder:
        in_this_process(Path(folder))


def show(what, value):
    print(f"{what:62} {value}", flush=True)


def launched(home, desktop):
    home.mkdir()
    (home / "settings.toml").write_text("[chat]\nmax_tokens = 30\n")
    began = time.monotonic()
    with running([*PROGRAM, "--home", str(home)], desktop.environment):
        wait_until(lambda: desktop.windows("ClosedMesh"), "the window is seen")
        show("launch in a new home to the window, s", f"{time.monotonic() - began:.2f}")
        window = desktop.windows("ClosedMesh")[0]
        begun, first = home / "window.ini", time.monotonic()
        while not (begun.exists() and "begun" in begun.read_text()):
            desktop.tool("windowactivate", "--sync", window, "key", "Return")
            assert time.monotonic() < first + 60, "Start does not begin"
        show("launch to a chat that can be written in, s", f"{time.monotonic() - began:.2f}")
        desktop.tool("type", "--delay", 2, "Say hello.")
        asked = time.monotonic()
        desktop.tool("key", "Return")
        wait_until(lambda: first_token(home), "it is answered")
        took = first_token(home)
        show("question to first word (the model is read into memory), s", f"{took:.2f}")
        whole = asked - began + took
        show("launch to first word, with the click and the typing, s", f"{whole:.2f}")


def first_token(home):
    """Seconds to the first token of the answer, from its receipt."""
    with sqlite3.connect(home / "closedmesh.db") as database:
        found = database.execute("SELECT receipt FROM entries WHERE receipt IS NOT NULL").fetchone()
    database.close()
    return json.loads(found[0])["first_token_ms"] / 1000 if found else None


def idle(home, desktop, words, seconds):
    furnish(home)
    with running([*PROGRAM, "--home", str(home), *words], desktop.environment) as process:
        Api(home)
        time.sleep(10)
        program = psutil.Process(process.pid)
        whole = [program, *program.children(recursive=True)]
        before = sum(sum(one.cpu_times()[:2]) for one in whole)
        time.sleep(seconds)
        used = sum(sum(one.cpu_times()[:2]) for one in whole) - before
        kind = "without a window" if words else "with its window"
        show(f"idle {kind}, CPU % of one core over {seconds:.0f} s", f"{used / seconds * 100:.2f}")
        memory = sum(one.memory_info().rss for one in whole) / 1e6
        show(f"idle {kind}, resident MB, no model loaded", f"{memory:.0f}")


def in_this_process(home):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QElapsedTimer, QTimer  # noqa: PLC0415 - after the choice above
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from closedmesh import assembly  # noqa: PLC0415
    from closedmesh.ui.bridge import Bridge  # noqa: PLC0415
    from closedmesh.ui.chat.page import ChatPage  # noqa: PLC0415
    from closedmesh.ui.theme import Theme  # noqa: PLC0415

    furnish(home)
    launch = assembly.Launch(home=home)
    qt = QApplication([])
    theme = Theme(assembly.resources())
    theme.choose("light")
    seed(home, assembly, launch)
    bridge = Bridge(lambda: assembly.attach_or_start(launch))
    page = ChatPage(bridge, theme)
    page.resize(1080, 720)
    page.show()
    bridge.status_changed.connect(page.display)
    bridge.start()
    until(qt, lambda: page.chats.list.count() >= CHATS)
    gaps, timer, clock = [], QTimer(interval=0), QElapsedTimer()
    timer.timeout.connect(lambda: gaps.append(clock.restart()))
    clock.start()
    timer.start()
    began = time.monotonic()
    page._open("large")
    until(qt, lambda: page._detail and len(page._detail.entries) == MESSAGES)
    until(qt, lambda: page.thread_view.verticalScrollBar().maximum() > 0)
    show(f"opening a chat of {MESSAGES:,} messages, s", f"{time.monotonic() - began:.2f}")
    until(qt, lambda: not page.thread_view._timer.isActive())
    report("longest wait of the window meanwhile", gaps)
    gaps.clear()
    for _ in range(50):
        page.display(page._status)
        qt.processEvents()
    report(f"a status beside {MESSAGES:,} messages", gaps)
    stream(qt, page, gaps)
    bridge.stop()


def stream(qt, page, gaps):
    """Answers of 8,000 tokens that arrive as they would from a fast model."""
    for kind, text in ANSWERS.items():
        arrive(qt, page, gaps, kind, text)


def arrive(qt, page, gaps, kind, text):
    entry = page._detail.leaf
    words = [text[at : at + LETTERS] for at in range(0, len(text), LETTERS)][:TOKENS]
    gaps.clear()
    drawn, shown = [], 0
    # Its end, where drawing takes longest; what came before is drawn at once.
    began = time.monotonic() - (TOKENS - WATCHED) / TOKENS_A_SECOND
    page.thread_view.display_growing(entry, "".join(words[: TOKENS - WATCHED]), "")
    settled = time.monotonic() + 1
    until(qt, lambda: time.monotonic() > settled)
    gaps.clear()
    while shown < len(words):
        passed = time.monotonic() - began
        due = min(len(words), int(passed * TOKENS_A_SECOND))
        soon = shown + TOKENS_A_SECOND * 0.08  # as often as an answer that grows is drawn
        if due >= min(soon, len(words)):
            shown = due
            start = time.monotonic()
            page.thread_view.display_growing(entry, "".join(words[:shown]), "")
            drawn.append((time.monotonic() - start) * 1000)
        qt.processEvents()
    report(f"{kind} at {TOKENS_A_SECOND} tokens a second, {shown:,} tokens", gaps)
    show("  drawing it, ms, median and longest",
         f"{statistics.median(drawn):.1f}, {max(drawn):.1f}")  # fmt: skip


def report(what, gaps):
    ordered = sorted(gaps)
    worst = ordered[int(len(ordered) * 0.99)] if ordered else 0
    show(f"{what}: 99 % and longest between two events, ms", f"{worst}, {max(ordered, default=0)}")


def until(qt, condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        qt.processEvents()
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.001)


def seed(home, assembly, launch):
    """Chats as a peer keeps them, written beside it for speed."""
    import asyncio  # noqa: PLC0415 - only the peer that makes the tables needs it

    async def make():
        async with assembly.peer(launch):
            pass

    asyncio.run(make())
    with sqlite3.connect(home / "closedmesh.db") as database:
        options = json.dumps({})
        names = [f"chat-{n}" for n in range(CHATS)] + ["large"]
        database.executemany(
            "INSERT INTO conversations (id, title, updated, options) VALUES (?, ?, ?, ?)",
            [(name, f"About {name}", float(n), options) for n, name in enumerate(names)],
        )
        rows = [
            (n, "large", n - 1 or None, "user" if n % 2 else "assistant", f"{n} {TEXT}", "complete",
             float(n)) for n in range(1, MESSAGES + 1)
        ]  # fmt: skip
        database.executemany(
            "INSERT INTO entries (id, conversation, parent, role, text, state, created)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        database.execute("UPDATE conversations SET leaf = ? WHERE id = 'large'", (MESSAGES,))
    database.close()


if __name__ == "__main__":
    main()
