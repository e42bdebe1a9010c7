"""What the Task Scheduler is told; it could not be run here."""

from xml.etree import ElementTree

from closedmesh.host.service import Job
from closedmesh.host.service_windows import NAMESPACE, task

JOB = Job("closedmesh", (r"C:\Program Files\x.exe", "--home", r"D:\a & b", "serve"), r"D:\a & b")


def test_the_task_begins_at_logon_with_ordinary_rights():
    data = task(JOB)
    assert data.startswith((b"\xff\xfe", b"\xfe\xff"))
    root = ElementTree.fromstring(data.decode("utf-16").split("\n", 1)[1])

    def found(path):
        element = root.find("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))
        assert element is not None
        return element.text

    assert found("Principals/Principal/RunLevel") == "LeastPrivilege"
    assert found("Triggers/LogonTrigger/Delay") == "PT20S"
    assert found("Settings/DisallowStartIfOnBatteries") == "false"
    assert found("Actions/Exec/Command") == r"C:\Program Files\x.exe"
    assert found("Actions/Exec/Arguments") == r'--home "D:\a & b" serve'
