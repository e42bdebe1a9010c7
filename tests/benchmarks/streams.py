"""Streams of tokens with the times at which they arrived, from any server that speaks OpenAI's."""

import asyncio
import json
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import pairwise
from time import perf_counter

import aiohttp


@dataclass
class Stream:
    """One answer: when it was asked for, and when how many tokens were there."""

    asked: float
    arrivals: list = field(default_factory=list)
    """`(time, tokens so far)`."""
    tokens: int = 0

    @property
    def first_token(self):
        """Seconds."""
        return self.arrivals[0][0] - self.asked

    @property
    def speed(self):
        """Tokens a second after the first arrival."""
        (start, before), (end, _) = self.arrivals[0], self.arrivals[-1]
        return (self.tokens - before) / (end - start)

    @property
    def longest_pause(self):
        """Seconds between two arrivals."""
        return max(later[0] - earlier[0] for earlier, later in pairwise(self.arrivals))


@dataclass
class Http:
    """A server that speaks OpenAI's completions."""

    name: str
    address: str
    pids: tuple
    """Its processes; the one that computes comes last."""
    headers: dict
    model: str = ""

    async def tokens(self, prompt, count, client="bench", **sampling):
        """Numbers of tokens as they arrive."""
        body = {
            "model": self.model, "prompt": prompt, "max_tokens": count, "stream": True,
            "stream_options": {"include_usage": True}, **sampling,
        }  # fmt: skip
        # A connection of its own each time: some servers tie later requests to the first's place.
        async with (
            aiohttp.ClientSession(headers=self.headers) as session,
            session.post(f"{self.address}/v1/completions", json=body) as answer,
        ):
            assert answer.status == 200, await answer.text()
            seen = 0
            async for line in answer.content:
                if not line.startswith(b"data: {"):
                    continue
                event = json.loads(line[6:])
                if event.get("choices") and event["choices"][0].get("text"):
                    seen += 1
                    yield seen
                if event.get("usage"):
                    yield event["usage"]["completion_tokens"]


async def stream(side, prompt, count, **more):
    """Have a prompt continued by `count` tokens."""
    result = Stream(perf_counter())
    async with aclosing(side.tokens(prompt, count, **more)) as arriving:
        async for seen in arriving:
            if not result.arrivals or seen > result.tokens:
                result.arrivals.append((perf_counter(), seen))
            result.tokens = seen
    return result


async def together(side, prompts, count, **more):
    """Several streams at once; all of them, and the seconds from first to last."""
    began = perf_counter()
    streams = await asyncio.gather(
        *(stream(side, prompt, count, client=f"c{n}", **more) for n, prompt in enumerate(prompts))
    )
    return streams, perf_counter() - began
