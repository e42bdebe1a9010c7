"""The only file that knows NVML: what NVIDIA's GPUs draw and hold, by their own sensors."""

import logging

import pynvml

from closedmesh.models.computer import Graphics
from closedmesh.models.energy import Kind, Reading, Scope

log = logging.getLogger(__name__)


class Nvidia:
    """NVIDIA's GPUs; none where there is no driver."""

    def __init__(self) -> None:
        self._handles: list[object] = []
        self._open = False
        try:
            pynvml.nvmlInit()
        except pynvml.NVMLError as error:
            log.debug("no NVML: %s", error)
            return
        self._open = True
        for index in range(pynvml.nvmlDeviceGetCount()):
            self._handles.append(pynvml.nvmlDeviceGetHandleByIndex(index))

    def read(self) -> list[Reading]:
        """One reading a GPU that has a sensor."""
        found = []
        for handle in self._handles:
            try:
                milliwatts = pynvml.nvmlDeviceGetPowerUsage(handle)
            except pynvml.NVMLError:
                continue
            found.append(Reading(milliwatts / 1000, Scope.GPU, Kind.MEASURED, "NVML"))
        return found

    def close(self) -> None:
        """Let go of the driver."""
        if self._open:
            pynvml.nvmlShutdown()
            self._open = False
            self._handles.clear()


def cards() -> tuple[Graphics, ...]:
    """NVIDIA's cards and their memory; none where there is no driver."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return ()
    try:
        return tuple(map(_card, range(pynvml.nvmlDeviceGetCount())))
    except pynvml.NVMLError as error:
        log.debug("no memory of cards: %s", error)
        return ()
    finally:
        pynvml.nvmlShutdown()


def _card(index: int) -> Graphics:
    handle = pynvml.nvmlDeviceGetHandleByIndex(index)
    memory = pynvml.nvmlDeviceGetMemoryInfo(handle)
    name = pynvml.nvmlDeviceGetName(handle)
    return Graphics(str(name), "CUDA", int(memory.total), int(memory.free), unified=False)
