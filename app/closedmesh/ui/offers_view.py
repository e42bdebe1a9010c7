"""What is said of models that can be had: recommended ones and those of the hub. No Qt here."""

from dataclasses import dataclass, replace

from closedmesh.models.hub import Found
from closedmesh.models.offers import Fit, FitLabel, HubOffer, Offer, Repository
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.words_view import amount


def fits() -> dict[FitLabel, tuple[str, str, str]]:
    """Words, colour and icon of each label, the best first: it is told by its words and its
    shape, not by colour alone."""
    return {
        FitLabel.RUNS_WELL: (words.tr("Runs well"), "good", "check"),
        FitLabel.TIGHT: (words.tr("Tight"), "warning", "warning"),
        FitLabel.ON_THE_MESH: (words.tr("On the mesh"), "link", "mesh"),
        FitLabel.TOO_LARGE: (words.tr("Too large"), "muted", "stop"),
    }


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
    order = list(fits())
    ranked = sorted(offers, key=lambda o: (order.index(o.fit.label), -o.parameters))
    return tuple(_offer(offer, status) for offer in ranked)


def _offer(offer: Offer, status: Status) -> OfferCard:
    weights = words.tr("{number} weights", number=amount(offer.parameters))
    if offer.active < offer.parameters:
        weights = words.tr(
            "{weights}, {number} of them at a time", weights=weights, number=amount(offer.active)
        )
    facts = (words.size(offer.size_bytes), weights, offer.quantisation, *_fit_facts(offer.fit))
    about = [
        ", ".join(map(ability, offer.abilities)),
        _languages(offer.languages),
        words.tr("licence {licence}", licence=offer.licence),
    ]
    if not offer.checked:
        about.append(words.tr("the hub is asked for its SHA-256 first"))
    line = " · ".join(word for word in about if word)
    card = _card(offer.name, offer.title, facts, line, offer.fit)
    return _with_action(card, offer.size_bytes, status, here=offer.here)


def file_cards(repository: Repository, status: Status) -> tuple[OfferCard, ...]:
    """The models of a repository."""
    return tuple(_file(file, status) for file in repository.files)


def _file(file: HubOffer, status: Status) -> OfferCard:
    parts = words.plural("{n} part", "{n} parts", file.parts) if file.parts > 1 else ""
    facts = (words.size(file.size_bytes), parts, *_fit_facts(file.fit))
    card = _card(file.ref, file.name, facts, "", file.fit)
    return _with_action(card, file.size_bytes, status, here=file.here)


def _card(ref: str, title: str, facts: tuple[str, ...], about: str, fit: Fit) -> OfferCard:
    label, colour, icon = fits()[fit.label]
    return OfferCard(
        ref=ref,
        title=title,
        facts=" · ".join(fact for fact in facts if fact),
        about=about,
        fit=label,
        colour=colour,
        icon=icon,
        advice=words.said(fit.advice),
        action="",
        can_get=False,
        is_advised=fit.label is FitLabel.RUNS_WELL,
    )


def _with_action(card: OfferCard, size_bytes: int, status: Status, *, here: bool) -> OfferCard:
    """The card with what its button does."""
    if here:
        return replace(card, action=words.tr("On this computer"))
    if any(download.ref == card.ref for download in status.downloads):
        return replace(card, action=words.tr("In the queue"))
    return replace(card, action=words.tr("Get {size}", size=words.size(size_bytes)), can_get=True)


def _fit_facts(fit: Fit) -> tuple[str, ...]:
    memory = words.tr(
        "{size} of memory at {context} tokens",
        size=words.size(fit.memory_bytes),
        context=fit.context,
    )
    if not fit.tokens_per_second:
        return (memory,)
    speed = fit.tokens_per_second
    figure = words.number(speed, 0 if speed >= 10 else 1)
    if fit.measured:
        return (memory, words.tr("{number} tokens a second, measured", number=figure))
    return (memory, words.tr("{number} tokens a second, estimated", number=figure))


def ability(name: str) -> str:
    """What a model can do, by the catalogue's name for it."""
    match name:
        case "code":
            return words.tr("code", "ability of a model")
        case "reasoning":
            return words.tr("reasoning", "ability of a model")
        case "tools":
            return words.tr("tools", "ability of a model")
        case "vision":
            return words.tr("vision", "ability of a model")
        case _:
            return name


def _languages(languages: tuple[str, ...]) -> str:
    if "many" in languages:
        return words.tr("many languages")
    return words.tr("languages {languages}", languages=", ".join(languages)) if languages else ""


def found_rows(found: tuple[Found, ...]) -> tuple[FoundRow, ...]:
    """The repositories of a search."""
    return tuple(FoundRow(one.repo, _found(one)) for one in found)


def _found(one: Found) -> str:
    facts = (
        words.plural("{n} download", "{n} downloads", one.downloads),
        words.plural("{n} like", "{n} likes", one.likes),
        words.tr("licence {licence}", licence=one.licence)
        if one.licence
        else words.tr("licence not stated"),
        words.tr("changed {updated}", updated=words.date(one.updated)) if one.updated else "",
        words.tr("asks you to agree to terms") if one.gated else "",
    )
    return " · ".join(fact for fact in facts if fact)
