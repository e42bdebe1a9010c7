"""What this computer has for running models, as one picture."""

from pathlib import Path

from closedmesh.host import hardware
from closedmesh.host.graphics import graphics
from closedmesh.models.computer import Computer

CPUINFO = Path("/proc/cpuinfo")

MATTERING = ("avx", "avx2", "f16c", "fma", "avx512f", "avx512_vnni", "avx_vnni", "amx_tile",
             "asimd", "asimddp", "i8mm", "sve")  # fmt: skip
"""What llama.cpp computes faster with, in Linux's words."""


def computer_now(folder: Path, memory_speed: float) -> Computer:
    """This computer at this moment; models lie in `folder`."""
    memory = hardware.memory()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return Computer(
        processor=hardware.processor(),
        cores=hardware.physical_cores(),
        features=features(CPUINFO),
        memory_total=memory.total,
        memory_available=memory.available,
        memory_speed=memory_speed,
        graphics=graphics(memory.total, memory.available),
        disk_free=hardware.disk_free(folder),
    )


def features(cpuinfo: Path) -> tuple[str, ...]:
    """What the processor can do that matters; nothing where the system does not tell."""
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        return ()
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() in ("flags", "Features"):
            has = set(value.split())
            return tuple(word.upper() for word in MATTERING if word in has)
    return ()
