"""The command line's grammar, and its help."""

import argparse
from pathlib import Path
from typing import TypeAlias

from closedmesh import __version__
from closedmesh.cli.durations import duration
from closedmesh.models.chat import Route

DESCRIPTION = """\
A peer of ClosedMesh on this computer: chat with a model that runs here, in a window, in this
terminal, or from programs that speak OpenAI's API. Without a command the window opens."""

EPILOG = """\
environment: CLOSEDMESH_HOME (as --home), CLOSEDMESH_API_KEY (instead of the stored key),
CLOSEDMESH_LOG=debug. Everything else is a setting: `closedmesh settings`.
exit codes: 0 done, 1 refused or failed (one line on standard error), 2 wrong usage."""


def parser() -> argparse.ArgumentParser:
    """The grammar of all commands."""
    result = argparse.ArgumentParser(
        prog="closedmesh",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("--version", action="version", version=f"closedmesh {__version__}")
    result.add_argument("--home", type=Path, metavar="DIR", help="the folder that holds everything")
    result.add_argument("--json", action="store_true", help="print facts as JSON")
    commands = result.add_subparsers(dest="command", metavar="COMMAND")
    window = _command(commands, "app", "open the window and the tray icon (the default)")
    window.add_argument("--hidden", action="store_true", help="only the tray icon")
    _serve(commands)
    _chat(commands)
    _models(commands)
    _command(commands, "status", "show what the running peer does")
    bench = _command(commands, "bench", "measure how fast a model is, by itself and by each route")
    bench.add_argument("--model", metavar="REF", help="name, SHA-256 or path of a model")
    bench.add_argument("--route", choices=[route.value for route in Route],
                       help="measure this route only, and the model by itself")  # fmt: skip
    key = _command(commands, "key", "the key of the local API")
    key.add_argument("action", choices=("show", "new"), nargs="?", default="show",
                     help="show it (the default), or replace it")  # fmt: skip
    settings = _command(commands, "settings", "show or change settings")
    settings.add_argument("name", nargs="?", help="one setting, like engine.threads")
    settings.add_argument("value", nargs="?", help="its new value")
    share = _command(commands, "share", "whether other members may ask this computer")
    share.add_argument("action", choices=("on", "off", "pause", "status"), nargs="?",
                       default="status", help="status is the default")  # fmt: skip
    share.add_argument("span", type=duration, nargs="?", metavar="1h",
                       help="how long a pause lasts; without it until `share on`")  # fmt: skip
    service = _command(commands, "service", "start the peer at login, as a service of this account")
    service.add_argument("action", choices=("install", "remove", "status"), nargs="?",
                         default="status", help="status is the default")  # fmt: skip
    _command(commands, "doctor", "look at everything that can be wrong")
    return result


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def _command(commands: Commands, name: str, help_text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name, help=help_text, description=f"{help_text[0].upper()}{help_text[1:]}."
    )
    # Also allowed after the command; suppressed so that it does not undo the one before.
    command.add_argument("--home", type=Path, metavar="DIR", default=argparse.SUPPRESS,
                         help="the folder that holds everything")  # fmt: skip
    command.add_argument("--json", action="store_true", default=argparse.SUPPRESS,
                         help="print facts as JSON")  # fmt: skip
    return command


def _serve(commands: Commands) -> None:
    serve = _command(commands, "serve", "run the peer without a window until Ctrl-C")
    serve.add_argument("--port", type=_port, help="preferred port of the local API; 0 is any")
    serve.add_argument("--model", action="append", default=[], metavar="REF",
                       help="have this model in memory from the start (repeatable)")  # fmt: skip


def _chat(commands: Commands) -> None:
    chat = _command(commands, "chat", "ask once, or hold a conversation in the terminal")
    chat.add_argument("--model", metavar="REF", help="name, SHA-256 or path of a model")
    chat.add_argument("--route", choices=[route.value for route in Route], default="local",
                      help="where it is answered")  # fmt: skip
    chat.add_argument("text", nargs="*", metavar="TEXT",
                      help="the question; without it a conversation begins")  # fmt: skip


def _models(commands: Commands) -> None:
    models = _command(commands, "models", "the model files of this computer")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    _command(actions, "list", "list them")
    verify = _command(actions, "verify", "read a file and compare its SHA-256")
    verify.add_argument("ref", metavar="REF")
    add = _command(actions, "import", "check a GGUF file and copy it in")
    add.add_argument("file", type=Path, metavar="FILE")
    remove = _command(actions, "remove", "delete a file from the model folder")
    remove.add_argument("ref", metavar="REF")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port
