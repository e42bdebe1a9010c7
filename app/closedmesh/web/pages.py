"""Writes the public pages: HTML from `resources/web`, and the few files that the pages load.

Whatever a page shows is escaped, names of peers and models too; and signs that cannot be seen, or
that turn the order of others around, are left out.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from closedmesh.models import security
from closedmesh.settings import PublicSettings
from closedmesh.web.public import PublicStatus
from closedmesh.web.status_view import status_view

MOST_NEEDED = 5
"""Models that the page for contributors names."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that pages load."""

    body: bytes
    content_type: str


class Writer:
    """Makes pages. Reads all files when it is made."""

    def __init__(self, resources: Path) -> None:
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(resources / "web"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_visible,
        )
        self._security = security.parse((resources / "security.toml").read_text("utf-8"))
        files = (
            (resources / "web" / "style.css", "text/css"),
            (resources / "web" / "status.js", "text/javascript"),
            (resources / "icons" / "closedmesh.svg", "image/svg+xml"),
        )
        self.files = {path.name: Loaded(path.read_bytes(), kind) for path, kind in files}
        """By name, below `/static/`."""

    def status(self, shown: PublicStatus, public: PublicSettings, now: float) -> str:
        """The page of models, peers and figures; `now` in Unix seconds."""
        return self._write("status", page=status_view(shown, now), public=public)

    def security(self) -> str:
        """The page of what is protected and what is not."""
        return self._write("security", sections=self._security)

    def contribute(self, shown: PublicStatus) -> str:
        """The page for whoever wants to share a computer."""
        rare = sorted(shown.models, key=lambda model: model.replicas)[:MOST_NEEDED]
        return self._write("contribute", mesh=shown.mesh.name if shown.mesh else "", rare=rare)

    def _write(self, name: str, **values: Any) -> str:
        return self._templates.get_template(f"{name}.html").render(here=f"/{name}", **values)


def _visible(value: Any) -> Any:
    """What a template puts out, without control and format characters; HTML of our own stays."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return "".join(sign for sign in value if not unicodedata.category(sign).startswith("C"))
