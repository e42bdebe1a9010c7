"""Whether something uses microphone or camera on Windows: the list behind the sign in its panel.

Windows writes down when each program began and stopped. A program or a computer that broke off
never stopped: such a line counts only if it began since the start and its program still runs.
"""

import sys
from collections.abc import Callable, Iterable

import psutil
from msgspec import Struct

STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
KINDS = ("microphone", "webcam")
UNPACKED = "NonPackaged"
"""Below it are programs by their path, with `#` for each backslash."""

EPOCH = 11_644_473_600
"""Seconds from 1601, where Windows begins to count, to 1970."""

TICKS = 10_000_000
"""A second, as Windows counts."""


class Use(Struct, frozen=True):
    """One line of the list."""

    path: str
    """Of the program; empty for one from the store, whose path is not told."""
    began: int
    stopped: int
    """0 while it goes on; both as Windows counts."""


def any_now(uses: Iterable[Use], booted: float, runs: Callable[[str], bool]) -> bool:
    """Whether one of them goes on. `booted` is the Unix time of the computer's start, seconds."""
    return any(
        use.began > 0
        and use.stopped == 0
        and use.began / TICKS - EPOCH >= booted
        and (not use.path or runs(use.path))
        for use in uses
    )


def runs(path: str) -> bool:
    """A process of that program is there."""
    wanted = path.lower()
    return any((p.info["exe"] or "").lower() == wanted for p in psutil.process_iter(["exe"]))


if sys.platform == "win32":
    import winreg

    def in_use() -> bool | None:
        """A program uses one of them now."""
        try:
            uses = [use for kind in KINDS for use in _uses(rf"{STORE}\{kind}")]
        except OSError:  # a Windows that does not keep the list
            return None
        return any_now(uses, psutil.boot_time(), runs)

    def _uses(key: str) -> list[Use]:
        found = []
        for name in _names(key):
            if name == UNPACKED:
                below = rf"{key}\{name}"
                found += [_use(rf"{below}\{n}", n.replace("#", "\\")) for n in _names(below)]
            else:
                found.append(_use(rf"{key}\{name}", ""))
        return found

    def _names(key: str) -> list[str]:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            return [winreg.EnumKey(opened, i) for i in range(winreg.QueryInfoKey(opened)[0])]

    def _use(key: str, path: str) -> Use:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            return Use(path, _time(opened, "LastUsedTimeStart"), _time(opened, "LastUsedTimeStop"))

    def _time(key: winreg.HKEYType, name: str) -> int:
        try:
            value, _kind = winreg.QueryValueEx(key, name)
        except OSError:
            return 0
        return value if isinstance(value, int) else 0
