"""`closedmesh models ...`: what is here, what the hub has, and downloads watched to their end."""

import sys
import time
from argparse import Namespace
from contextlib import aclosing

from closedmesh.cli.facts import current, full_path
from closedmesh.cli.model_table import show_models, size
from closedmesh.cli.output import Output
from closedmesh.control import (
    Control,
    FindElsewhere,
    GiveHubToken,
    ImportModel,
    ListOffers,
    ListRepository,
    MoveModels,
    PullModel,
    RemoveModel,
    SearchHub,
    TrustModel,
    VerifyModel,
)
from closedmesh.errors import ClosedMeshError, DownloadFailed
from closedmesh.models.offers import Fit
from closedmesh.status import Download, DownloadState, Model, Status

SHOW_EVERY = 1.0
"""Seconds between two lines about a download."""


async def models(control: Control, chosen: Namespace, output: Output) -> int:  # noqa: C901 - one each
    """Carry out one of the actions."""
    match chosen.action:
        case "verify":
            _show(await control.do(VerifyModel(chosen.ref)), "has the SHA-256 on record", output)
        case "trust":
            _show(await control.do(TrustModel(chosen.ref)), "is used from now on", output)
        case "import":
            command = ImportModel(full_path(chosen.file), copy=not chosen.in_place)
            _show(await control.do(command), "is on this computer", output)
        case "remove":
            await control.do(RemoveModel(chosen.ref))
            _say(output, {"removed": chosen.ref}, f"{chosen.ref} is removed.")
        case "pull":
            return await _pull(control, chosen.ref, output)
        case "search":
            await _search(control, " ".join(chosen.text), output)
        case "offers":
            await _offers(control, output)
        case "elsewhere":
            await _elsewhere(control, output)
        case "move":
            await control.do(MoveModels(full_path(chosen.folder)))
            _say(output, {"folder": full_path(chosen.folder)}, "The models are there now.")
        case "token":
            await _token(control, output, forget=chosen.forget)
        case _:
            await _list(control, output)
    return 0


async def _token(control: Control, output: Output, *, forget: bool) -> None:
    """Keep a token; it is never an argument, which other accounts could see."""
    token = "" if forget else sys.stdin.readline().strip()
    await control.do(GiveHubToken(token))
    text = "The token is kept." if token else "No token is kept."
    _say(output, {"token": bool(token)}, text)


def _say(output: Output, data: object, text: str) -> None:
    if output.as_json:
        output.data(data)
    else:
        output.say(text)


def _show(model: Model, what: str, output: Output) -> None:
    _say(output, model, f"{model.name} {what}: {model.sha256}")


async def _list(control: Control, output: Output) -> None:
    status = await current(control)
    if output.as_json:
        output.data(status.models)
        return
    show_models(status.models, output)
    for download in status.downloads:
        output.say(_line(download))


async def _offers(control: Control, output: Output) -> None:
    offers = await control.do(ListOffers())
    if output.as_json:
        output.data(offers)
        return
    rows = [
        (o.name, "here" if o.here else _fit(o.fit), size(o.size_bytes), o.licence, _speed(o.fit))
        for o in offers
    ]
    output.table(("MODEL", "FIT", "SIZE", "LICENCE", "SPEED"), rows)


async def _search(control: Control, text: str, output: Output) -> None:
    """Repositories that match; of one that is named `owner/name` its files."""
    if text.count("/") == 1 and " " not in text:
        repository = await control.do(ListRepository(text))
        if output.as_json:
            output.data(repository)
            return
        output.say(f"{repository.repo}, licence {repository.licence or 'not stated'}")
        files = [(f.ref, _fit(f.fit), size(f.size_bytes)) for f in repository.files]
        output.table(("REF", "FIT", "SIZE"), files)
        return
    found = await control.do(SearchHub(text))
    if output.as_json:
        output.data(found)
        return
    rows = [(f.repo, f"{f.downloads:,}", f.licence, f.updated) for f in found]
    output.table(("REPOSITORY", "DOWNLOADS", "LICENCE", "UPDATED"), rows)
    output.note("`closedmesh models search OWNER/NAME` lists the files of one.")


async def _elsewhere(control: Control, output: Output) -> None:
    found = await control.do(FindElsewhere())
    if output.as_json:
        output.data(found)
        return
    rows = [(one.program, one.title, size(one.size_bytes), one.path) for one in found]
    output.table(("PROGRAM", "MODEL", "SIZE", "FILE"), rows)
    output.note("`closedmesh models import --in-place FILE` uses one without a copy.")


async def _pull(control: Control, ref: str, output: Output) -> int:
    """Fetch a model, and return when it is here. An interruption gives nothing up: the next pull
    goes on."""
    download = await control.do(PullModel(ref))
    if download is None:
        _say(output, {"here": ref}, f"{ref} is on this computer already; nothing was fetched.")
        return 0
    shown, said = 0.0, ""
    async with aclosing(control.statuses()) as statuses:
        async for status in statuses:
            now = next((d for d in status.downloads if d.id == download.id), None)
            if now is None:
                return await _pulled(control, download, status, output)
            if now.state is DownloadState.FAILED:
                raise DownloadFailed(now.problem, "")
            if time.monotonic() - shown >= SHOW_EVERY and _line(now) != said:
                shown, said = time.monotonic(), _line(now)
                _report(now, output)
    raise ClosedMeshError("The peer ended before the download did.", "Pull it again to go on.")


def _report(download: Download, output: Output) -> None:
    if output.as_json:
        output.data({"event": "progress", "landed": download.landed, "size": download.size_bytes,
                     "state": download.state, "problem": download.problem})  # fmt: skip
    else:
        output.note(_line(download))


async def _pulled(control: Control, download: Download, status: Status, output: Output) -> int:
    """Say what came of a download that left the queue."""
    models = {model.title: model for model in status.models}
    models |= {model.name: model for model in status.models}
    model = models.get(download.ref) or models.get(download.title)
    if model:
        _show(model, "is on this computer", output)
    else:
        _say(output, {"pulled": download.ref}, f"{download.title} is done.")
    return 0


def _line(download: Download) -> str:
    """A download in one line."""
    percent = 100 * download.landed / download.size_bytes
    words = [f"{download.title}: {percent:.0f} % of {size(download.size_bytes)}"]
    if download.state is DownloadState.FETCHING and not download.problem:
        words.append(f"{download.rate / 1e6:.1f} MB/s")
        if download.seconds_left is not None:
            words.append(f"{download.seconds_left:.0f} s left")
    else:
        words.append(download.state)
    if download.problem:
        tries = f" ({download.tries} of {download.most_tries})" if download.tries else ""
        words.append(f"{download.problem}{tries}")
    return ", ".join(words)


def _fit(fit: Fit) -> str:
    return fit.label.value.replace("-", " ")


def _speed(fit: Fit) -> str:
    if not fit.tokens_per_second:
        return ""
    kind = "measured" if fit.measured else "estimated"
    return f"{fit.tokens_per_second:.0f} tok/s {kind}"
