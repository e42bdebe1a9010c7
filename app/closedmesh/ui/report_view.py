"""The text of a diagnostic report: facts about this program, none about what was said. No Qt here.

It is English in every language of the window, because those who read it help people of all.
"""

from collections.abc import Iterable, Iterator

from closedmesh.models.redaction import redacted
from closedmesh.settings import describe
from closedmesh.status import Finding, Model, Status


def report(
    status: Status, findings: Iterable[Finding], machine: str, logs: str, account: str
) -> str:
    """Everything, each part under a heading. `machine` says what the program runs on, `logs` is
    the end of its logs, `account` the folder of the account."""
    parts = (
        ("ClosedMesh", [f"version {status.version}", f"state {status.state}", machine]),
        ("Findings", _findings(findings)),
        ("Models", [_model(model) for model in status.models]),
        ("Health", [f"{h.severity} {h.code}: {h.title}" for h in status.health]),
        ("Mesh", _mesh(status)),
        ("Settings", list(_settings(status))),
        ("Logs", logs.splitlines()),
    )
    text = "\n\n".join("\n".join([f"# {head}", *(lines or ["nothing"])]) for head, lines in parts)
    return redacted(text, account) + "\n"


def _findings(findings: Iterable[Finding]) -> list[str]:
    return [f"{'ok ' if one.ok else 'BAD'} {one.title}: {one.detail}" for one in findings]


def _model(model: Model) -> str:
    """Its name is public where it comes from the catalogue or the hub; its place is not told."""
    facts = f"{model.size_bytes / 1e6:.0f} MB, {model.quantisation}, {model.state}"
    return f"{model.name}: {facts}{f', {model.problem}' if model.problem else ''}"


def _mesh(status: Status) -> list[str]:
    if status.mesh is None:
        return []
    return [f"{status.mesh.state}, {len(status.peers)} peers, {status.mesh.connected} entries"]


def _settings(status: Status) -> Iterator[str]:
    """Those that are not as they come; of words that a person wrote only that there are some."""
    for setting in describe():
        table, _, name = setting.name.partition(".")
        value = getattr(getattr(status.settings, table), name)
        if value == setting.default:
            continue
        told = setting.choices or isinstance(value, bool | int | float)
        yield f"{setting.name} = {value}" if told else f"{setting.name}: set"
