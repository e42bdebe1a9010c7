"""Commands about the keys of programs: ours for those who ask us, a provider's for those we ask."""

from closedmesh.control.command import Command


class ShowKey(Command[str], frozen=True, tag="show-key"):
    """The key of the local API."""


class NewKey(Command[str], frozen=True, tag="new-key"):
    """Replace the key of the local API; the old one stops working at once."""


class SetFallbackKey(Command[None], frozen=True, tag="set-fallback-key"):
    """Keep the key of the provider outside of the mesh; an empty one is none."""

    key: str


KeyCommand = ShowKey | NewKey
"""What concerns the key of the local API."""
