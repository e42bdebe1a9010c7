import io
import tarfile
import zipfile
from pathlib import Path

import pytest

import engine

ROOT = Path(__file__).parent.parent.parent


def test_it_is_built_for_every_processor_and_not_for_this_one():
    options = engine.options(vulkan=False)
    assert options["GGML_NATIVE"] == "OFF"
    assert options["GGML_CPU_ALL_VARIANTS"] == "ON"
    assert "GGML_VULKAN" not in options


def test_graphics_cards_are_served_if_that_is_asked_for():
    assert engine.options(vulkan=True)["GGML_VULKAN"] == "ON"


def test_the_version_is_the_one_the_program_is_made_for():
    found = engine.requirement((ROOT / "pyproject.toml").read_text("utf-8"))
    assert found.startswith("llama-cpp-python==")


def test_another_version_or_way_of_building_is_another_build():
    options = engine.options(vulkan=False)
    names = {
        engine.name_of("llama-cpp-python==1", options),
        engine.name_of("llama-cpp-python==2", options),
        engine.name_of("llama-cpp-python==1", options | {"GGML_VULKAN": "ON"}),
    }
    assert len(names) == 3
    assert engine.name_of("llama-cpp-python==1", dict(reversed(options.items()))) in names


def test_what_was_built_is_not_built_again(tmp_path):
    pyproject = (ROOT / "pyproject.toml").read_text("utf-8")
    options = engine.options(vulkan=False)
    folder = tmp_path / engine.name_of(engine.requirement(pyproject), options)
    folder.mkdir()
    assert engine.libraries(tmp_path / "no-python", pyproject, tmp_path, vulkan=False) == folder


def test_libraries_are_taken_out_of_a_wheel_and_nothing_else(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        for name in ("llama_cpp/lib/libllama.so.0", "llama_cpp/lib/ggml-base.dll",
                     "bin/libggml-cpu-x64.so",
                     "llama_cpp/lib/ggml.lib", "llama_cpp/lib/sub/../../../evil.so",
                     "llama_cpp/llama.py", "lib/libllama.so"):  # fmt: skip
            wheel.writestr(name, name)
    engine.unpack(tmp_path / "a.whl", tmp_path / "libraries")
    made = {each.name for each in (tmp_path / "libraries").iterdir()}
    assert made == {"libllama.so.0", "ggml-base.dll", "libggml-cpu-x64.so"}


def test_the_licence_is_that_of_llama_itself(tmp_path):
    sources = tmp_path / "a.tar.gz"
    with tarfile.open(sources, "w:gz") as archive:
        for name in ("a-1/LICENSE.md", "a-1/vendor/llama.cpp/LICENSE"):
            entry = tarfile.TarInfo(name)
            entry.size = len(name)
            archive.addfile(entry, io.BytesIO(name.encode()))
    engine.keep_licence(sources, tmp_path)
    assert (tmp_path / "LICENSE").read_text() == "a-1/vendor/llama.cpp/LICENSE"


@pytest.mark.parametrize(
    ("names", "families"),
    [
        (["libggml-cpu-haswell.so", "libggml-cpu-haswell.so.0", "libggml-cpu-x64.so"],
         ["haswell", "x64"]),
        (["libggml-cpu-armv8.2_1.so", "ggml-cpu-zen4.dll"], ["armv8.2_1", "zen4"]),
        (["libggml-cpu.so", "libggml-base.so"], []),
    ],
)  # fmt: skip
def test_families_of_processors_are_known_by_their_libraries(names, families):
    assert engine.variants(names) == families
