from msgspec import structs

from closedmesh.mesh.picture import Link, Way
from closedmesh.settings import changed
from closedmesh.status import Finding, Health, Severity
from closedmesh.ui.report_view import report
from tests.support.control import MEMBER, MODEL, PEERS

CANARY = "canary"
HOME = "/home/canary"
ADDRESS = "198.51.100.77:4433"

SETTINGS = {
    "chat.system_prompt": f"You are a {CANARY}.",
    "network.proxy_address": f"http://{CANARY}:{CANARY}@proxy.example:1",
    "fallback.address": f"https://{CANARY}.example/v1",
    "engine.slots": 7,
    "window.theme": "dark",
}
STATUS = structs.replace(
    MEMBER,
    home=f"{HOME}/closedmesh",
    models=(structs.replace(MODEL, path=f"{HOME}/models/x.gguf", problem=f"{HOME}/x is gone."),),
    health=(Health("node-key", Severity.ERROR, f"{ADDRESS} refused {'cd' * 32}.", "Wait."),),
    peers=(structs.replace(PEERS[1], link=Link(Way.DIRECT, 12.0)),),
    settings=changed(MEMBER.settings, SETTINGS),
)
FINDINGS = (Finding("Home folder", ok=False, detail=f"{HOME} is full"),)
LOGS = f"13:00:00 INFO joined by closedmesh://join/cm1{CANARY}\n13:00:01 INFO {ADDRESS} went"


def test_it_holds_what_helps_and_nothing_of_anybody():
    text = report(STATUS, FINDINGS, "Linux, Python 3.11", LOGS, HOME)
    assert CANARY not in text
    assert "198.51" not in text
    assert "cd" * 32 not in text
    assert MEMBER.mesh.name not in text
    for wanted in (
        "version 0.1.0",
        "BAD Home folder: ~ is full",
        MODEL.name,
        "error node-key: [address] refused [id].",
        "engine.slots = 7",
        "window.theme = dark",
        "chat.system_prompt: set",
        "13:00:01 INFO [address] went",
    ):
        assert wanted in text
