"""How models would run on this computer: catalogue and hub facts weighed against what it has."""

from dataclasses import dataclass

from closedmesh.models import fit
from closedmesh.models.catalogue import Known
from closedmesh.models.computer import Computer, Demand, judge
from closedmesh.models.gguf import Header
from closedmesh.models.offers import Fit
from closedmesh.settings import EngineSettings

USUAL_CACHE = 0.000_02
"""Cache bytes of one token for each byte of weights, where a model's shape is not known: what
models with grouped attention have at four bits a weight."""

USUAL_TABLES = 30_000_000
"""Bytes for the vocabulary, where it is not known."""

USUAL_BUFFERS = 1.02
"""Weights and the buffers of a step, as a multiple of the weights."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Answers how a model would run."""

    computer: Computer
    settings: EngineSettings

    def of_known(self, known: Known) -> Fit:
        """A model of the catalogue that is not here."""
        active = (known.active or known.parameters) / known.parameters
        return self._judge(
            known.size_bytes,
            known.kv_bytes_per_token,
            min(self._context, known.context),
            int(known.size_bytes * active),
            0.0,
        )

    def of_file(self, header: Header, size_bytes: int, active: float, speed: float) -> Fit:
        """A model that is here, whose file says what it needs."""
        context = min(self._context, header.context_length)
        kind = fit.CacheType.F16
        plan = fit.Plan(context, 1, kind, self.settings.flash_attention, 0)
        demand = Demand(
            fit.needed(header, size_bytes, plan),
            context,
            fit.cache_bytes_per_token(header, kind),
            int(size_bytes * active),
            speed,
        )
        return judge(demand, self.computer, self.settings.keep_free_mb * 2**20)

    def of_size(self, size_bytes: int) -> Fit:
        """A file of which only the size is known."""
        return self._judge(size_bytes, 0, self._context, size_bytes, 0.0)

    @property
    def _context(self) -> int:
        return self.settings.context or fit.DEFAULT_CONTEXT

    def _judge(self, size: int, cache: float, context: int, read: int, speed: float) -> Fit:
        each = cache or size * USUAL_CACHE
        needed = fit.PROCESS_BYTES + USUAL_TABLES + size * USUAL_BUFFERS + each * context
        demand = Demand(int(needed), context, each, read, speed)
        return judge(demand, self.computer, self.settings.keep_free_mb * 2**20)
