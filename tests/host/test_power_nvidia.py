import pynvml
import pytest

from closedmesh.host.power_nvidia import Nvidia
from closedmesh.models.energy import Kind, Reading, Scope


def test_without_a_driver_there_are_no_gpus():
    nvidia = Nvidia()
    assert nvidia.read() == []
    nvidia.close()


@pytest.fixture
def driver(monkeypatch):
    """NVML with three GPUs, of which the second has no sensor."""
    open_count = []

    def power(handle):
        if handle == 1:
            raise pynvml.NVMLError(pynvml.NVML_ERROR_NOT_SUPPORTED)
        return 43_500 + handle

    monkeypatch.setattr(pynvml, "nvmlInit", lambda: open_count.append(1))
    monkeypatch.setattr(pynvml, "nvmlShutdown", open_count.pop)
    monkeypatch.setattr(pynvml, "nvmlDeviceGetCount", lambda: 3)
    monkeypatch.setattr(pynvml, "nvmlDeviceGetHandleByIndex", lambda index: index)
    monkeypatch.setattr(pynvml, "nvmlDeviceGetPowerUsage", power)
    return open_count


def test_each_gpu_with_a_sensor_is_a_reading(driver):
    nvidia = Nvidia()
    assert nvidia.read() == [
        Reading(43.5, Scope.GPU, Kind.MEASURED, "NVML"),
        Reading(43.502, Scope.GPU, Kind.MEASURED, "NVML"),
    ]
    nvidia.close()
    nvidia.close()
    assert driver == []
    assert nvidia.read() == []
