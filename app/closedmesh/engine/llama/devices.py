"""What llama.cpp can compute with on this computer: processors and graphics cards."""

import ctypes
from typing import Any

from llama_cpp import _ggml

_GRAPHICS = (1, 2)
"""ggml's numbers for cards with memory of their own, and for those that share the computer's."""


def open_libraries() -> None:
    """Where llama.cpp was built with kernels for each family of processors, and with drivers for
    graphics cards, in libraries of their own: open those that are best on this computer."""
    ggml = _ggml.libggml
    ggml.ggml_backend_reg_count.restype = ctypes.c_size_t
    if ggml.ggml_backend_reg_count():
        return  # built as one, or opened before
    ggml.ggml_backend_load_all_from_path.argtypes = [ctypes.c_char_p]
    ggml.ggml_backend_load_all_from_path.restype = None
    ggml.ggml_backend_load_all_from_path(str(_ggml.libggml_base_path).encode())


def names() -> tuple[str, ...]:
    """Name and description of each device."""
    return tuple(
        f"{ggml.ggml_backend_dev_name(device).decode('utf-8', 'replace')}"
        f" {ggml.ggml_backend_dev_description(device).decode('utf-8', 'replace')}"
        for ggml, device in _all()
    )


def graphics_memory() -> int:
    """Free memory of all graphics cards together, bytes; 0 if there is none."""
    return sum(
        free(device) for ggml, device in _all() if ggml.ggml_backend_dev_type(device) in _GRAPHICS
    )


def free(device: int) -> int:
    """Free memory of a device, bytes."""
    left, total = ctypes.c_size_t(), ctypes.c_size_t()
    _ggml.libggml.ggml_backend_dev_memory(device, ctypes.byref(left), ctypes.byref(total))
    return left.value


def _all() -> list[tuple[Any, int]]:
    """The library and each device's address."""
    ggml, address, size = _ggml.libggml, ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t)
    for function in (ggml.ggml_backend_dev_name, ggml.ggml_backend_dev_description):
        function.argtypes, function.restype = [address], ctypes.c_char_p
    ggml.ggml_backend_dev_type.argtypes = [address]
    ggml.ggml_backend_dev_memory.argtypes = [address, size, size]
    ggml.ggml_backend_dev_memory.restype = None
    ggml.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    ggml.ggml_backend_dev_get.restype = address
    ggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    return [(ggml, ggml.ggml_backend_dev_get(i)) for i in range(ggml.ggml_backend_dev_count())]
