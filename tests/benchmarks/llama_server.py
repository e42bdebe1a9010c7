"""llama.cpp's own server, built from the very sources that our engine was built from."""

import asyncio
import os
import socket
import subprocess
import sys
import tarfile
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import aiohttp

from closedmesh.engine.supervisor import SPIN
from tests.benchmarks.streams import Http

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "closedmesh-benchmarks"
OPTIONS = (
    "-DCMAKE_BUILD_TYPE=Release", "-DLLAMA_CURL=OFF", "-DLLAMA_BUILD_TESTS=OFF",
    "-DLLAMA_BUILD_UI=OFF", "-DLLAMA_BUILD_EXAMPLES=OFF",
)  # fmt: skip


def build():
    """The program; the first call takes about 15 minutes."""
    wanted = version("llama-cpp-python")
    folder = CACHE / f"build-{wanted}"
    program = folder / "bin" / "llama-server"
    if not program.exists():
        sources = _sources(wanted) / "vendor" / "llama.cpp"
        _run("cmake", "-S", sources, "-B", folder, *OPTIONS)
        _run("cmake", "--build", folder, "--target", "llama-server", "-j", os.cpu_count())
    return program


def _sources(wanted):
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = CACHE / f"llama_cpp_python-{wanted}"
    if not folder.exists():
        _run(
            sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", "llama-cpp-python",
            f"llama-cpp-python=={wanted}", "-d", CACHE,
        )  # fmt: skip
        with tarfile.open(CACHE / f"llama_cpp_python-{wanted}.tar.gz") as archive:
            archive.extractall(CACHE, filter="data")
    return folder


def _run(*words):
    subprocess.run([str(word) for word in words], check=True)


@asynccontextmanager
async def serving(model, *, context, slots, threads, repack):
    """A running server, as a side of the comparison."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [
        build(), "-m", model, "--host", "127.0.0.1", "--port", port, "-c", context * slots,
        "-np", slots, "-t", threads, "-tb", threads, "--log-disable",
        *([] if repack else ["--no-repack"]),
    ]  # fmt: skip
    # Waiting threads sleep as soon as ours do: else a busy computer would tell the two apart.
    process = await asyncio.create_subprocess_exec(
        *map(str, words),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"GOMP_SPINCOUNT": SPIN} | os.environ,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while not await _healthy(address):
            assert process.returncode is None, "llama-server ended"
            await asyncio.sleep(0.1)
        yield Http("llama-server", address, (process.pid,), {})
    finally:
        process.terminate()
        await process.wait()


async def _healthy(address):
    try:
        async with aiohttp.ClientSession() as session, session.get(f"{address}/health") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
