"""`closedmesh bench`: how fast a model is by itself, and for somebody who asks it.

Three figures that are never mixed: *native* is the engine alone; *local* and *mesh* are what
whoever asks waits for, with everything in between.
"""

import time
from contextlib import aclosing
from statistics import median
from typing import Any

from msgspec import Struct

from closedmesh.cli.facts import current, full_path
from closedmesh.cli.output import Output
from closedmesh.control import Control, MeasureSpeed
from closedmesh.errors import ClosedMeshError, EngineDied
from closedmesh.models.chat import Finished, Piece, Question, RawText, Receipt, Route, Sampling
from closedmesh.models.speed import Speed

ASKED = 3
"""Answers of which the median is told."""

LENGTH = 64
"""Tokens of each."""

PROMPT = "{} is a number. Here is a long story about it. Once upon a time"


class Waited(Struct, frozen=True):
    """What whoever asked had to wait for."""

    first_token_ms: float
    decode_tps: float
    """Tokens a second after the first one."""
    samples: int
    served_by: str
    peer: str


async def run(control: Control, ref: str | None, route: str | None, output: Output) -> int:
    """Measure a model; on one route, or on all that there are."""
    chosen = ref or (await current(control)).settings.chat.model
    if chosen.endswith(".gguf"):
        chosen = full_path(chosen)
    facts: dict[str, Any] = {"model": chosen, "native": None}
    if route in (None, Route.LOCAL):
        output.note("Measuring the engine alone ...")
        facts["native"] = await control.do(MeasureSpeed(chosen))
    for each in (Route.LOCAL, Route.MESH) if route is None else (Route(route),):
        output.note(f"Asking by the route {each} ...")
        try:
            facts[each], receipt = await _ask(control, chosen, each)
        except ClosedMeshError as error:
            if route is not None or each is Route.LOCAL:
                raise
            facts[each] = None
            output.note(str(error))
        else:
            facts |= {"model": receipt.model, "model_sha256": receipt.model_sha256}
    _show(facts, output)
    return 0


async def _ask(control: Control, model: str, route: Route) -> tuple[Waited, Receipt]:
    measured = [await _once(control, model, route, number) for number in range(ASKED)]
    receipt = measured[-1][2]
    waited = Waited(
        first_token_ms=round(median(first for first, _, _ in measured) * 1000, 1),
        decode_tps=round(median(speed for _, speed, _ in measured), 1),
        samples=len(measured),
        served_by=receipt.served_by,
        peer=receipt.peer,
    )
    return waited, receipt


async def _once(
    control: Control, model: str, route: Route, number: int
) -> tuple[float, float, Receipt]:
    """Seconds to the first token, tokens a second after it, and the receipt of one answer."""
    question = Question(
        RawText(PROMPT.format(number + time.monotonic_ns())),  # no cache has seen it
        model,
        Sampling(seed=number),
        max_tokens=LENGTH,
        route=route,
    )
    began, first, last, tokens = time.monotonic(), 0.0, 0.0, 0
    async with aclosing(control.ask(question)) as events:
        async for event in events:
            match event:
                case Piece(tokens=new) if new:
                    last = time.monotonic()
                    first = first or last
                    tokens += len(new)
                case Finished(receipt):
                    speed = (tokens - 1) / (last - first) if last > first else 0.0
                    return first - began, speed, receipt
                case _:
                    pass
    raise EngineDied("The answer ended before it was complete.", "Ask again.")


def _show(facts: dict[str, Any], output: Output) -> None:
    if output.as_json:
        output.data(facts)
        return
    output.say(f"Model   {facts['model']}")
    native: Speed | None = facts["native"]
    if native:
        output.say(
            f"Native  reads {native.prefill_tps:.1f} and writes {native.decode_tps:.1f} tokens/s"
            f" ({native.samples} runs, {native.threads} threads, {native.build})"
        )
        if native.disturbed:
            output.note("Other programs kept the processor busy: alone it is faster.")
    for route in (Route.LOCAL, Route.MESH):
        waited: Waited | None = facts.get(route)
        if waited:
            output.say(
                f"{route.capitalize():7} first token after {waited.first_token_ms:.0f} ms, then"
                f" {waited.decode_tps:.1f} tokens/s ({waited.samples} answers, by {waited.peer})"
            )
