import sys

import pytest

from closedmesh.engine import child

SAY = "import sys; sys.stdout.write(sys.stdin.read()); sys.stderr.write('bad'); sys.exit(3)"


class Heard:
    """What a process wrote."""

    def __init__(self):
        self.said, self.errors = [], b""

    def hear(self, data):
        self.said.append(data)

    def hear_errors(self, data):
        self.errors += data


async def run(words, heard):
    command = (sys.executable, "-c", words)
    return await child.start(command, {}, heard.hear, heard.hear_errors)


async def test_all_that_is_written_is_heard_before_the_end():
    heard = Heard()
    process = await run(SAY, heard)
    said = b"x" * 300_000
    process.write(said)
    process.close_input()
    assert await process.wait() == 3
    assert b"".join(heard.said) == said
    assert heard.said[-1] == b""
    assert heard.said.count(b"") == 1
    assert heard.errors == b"bad"


async def test_a_process_that_is_killed_has_ended():
    heard = Heard()
    process = await run("import time; time.sleep(600)", heard)
    process.kill()
    assert await process.wait() != 0
    process.kill()
    process.write(b"too late")


async def test_a_command_that_cannot_be_run_raises():
    heard = Heard()
    with pytest.raises(FileNotFoundError):
        await child.start(("/nowhere/at-all",), {}, heard.hear, heard.hear_errors)
