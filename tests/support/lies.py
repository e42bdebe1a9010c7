"""What a dishonest peer answers with a `SmallModel`, by the name of its lie.

A worker reads the name from a file `lie.txt` in a folder above its model at each question, so that
a peer can begin to lie, and turn honest again, while it runs.
"""

import random

from msgspec import structs

from closedmesh.models.chat import Conversation, Message, Role
from closedmesh.trust.traces import Step
from tests.support.checked_peers import Canned, Prefilled, prompt_tokens
from tests.support.small_model import SmallModel

FILE = "lie.txt"
FAILING = "failing"
"""The lie of a worker that has a fault each time."""
COUNTED = "counted"
"""The lie of one that counts twice as many tokens."""
LONGEST = 64
"""Tokens of an answer: greedy ones of such a model need not end."""

SOMETIMES = 0.4
"""Share of answers on which that lie is told."""

_EARLIER = Conversation((Message(Role.USER, "what was asked by somebody else"),))
_dice = random.Random(1)


def told(folders):
    """The name of the lie that is told now; empty if none is."""
    for folder in folders:
        if (folder / FILE).exists():
            return (folder / FILE).read_text().strip()
    return ""


def model(lie):
    """What a peer that tells this lie really runs, and reads with what others have answered."""
    match lie:
        case "coarser":
            return SmallModel(1.0)
        case "other model":
            return SmallModel(family=b"two")
        case _:  # an honest peer may answer in its place
            return SmallModel()


def answer(lie, request):
    """`(steps, ended)` of an answer."""
    match lie:
        case "" | "proxy" | "counted" | "coarser" | "other model":
            return _by(model(lie), request)
        case "canned":
            return Canned().answer(request)
        case "lookup":
            return SmallModel().answer(prompt_tokens(_EARLIER), request.sampling, LONGEST)
        case "prefilled":
            return Prefilled().answer(_short(request))
        case "sometimes":
            return answer("coarser" if _dice.random() < SOMETIMES else "", request)
        case "inflated":
            steps, ended = _by(SmallModel(), request)
            more = [each for step in steps for each in (step, Step(7, step.entry))]
            return more[:LONGEST], ended and len(more) <= LONGEST
        case _:
            raise ValueError(lie)


def _short(request):
    return structs.replace(request, max_tokens=min(LONGEST, request.max_tokens or LONGEST))


def _by(model, request):
    most = min(LONGEST, request.max_tokens or LONGEST)
    return model.answer(prompt_tokens(request.prompt), request.sampling, most)
