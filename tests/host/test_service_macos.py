"""What launchd is told; it could not be run here."""

import plistlib

from closedmesh.host.service import Job
from closedmesh.host.service_macos import agent, label

JOB = Job("closedmesh", ("/Applications/ClosedMesh.app/x", "serve"), "/Users/a")


def test_the_agent_starts_at_login_and_again_only_after_a_crash():
    told = plistlib.loads(agent(JOB))
    assert told["Label"] == label(JOB) == "org.closedmesh.peer"
    assert told["ProgramArguments"] == ["/Applications/ClosedMesh.app/x", "serve"]
    assert told["RunAtLoad"] is True
    assert told["KeepAlive"] == {"SuccessfulExit": False}
