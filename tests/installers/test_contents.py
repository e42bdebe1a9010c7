import pytest

import contents


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "resources/catalogue.toml",
        "llama_cpp/lib/libllama.so.0",
        "PySide6/Qt/translations/qtbase_de.qm",
    ],
)
def test_what_the_program_uses_is_kept(place):
    assert contents.is_wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/designer_de.qm",
        "PySide6/Qt/qml/QtQml/libqmlplugin.so",
        "libstdc++.so.6",
        "libgcc_s.so.1",
        "libvulkan.so.1",
        "libggml-base.so.0",
    ],
)
def test_what_it_does_not_use_is_left_out(place):
    assert not contents.is_wanted(place)


def test_some_libraries_are_opened_by_name_and_others_because_they_are_needed():
    assert contents.is_needed_by_itself("numpy/_core/_multiarray.so", "EXTENSION")
    assert contents.is_needed_by_itself("llama_cpp/lib/libllama.so.0", "BINARY")
    assert contents.is_needed_by_itself("PySide6/Qt/plugins/platforms/libqxcb.so", "BINARY")
    assert not contents.is_needed_by_itself("libgtk-3.so.0", "BINARY")


def test_what_is_needed_is_followed_to_its_end_and_round_in_circles():
    needs = {"a": ["b"], "b": ["c", "a"], "c": [], "alone": ["c"]}
    assert contents.reachable(["a"], needs.__getitem__) == {"a", "b", "c"}


def test_each_engine_library_lies_there_once():
    places = [f"llama_cpp/lib/libggml.so{end}" for end in ("", ".0", ".0.25.3")]
    kernels = "llama_cpp/lib/libggml-cpu-armv8.2_1.so"
    links = contents.engine_links([*places, kernels, "libz.so.1"])
    assert links == {"llama_cpp/lib/libggml.so": "libggml.so.0"}
    left = [each for each in [*places, kernels] if not contents.is_engine_copy(each, links)]
    assert left == ["llama_cpp/lib/libggml.so.0", kernels]


def test_only_libraries_that_bear_it_are_stripped():
    assert contents.is_stripped("_internal/libpython3.11.so.1.0")
    assert not contents.is_stripped("_internal/numpy.libs/libscipy_openblas64_-1.so")


def test_names_of_engine_libraries_may_have_dots():
    name = "llama_cpp/lib/libggml-cpu-armv8.2_1.so"
    assert contents.engine_links([name, f"{name}.0"]) == {name: "libggml-cpu-armv8.2_1.so.0"}


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("closedmesh", "the program"),
        ("_internal/models/a.gguf", "the starter model"),
        ("_internal/PySide6/QtGui.abi3.so", "Qt"),
        ("_internal/numpy.libs/libopenblas.so", "NumPy"),
        ("_internal/libpython3.11.so.1.0", "Python"),
        ("_internal/yarl/_quoting.so", "other packages"),
        ("_internal/libX11.so.6", "other libraries"),
    ],
)
def test_a_file_belongs_to_a_part(place, part):
    assert contents.component(place) == part


def test_sizes_are_those_of_files_and_not_of_links_to_them(tmp_path):
    inner = tmp_path / "_internal" / "iroh"
    inner.mkdir(parents=True)
    (tmp_path / "closedmesh").write_bytes(b"1" * 10)
    (inner / "library.so").write_bytes(b"1" * 1_500_000)
    (tmp_path / "_internal" / "library.so").symlink_to("iroh/library.so")
    sizes = contents.sizes(tmp_path)
    assert list(sizes.items()) == [("iroh", 1_500_000), ("the program", 10)]
    assert contents.table(sizes).splitlines()[0] == "     1.5 MB  iroh"
