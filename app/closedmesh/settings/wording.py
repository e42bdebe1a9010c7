"""How a setting is described: `name: Annotated[int, about("What it does.", ge=0)] = 4`."""

from enum import StrEnum
from typing import Any

from msgspec import Meta


class Effect(StrEnum):
    """From when on a changed setting holds."""

    AT_ONCE = "at-once"
    NEXT_CHAT = "next-chat"
    """For chats that are begun after it."""
    NEXT_LOAD = "next-load"
    """When a model is read into memory next."""
    NEXT_START = "next-start"
    """When the program is started next."""


def about(text: str, **limits: Any) -> Meta:
    """A sentence for people, and limits as `msgspec.Meta` takes them."""
    return Meta(description=text, **limits)


_OF_A_LOADED_MODEL = (
    "low_priority",
    "context",
    "slots",
    "cache_type",
    "flash_attention",
    "gpu_layers",
    "guess",
    "conversations_mb",
    "keep_conversations",
)
_LATER = {f"engine.{name}": Effect.NEXT_LOAD for name in _OF_A_LOADED_MODEL} | {
    "api.port": Effect.NEXT_START,
    "mesh.port": Effect.NEXT_START,
}


def effect_of(name: str) -> Effect:
    """From when on a setting holds, by its dotted name."""
    if name.startswith("chat.") and name != "chat.model":
        return Effect.NEXT_CHAT
    return _LATER.get(name, Effect.AT_ONCE)
