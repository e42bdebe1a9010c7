"""What a dishonest engine answers, by the lie's name and what belongs to it.

(nothing)              what the claimed file says
coarser FILE           what another file of the same vocabulary says, with its numbers
sometimes SHARE FILE   the same, in a share of answers
other FILE             words of a model of another family, with its numbers as far as they fit
canned                 the same words for everybody, with numbers that make them look sure
lookup                 what was answered to somebody else before, with its own numbers
prefilled FILE         words of a cheaper file with the numbers of the claimed one
inflated               the right words, spelled with a token for each letter
counted                the right answer, said to have twice as many tokens
silent                 an answer that is begun and goes no further
failing                no answer: a fault each time
proxy API KEY          what another peer of the mesh answers, with its numbers
"""

import asyncio
import random
from dataclasses import dataclass
from itertools import zip_longest

import aiohttp
import llama_cpp
from msgspec import structs

from closedmesh.engine.messages import (
    Detokenize,
    Done,
    Generate,
    PlainText,
    Score,
    Scored,
    Started,
    Tokenize,
    Tokens,
)
from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import TRACE_TOP, TRACE_UNIT, FinishReason, TraceEntry
from closedmesh.trust.traces import Step
from tests.benchmarks.identity.cheats import CANNED

LONGEST = 300
"""Tokens of an answer that is made up, at most."""

BEGUN = 3
"""Tokens after which a silent engine says nothing more."""

TRIES = 600.0
"""Seconds that it stays silent; whoever asked has gone by then."""

SURE = (-4, *(-320 - 20 * i for i in range(TRACE_TOP - 1)))
"""Log-probabilities of one token and seven others, in the unit of a trace."""


@dataclass
class Whole:
    """An answer that is complete."""

    prompt_tokens: int
    text: str
    steps: list
    end: Step | None
    finish: FinishReason


class Heard:
    """What a worker has said of an answer so far."""

    def __init__(self):
        self.texts, self.steps, self.prompt_tokens = [], [], 0

    def hear(self, event):
        """Take the next event in."""
        match event:
            case Started():
                self.prompt_tokens = event.prompt_tokens
            case Tokens():
                self.texts.append(event.text)
                self.steps += map(Step, event.ids, event.trace)

    def whole(self, done):
        """All of it, once it is complete."""
        text = "".join(self.texts)
        return Whole(self.prompt_tokens, text, self.steps, _end(done), done.finish)


class Answers:
    """Answers requests by real workers; `worker` gives that of a file, `claimed` unless said
    otherwise, and `send` goes to the peer."""

    def __init__(self, worker, claimed, send):
        self._worker, self._claimed, self._send = worker, claimed, send
        self._earlier = []
        self._vocabulary = {}

    async def answer(self, request, lie):  # noqa: C901, PLR0912 - one case a lie
        """Answer a `Generate` with a lie, which is a list of words."""
        match lie:
            case []:
                await self._relay(request, await self._worker(), keep=True)
            case ["coarser", file]:
                await self._relay(request, await self._worker(file))
            case ["sometimes", share, file]:
                cheat = random.random() < float(share)
                await self._relay(request, await self._worker(file if cheat else ""))
            case ["other", file]:
                said = await self._whole(request, await self._worker(file))
                await self._tell(request, await self._in_our_tokens(request, said))
            case ["canned"]:
                tokens = (await self._tokens(CANNED, request.date))[: _most(request)]
                steps = [Step(token, _entry(token, SURE)) for token in tokens]
                await self._tell(request, Whole(40, CANNED, steps, None, FinishReason.LENGTH))
            case ["lookup"]:
                await self._tell(request, random.choice(self._earlier))
            case ["prefilled", file]:
                said = await self._whole(request, await self._worker(file))
                await self._tell(request, await self._proved(request, said))
            case ["inflated"]:
                said = await self._whole(request, await self._worker())
                await self._tell(request, await self._spelled(request, said))
            case ["counted"]:
                await self._relay(request, await self._worker(), times=2)
            case ["silent"]:
                await self._begin(request)
            case ["failing"]:
                raise ClosedMeshError("Something went wrong.", "Ask again.")
            case ["proxy", address, key]:
                await self._tell(request, await self._elsewhere(request, address, key))
            case _:
                raise ValueError(lie)

    async def honestly(self, request):
        """Have anything but a `Generate` answered by the claimed file."""
        worker = await self._worker()
        ways = {Score: worker.score, Tokenize: worker.tokenize, Detokenize: worker.detokenize}
        said = await ways[type(request)](request)
        self._send(structs.replace(said, id=request.id))

    async def _relay(self, request, worker, *, times=1, keep=False):
        heard = Heard()
        async for event in worker.generate(request):
            heard.hear(event)
            if isinstance(event, Done):
                counted = times * event.completion_tokens
                self._send(structs.replace(event, id=request.id, completion_tokens=counted))
                if keep and request.trace and heard.steps:
                    self._earlier = [*self._earlier[-20:], heard.whole(event)]
                return
            self._send(structs.replace(event, id=request.id))

    async def _whole(self, request, worker):
        heard = Heard()
        async for event in worker.generate(request):
            heard.hear(event)
            if isinstance(event, Done):
                return heard.whole(event)
        raise AssertionError("an answer without an end")

    async def _tell(self, request, whole):
        """Say an answer as if it were just being written."""
        most = _most(request)
        steps, cut = whole.steps[:most], len(whole.steps) > most
        text = whole.text[: len(whole.text) * len(steps) // max(1, len(whole.steps))]
        self._send(Started(request.id, whole.prompt_tokens, 0, 0))
        for count, (step, piece) in enumerate(
            zip(steps, _pieces(text, len(steps)), strict=True), 1
        ):
            self._send(Tokens(request.id, piece, count, (), (step.token,), (step.entry,)))
            await asyncio.sleep(0.005)
        end = None if cut else whole.end
        self._send(
            Done(
                request.id,
                FinishReason.LENGTH if cut else whole.finish,
                len(steps),
                end.token if end else None,
                end.entry if end else None,
            )
        )

    async def _tokens(self, text, date):
        worker = await self._worker()
        return (await worker.tokenize(Tokenize(1, PlainText(text), date))).tokens

    async def _in_our_tokens(self, request, said):
        """Another vocabulary's answer: its words in tokens of the claimed one, its numbers."""
        tokens = await self._tokens(said.text or ".", request.date)
        values = [step.entry.logprobs for step in said.steps] or [SURE]
        steps = [
            Step(token, _entry(token, values[i % len(values)])) for i, token in enumerate(tokens)
        ]
        return Whole(said.prompt_tokens, said.text, steps, None, said.finish)

    async def _proved(self, request, said):
        """The same words with the numbers that the claimed file gives for them."""
        steps = [*said.steps, *filter(None, (said.end,))]
        tokens = tuple(step.token for step in steps)
        if not tokens:
            return said
        worker = await self._worker()
        score = Score(1, request.client, request.prompt, tokens, request.date, top=TRACE_TOP)
        scored: Scored = await worker.score(score)
        proved = [
            Step(token, TraceEntry(s.top, tuple(round(v * TRACE_UNIT) for v in s.top_logprobs)))
            for token, s in zip(tokens, scored.scores, strict=True)
        ]
        end = proved.pop() if said.end else None
        return Whole(said.prompt_tokens, said.text, proved, end, said.finish)

    async def _spelled(self, request, said):
        """The same words with more tokens, and the numbers that the claimed file gives for them."""
        tokens = [
            token for letter in said.text for token in await self._tokens(letter, request.date)
        ]
        steps = [Step(token, _entry(token, SURE)) for token in tokens[: _most(request)]]
        text = said.text[: len(said.text) * len(steps) // max(1, len(tokens))]
        spelled = Whole(said.prompt_tokens, text, steps, None, FinishReason.LENGTH)
        return await self._proved(request, spelled)

    async def _begin(self, request):
        self._send(Started(request.id, 30, 0, 0))
        for count, token in enumerate((await self._tokens(CANNED, request.date))[:BEGUN], 1):
            entry = _entry(token, SURE)
            self._send(Tokens(request.id, " ...", count, (), (token,), (entry,)))
        await asyncio.sleep(TRIES)

    async def _elsewhere(self, request: Generate, address, key):
        """By this peer's own program, which asks the mesh as anybody would. Numbers come as texts
        of tokens, which the vocabulary turns back."""
        sampling = request.sampling
        body = {
            "model": (await self._asked_for(address, key)),
            "messages": [
                {"role": message.role.value, "content": message.text}
                for message in request.prompt.messages
            ],
            "seed": sampling.seed, "temperature": sampling.temperature, "top_p": sampling.top_p,
            "max_tokens": request.max_tokens, "logprobs": True, "top_logprobs": TRACE_TOP,
        }  # fmt: skip
        async with (
            aiohttp.ClientSession(headers=_headers(key)) as session,
            session.post(f"{address}/v1/chat/completions", json=body) as answer,
        ):
            said = await answer.json()
        if answer.status != 200:
            raise ClosedMeshError("The other peer did not answer.", "Ask again.")
        (choice,) = said["choices"]
        steps = [self._step(each) for each in choice["logprobs"]["content"]]
        return Whole(
            said["usage"]["prompt_tokens"], choice["message"]["content"], steps, None,
            FinishReason(choice["finish_reason"]),
        )  # fmt: skip

    async def _asked_for(self, address, key):
        """The name of the claimed file; the vocabulary is read on the way."""
        async with (
            aiohttp.ClientSession(headers=_headers(key)) as session,
            session.get(f"{address}/api/status") as answer,
        ):
            status = await answer.json()
        if not self._vocabulary:
            self._vocabulary = _vocabulary(self._claimed)
        (shared,) = {o["name"] for p in status["peers"] if p["this_computer"] for o in p["offers"]}
        return shared

    def _step(self, said):
        def known(one):
            return self._vocabulary.get(bytes(one["bytes"]), 0)

        top = {known(one): round(one["logprob"] * TRACE_UNIT) for one in said["top_logprobs"]}
        return Step(known(said), TraceEntry(tuple(top), tuple(top.values())))


def _headers(key):
    return {"Authorization": f"Bearer {key}", "x-closedmesh-route": "mesh"}


def _vocabulary(path):
    """Tokens by their bytes."""
    model = llama_cpp.Llama(path, vocab_only=True, verbose=False)
    return {model.detokenize([token]): token for token in reversed(range(model.n_vocab()))}


def _most(request):
    return min(LONGEST, request.max_tokens or LONGEST)


def _end(done):
    if done.end_token is None or done.end_trace is None:
        return None
    return Step(done.end_token, done.end_trace)


def _entry(token, values):
    """Numbers that make a token the most likely one, before some that nobody knows."""
    others = [other for other in range(1000, 1000 + TRACE_TOP) if other != token]
    return TraceEntry((token, *others[: len(values) - 1]), tuple(values))


def _pieces(text, count):
    """A text in so many pieces."""
    cuts = [len(text) * i // count for i in range(count + 1)] if count else []
    return [text[a:b] for a, b in zip_longest(cuts[:-1], cuts[1:])]
