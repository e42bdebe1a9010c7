"""Spans of time as people type them: `30m`, `1h`, `7d`."""

import argparse
import re

SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")


def duration(text: str) -> float:
    """Seconds. Raises `argparse.ArgumentTypeError`, which becomes the usage message."""
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None or float(found[1]) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no span of time; write 30m, 1h or 7d")
    return float(found[1]) * SECONDS[found[2]]
