"""A worker process without a model, which does what its prompts say. Speaks the real pipe.

A file called `*.refused.gguf` is refused, at `*.silent.gguf` it never says that it has loaded.
Prompts: `echo WORDS` answers with the words; `die` ends with code 3 after last words; `wait`
begins and then waits; `die later WORDS` answers and then dies; `nonsense` breaks the pipe's rules;
`move WORDS / WORDS` says the first words and dies, and says the rest where it is to go on after
them; `hold WORDS / WORDS` does not die but says the rest once it is asked to `release`.
"""

import os
import sys

from closedmesh.engine.messages import Cancel, Done, Failed, Generate, Load, Loaded, Started, Tokens
from closedmesh.engine.messages import ToWorker as ToWorkerMessage
from closedmesh.engine.pipe import Frames, frame
from closedmesh.models.chat import FinishReason, RawText

COMMAND = (sys.executable, "-m", "tests.support.scripted_worker")


held = {}
"""Answers that wait for a release: the request's number, what was said and what is left."""


def send(message):
    os.write(1, frame(message))


def text_of(request):
    prompt = request.prompt
    return prompt.text if isinstance(prompt, RawText) else prompt.messages[-1].text


def answer(request):
    text = text_of(request)
    if text == "die":
        sys.stderr.write("a scripted end\n")
        sys.stderr.flush()
        os._exit(3)
    send(Started(request.id, len(text), 0, 0))
    if text == "wait":
        return
    if text == "nonsense":
        os.write(1, b"\xff\xff\xff\xffnot a frame")
        return
    if text.startswith(("move ", "hold ")):
        say_in_parts(request, *text.split(" ", 1))
        return
    if text == "release":
        release()
    words = text.removeprefix("die later ").removeprefix("echo ").split()
    for count, word in enumerate(words, 1):
        send(Tokens(request.id, f"{word} ", count, (), (count,)))
    if text.startswith("die later "):
        os._exit(3)
    send(Done(request.id, FinishReason.STOP, len(words)))


def say_in_parts(request, manner, text):
    first, rest = (part.split() for part in text.split("/"))
    if request.begun:
        say(request.id, len(request.begun), (first + rest)[len(request.begun) :], end=True)
        return
    say(request.id, 0, first, end=False)
    if manner == "move":
        os._exit(3)
    held[request.id] = (len(first), rest)


def release():
    for number, (said, rest) in held.items():
        say(number, said, rest, end=True)
    held.clear()


def say(number, said, words, *, end):
    for count, word in enumerate(words, 1 + said):
        send(Tokens(number, f"{word} ", count, (), (count,)))
    if end:
        send(Done(number, FinishReason.STOP, said + len(words)))


def main():
    frames = Frames(ToWorkerMessage)
    load = frames.read(sys.stdin.buffer)
    assert isinstance(load, Load)
    if load.path.endswith(".refused.gguf"):
        send(Failed(0, "model_file_refused", "This file is no model.", "Choose another."))
        return
    if not load.path.endswith(".silent.gguf"):
        send(Loaded(load.context, load.slots))
    while message := frames.read(sys.stdin.buffer):
        if isinstance(message, Generate):
            answer(message)
        elif isinstance(message, Cancel):
            held.pop(message.id, None)
            sys.stderr.write(f"cancelled {message.id}\n")


if __name__ == "__main__":
    main()
