"""Whether something records on Linux, as the kernel's sound drivers know it.

PipeWire, PulseAudio and programs of their own all end there, so no sound server needs to be asked.
A headset over Bluetooth has no such driver; a call over one is not noticed.
"""

from pathlib import Path

SOUND = Path("/proc/asound")

RECORDING = "card*/pcm*c/sub*/status"
"""The state of each input of each card."""


def in_use(root: Path = SOUND) -> bool | None:
    """Some input runs. `None` on a computer without any."""
    states = [_state(status) for status in root.glob(RECORDING)]
    return "RUNNING" in states if states else None


def _state(status: Path) -> str:
    """The first line is `closed`, or like `state: RUNNING`."""
    try:
        first = status.read_text("utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError):  # the card was pulled out while we looked
        return ""
    return first.removeprefix("state:").strip()
