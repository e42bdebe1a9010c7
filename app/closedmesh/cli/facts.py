"""Commands that print facts: status, key, settings, doctor."""

import getpass
import json
import sys
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from typing import Any

from closedmesh.cli import mesh
from closedmesh.cli.model_table import show_models
from closedmesh.cli.output import Output
from closedmesh.control import (
    ChangeSettings,
    Control,
    Diagnose,
    NewKey,
    SetFallbackKey,
    ShowKey,
)
from closedmesh.errors import BadRequest
from closedmesh.models.energy import Kind
from closedmesh.settings import Setting, Settings, Value, describe
from closedmesh.status import Status


async def current(control: Control) -> Status:
    """The picture of this moment."""
    async with aclosing(control.statuses()) as statuses:
        return await anext(statuses)


def full_path(file: str | Path) -> str:
    """A path that a peer in another folder understands."""
    return str(Path(file).expanduser().absolute())


async def ready(control: Control, output: Output) -> None:
    """Say that a peer answers, and where."""
    status = await current(control)
    if output.as_json:
        output.data({
            "event": "ready", "api": status.api, "peer": status.peer, "home": status.home,
            "pid": status.process, "version": status.version,
        })  # fmt: skip
        return
    output.say(f"ClosedMesh {status.version} answers at {status.api}/v1 (Ctrl-C ends it).")
    for item in status.health:
        output.note(f"{item.title} {item.advice}")


async def status(control: Control, output: Output) -> int:
    """Print the whole picture."""
    found = await current(control)
    if output.as_json:
        output.data(found)
        return 0
    output.say(f"State    {found.state}")
    output.say(f"Peer     {found.peer}, process {found.process}, version {found.version}")
    output.say(f"API      {found.api}/v1" if found.api else "API      closed")
    output.say(f"Home     {found.home}")
    free, total = found.memory.available / 1e9, found.memory.total / 1e9
    output.say(f"Memory   {free:.1f} of {total:.1f} GB free")
    show_sharing(found, output)
    mesh.show(found, output)
    for item in found.health:
        output.say(f"{item.severity.capitalize():8} {item.title} {item.advice}")
    output.say("")
    show_models(found.models, output)
    return 0


def show_sharing(status: Status, output: Output) -> None:
    """The reason and what this computer draws, for a terminal."""
    sharing, energy = status.sharing, status.energy
    until = ""
    if sharing.until is not None:
        until = f" Until {datetime.fromtimestamp(sharing.until).astimezone():%a %H:%M}."
    output.say(f"Sharing  {sharing.text}{until}")
    if sharing.serving:
        output.say(f"         {sharing.serving} questions of others are being answered.")
    if energy.watts is not None:
        about = "" if energy.kind is Kind.MEASURED else "≈ "
        output.say(f"Power    {about}{energy.watts:.0f} W ({energy.kind}: {energy.source})")


async def key(control: Control, action: str, output: Output) -> int:
    """Print the key of the local API."""
    value = await control.do(NewKey() if action == "new" else ShowKey())
    if output.as_json:
        output.data({"key": value})
    else:
        output.say(value)
    return 0


async def fallback_key(control: Control, output: Output) -> int:
    """Keep the key of the provider outside, which is typed where nobody sees it."""
    ask = getpass.getpass if sys.stdin.isatty() else lambda _: sys.stdin.readline()
    await control.do(SetFallbackKey(ask("Key of the provider: ").strip()))
    output.note("The key is kept. The provider is used as the settings of page Fallback say.")
    return 0


async def settings(control: Control, name: str | None, value: str | None, output: Output) -> int:
    """Print settings, or change one."""
    chosen = (await current(control)).settings
    known = [s for s in describe() if name is None or s.name == name]
    if name is not None and not known:
        raise BadRequest(f"There is no setting {name!r}.", "`closedmesh settings` lists them.")
    if name is not None and value is not None:
        chosen = await control.do(ChangeSettings({name: _value(known[0], value)}))
    if output.as_json:
        output.data({setting.name: _of(chosen, setting.name) for setting in known})
        return 0
    for setting in known:
        output.say(f"{setting.name} = {json.dumps(_of(chosen, setting.name))}")
        choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
        output.say(f"    {setting.sentence}{choices}")
    return 0


def _of(settings: Settings, name: str) -> Any:
    page, _, field = name.partition(".")
    return getattr(getattr(settings, page), field)


def _value(setting: Setting, text: str) -> Value:
    """What a person typed, as the setting's kind of value; its limits are checked later."""
    if setting.type is str or setting.choices:
        return text
    if setting.type not in (int, float, bool):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        value: Value = json.loads(text.lower())
    except ValueError:
        return text
    return value


async def doctor(control: Control, output: Output) -> int:
    """Print a diagnosis; 1 if something is wrong."""
    findings = await control.do(Diagnose())
    if output.as_json:
        output.data(findings)
    else:
        for finding in findings:
            output.say(f"{'ok  ' if finding.ok else 'BAD '} {finding.title}: {finding.detail}")
    return 0 if all(finding.ok for finding in findings) else 1
