"""What of all that could be put into the bundle is used, and how large each part of it is."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

EXCLUDED_MODULES = (
    "tkinter", "test", "unittest", "pydoc", "lib2to3", "setuptools", "pip", "IPython", "pytest",
    "llama_cpp.server", "numpy.f2py", "numpy.testing", "hypothesis", "mypy", "openai", "pydantic",
    "pydantic_core", "jiter", "httpx", "httpx2", "httpcore", "httpcore2",
)  # fmt: skip
"""Modules that some package mentions and the program never loads."""

PLUGINS = {
    "platforms": r"q(xcb|wayland|offscreen|windows|cocoa)",
    "wayland-shell-integration": r"xdg-shell",
    "wayland-decoration-client": r"(bradient|adwaita)",
    "platformthemes": r"xdgdesktopportal",
    "platforminputcontexts": r"(compose|ibus)",
    "iconengines": r"svg",
    "imageformats": r"(svg|ico)",
    "styles": r".",
}
"""Plugins of Qt that are kept, by kind. Other kinds are left out: the window draws without OpenGL,
and makes no connection of its own."""

QT_WORDS = ("qtbase_de.qm",)
"""Qt's own words (menus of text fields, buttons of dialogs) in the languages of the window."""

FROM_THE_SYSTEM = r"lib(stdc\+\+|gcc_s|vulkan)\.so"
"""Libraries that are left to the system: an older copy of ours would be forced on the graphics
drivers, which belong to the system and may need a newer one. Where there is no Vulkan, the part of
llama.cpp that needs it is not opened."""

ENGINE_COPIES = r"(lib)?(ggml|llama)[\w.-]*$"
"""Libraries of llama.cpp that PyInstaller finds a second time, outside of the binding's folder.
They would be taken first, and know nothing of the kernels that the others opened."""

STRIPPED = r"_internal/(libpython|iroh/|cryptography/)"
"""Libraries that come with symbols for debuggers. Others do not, or were patched to stand in a
wheel, which stripping breaks."""

COMPONENTS = (
    ("the starter model", r"models/"),
    ("llama.cpp", r"llama_cpp/"),
    ("licences", r"licences/"),
    ("Qt", r"(PySide6|shiboken6)/"),
    ("ICU, which Qt needs", r"libicu"),
    ("iroh", r"iroh/"),
    ("NumPy", r"numpy(\.libs)?/"),
    ("cryptography", r"cryptography/"),
    ("other packages", r"[^/]+/"),
    ("Python", r"lib(python|ssl|crypto|sqlite|ffi|expat|bz2|lzma|z|uuid)"),
    ("the program", r"closedmesh"),
)
"""Parts that sizes are shown for: the first pattern that the beginning of a path matches."""


def is_wanted(place: str) -> bool:
    """Whether a file belongs into the bundle, by its place there."""
    path = place.replace("\\", "/")
    if found := re.search(r"PySide6/(?:Qt/)?plugins/([^/]+)/(.+)$", path):
        return re.search(PLUGINS.get(found[1], "^$"), found[2]) is not None
    if found := re.search(r"PySide6/(?:Qt/)?translations/(.+)$", path):
        return found[1] in QT_WORDS
    if re.search(r"PySide6/(?:Qt/)?(qml|metatypes)/", path):
        return False
    if re.match(ENGINE_COPIES, path):
        return False
    return re.match(FROM_THE_SYSTEM, PurePosixPath(path).name) is None


def is_needed_by_itself(place: str, kind: str) -> bool:
    """Whether a library is opened by its name, and not because another one needs it."""
    path = place.replace("\\", "/")
    return kind == "EXTENSION" or re.search(r"/plugins/|^iroh/|^llama_cpp/lib/", path) is not None


def reachable(roots: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """The roots, and everything that they need or that what they need needs."""
    found: set[str] = set()
    ahead = list(roots)
    while ahead:
        if (name := ahead.pop()) not in found:
            found.add(name)
            ahead.extend(needs(name))
    return found


def engine_links(places: Iterable[str]) -> Mapping[str, str]:
    """Of llama.cpp's libraries, which come under three names each, the names that become links:
    those that the binding opens, to those that the libraries know each other by."""
    names = {p for p in places if re.match(r"llama_cpp/lib/lib\w[\w.-]*?\.so\.\d+$", p)}
    return {re.sub(r"\.\d+$", "", name): PurePosixPath(name).name for name in sorted(names)}


def is_engine_copy(place: str, renamed: Mapping[str, str]) -> bool:
    """Whether one of llama.cpp's libraries lies there under another name already. Those for one
    family of processors have a single name."""
    return place in renamed or re.match(r"llama_cpp/lib/.*\.so\.\d+\.", place) is not None


def is_stripped(place: str) -> bool:
    """Whether symbols for debuggers are taken out of a library of the finished bundle."""
    return re.match(STRIPPED, place) is not None


def component(place: str) -> str:
    """To which part of the program a file belongs."""
    path = place.removeprefix("_internal/")
    return next((name for name, rule in COMPONENTS if re.match(rule, path)), "other libraries")


def sizes(folder: Path) -> dict[str, int]:
    """Bytes of each part, largest first."""
    found: dict[str, int] = {}
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            part = component(file.relative_to(folder).as_posix())
            found[part] = found.get(part, 0) + file.stat().st_size
    return dict(sorted(found.items(), key=lambda each: -each[1]))


def table(found: Mapping[str, int]) -> str:
    """Sizes, for a person."""
    rows = [f"{size / 1e6:8.1f} MB  {part}" for part, size in found.items()]
    return "\n".join([*rows, f"{sum(found.values()) / 1e6:8.1f} MB  in all"])
