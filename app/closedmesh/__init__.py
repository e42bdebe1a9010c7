"""ClosedMesh: a peer-to-peer mesh for LLM inference on hardware that people already own.

The program has several faces (`ui` for a person, `cli` for a terminal, `api` for programs) and
one peer behind them (`node`), which runs each model in a process of its own (`engine`). Faces
know a `status.Status`, one picture of the whole peer, and a `control.Control`, what may be asked
of it. `__main__` picks a face, `assembly` joins the parts.
"""

__version__ = "0.1.0"
