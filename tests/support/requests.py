"""Requests to an engine, with what a test does not care about filled in."""

from closedmesh.engine.messages import Generate, Priority
from closedmesh.models.chat import Conversation, Message, Overflow, RawText, Role, Sampling

GREEDY = Sampling(temperature=0.0, seed=1)


def said(text, **more):
    """A request with one message of the user."""
    return _request(Conversation((Message(Role.USER, text),)), **more)


def raw(text, **more):
    """A request to continue a text."""
    return _request(RawText(text), **more)


def _request(prompt, **more):
    facts = {
        "id": 1,
        "client": "owner",
        "priority": Priority.OWNER,
        "prompt": prompt,
        "sampling": GREEDY,
        "max_tokens": 16,
        "stop": (),
        "top_logprobs": None,
        "overflow": Overflow.REFUSE,
        "date": "2026-11-24",
    }
    return Generate(**(facts | more))
