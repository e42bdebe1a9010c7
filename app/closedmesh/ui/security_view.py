"""The Security tab: what is enforced and what is not protected, as `resources` say it. No Qt."""

from pathlib import Path

from closedmesh.models import security


def security_view(resources: Path) -> tuple[security.Section, ...]:
    """Everything that is said, in order."""
    return security.parse((resources / "security.toml").read_text("utf-8"))
