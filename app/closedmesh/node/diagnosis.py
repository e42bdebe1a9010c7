"""Looks at everything that can be wrong with a peer, and says what was found."""

import os

from closedmesh.host import hardware
from closedmesh.host.paths import Paths
from closedmesh.node.library import Library
from closedmesh.status import Finding, Model, ModelState, Severity, Status

LITTLE_DISK = 1_000_000_000
"""Bytes; below this the disk counts as full."""


def diagnose(status: Status, paths: Paths, library: Library) -> tuple[Finding, ...]:
    """Findings, the most important first."""
    return (
        _default_model(status, library),
        *(_model(model) for model in status.models),
        _memory(status),
        _folder(paths),
        _api(status),
        _processor(),
        *(
            Finding(item.title, ok=item.severity is Severity.INFO, detail=item.advice)
            for item in status.health
        ),
    )


def _default_model(status: Status, library: Library) -> Finding:
    name = status.settings.chat.model
    for model in library.models():
        if name in (model.name, model.sha256, model.path):
            return Finding("Model that answers by default", ok=True, detail=model.title)
    return Finding(
        "Model that answers by default",
        ok=False,
        detail=f"{name} is not on this computer; take it in or choose another chat.model.",
    )


def _model(model: Model) -> Finding:
    usable = model.state not in (ModelState.FAILED, ModelState.MISSING)
    figures = f"{model.size_bytes / 1e6:.0f} MB, {model.quantisation}, {model.path}"
    return Finding(f"Model file {model.name}", ok=usable, detail=model.problem or figures)


def _memory(status: Status) -> Finding:
    free, total = status.memory.available / 1e9, status.memory.total / 1e9
    keep = status.settings.engine.keep_free_mb * 2**20
    return Finding(
        "Memory",
        ok=status.memory.available > keep,
        detail=f"{free:.1f} of {total:.1f} GB are free; {keep / 1e9:.1f} GB stay free.",
    )


def _folder(paths: Paths) -> Finding:
    free = hardware.disk_free(paths.home)
    writable = os.access(paths.home, os.W_OK)
    detail = f"{paths.home}, {free / 1e9:.1f} GB free on its disk"
    return Finding("Home folder", ok=writable and free > LITTLE_DISK, detail=detail)


def _api(status: Status) -> Finding:
    return Finding("Local API", ok=status.api is not None, detail=status.api or "It is closed.")


def _processor() -> Finding:
    detail = f"{hardware.processor()}, {hardware.physical_cores()} cores"
    return Finding("Processor", ok=True, detail=detail)
