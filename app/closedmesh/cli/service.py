"""`closedmesh service`: the peer as a service of this account."""

from dataclasses import asdict
from pathlib import Path

from closedmesh import assembly
from closedmesh.cli.output import Output


def run(home: Path | None, action: str, output: Output) -> int:
    """Install, remove or show the service; the exit code."""
    if action == "install":
        assembly.install_service(home)
        _say(output, "The peer runs now, and starts at every login.")
    elif action == "remove":
        there = assembly.remove_service(home)
        _say(output, "The service is gone." if there else "There was no service.")
    _show(assembly.service_state(home), output)
    return 0


def _say(output: Output, text: str) -> None:
    if not output.as_json:
        output.say(text)


def _show(state: assembly.ServiceState, output: Output) -> None:
    if output.as_json:
        output.data(asdict(state))
        return
    if state.installed:
        when = "starts at login" if state.starts_at_login else "does not start at login"
        output.say(f"Service  {when}, by {state.manager} ({state.place})")
    else:
        output.say("Service  not installed")
    output.say(f"Peer     {'runs' if state.running else 'does not run'} in {state.home}")
