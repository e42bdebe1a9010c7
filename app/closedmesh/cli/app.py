"""Runs one command of the terminal and turns what happens into an exit code."""

import asyncio
import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from closedmesh import assembly
from closedmesh.cli import (
    arguments,
    bench,
    chat,
    entry,
    facts,
    ledger,
    mesh,
    models,
    owner,
    receipts,
    removal,
    service,
    share,
    update,
)
from closedmesh.cli.output import Output
from closedmesh.control import Control
from closedmesh.errors import ClosedMeshError

DONE, FAILED, INTERRUPTED = 0, 1, 130


def main(words: list[str], open_window: Callable[[Path | None, bool, str], int]) -> int:
    """Carry out a command line; the exit code. Ends with `SystemExit(2)` on wrong usage."""
    chosen = arguments.parser().parse_args(arguments.with_command(words))
    output = Output(as_json=chosen.json)
    try:
        if chosen.command in (None, "app"):
            hidden, link = getattr(chosen, "hidden", False), getattr(chosen, "link", None)
            return open_window(chosen.home, hidden, link or "")
        if chosen.command == "remove-everything":  # and no log is begun where it shall be removed
            return asyncio.run(removal.run(chosen, output))
        assembly.prepare(chosen.home, _log_name(chosen.command))
        if chosen.command == "service":
            return service.run(chosen.home, chosen.action, output)
        return asyncio.run(_run(chosen, output))
    except ClosedMeshError as error:
        return _explain(output, error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read us has gone, and Python would complain about it
        return FAILED


def _explain(output: Output, error: ClosedMeshError) -> int:
    if output.as_json:
        output.data({"error": {"code": error.code, "title": error.title, "advice": error.advice}})
    output.note(f"closedmesh: {error}")
    return FAILED


async def _run(chosen: Namespace, output: Output) -> int:
    if chosen.command == "serve":
        return await _serve(chosen, output)
    if chosen.command == "entry":
        return await _entry(chosen, output)
    if chosen.command == "chat":
        text = " ".join(chosen.text)
        return await chat.run(chosen.home, chosen.model, chosen.route, text, output)
    if chosen.command == "status":
        async with assembly.attach(chosen.home) as control:
            return await facts.status(control, output)
    if chosen.command in {"invite", "revoke"}:
        async with assembly.attach(chosen.home) as control:
            return await entry.run(control, chosen, output)
    async with assembly.attach_or_start(assembly.Launch(home=chosen.home)) as control:
        return await _show(control, chosen, output)


async def _show(control: Control, chosen: Namespace, output: Output) -> int:
    match chosen.command:
        case "models":
            return await models.models(control, chosen, output)
        case "bench":
            return await bench.run(control, chosen.model, chosen.route, output)
        case "fallback":
            return await facts.fallback_key(control, output)
        case "key":
            return await facts.key(control, chosen.action, output)
        case "share":
            return await share.run(control, chosen, output)
        case "join" | "leave" | "check":
            return await mesh.run(control, chosen, output)
        case "credits" | "update" as name:
            return await _ACTIONS[name](control, chosen.action, output)
        case "ledger" | "owner" as name:
            return await _WITH_MORE[name](control, chosen, output)
        case "settings":
            return await facts.settings(control, chosen.name, chosen.value, output)
        case _:
            return await facts.doctor(control, output)


_ACTIONS = {"credits": receipts.run, "update": update.run}
_WITH_MORE = {"ledger": ledger.run, "owner": owner.run}


async def _serve(chosen: Namespace, output: Output) -> int:
    launch = assembly.Launch(
        chosen.home, chosen.port, tuple(chosen.model), invite=chosen.join, share=chosen.share
    )
    stop = _stop_signals()
    async with assembly.peer(launch) as control:
        await facts.ready(control, output)
        await stop.wait()
    return DONE


async def _entry(chosen: Namespace, output: Output) -> int:
    launch = assembly.Launch(chosen.home, chosen.port, tuple(chosen.model), chosen.invite)
    doorway = assembly.Doorway(chosen.mesh, chosen.web, tuple(chosen.listen), chosen.relay)
    stop = _stop_signals()
    async with assembly.entry(launch, doorway) as (control, web):
        await entry.ready(control, web, output)
        await stop.wait()
    return DONE


def _stop_signals() -> asyncio.Event:
    """Set by Ctrl-C and by a service manager that wants us to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


def _log_name(command: str) -> str:
    return {"serve": "peer", "entry": "entry"}.get(command, "terminal")
