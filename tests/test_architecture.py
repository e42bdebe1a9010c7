"""The shape of the code, checked like any other promise."""

import ast
import functools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "app" / "closedmesh").rglob("*.py"))

# fmt: off
# Each package may import only what stands before it.
ORDER = ["__init__", "errors",
         "models", "mesh", "trust",
         "settings", "status", "control",
         "host", "engine", "node", "entry",
         "api", "web", "assembly", "cli", "ui", "__main__"]

PURE = {"errors", "mesh", "trust", "models", "settings", "status", "control"}
IMPURE = {"asyncio", "logging", "os", "pathlib", "random", "secrets", "socket",
          "subprocess", "threading", "time"}

FACES = {"api", "cli", "ui", "web"}
MACHINERY = {"host", "engine", "node", "entry"}
# fmt: on

# Third-party packages with one owner each.
OWNER = {
    "PySide6": "app/closedmesh/ui/",
    "cryptography": "app/closedmesh/mesh/signing.py",
    "iroh": "app/closedmesh/node/iroh.py",
    "llama_cpp": "app/closedmesh/engine/llama/",
    "keyring": "app/closedmesh/host/secrets.py",
    "psutil": "app/closedmesh/host/",
    "pypdf": "app/closedmesh/host/pdf_text.py",
    "segno": "app/closedmesh/ui/qr_code.py",
    "tuf": "app/closedmesh/node/updates/genuine.py",
    "zeroconf": "app/closedmesh/node/nearby.py",
}

MAX_LINES = 400
MAX_FUNCTION_LINES = 40


class Module:
    def __init__(self, path: Path) -> None:
        self.path = path.relative_to(ROOT).as_posix()
        self.text = path.read_text()
        self.tree = ast.parse(self.text)
        self.package = Path(self.path).with_suffix("").parts[2]
        self.imports: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                self.imports |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                self.imports.add(node.module)

    @property
    def outside(self) -> set[str]:
        return {name.split(".")[0] for name in self.imports} - {"closedmesh"}

    @property
    def inside(self) -> set[str]:
        return {n.split(".")[1] for n in self.imports if n.startswith("closedmesh.")}


@functools.cache
def read(path: Path) -> Module:
    """A module, parsed once for all the questions about it."""
    return Module(path)


@pytest.fixture(params=MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def module(request):
    return read(request.param)


def test_a_module_says_what_it_is_for(module):
    assert ast.get_docstring(module.tree)


def test_a_module_can_be_read_in_one_sitting(module):
    assert len(module.text.splitlines()) <= MAX_LINES


def test_a_function_does_one_thing(module):
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < MAX_FUNCTION_LINES, node.name


def test_imports_point_one_way(module):
    assert module.inside <= set(ORDER[: ORDER.index(module.package) + 1])


def test_pure_packages_touch_nothing(module):
    if module.package in PURE:
        assert not module.outside & IMPURE


def test_faces_know_the_node_only_through_status_and_control(module):
    if module.package in FACES:
        assert not module.inside & MACHINERY


def test_each_dependency_has_one_owner(module):
    for name in module.outside & set(OWNER):
        assert module.path.startswith(OWNER[name])


def test_the_words_of_a_window_are_written_without_qt(module):
    if module.path.endswith("_view.py"):
        assert "PySide6" not in module.outside


CHECKING = ["entry/checking.py", "entry/rounds.py", "entry/case_book.py", "trust/probes.py"]
ITS_TABLES = {"cases", "calibration", "transcripts", "epochs"}


def _everything_behind(path, by_name):
    """All modules of ours that a module imports, directly or not."""
    found, open_ = set(), [path]
    while open_:
        module = by_name[open_.pop()]
        inside = {name for name in module.imports if name.startswith("closedmesh.")}
        for name in inside & set(by_name) - found:
            found.add(name)
            open_.append(name)
    return found


@pytest.mark.parametrize("path", CHECKING)
def test_checks_have_no_way_to_a_users_question(path):
    """Neither chats, nor what is being asked and answered, nor tables that hold any of it."""
    modules = [read(path) for path in MODULES]
    by_name = {m.path[4:-3].replace("/", ".").removesuffix(".__init__"): m for m in modules}
    name = f"closedmesh.{path[:-3]}".replace("/", ".")
    kept = {f"closedmesh.node.{name}" for name in ("asking", "conversations", "serving", "node")}
    behind = _everything_behind(name, by_name)
    assert not behind & kept
    assert not {n.split(".")[1] for n in behind} & {"api", "ui", "cli", "web"}
    texts = " ".join(
        node.value
        for node in ast.walk(by_name[name].tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert set(re.findall(r"(?:FROM|INTO|UPDATE) (\w+)", texts)) <= ITS_TABLES
