"""How models would run on this computer: catalogue and hub facts weighed against what it has."""

from dataclasses import dataclass

from closedmesh.models import fit
from closedmesh.models.catalogue import Known
from closedmesh.models.computer import Computer, Demand, judge
from closedmesh.models.offers import Fit
from closedmesh.settings import EngineSettings

USUAL_CACHE = 0.000_02
"""Cache bytes of one token for each byte of weights, where a model's shape is not known: what
models with grouped attention have at four bits a weight."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Answers how a model would run."""

    computer: Computer
    settings: EngineSettings

    def of_known(self, known: Known, speed: float) -> Fit:
        """A model of the catalogue; `speed` was measured here, or 0."""
        active = (known.active or known.parameters) / known.parameters
        return self._judge(
            known.size_bytes,
            known.kv_bytes_per_token,
            min(self._context, known.context),
            int(known.size_bytes * active),
            speed,
        )

    def of_size(self, size_bytes: int) -> Fit:
        """A file of which only the size is known."""
        return self._judge(size_bytes, 0, self._context, size_bytes, 0.0)

    @property
    def _context(self) -> int:
        return self.settings.context or fit.DEFAULT_CONTEXT

    def _judge(self, size: int, cache: float, context: int, read: int, speed: float) -> Fit:
        each = cache or size * USUAL_CACHE
        needed = fit.PROCESS_BYTES + size + each * context
        demand = Demand(int(needed), context, each, read, speed)
        return judge(demand, self.computer, self.settings.keep_free_mb * 2**20)
