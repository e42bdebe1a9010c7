"""Turns tokens' bytes into text to show: whole characters only, nothing past a stop string."""

import codecs
from collections.abc import Sequence


class TextStream:
    """Collects the bytes of one answer. A character may lie across tokens, and a stop string may
    begin at the end of what is there: both are held back until it is clear."""

    def __init__(self, stop: Sequence[str]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stop = tuple(text for text in stop if text)
        self._held = ""
        self.stopped = False
        """A stop string was met; nothing more comes."""

    def push(self, data: bytes) -> str:
        """What can be shown after these bytes."""
        return self._release(self._decoder.decode(data))

    def finish(self) -> str:
        """What was held back, when the answer ends without its stop string being completed."""
        rest = self._release(self._decoder.decode(b"", final=True))
        rest += self._held
        self._held = ""
        return rest

    def _release(self, new: str) -> str:
        if self.stopped:
            return ""
        text = self._held + new
        ends = [at for stop in self._stop if (at := text.find(stop)) >= 0]
        if ends:
            self.stopped = True
            self._held = ""
            return text[: min(ends)]
        keep = max((_overlap(text, stop) for stop in self._stop), default=0)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that is a beginning of `stop`."""
    for size in range(min(len(stop) - 1, len(text)), 0, -1):
        if text.endswith(stop[:size]):
            return size
    return 0
