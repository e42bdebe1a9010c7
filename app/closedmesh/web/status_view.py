"""What the public status page shows, made from `PublicStatus`: rows and words. Pure.

Names are those that peers gave; whoever shows them escapes them.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from statistics import median

from msgspec import Struct

from closedmesh.mesh.picture import Check, Enforcement
from closedmesh.models.chat import CheckState, ModelHash
from closedmesh.web.public import OfferFacts, PeerFacts, PublicStatus

HEADS_SHOWN = 5
"""Heads of the ledger on the page; all of a day are in `/status.json`."""

MOST_ROWS = 50
"""Peers of one model that are shown; the others are counted."""

_SIGNS = {
    CheckState.MATCH: "✓",
    CheckState.MISMATCH: "✕",
    CheckState.INCONCLUSIVE: "~",
    CheckState.UNCHECKED: "·",
}

_ENFORCEMENT = {
    Enforcement.OBSERVE: "Checks are shown, and nobody is passed over for them yet.",
    Enforcement.ENFORCE: "Who is found not to run what it says is not asked any more.",
}


class Figure(Struct, frozen=True):
    """A measured speed."""

    tps: float | None
    """Tokens a second."""
    words: str
    samples: str
    more: str = ""
    """What was measured beside it."""


class CheckView(Struct, frozen=True):
    """The result of checks."""

    state: CheckState
    sign: str
    words: str
    detail: str


class Moment(Struct, frozen=True):
    """A time, for programs and for people."""

    iso: str
    words: str


class Row(Struct, frozen=True):
    """One peer that answers with a model."""

    peer: str
    backend: str
    version: str
    places: str
    native: Figure
    mesh: Figure
    check: CheckView
    since: Moment | None
    """Its day, in words."""


class ModelView(Struct, frozen=True):
    """One model with those who answer with it."""

    name: str
    sha256: ModelHash
    quantisation: str
    summary: str
    rows: tuple[Row, ...]
    hidden: int
    """Peers that are not among the rows."""


class HeadView(Struct, frozen=True):
    """One signed head of the ledger."""

    number: str
    digest: str
    when: Moment
    events: str


class StatusView(Struct, frozen=True):
    """The whole page."""

    title: str
    summary: str
    tiles: tuple[tuple[str, str], ...]
    """Numbers with what they count."""
    models: tuple[ModelView, ...]
    fastest: float
    """Tokens a second; the length of a full bar."""
    enforcement: str
    decisions: str
    heads: tuple[HeadView, ...]
    totals: str
    entry: str
    asof: Moment


def status_view(shown: PublicStatus, now: float) -> StatusView:
    """The page at a time, Unix seconds."""
    mesh = shown.mesh
    offers = [offer for peer in shown.peers for offer in peer.models]
    speeds = [tps for o in offers for tps in (o.native.decode_tps, o.mesh.decode_tps) if tps]
    free, slots = sum(o.free for o in offers), sum(o.slots for o in offers)
    sharing = len(shown.peers)
    return StatusView(
        title=mesh.name if mesh else "No mesh yet",
        summary=_summary(sharing, len(shown.models)) if mesh else "This entry is still opening.",
        tiles=(
            (str(mesh.members if mesh else 0), "members"),
            (str(sharing), "share now"),
            (str(len(shown.models)), _plural("model", len(shown.models))),
            (f"{free} of {slots}", "places free"),
        ),
        models=tuple(_model(m.name, m.model_sha256, shown.peers) for m in shown.models),
        fastest=max(speeds, default=1.0),
        enforcement=_ENFORCEMENT[shown.enforcement],
        decisions=_decisions(shown),
        heads=tuple(
            HeadView(str(h.number), h.digest, moment(h.at), f"{h.events:,} events")
            for h in shown.ledger[:HEADS_SHOWN]
        ),
        totals=_totals(shown),
        entry=mesh.entry if mesh else "",
        asof=moment(now),
    )


def _totals(shown: PublicStatus) -> str:
    if not shown.ledger:
        return "Nothing has been settled yet."
    last = shown.ledger[0]
    return (
        f"{last.events:,} events so far; the pool has paid {last.issued:,.3f} credits, and "
        f"{last.burned:,.3f} were burned."
    )


def moment(at: float) -> Moment:
    """A time, Unix seconds."""
    when = datetime.fromtimestamp(at, UTC).replace(microsecond=0)
    return Moment(when.isoformat(), f"{when.day} {when:%b %Y, %H:%M} UTC")


def _day(at: float) -> Moment:
    when = moment(at)
    return Moment(when.iso, when.words.partition(",")[0])


def _summary(sharing: int, models: int) -> str:
    if not sharing:
        return "Open, and nobody shares at the moment."
    peers = f"{sharing} {_plural('peer', sharing)}"
    return f"Open: {peers} {_verb(sharing)} with {models} {_plural('model', models)}."


def _decisions(shown: PublicStatus) -> str:
    found = Counter(offer.check.verdict for peer in shown.peers for offer in peer.models)
    matched, mismatched = found[CheckState.MATCH], found[CheckState.MISMATCH]
    words = (
        f"{matched} of {found.total()} {_plural('replica', found.total())} "
        f"{'matches' if matched == 1 else 'match'} now, {mismatched} {_do(mismatched)} not, "
        f"and of {found.total() - matched - mismatched} nothing can be told yet."
    )
    wrong = shown.false_alarms
    if wrong.decisions:
        words += f" {wrong.honest_convicted} of {wrong.decisions} decisions so far were wrong."
    return words


def _model(name: str, sha256: ModelHash, peers: Iterable[PeerFacts]) -> ModelView:
    found = [(peer, o) for peer in peers for o in peer.models if o.model_sha256 == sha256]
    found.sort(key=lambda one: (-(one[1].mesh.samples), one[0].peer))
    offers = [offer for _, offer in found]
    free, slots = sum(o.free for o in offers), sum(o.slots for o in offers)
    words = [
        f"{len(found)} {_plural('replica', len(found))}",
        f"{free} of {slots} {_plural('place', slots)} free",
    ]
    if seen := [o.mesh.decode_tps for o in offers if o.mesh.decode_tps]:
        words.append(f"through the mesh {_number(median(seen))} tokens/s at the median peer")
    return ModelView(
        name=name,
        sha256=sha256,
        quantisation=offers[0].quantisation,
        summary=" · ".join(words),
        rows=tuple(_row(peer, offer) for peer, offer in found[:MOST_ROWS]),
        hidden=max(0, len(found) - MOST_ROWS),
    )


def _row(peer: PeerFacts, offer: OfferFacts) -> Row:
    native, mesh = offer.native, offer.mesh
    prefill = f"reads {_number(native.prefill_tps)}/s" if native.prefill_tps else ""
    first = _first_token(mesh.first_token_ms)
    return Row(
        peer=peer.peer,
        backend=peer.backend,
        version=peer.version,
        places=f"{offer.free} of {offer.slots}",
        native=_figure(native.decode_tps, native.samples, prefill),
        mesh=_figure(mesh.decode_tps, mesh.samples, first),
        check=_check(offer.check),
        since=_day(peer.since) if peer.since is not None else None,
    )


def _figure(tps: float | None, samples: int, more: str) -> Figure:
    words = "not measured" if tps is None else f"{_number(tps)} tokens/s"
    return Figure(tps, words, f"{samples} {_plural('sample', samples)}", more)


def _first_token(milliseconds: float | None) -> str:
    if milliseconds is None:
        return ""
    return f"first token {milliseconds / 1000:.2f} s"


def _check(check: Check) -> CheckView:
    words = check.verdict.value
    if check.found and check.found != words:
        words = f"{words} ({check.found.replace('-', ' ')})"
    details = []
    if check.probes:
        details.append(f"{check.probes} {_plural('answer', check.probes)} weighed")
    if check.resolution:
        details.append(check.resolution)
    if check.left_out:
        details.append("not asked now, as two entries agree")
    return CheckView(check.verdict, _SIGNS[check.verdict], words, " · ".join(details))


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _verb(count: int) -> str:
    return "answers" if count == 1 else "answer"


def _do(count: int) -> str:
    return "does" if count == 1 else "do"
