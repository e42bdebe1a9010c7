"""Takes out of a text what is nobody else's business before a person shows it to others."""

import re

_HIDDEN = (
    (re.compile(r"closedmesh://\S*|\bcm1[\w-]{20,}"), "[invite]"),
    (re.compile(r"\bcm-[\w-]{8,}|\b(?:hf_|sk-)[\w-]{8,}"), "[key]"),
    (re.compile(r"(?<=://)[^/@\s]+@"), ""),
    (re.compile(r"https?://(?!127\.0\.0\.1|localhost|\[::1\])[^\s\"'<>]+"), "[address]"),
    (re.compile(r"\b(?!127\.0\.0\.1\b)\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?![\w:])"), "[address]"),
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"), "[address]"),
    (re.compile(r"\b(?:[0-9a-f]{32,}|[A-Za-z0-9_-]{43,})\b"), "[id]"),
)
_TIME = re.compile(r"\b\d{2}:\d{2}:\d{2}\b")


def redacted(text: str, home: str) -> str:
    """Text without invites, keys, addresses of others, long ids, and the name of the account in
    paths; `home` is the account's folder."""
    if home:
        text = text.replace(home, "~")
    times: list[str] = []

    def keep(found: re.Match[str]) -> str:
        times.append(found[0])
        return f"\0{len(times) - 1}\0"

    text = _TIME.sub(keep, text.replace("\0", ""))  # a time of day looks like an address
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return re.sub(r"\0(\d+)\0", lambda found: times[int(found[1])], text)
