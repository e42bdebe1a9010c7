"""How a setting is described: `name: Annotated[int, about("What it does.", ge=0)] = 4`."""

from typing import Any

from msgspec import Meta


def about(text: str, **limits: Any) -> Meta:
    """A sentence for people, and limits as `msgspec.Meta` takes them."""
    return Meta(description=text, **limits)
