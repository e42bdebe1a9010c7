import os
import subprocess
import sys

import psutil
import pytest

from closedmesh.host import hardware

CPUINFO = """processor\t: 0
vendor_id\t: GenuineIntel
model name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz
"""
RASPBERRY = """processor\t: 0
BogoMIPS\t: 108.00
CPU part\t: 0xd0b

Model\t\t: Raspberry Pi 5 Model B Rev 1.0
"""


def test_memory_is_what_the_system_says():
    found = hardware.memory()
    assert 0 < found.available <= found.total


@pytest.fixture
def group(tmp_path):
    def write(limit, used, cached):
        (tmp_path / "memory.max").write_text(f"{limit}\n")
        (tmp_path / "memory.current").write_text(f"{used}\n")
        (tmp_path / "memory.stat").write_text(f"anon 1\ninactive_file {cached}\n")
        return hardware._container_limit(tmp_path)

    return write


def test_a_containers_limit_counts_less_what_is_only_cached(group):
    assert group(2_000_000_000, 900_000_000, 300_000_000) == (2_000_000_000, 600_000_000)


def test_without_a_limit_the_machine_counts(group, tmp_path):
    assert group("max", 5, 0) is None
    assert hardware._container_limit(tmp_path / "nowhere") is None


def test_inside_a_container_no_more_than_its_rest_is_free(monkeypatch):
    monkeypatch.setattr(hardware, "_container_limit", lambda: (1_000_000, 400_000))
    found = hardware.memory()
    assert (found.total, found.available) == (1_000_000, 600_000)


def test_a_container_that_uses_more_than_its_limit_has_nothing_free(monkeypatch):
    monkeypatch.setattr(hardware, "_container_limit", lambda: (1_000, 2_000))
    assert hardware.memory().available == 0


def test_cores_are_those_that_this_process_may_use():
    assert 1 <= hardware.physical_cores() <= (os.cpu_count() or 1)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="Linux")
def test_a_process_bound_to_one_core_has_one():
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert hardware.physical_cores() == 1
    finally:
        os.sched_setaffinity(0, before)


def test_resident_memory_is_measured_and_0_for_nobody():
    assert hardware.resident(os.getpid()) > 10_000_000
    assert hardware.resident(0) == 0
    assert hardware.resident(2**22 + 1) == 0


def test_disk_space_is_what_is_left_for_this_account(tmp_path):
    assert hardware.disk_free(tmp_path) == pytest.approx(
        psutil.disk_usage(str(tmp_path)).free, rel=0.5
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (CPUINFO, "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz"),
        (RASPBERRY, "Raspberry Pi 5 Model B Rev 1.0"),
        ("nothing known", None),
    ],
)
def test_the_processors_name_is_read(tmp_path, text, name):
    (tmp_path / "cpuinfo").write_text(text)
    assert hardware._name_in(tmp_path / "cpuinfo") == name


def test_a_processor_always_has_a_name(monkeypatch, tmp_path):
    monkeypatch.setattr(hardware, "CPUINFO", tmp_path / "nowhere")
    assert hardware.processor()


@pytest.mark.skipif(sys.platform == "win32", reason="other names there")
@pytest.mark.parametrize(("before", "after"), [(0, 10), (15, 15)])
def test_a_process_steps_back_but_never_forward(before, after):
    program = (
        "import os; from closedmesh.host import hardware;"
        f"os.nice({before}); hardware.set_low_priority(os.getpid()); print(os.nice(0))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert int(done.stdout) == after


def test_a_process_that_is_gone_is_no_error():
    hardware.set_low_priority(2**22 + 1)
