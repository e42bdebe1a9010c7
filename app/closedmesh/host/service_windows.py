"""The service on Windows, as a task that begins at logon with the account's ordinary rights."""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from closedmesh.host.service import Installed, Job, run, succeeds, write

ADVICE = "Look at the Task Scheduler, or start `closedmesh serve` yourself."

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"

SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "ExecutionTimeLimit": "PT0S",
    "Priority": "7",
}
"""Batteries are for the rules of sharing; the priority is "below normal"."""


def task(job: Job) -> bytes:
    """The task as Windows imports it, UTF-16."""
    root = ElementTree.Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    _add(root, "RegistrationInfo", {"Description": f"ClosedMesh peer ({job.home})"})
    _add(ElementTree.SubElement(root, "Triggers"), "LogonTrigger", {"Delay": "PT20S"})
    principal = _add(
        ElementTree.SubElement(root, "Principals"),
        "Principal",
        {"LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"},
    )
    principal.set("id", "Author")
    settings = _add(root, "Settings", SETTINGS)
    _add(settings, "RestartOnFailure", {"Interval": "PT1M", "Count": "3"})
    actions = ElementTree.SubElement(root, "Actions", {"Context": "Author"})
    program, *arguments = job.command
    _add(actions, "Exec", {"Command": program, "Arguments": subprocess.list2cmdline(arguments)})
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{text}'.encode("utf-16")


def _add(parent: ElementTree.Element, name: str, texts: dict[str, str]) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    for key, text in texts.items():
        ElementTree.SubElement(made, key).text = text
    return made


if sys.platform == "win32":

    def install(job: Job) -> Installed:
        """Start the peer now and at every logon. Raises `ClosedMeshError`."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            write(file, task(job))
            run(("schtasks", "/Create", "/TN", job.name, "/XML", str(file), "/F"), ADVICE)
        run(("schtasks", "/Run", "/TN", job.name), ADVICE)
        return Installed(job.name, starts_at_login=True, manager="Task Scheduler")

    def remove(job: Job) -> bool:
        """End the service and forget it; whether there was one. Raises `ClosedMeshError`."""
        if find(job) is None:
            return False
        succeeds(("schtasks", "/End", "/TN", job.name))
        run(("schtasks", "/Delete", "/TN", job.name, "/F"), ADVICE)
        return True

    def find(job: Job) -> Installed | None:
        """The service, if it was installed."""
        if not succeeds(("schtasks", "/Query", "/TN", job.name)):
            return None
        return Installed(job.name, starts_at_login=True, manager="Task Scheduler")
