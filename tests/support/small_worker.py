"""A worker process that holds a `SmallModel`. Speaks the real pipe; answers, scores, tokenises.

While a file `lie.txt` lies in a folder above its model, it tells that lie (`lies`).
"""

import os
import sys
from pathlib import Path

from closedmesh.engine.messages import (
    Done,
    Failed,
    Generate,
    Load,
    Loaded,
    PlainText,
    Score,
    Scored,
    Started,
    Tokenize,
    Tokenized,
    Tokens,
    TokenScore,
    ToWorker,
)
from closedmesh.engine.pipe import Frames, frame
from closedmesh.models.chat import FinishReason
from tests.support import lies
from tests.support.checked_peers import prompt_tokens, words

COMMAND = (sys.executable, "-m", "tests.support.small_worker")


def send(message):
    os.write(1, frame(message))


def answer(request, lie):
    if lie == lies.FAILING:
        send(Failed(request.id, "failed", "There was a fault.", "Ask again."))
        return
    steps, ended = lies.answer(lie, request)
    end = steps.pop() if ended else None
    send(Started(request.id, 12, 0, 0))
    for count, step in enumerate(steps, 1):
        trace = (step.entry,) if request.trace else ()
        send(Tokens(request.id, f"{words([step.token])} ", count, (), (step.token,), trace))
    reason = FinishReason.STOP if ended else FinishReason.LENGTH
    count = len(steps) * (2 if lie == lies.COUNTED else 1)
    done = Done(request.id, reason, count)
    if end:
        done = Done(request.id, reason, count, end.token, end.entry)
    send(done)


def score(request, lie):
    said = lies.model(lie).score(prompt_tokens(request.prompt), request.continuation)
    scores = tuple(TokenScore(one.logprob, one.top, one.top_logprobs) for one in said)
    send(Scored(request.id, scores))


def tokenize(text):
    if isinstance(text, PlainText):
        return tuple(int(f"0{word[1:]}") if word[1:].isdigit() else 7 for word in text.text.split())
    return (1, *prompt_tokens(text))


def main():
    frames = Frames(ToWorker)
    load = frames.read(sys.stdin.buffer)
    assert isinstance(load, Load)
    folders = Path(load.path).parents
    send(Loaded(load.context, load.slots, devices=("CPU",), build="small 1"))
    while message := frames.read(sys.stdin.buffer):
        match message:
            case Generate():
                answer(message, lies.told(folders))
            case Score():
                score(message, lies.told(folders))
            case Tokenize():
                send(Tokenized(message.id, tokenize(message.text)))


if __name__ == "__main__":
    main()
