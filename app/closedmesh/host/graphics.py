"""Graphics cards and their memory, from what the system tells without loading a model.

NVIDIA's cards by NVML, AMD's by the kernel's files on Linux, Apple's by the kind of processor. A
worker's own list of devices decides in the end what is used; this is for saying beforehand what
would fit.
"""

import platform
from pathlib import Path

from closedmesh.host import power_nvidia
from closedmesh.models.computer import Graphics

DRM = Path("/sys/class/drm")

APPLE_SHARE = 0.75
"""Of main memory that Metal lets one program use, unless told otherwise."""


def graphics(memory_total: int, memory_available: int) -> tuple[Graphics, ...]:
    """Every card that could hold a model."""
    return (*power_nvidia.cards(), *amd_cards(DRM), *_apple(memory_total, memory_available))


def amd_cards(folder: Path) -> tuple[Graphics, ...]:
    """AMD's cards by the files of their kernel driver."""
    found = []
    for device in sorted(folder.glob("card[0-9]/device")):
        total = _number(device / "mem_info_vram_total")
        used = _number(device / "mem_info_vram_used")
        if total is None or used is None:
            continue
        name = _word(device / "product_name") or "AMD graphics"
        # An integrated one sets a little memory aside and takes the rest from the main memory.
        unified = (_number(device / "mem_info_gtt_total") or 0) > 4 * total
        found.append(Graphics(name, "Vulkan", total, max(0, total - used), unified))
    return tuple(found)


def _apple(memory_total: int, memory_available: int) -> tuple[Graphics, ...]:
    if platform.system() != "Darwin" or platform.machine() != "arm64":
        return ()
    total = int(memory_total * APPLE_SHARE)
    name = platform.processor() or "Apple graphics"
    return (Graphics(name, "Metal", total, min(total, memory_available), unified=True),)


def _number(path: Path) -> int | None:
    word = _word(path)
    return int(word) if word and word.isdecimal() else None


def _word(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""
