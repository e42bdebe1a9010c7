"""What is said of models that can be had: recommended ones and those of the hub. No Qt here."""

from dataclasses import dataclass, replace

from closedmesh.models.hub import Found
from closedmesh.models.offers import Fit, FitLabel, HubOffer, Offer, Repository
from closedmesh.status import Status
from closedmesh.ui.words_view import amount, counted, size

FITS = {
    FitLabel.RUNS_WELL: ("Runs well", "good", "check"),
    FitLabel.TIGHT: ("Tight", "warning", "warning"),
    FitLabel.ON_THE_MESH: ("On the mesh", "link", "mesh"),
    FitLabel.TOO_LARGE: ("Too large", "muted", "stop"),
}
"""Words, colour and icon: a label is told by its words and its shape, not by colour alone."""


@dataclass(frozen=True, slots=True)
class OfferCard:
    """A model that can be had."""

    ref: str
    title: str
    facts: str
    about: str
    """Abilities, languages, licence; empty if nothing is known."""
    fit: str
    colour: str
    icon: str
    advice: str
    action: str
    """What the button says."""
    can_get: bool
    is_advised: bool
    """It would run well here."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A repository that a search found."""

    repo: str
    facts: str


def offer_cards(offers: tuple[Offer, ...], status: Status) -> tuple[OfferCard, ...]:
    """The recommended models, those that run well first and the most able of them at the top."""
    order = list(FITS)
    ranked = sorted(offers, key=lambda o: (order.index(o.fit.label), -o.parameters))
    return tuple(_offer(offer, status) for offer in ranked)


def _offer(offer: Offer, status: Status) -> OfferCard:
    weights = f"{amount(offer.parameters)} weights"
    if offer.active < offer.parameters:
        weights += f", {amount(offer.active)} of them at a time"
    facts = (size(offer.size_bytes), weights, offer.quantisation, *_fit_facts(offer.fit))
    about = [", ".join(offer.abilities), _languages(offer.languages), f"licence {offer.licence}"]
    if not offer.checked:
        about.append("the hub is asked for its SHA-256 first")
    words = " · ".join(word for word in about if word)
    card = _card(offer.name, offer.title, facts, words, offer.fit)
    return _with_action(card, offer.size_bytes, status, here=offer.here)


def file_cards(repository: Repository, status: Status) -> tuple[OfferCard, ...]:
    """The models of a repository."""
    return tuple(_file(file, status) for file in repository.files)


def _file(file: HubOffer, status: Status) -> OfferCard:
    parts = f"{file.parts} parts" if file.parts > 1 else ""
    facts = (size(file.size_bytes), parts, *_fit_facts(file.fit))
    card = _card(file.ref, file.name, facts, "", file.fit)
    return _with_action(card, file.size_bytes, status, here=file.here)


def _card(ref: str, title: str, facts: tuple[str, ...], about: str, fit: Fit) -> OfferCard:
    words, colour, icon = FITS[fit.label]
    return OfferCard(
        ref=ref,
        title=title,
        facts=" · ".join(fact for fact in facts if fact),
        about=about,
        fit=words,
        colour=colour,
        icon=icon,
        advice=fit.advice,
        action="",
        can_get=False,
        is_advised=fit.label is FitLabel.RUNS_WELL,
    )


def _with_action(card: OfferCard, size_bytes: int, status: Status, *, here: bool) -> OfferCard:
    """The card with what its button does."""
    if here:
        return replace(card, action="On this computer")
    if any(download.ref == card.ref for download in status.downloads):
        return replace(card, action="In the queue")
    return replace(card, action=f"Get {size(size_bytes)}", can_get=True)


def _fit_facts(fit: Fit) -> tuple[str, ...]:
    memory = f"{size(fit.memory_bytes)} of memory at {fit.context:,} tokens"
    if not fit.tokens_per_second:
        return (memory,)
    kind = "measured" if fit.measured else "estimated"
    speed = fit.tokens_per_second
    figure = f"{speed:.0f}" if speed >= 10 else f"{speed:.1f}"
    return (memory, f"{figure} tokens a second, {kind}")


def _languages(languages: tuple[str, ...]) -> str:
    if "many" in languages:
        return "many languages"
    return f"languages {', '.join(languages)}" if languages else ""


def found_rows(found: tuple[Found, ...]) -> tuple[FoundRow, ...]:
    """The repositories of a search."""
    return tuple(FoundRow(one.repo, _found(one)) for one in found)


def _found(one: Found) -> str:
    facts = (
        counted(one.downloads, "download"),
        counted(one.likes, "like"),
        f"licence {one.licence}" if one.licence else "licence not stated",
        f"changed {one.updated}" if one.updated else "",
        "asks you to agree to terms" if one.gated else "",
    )
    return " · ".join(fact for fact in facts if fact)
