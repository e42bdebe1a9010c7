"""A worker process without a model, which does what its prompts say. Speaks the real pipe.

A file called `*.refused.gguf` is refused, at `*.silent.gguf` it never says that it has loaded.
Prompts: `echo WORDS` answers with the words; `die` ends with code 3 after last words; `wait`
begins and then waits; `die later WORDS` answers and then dies; `nonsense` breaks the pipe's rules;
`move WORDS / WORDS` says the first words and dies, and says the rest where it is to go on after
them.
"""

import os
import sys

from closedmesh.engine.messages import Cancel, Done, Failed, Generate, Load, Loaded, Started, Tokens
from closedmesh.engine.messages import ToWorker as ToWorkerMessage
from closedmesh.engine.pipe import Frames, frame
from closedmesh.models.chat import FinishReason, RawText

COMMAND = (sys.executable, "-m", "tests.support.scripted_worker")


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
    if text.startswith("move "):
        move(request, text.removeprefix("move "))
        return
    words = text.removeprefix("die later ").removeprefix("echo ").split()
    for count, word in enumerate(words, 1):
        send(Tokens(request.id, f"{word} ", count, (), (count,)))
    if text.startswith("die later "):
        os._exit(3)
    send(Done(request.id, FinishReason.STOP, len(words)))


def move(request, text):
    first, rest = (part.split() for part in text.split("/"))
    words = (first + rest)[len(request.begun) :] if request.begun else first
    for count, word in enumerate(words, 1 + len(request.begun)):
        send(Tokens(request.id, f"{word} ", count, (), (count,)))
    if not request.begun:
        os._exit(3)
    send(Done(request.id, FinishReason.STOP, len(request.begun) + len(words)))


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
            sys.stderr.write(f"cancelled {message.id}\n")


if __name__ == "__main__":
    main()
