"""What every command is."""

from typing import Generic, TypeVar

from msgspec import Struct

Result = TypeVar("Result")


class Command(Struct, Generic[Result], frozen=True, tag_field="command"):
    """Something to be done, once. `Result` is what comes back."""
