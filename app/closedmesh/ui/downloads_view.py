"""What the bar of downloads says. No Qt here."""

from dataclasses import dataclass

from closedmesh.status import Download, DownloadState, Status
from closedmesh.ui.words_view import size

SHOWN = 3
"""Downloads that have a row; of the others only the number is said."""

WHOLE = 1000
"""Steps of a progress bar."""


@dataclass(frozen=True, slots=True)
class DownloadRow:
    """One download."""

    id: str
    title: str
    words: str
    trouble: str
    """What is wrong; empty if nothing is."""
    progress: int
    """From 0 to `WHOLE`."""
    can_pause: bool
    can_resume: bool
    can_prefer: bool


@dataclass(frozen=True, slots=True)
class DownloadsView:
    """The bar; without rows there is none."""

    rows: tuple[DownloadRow, ...]
    more: str


def downloads_view(status: Status) -> DownloadsView:
    """The bar of a peer."""
    rows = tuple(_row(download, number) for number, download in enumerate(status.downloads))
    hidden = len(rows) - SHOWN
    return DownloadsView(rows[:SHOWN], f"and {hidden} more in the queue" if hidden > 0 else "")


def _row(download: Download, number: int) -> DownloadRow:
    state = download.state
    stopped = state in (DownloadState.PAUSED, DownloadState.FAILED)
    return DownloadRow(
        id=download.id,
        title=download.title,
        words=_words(download),
        trouble=_trouble(download),
        progress=round(WHOLE * download.landed / download.size_bytes),
        can_pause=not stopped,
        can_resume=stopped,
        can_prefer=number > 0,
    )


def _words(download: Download) -> str:
    percent = int(100 * download.landed / download.size_bytes)
    landed = f"{size(download.landed)} of {size(download.size_bytes)} ({percent} %)"
    words = [_STATES[download.state], landed]
    if download.rate:
        words.append(f"{download.rate / 1e6:.1f} MB/s")
    if download.seconds_left is not None:
        words.append(f"{duration(download.seconds_left)} left")
    words.append(f"{size(download.disk_left)} of disk free afterwards")
    return " · ".join(words)


def _trouble(download: Download) -> str:
    if not download.problem or download.state is DownloadState.FAILED:
        return download.problem
    percent = int(100 * download.landed / download.size_bytes)
    return (
        f"{download.problem}. Retrying ({download.tries} of {download.most_tries}),"
        f" {percent} % kept."
    )


_STATES = {
    DownloadState.QUEUED: "Waits for its turn",
    DownloadState.CHECKING: "Checking what is here already",
    DownloadState.FETCHING: "Fetching",
    DownloadState.VERIFYING: "Comparing its SHA-256",
    DownloadState.REPAIRING: "Repairing damaged blocks",
    DownloadState.PAUSED: "Paused",
    DownloadState.FAILED: "Stopped",
}


def duration(seconds: float) -> str:
    """A time to wait: `40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
