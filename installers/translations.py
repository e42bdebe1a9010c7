"""Renews the lists of words that translators fill in: `resources/words/*.ts`.

    .venv/bin/python installers/translations.py

Qt's `lupdate` finds the window's own words, which are written `words.tr(...)` and
`words.plural(...)`. Sentences that are made behind the window (errors, reasons, what settings
are) are found here, as they stand in the source: an f-string becomes a text with `{names}`. They
are given to `lupdate` too, so that one tool merges everything into the lists.
"""

import ast
import itertools
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "app" / "closedmesh"
LISTS = ROOT / "resources" / "words"

BEHIND = (
    "errors.py", "models", "mesh", "trust", "settings", "status.py", "control", "host",
    "engine", "node", "entry", "api/remote.py", "api/server.py", "assembly.py",
)  # fmt: skip
"""Where sentences are made that reach a person through the window."""

TOLD = {
    "about": (0,), "Health": (2, 3), "Finding": (0,), "Test": (0,), "Waiting": (0,),
    "Trouble": (0,), "_refuse": (0,), "_refused": (1,),
}  # fmt: skip
"""Calls, besides those of errors, whose arguments of these places are told to a person."""

PHRASES = (
    "direct", "direct, below 1 ms", "direct, {delay} ms",
    "through a relay", "through a relay, below 1 ms", "through a relay, {delay} ms",
    "whole machine ({source})", "CPU package ({source})", "from its load", "battery",
    "can tell {claimed} from {told}", "can tell {claimed} from {told}, not from {not_told}",
    "cannot tell {claimed} from any other quantisation",
    "told by copies of other owners that agree, without one here;"
    " can tell {claimed} from {told}",
    "told by copies of other owners that agree, without one here;"
    " can tell {claimed} from {told}, not from {not_told}",
    "told by copies of other owners that agree, without one here;"
    " cannot tell {claimed} from any other quantisation",
    "told by copies of other owners that agree, without one here;"
    " of the last {count} they did not",
    "has been used as often as it may be", "has expired", "was withdrawn",
    "is not known to the mesh", "does not admit this computer, whose membership was ended",
    "cannot be used just now: too many tried", "was refused ({code})",
    "was killed by signal {signal} ({name})", "could not be started", "ended with code {code}",
    "it needed about {needed}, {free} were free", "Entry {peer}",
)  # fmt: skip
"""Parts of sentences that are put together from values, and so are not found as they stand."""

DESCRIBED = ("resources/security.toml",)
"""Files that describe things in sentences, under these keys."""

KEYS = {"title", "text"}

MAX_VARIANTS = 8
"""Forms of one f-string with conditions in it."""

KEYWORDS = {"title", "advice", "text", "detail"}
"""What is told, where it is given by name."""

PAGE = re.compile(r"(?!Change)[A-Z]\w+Settings")
"""Classes whose docstring is the title of a page of settings."""

TO_MODELS = {"trust/probes.py", "models/tools.py"}
"""Modules whose sentences are for models, not for people."""

SENTENCE = re.compile(r"(?!SELECT |UPDATE |DELETE |INSERT )[A-Z{][^\n]* [^\n]*[.?!]")
"""A text that is told to somebody, by its look."""


def main() -> int:
    """Renew all lists; the exit code."""
    for file in sorted(LISTS.glob("*.ts")):
        renew(file)
    return 0


def renew(file: Path) -> None:
    """Bring a list up to date: new words are unfinished, and those that are gone are left out."""
    with tempfile.TemporaryDirectory() as folder:
        behind = Path(folder) / "core.py"
        lines = (f'QT_TRANSLATE_NOOP("core", {_quoted(text)})' for text in sentences())
        behind.write_text("\n".join(lines), encoding="utf-8")
        window = sorted(map(str, (SOURCE / "ui").rglob("*.py")))
        subprocess.run(
            [
                _lupdate(), "-silent", "-no-obsolete", "-sort-messages", "-locations", "none",
                "-tr-function-alias", "tr+=plural", "-source-language", "en",
                "-target-language", file.stem, *window, str(behind), "-ts", str(file),
            ],
            check=True,
        )  # fmt: skip


def sentences() -> list[str]:
    """Everything that is said behind the window, each once."""
    found: dict[str, None] = {}
    errors = _errors()
    for place in BEHIND:
        path = SOURCE / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if file.relative_to(SOURCE).as_posix() in TO_MODELS:
                continue
            for text in _of_module(ast.parse(file.read_text(encoding="utf-8")), errors):
                found[text] = None
    for name in DESCRIBED:
        for text in _told_in(tomllib.loads((ROOT / name).read_text(encoding="utf-8"))):
            found[text] = None
    return [*found, *(phrase for phrase in PHRASES if phrase not in found)]


def _lupdate() -> str:
    folder = Path(PySide6.__file__).parent
    return str(next(path for path in folder.glob("lupdate*") if path.is_file()))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _errors() -> set[str]:
    """The names of the family of errors for people."""
    tree = ast.parse((SOURCE / "errors.py").read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def _of_module(tree: ast.Module, errors: set[str]) -> Iterator[str]:
    passed_over = _not_told(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, errors)
        if isinstance(node, ast.ClassDef) and PAGE.fullmatch(node.name):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in passed_over:
            yield from (text for text in _texts(node) if SENTENCE.fullmatch(text))


def _not_told(tree: ast.Module) -> set[int]:
    """Docstrings, lines of the log, and the parts of f-strings."""
    found: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(ast.Constant()):
                found.add(id(node.value))
            case ast.Call(ast.Attribute(ast.Name("logger"))):
                found.update(id(inner) for inner in ast.walk(node))
            case ast.JoinedStr():
                found.update(id(inner) for inner in ast.walk(node) if inner is not node)
            case _:
                pass
    return found


def _of_call(node: ast.Call, errors: set[str]) -> Iterator[str]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    places = (0, 1) if name in errors else TOLD.get(name, ())
    told = [node.args[place] for place in places if place < len(node.args)]
    told += [word.value for word in node.keywords if word.arg in KEYWORDS]
    if places:
        for argument in told:
            yield from (text for text in _texts(argument) if " " in text or name == "Finding")


def _texts(node: ast.expr) -> Iterator[str]:
    """All that an expression may say, with names for values."""
    for parts in itertools.islice(itertools.product(*_pieces(node)), MAX_VARIANTS):
        text = _named(parts).strip()
        if re.search(r"[A-Za-z]{2}", re.sub(r"\{\w+\}", "", text)):
            yield text


def _pieces(node: ast.expr) -> list[list[str]]:
    """For each piece of a text, what it may be; a value is a name in braces."""
    match node:
        case ast.Constant(str(text)):
            return [[text.replace("{", "(").replace("}", ")")]] if "{" in text else [[text]]
        case ast.JoinedStr():
            return [piece for value in node.values for piece in _pieces(value)]
        case ast.FormattedValue():
            return _pieces(node.value) if _is_choice(node.value) else [[_place(_name(node.value))]]
        case ast.IfExp():
            both = (node.body, node.orelse)
            return [
                [text for one in both for text in map("".join, itertools.product(*_pieces(one)))]
            ]
        case ast.BoolOp(ast.Or()):
            return [
                [
                    text
                    for one in node.values
                    for text in map("".join, itertools.product(*_pieces(one)))
                ]
            ]
        case _:
            return [[_place(_name(node))]]


def _ways(node: ast.expr) -> list[str]:
    """All texts of an expression, as one piece each."""
    return ["".join(parts) for parts in itertools.product(*_pieces(node))]


def _is_choice(node: ast.expr) -> bool:
    return isinstance(node, ast.IfExp) and all(
        isinstance(one, ast.Constant | ast.JoinedStr) for one in (node.body, node.orelse)
    )


def _name(node: ast.expr) -> str:
    """What a value is called, after the expression it comes from."""
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(ast.Name(name)):
            return name.strip("_").lower()
        case ast.Call(ast.Attribute(value, "join" | "strip" | "format")):
            return _name(node.args[0]) if node.args else _name(value)
        case ast.Call(ast.Attribute(attr=name)):
            return name.strip("_").lower()
        case ast.Subscript(value) | ast.BinOp(value) | ast.GeneratorExp(value):
            return _name(value)
        case _:
            return "value"


def _place(name: str) -> str:
    return f"{{{name}}}"


def _named(parts: Iterable[str]) -> str:
    """The pieces as one text in which no name stands twice."""
    seen: dict[str, int] = {}
    made = []
    for part in parts:
        if found := re.fullmatch(r"\{(\w+)\}", part):
            name = found[1]
            seen[name] = seen.get(name, 0) + 1
            made.append(_place(name if seen[name] == 1 else f"{name}_{seen[name]}"))
        else:
            made.append(part)
    return "".join(made)


def _told_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in KEYS and isinstance(inner, str):
                yield " ".join(inner.split())
            else:
                yield from _told_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _told_in(inner)


if __name__ == "__main__":
    sys.exit(main())
