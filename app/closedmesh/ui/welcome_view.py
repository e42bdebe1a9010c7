"""What the first screen says of this computer and of the ways to begin. No Qt here."""

from dataclasses import dataclass

from closedmesh.assembly import Hardware
from closedmesh.models.offers import FitLabel, Offer
from closedmesh.status import Model, ModelState, Status
from closedmesh.ui import words

USABLE = (ModelState.ON_DISK, ModelState.LOADING, ModelState.LOADED)

MODEST = 6_000_000_000
"""Bytes of the largest model that is proposed here; a person who wants more looks at all."""

ROOM = 2_000_000_000
"""Bytes that a download proposed here must leave on the disk."""


@dataclass(frozen=True, slots=True)
class WelcomeView:
    """The words of the first screen."""

    here: str
    """About the model that answers on this computer."""
    starter: str
    """Its name; empty where there is none."""
    better: str
    """What to tick for a more able model; empty where there is none to propose."""
    better_ref: str
    member_of: str
    """Name of the mesh; empty outside of any."""

    @property
    def can_begin_here(self) -> bool:
        """A model is here that can answer."""
        return bool(self.starter)


def hardware_line(found: Hardware) -> str:
    """`AMD Ryzen 7 · 16 GB · 210 GB free`."""
    return words.tr(
        "{processor} · {memory} memory · {disk} free",
        processor=" ".join(found.processor.split()),
        memory=words.size(found.memory_total),
        disk=words.size(found.disk_free),
    )


def welcome_view(
    status: Status, offers: tuple[Offer, ...], hardware: Hardware | None
) -> WelcomeView:
    """What can be begun with."""
    model = _starter(status)
    better = _better(offers, model, hardware)
    return WelcomeView(
        here=_here(model, offers),
        starter=model.name if model else "",
        better=_proposal(better, metered=bool(hardware and hardware.metered)) if better else "",
        better_ref=better.name if better else "",
        member_of=status.mesh.name if status.mesh else "",
    )


def _starter(status: Status) -> Model | None:
    """The default model if it is here, else any that is."""
    usable = [model for model in status.models if model.state in USABLE]
    chosen = [model for model in usable if model.name == status.settings.chat.model]
    return next(iter([*chosen, *usable]), None)


def _here(model: Model | None, offers: tuple[Offer, ...]) -> str:
    if model is None:
        return words.tr("No model is on this computer yet. Models can be had on the Models page.")
    facts = [model.title, words.size(model.size_bytes), words.tr("ready, nothing to download")]
    fit = next((offer.fit.label for offer in offers if offer.name == model.name), None)
    if fit is not None:
        facts.append(_fit(fit))
    return " · ".join(facts)


def _fit(label: FitLabel) -> str:
    match label:
        case FitLabel.RUNS_WELL:
            return words.tr("runs well")
        case FitLabel.TIGHT:
            return words.tr("tight on this computer")
        case FitLabel.ON_THE_MESH | FitLabel.TOO_LARGE:
            return words.tr("too large for this computer")


def _better(
    offers: tuple[Offer, ...], model: Model | None, hardware: Hardware | None
) -> Offer | None:
    """The most able model that runs well here and is not here yet."""
    if hardware is None:
        return None
    least = model.parameters if model else 0
    fitting = [
        offer
        for offer in offers
        if offer.fit.label is FitLabel.RUNS_WELL
        and not offer.here
        and offer.parameters > least
        and offer.size_bytes <= MODEST
        and offer.size_bytes + ROOM <= hardware.disk_free
    ]
    return max(fitting, key=lambda offer: offer.parameters, default=None)


def _proposal(offer: Offer, *, metered: bool) -> str:
    size = words.size(offer.size_bytes)
    if metered:
        return words.tr(
            "Get {title} as well ({size}); this network costs by the byte",
            title=offer.title,
            size=size,
        )
    return words.tr(
        "Get {title} as well ({size}); it is more able, and arrives while you chat",
        title=offer.title,
        size=size,
    )
