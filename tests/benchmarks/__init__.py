"""Measurements against other programs: scripts, not tests. `python -m tests.benchmarks.engine`."""
