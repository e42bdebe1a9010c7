"""Whether an answer's tokens are those that its seed chooses, one by one.

The same model is asked on this computer with the same seed. Where it chooses otherwise, the
reference begins anew behind that place, from the answer's own tokens, so that every single token
is compared. Two computations of the same step differ by a little, because a processor sums in
another order when it reads many tokens at once; `Doubt.nats` says by how much the logits of the
two tokens must differ for the answer's one to win. A token that was lost or doubled shifts all
that follow against their noise, which no small difference explains.
"""

from dataclasses import dataclass

from msgspec import structs

from closedmesh.models.chat import TRACE_UNIT, Piece, Route, TraceEntry
from closedmesh.trust.openings import Finding, judge
from closedmesh.trust.traces import Step

FAR = 64
"""Parts of a nat, `TRACE_UNIT` to the nat, up to which an explanation is looked for."""


@dataclass(frozen=True)
class Doubt:
    """A token that the reference did not choose."""

    position: int
    nats: float | None
    """`None` where a whole nat does not explain it."""


@dataclass(frozen=True)
class Reference:
    """What is computed here, from a place of an answer on."""

    tokens: tuple[int, ...]
    traces: tuple[TraceEntry, ...]


async def reference(peer, question, begun, client):
    """The rest of an answer after `begun`, which is read in one go: `client` names a cache."""
    question = structs.replace(
        question, route=Route.LOCAL, begun=tuple(begun), trace=True, client=client
    )
    tokens, traces = [], []
    async for event in peer.ask(question):
        if isinstance(event, Piece):
            tokens += event.tokens
            traces += event.trace
    return Reference(tuple(tokens), tuple(traces))


async def compare(peer, question, tokens, start, end, name):
    """Doubts of `tokens[start:end]`, given those before, and the traces of the first reference."""
    doubts, at, first = [], start, None
    while at < end:
        here = await reference(peer, question, tokens[:at], f"{name} {at}")
        first = first or here
        told = tokens[at:end]
        same = next(
            (i for i, (a, b) in enumerate(zip(told, here.tokens, strict=False)) if a != b),
            min(len(told), len(here.tokens)),
        )
        if same == len(told):
            break
        at += same
        entry = here.traces[same] if same < len(here.traces) else None
        doubts.append(Doubt(at, entry and missing_nats(entry, tokens[at], at, question.sampling)))
        at += 1
    return doubts, first


def missing_nats(entry, token, position, sampling):
    """The smallest difference of logits that lets the seed choose this token; `None` for more
    than a nat."""
    for parts in range(FAR + 1):
        step = Step(token, _moved(entry, token, parts))
        if judge(step, position, sampling) is Finding.FOLLOWS:
            return (parts + 1) / TRACE_UNIT  # what is judged is rounded to one part
    return None


def _moved(entry, token, parts):
    """A step in which a token is more likely, and every other as it was."""
    pairs = dict(zip(entry.ids, entry.logprobs, strict=True))
    if token in pairs:
        pairs[token] += parts
    else:
        *_, last = pairs  # it is at most as likely as the last that is known
        pairs[token] = pairs.pop(last) + parts
    ranked = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return TraceEntry(tuple(id_ for id_, _ in ranked), tuple(value for _, value in ranked))


def noise(one, other, shift):
    """The differences, in nats, of the best tokens' logits between two computations of the same
    steps: `other` begins `shift` tokens later. Only steps before they part are compared."""
    found = []
    for place, entry in enumerate(other.traces):
        if shift + place >= len(one.traces):
            break
        mine = one.traces[shift + place]
        known = dict(zip(mine.ids, mine.logprobs, strict=True))
        best = list(zip(entry.ids, entry.logprobs, strict=True))[:2]
        found += [abs(value - known[id_]) / TRACE_UNIT for id_, value in best if id_ in known]
        if one.tokens[shift + place] != other.tokens[place]:
            break
    return found
