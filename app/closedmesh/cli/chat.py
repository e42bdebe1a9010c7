"""`closedmesh chat`: one answer, or a conversation that is kept like the window's."""

import asyncio
import signal
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from closedmesh import assembly
from closedmesh.cli.facts import current, full_path
from closedmesh.cli.output import Output
from closedmesh.control import ConfigureConversation, Control, NewConversation
from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import (
    Accepted,
    Conversation,
    Finished,
    Message,
    Piece,
    Question,
    Receipt,
    Role,
    Route,
    ServedBy,
    Waiting,
)
from closedmesh.models.conversations import (
    AnswerEvent,
    Ask,
    EntryId,
    Recorded,
    Say,
)


async def run(home: Path | None, model: str | None, route: str, text: str, output: Output) -> int:
    """Ask `text` once; without text, talk until the input ends."""
    if model is not None and model.endswith(".gguf"):
        model = full_path(model)
    async with assembly.attach_or_start(assembly.Launch(home=home)) as control:
        if not text and not sys.stdin.isatty() and output.as_json:
            text = await asyncio.to_thread(sys.stdin.read)
        if text:
            return await _once(control, model, Route(route), text, output)
        return await _Talk(control, output).hold(model, Route(route))


async def _once(
    control: Control, model: str | None, route: Route, text: str, output: Output
) -> int:
    chosen = (await current(control)).settings.chat.options()
    messages = [Message(Role.USER, text)]
    if chosen.system_prompt:
        messages.insert(0, Message(Role.SYSTEM, chosen.system_prompt))
    question = Question(
        Conversation(tuple(messages)),
        model,
        chosen.sampling,
        chosen.max_tokens,
        overflow=chosen.overflow,
        route=route,
    )
    answer = ""
    async with aclosing(control.ask(question)) as events:
        async for event in events:
            match event:
                case Waiting(reason):
                    output.note(f"{reason} ...")
                case Piece(piece):
                    answer += piece
                    if not output.as_json:
                        output.say(piece, end="")
                case Finished(receipt):
                    _end(receipt, answer, output)
                case Recorded() | Accepted():
                    pass
    return 0


def _end(receipt: Receipt, answer: str, output: Output) -> None:
    if output.as_json:
        facts: dict[str, Any] = msgspec.to_builtins(receipt)
        output.data({"text": answer, **facts})
    else:
        output.say("")
        output.note(f"[{in_words(receipt)}]")


def in_words(receipt: Receipt) -> str:
    """The figures of an answer in one line."""
    parts = [f"{receipt.completion_tokens} tokens"]
    if receipt.tokens_per_second is not None:
        parts.append(f"{receipt.tokens_per_second:.0f} tokens/s")
    if receipt.first_token_ms is not None:
        parts.append(f"first word after {receipt.first_token_ms / 1000:.2f} s")
    parts.append(f"{receipt.model} {_where(receipt)}")
    if receipt.credits:
        parts.append(f"{receipt.credits:,.3f} credits (not money)")
    if receipt.dropped_messages:
        parts.append(f"without the oldest {receipt.dropped_messages} messages")
    return ", ".join(parts)


def _where(receipt: Receipt) -> str:
    match receipt.served_by:
        case ServedBy.LOCAL:
            return "on this computer"
        case ServedBy.MESH:
            tried = f", {len(receipt.attempts)} tried" if len(receipt.attempts) > 1 else ""
            return f"by peer {receipt.peer} ({receipt.link}{tried})"
        case ServedBy.FALLBACK:
            return "by the provider outside the mesh"


class _Talk:
    """A conversation. Ctrl-C stops an answer; at the prompt it ends the conversation."""

    def __init__(self, control: Control, output: Output) -> None:
        self._control = control
        self._output = output
        self._stopped = asyncio.Event()

    async def hold(self, model: str | None, route: Route) -> int:
        """Talk until the input ends."""
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(self._stopped.set))
        chat = await self._control.do(NewConversation())
        options = structs.replace(chat.options, model=model, route=route)
        await self._control.do(ConfigureConversation(chat.summary.id, options))
        self._output.note("Type a message; an empty line or Ctrl-D ends.")
        leaf: EntryId | None = None
        while True:
            text = await self._next_line()
            if not text:
                return 0
            leaf = await self._answer(Say(chat.summary.id, leaf, text)) or leaf

    async def _next_line(self) -> str | None:
        """A line of input; `None` when there are no more, or at Ctrl-C."""
        self._stopped.clear()
        self._output.note("\nyou> " if sys.stdin.isatty() else "", end="")
        line: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        # A thread of its own that dies with the program: a read from a terminal cannot be undone.
        threading.Thread(target=_read_line, args=(line, line.get_loop()), daemon=True).start()
        stopped = asyncio.ensure_future(self._stopped.wait())
        done, _ = await asyncio.wait((line, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        return line.result().strip() or None if line in done else None

    async def _answer(self, ask: Ask) -> EntryId | None:
        """Show an answer; the entry that the next message follows."""
        reply: list[EntryId] = []
        try:
            async with asyncio.TaskGroup() as group:
                show = group.create_task(self._show(self._control.ask(ask), reply))
                stop = group.create_task(self._stop(show))
                await asyncio.wait([show])
                stop.cancel()
        except* ClosedMeshError as errors:
            for error in errors.exceptions:
                self._output.note(f"closedmesh: {error}")
        return reply[0] if reply else None

    async def _stop(self, show: asyncio.Task[None]) -> None:
        await self._stopped.wait()
        self._output.note("\n[stopped]")
        show.cancel()

    async def _show(self, events: AsyncGenerator[AnswerEvent], reply: list[EntryId]) -> None:
        async with aclosing(events):
            async for event in events:
                match event:
                    case Recorded():
                        reply.append(event.reply)
                    case Waiting(reason):
                        self._output.note(f"{reason} ...")
                    case Piece(piece):
                        self._output.say(piece, end="")
                    case Finished(receipt):
                        self._output.say("")
                        self._output.note(f"[{in_words(receipt)}]")
                    case Accepted():
                        pass


def _read_line(line: asyncio.Future[str], loop: asyncio.AbstractEventLoop) -> None:
    text = sys.stdin.readline()

    def deliver() -> None:
        if not line.done():
            line.set_result(text)

    loop.call_soon_threadsafe(deliver)
