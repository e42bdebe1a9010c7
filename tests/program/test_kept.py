"""What was said is still there after the program was killed in the middle of saying it."""

import json
import sqlite3

import pytest

from tests.support.processes import kill
from tests.support.program import Api, serving

pytestmark = pytest.mark.model

LONG = {"max_tokens": 400, "sampling": {"seed": 5}}


def say_and_kill(served, api, chat, text, pieces):
    """Say something, and kill the peer after so many pieces of the answer; what was heard."""
    heard = []
    said = {"type": "say", "conversation": chat, "parent": None, "text": text}
    with api.post("ask", **said) as answer:
        while len(heard) < pieces:
            event = json.loads(next(line for line in answer if line.strip()))
            if event["event"] == "piece":
                heard.append(event["text"])
        kill(served.process.pid)
        served.process.wait()
    return "".join(heard)


@pytest.mark.parametrize("pieces", [0, 1, 60])
def test_a_chat_survives_a_kill_at_any_moment(tmp_path, starter_model, pieces):
    with serving(tmp_path) as served:
        api = Api(served.home)
        first = api.do("new-conversation")["summary"]["id"]
        with api.post("ask", type="say", conversation=first, parent=None, text="Hi") as answer:
            answer.read()
        whole = api.do("read-conversation", conversation=first)["entries"]
        second = api.do("new-conversation", options=LONG)["summary"]["id"]
        heard = say_and_kill(served, api, second, "Write a long story.", pieces)
    with serving(tmp_path) as served:
        api = Api(served.home)
        assert api.do("read-conversation", conversation=first)["entries"] == whole
        entries = api.do("read-conversation", conversation=second)["entries"]
        if pieces or entries:
            question, reply = entries
            assert question["text"] == "Write a long story."
            assert reply["state"] == "interrupted"
            assert heard.startswith(reply["text"]) or reply["text"].startswith(heard)
    with sqlite3.connect(tmp_path / "closedmesh.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    database.close()
