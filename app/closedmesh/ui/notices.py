"""What is told beside the tray icon while nobody looks at the window: few things, each once, and
never a word of a chat. No Qt here: two statuses go in, one after the other."""

from dataclasses import dataclass

from closedmesh.models.releases import UpdateState
from closedmesh.status import DownloadState, Severity, Status
from closedmesh.ui import words


@dataclass(frozen=True, slots=True)
class Notice:
    """One message."""

    title: str
    text: str


def notices(before: Status | None, now: Status) -> tuple[Notice, ...]:
    """What has become true from one status to the next; nothing at the first."""
    if before is None:
        return ()
    return (*_troubles(before, now), *_downloads(before, now), *_update(before, now))


def answered() -> Notice:
    """An answer is complete that somebody has waited for."""
    return Notice(words.tr("Your question is answered"), words.tr("The answer is in the window."))


def _troubles(before: Status, now: Status) -> list[Notice]:
    known = {item.code for item in before.health}
    return [
        Notice(words.said(item.title), words.said(item.advice))
        for item in now.health
        if item.severity is Severity.ERROR and item.code not in known
    ]


def _downloads(before: Status, now: Status) -> list[Notice]:
    stopped = {d.id for d in before.downloads if d.state is DownloadState.FAILED}
    told = [
        Notice(
            words.tr("The download of {title} has stopped", title=download.title),
            words.said(download.problem),
        )
        for download in now.downloads
        if download.state is DownloadState.FAILED and download.id not in stopped
    ]
    left = {d.title for d in before.downloads} - {d.title for d in now.downloads}
    here = {model.title for model in now.models} - {model.title for model in before.models}
    told += [
        Notice(words.tr("{title} is here", title=title), words.tr("You can chat with it now."))
        for title in sorted(left & here)
    ]
    return told


def _update(before: Status, now: Status) -> list[Notice]:
    update = now.update
    if update.state is not UpdateState.READY or before.update.state is UpdateState.READY:
        return []
    title = words.tr("Version {version} is ready", version=update.version)
    return [Notice(title, words.tr("It is started with the next start."))]
