from closedmesh.host import graphics as graphics_module
from closedmesh.host.bandwidth import memory_speed
from closedmesh.host.computer import computer_now, features
from closedmesh.host.graphics import amd_cards, graphics


def device(folder, number, **files):
    path = folder / f"card{number}" / "device"
    path.mkdir(parents=True)
    for name, value in files.items():
        (path / name).write_text(f"{value}\n")


def test_amd_cards_are_read_from_the_kernel_s_files(tmp_path):
    device(tmp_path, 0, mem_info_vram_total=16 * 10**9, mem_info_vram_used=10**9,
           mem_info_gtt_total=8 * 10**9, product_name="Radeon")  # fmt: skip
    device(tmp_path, 1, mem_info_vram_total=512 * 10**6, mem_info_vram_used=0,
           mem_info_gtt_total=16 * 10**9)  # fmt: skip
    device(tmp_path, 2, vendor="0x8086")
    card, integrated = amd_cards(tmp_path)
    assert (card.name, card.memory_free, card.unified) == ("Radeon", 15 * 10**9, False)
    assert integrated.unified


def test_apple_shares_most_of_its_memory(monkeypatch):
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    found = [g for g in graphics(16 * 10**9, 8 * 10**9) if g.backend == "Metal"]
    assert [(g.memory_total, g.memory_free, g.unified) for g in found] == [
        (12 * 10**9, 8 * 10**9, True)
    ]


def test_without_any_card_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(graphics_module.power_nvidia, "cards", lambda: ())
    monkeypatch.setattr(graphics_module, "DRM", tmp_path)
    assert graphics(1, 1) == ()


def test_features_are_those_that_matter(tmp_path):
    file = tmp_path / "cpuinfo"
    file.write_text("processor : 0\nflags : fpu avx avx2 sse fma\n")
    assert features(file) == ("AVX", "AVX2", "FMA")
    assert features(tmp_path / "nothing") == ()


def test_this_computer_is_looked_at(tmp_path):
    found = computer_now(tmp_path / "not" / "there", 5e9)
    assert 0 < found.memory_available <= found.memory_total
    assert found.disk_free > 0
    assert found.cores >= 1
    assert found.memory_speed == 5e9


def test_the_memory_s_speed_is_measured():
    assert 10**8 < memory_speed() < 10**13
