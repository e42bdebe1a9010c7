"""The command line's grammar, and its help."""

import argparse
import ipaddress
from pathlib import Path
from typing import TypeAlias

from closedmesh import __version__
from closedmesh.cli.durations import duration
from closedmesh.mesh.invites import MAX_USES
from closedmesh.models.chat import Route

DESCRIPTION = """\
A peer of ClosedMesh on this computer: chat with a model that runs here, in a window, in this
terminal, or from programs that speak OpenAI's API. Without a command the window opens."""

EPILOG = """\
environment: CLOSEDMESH_HOME (as --home), CLOSEDMESH_API_KEY (instead of the stored key),
CLOSEDMESH_INVITE (the mesh that a new home joins),
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
    _window(commands)
    _serve(commands)
    _entry(commands)
    _invite(commands)
    _chat(commands)
    _models(commands)
    _membership(commands)
    _credits(commands)
    _command(commands, "status", "show what the running peer does")
    bench = _command(commands, "bench", "measure how fast a model is, by itself and by each route")
    bench.add_argument("--model", metavar="REF", help="name, SHA-256 or path of a model")
    bench.add_argument("--route", choices=[route.value for route in Route],
                       help="measure this route only, and the model by itself")  # fmt: skip
    _keys(commands)
    settings = _command(commands, "settings", "show or change settings")
    settings.add_argument("name", nargs="?", help="one setting, like engine.threads")
    settings.add_argument("value", nargs="?", help="its new value")
    _share(commands)
    update = _command(commands, "update", "look for a new version of the program, and fetch it")
    update.add_argument("action", choices=("look", "fetch"), nargs="?", default="look",
                        help="look is the default; fetch: ready for the next start")  # fmt: skip
    service = _command(commands, "service", "start the peer at login, as a service of this account")
    service.add_argument("action", choices=("install", "remove", "status"), nargs="?",
                         default="status", help="status is the default")  # fmt: skip
    remove = _command(commands, "remove-everything", "remove all data, secrets and the service")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    _command(commands, "doctor", "look at everything that can be wrong")
    return result


def with_command(words: list[str]) -> list[str]:
    """A command line, with `app` before a link that stands alone, as desktops hand links over."""
    for place, word in enumerate(words):
        if word.lower().startswith("closedmesh:"):
            before = words[:place]
            alone = before == [] or (len(before) == 2 and before[0] == "--home")
            return [*before, "app", *words[place:]] if alone else words
    return words


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


def _window(commands: Commands) -> None:
    window = _command(commands, "app", "open the window and the tray icon (the default)")
    window.add_argument("--hidden", action="store_true", help="only the tray icon")
    window.add_argument("link", nargs="?", metavar="LINK",
                        help="an invite to look at, closedmesh://join/...")  # fmt: skip


def _keys(commands: Commands) -> None:
    key = _command(commands, "key", "the key of the local API")
    key.add_argument("action", choices=("show", "new"), nargs="?", default="show",
                     help="show it (the default), or replace it")  # fmt: skip
    fallback = _command(commands, "fallback", "the provider outside of the mesh")
    fallback.add_argument("action", choices=("key",), help="keep its key, read from a line typed")


def _serve(commands: Commands) -> None:
    serve = _command(commands, "serve", "run the peer without a window until Ctrl-C")
    serve.add_argument("--port", type=_port, help="preferred port of the local API; 0 is any")
    serve.add_argument("--model", action="append", default=[], metavar="REF",
                       help="have this model in memory from the start (repeatable)")  # fmt: skip
    serve.add_argument("--join", metavar="INVITE", help="join this mesh if it is in none yet")
    serve.add_argument("--share", action=argparse.BooleanOptionalAction, default=None,
                       help="answer others; kept as the setting sharing.share")  # fmt: skip


def _entry(commands: Commands) -> None:
    entry = _command(commands, "entry", "run the peer that is the door of a mesh until Ctrl-C")
    entry.add_argument("--mesh", metavar="NAME",
                       help="name of the mesh; founded at the first start")  # fmt: skip
    entry.add_argument("--invite", metavar="INVITE",
                       help="at the first start of a further entry of a mesh: what `closedmesh "
                       "invite new --scope entry` printed at the entry that founded it; also "
                       "read from CLOSEDMESH_INVITE")  # fmt: skip
    entry.add_argument("--port", type=_port, help="preferred port of the local API; 0 is any")
    entry.add_argument("--web", type=_address, metavar="HOST:PORT",
                       help="serve the public pages at this address")  # fmt: skip
    entry.add_argument("--relay", metavar="URL",
                       help="how peers reach the relay at --web, if otherwise")  # fmt: skip
    entry.add_argument("--listen", type=_address, action="append", default=[], metavar="HOST:PORT",
                       help="answer peers at this UDP address; one IPv4, one IPv6")  # fmt: skip
    entry.add_argument("--model", action="append", default=[], metavar="REF",
                       help="have this model in memory from the start (repeatable)")  # fmt: skip


def _invite(commands: Commands) -> None:
    invite = _command(commands, "invite", "the invites of this entry")
    actions = invite.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = _command(actions, "new", "make an invite and show it once")
    new.add_argument("--scope", choices=("chat", "share", "entry"), default="chat",
                     help="who joins may ask, or also answer (default: chat); entry is for one "
                     "further entry, which then admits members too")  # fmt: skip
    new.add_argument("--uses", type=_uses, default=1, metavar="N",
                     help="how many may join by it (default: 1)")  # fmt: skip
    new.add_argument("--expires", type=duration, metavar="7d",
                     help="how long it can be used (default: 7d; for an entry 1d)")  # fmt: skip
    _command(actions, "list", "list all that were made")
    revoke = _command(actions, "revoke", "let nobody use an invite any longer")
    revoke.add_argument("id", metavar="ID")


def _share(commands: Commands) -> None:
    share = _command(commands, "share", "whether other members may ask this computer")
    share.add_argument("action", choices=("on", "off", "pause", "status"), nargs="?",
                       default="status", help="status is the default")  # fmt: skip
    share.add_argument("span", type=duration, nargs="?", metavar="1h",
                       help="how long a pause lasts; without it until `share on`")  # fmt: skip


def _membership(commands: Commands) -> None:
    join = _command(commands, "join", "become a member of a mesh")
    join.add_argument("invite", metavar="INVITE", help="the link, or what follows its last slash")
    _command(commands, "leave", "end the membership")
    revoke = _command(commands, "revoke", "end a membership, or that of another entry (entry)")
    revoke.add_argument("peer", metavar="PEER", help="its id, or how that begins")
    check = _command(commands, "check", "check now what a peer serves (entry)")
    check.add_argument("peer", metavar="PEER", nargs="?", help="its id, or how that begins")
    check.add_argument("model", metavar="MODEL", nargs="?", help="name or SHA-256; all without it")
    check.add_argument("--keep", metavar="FOLDER", type=Path, help="write what it rests on there")
    check.add_argument(
        "--transcript", metavar="FILE", type=Path,
        help="judge again what --keep has written, with this computer's copy of the model",
    )  # fmt: skip


def _credits(commands: Commands) -> None:
    receipts = _command(commands, "credits", "the receipts of answers; credits are not money")
    receipts.add_argument("action", choices=("list", "verify", "export"), nargs="?",
                          default="list",
                          help="list them (the default), check them all, or print CSV")  # fmt: skip
    ledger = _command(commands, "ledger", "what the mesh has settled; credits are not money")
    ledger.add_argument("action", choices=("verify", "export", "move"),
                        help="check everything from nothing, print one JSON a line, or (settler)"
                        " give everything of account OLD to NEW")  # fmt: skip
    ledger.add_argument("accounts", nargs="*", metavar="OLD NEW", help="for move")
    owner = _command(commands, "owner", "the secret key that your credits belong to")
    owner.add_argument(
        "action",
        choices=("invite", "show", "use"),
        help="make a link for another computer of yours, show the key, or use one that was kept,"
        " read from a line typed",
    )
    owner.add_argument("--expires", type=duration, default=3600.0, metavar="1h",
                       help="how long the link can be used (default: 1h; at most 1d)")  # fmt: skip


def _chat(commands: Commands) -> None:
    chat = _command(commands, "chat", "ask once, or hold a conversation in the terminal")
    chat.add_argument("--model", metavar="REF", help="name, SHA-256 or path of a model")
    chat.add_argument("--route", choices=[route.value for route in Route], default="local",
                      help="where it is answered")  # fmt: skip
    chat.add_argument("text", nargs="*", metavar="TEXT",
                      help="the question; without it a conversation begins")  # fmt: skip


def _models(commands: Commands) -> None:
    models = _command(commands, "models", "models on this computer, on the hub and on their way")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    _command(actions, "list", "list those on this computer, and downloads")
    _command(actions, "offers", "list the catalogue, and how each model would run here")
    search = _command(actions, "search", "search Hugging Face, or list the files of OWNER/NAME")
    search.add_argument("text", nargs="+", metavar="TEXT")
    pull = _command(actions, "pull", "fetch a model; goes on where an earlier pull stopped")
    pull.add_argument("ref", metavar="REF", help="a name of the catalogue, or hf:owner/repo/file")
    verify = _command(actions, "verify", "read a file and compare its SHA-256")
    verify.add_argument("ref", metavar="REF")
    trust = _command(actions, "trust", "use a file that is held back")
    trust.add_argument("ref", metavar="REF")
    add = _command(actions, "import", "check a GGUF file and copy it in")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--in-place", action="store_true", help="use it where it lies")
    _command(actions, "elsewhere", "list model files of Ollama, LM Studio and Hugging Face")
    remove = _command(actions, "remove", "delete a file from the model folder")
    remove.add_argument("ref", metavar="REF")
    move = _command(actions, "move", "move the model folder to another place")
    move.add_argument("folder", type=Path, metavar="FOLDER")
    token = _command(actions, "token", "keep a Hugging Face token, read from standard input")
    token.add_argument("--forget", action="store_true", help="forget it")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _address(text: str) -> tuple[str, int]:
    """An IP address and a port, which may be 0 for any."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon:
        raise ValueError(text)
    return str(ipaddress.ip_address(host)), _port(port)


def _uses(text: str) -> int:
    uses = int(text)
    if not 1 <= uses <= MAX_USES:
        raise ValueError(text)
    return uses
