"""What the bar of downloads says. No Qt here."""

from dataclasses import dataclass

from closedmesh.status import Download, DownloadState, Status
from closedmesh.ui import words

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
    return DownloadsView(
        rows[:SHOWN],
        words.plural("and {n} more in the queue", "and {n} more in the queue", hidden)
        if hidden > 0
        else "",
    )


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
    landed = words.tr(
        "{landed} of {whole} ({percent} %)",
        landed=words.size(download.landed),
        whole=words.size(download.size_bytes),
        percent=percent,
    )
    parts = [_state(download.state), landed]
    if download.rate:
        parts.append(words.tr("{number} MB/s", number=words.number(download.rate / 1e6, 1)))
    if download.seconds_left is not None:
        parts.append(words.tr("{time} left", time=duration(download.seconds_left)))
    parts.append(words.tr("{size} of disk free afterwards", size=words.size(download.disk_left)))
    return " · ".join(parts)


def _trouble(download: Download) -> str:
    if not download.problem or download.state is DownloadState.FAILED:
        return words.said(download.problem)
    percent = int(100 * download.landed / download.size_bytes)
    return words.tr(
        "{problem}. Retrying ({tries} of {most_tries}), {percent} % kept.",
        problem=words.said(download.problem),
        tries=download.tries,
        most_tries=download.most_tries,
        percent=percent,
    )


def _state(state: DownloadState) -> str:
    match state:
        case DownloadState.QUEUED:
            return words.tr("Waits for its turn")
        case DownloadState.CHECKING:
            return words.tr("Checking what is here already")
        case DownloadState.FETCHING:
            return words.tr("Fetching")
        case DownloadState.VERIFYING:
            return words.tr("Comparing its SHA-256")
        case DownloadState.REPAIRING:
            return words.tr("Repairing damaged blocks")
        case DownloadState.PAUSED:
            return words.tr("Paused")
        case DownloadState.FAILED:
            return words.tr("Stopped", "of a download")


def duration(seconds: float) -> str:
    """A time to wait: `40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 60:
        return words.tr("{number} s", number=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return words.tr("{number} min", number=minutes)
    return words.tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
