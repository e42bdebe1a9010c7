"""How this copy of the program is replaced by a newer one, where it can do that itself."""

from pathlib import Path
from typing import Protocol

from closedmesh.host.app_image import AppImage
from closedmesh.host.versions import Versions


class Replaceable(Protocol):
    """A copy that this account installed, and may replace."""

    @property
    def variant(self) -> str:
        """Which of the announcements for this system is about such copies; empty for the one that
        is about archives."""

    @property
    def failed(self) -> str:
        """The version that was left because it did not come up; empty if there is none."""

    def unpack(self, archive: Path, version: str) -> None:
        """Put a version beside what runs. Only for a file whose hash was right. Raises
        `ClosedMeshError`; then nothing of it is left."""

    def switch_to(self, version: str) -> None:
        """Have another version started from now on, on trial. Raises `ClosedMeshError`."""

    def came_up(self, version: str) -> None:
        """This version runs and answers: it is no longer on trial."""

    def forget_failure(self) -> None:
        """The failed version was told of, or a newer one is tried."""


def of_this_program() -> Replaceable | None:
    """That of the running program; `None` where whatever installed it replaces it."""
    image = AppImage.of_this_program()
    if image is not None:
        return image if image.can_be_replaced else None
    return Versions.of_this_program()
