"""The models of this computer as a table in a terminal."""

from closedmesh.cli.output import Output
from closedmesh.status import Model


def show_models(found: tuple[Model, ...], output: Output) -> None:
    """The models of this computer as a table."""
    if not found:
        output.say("No model is on this computer. `closedmesh models offers` lists some to pull.")
        return
    output.table(
        ("MODEL", "STATE", "SIZE", "QUANT", "CONTEXT", "MEMORY", "THREADS", "READS", "WRITES"),
        [_row(model) for model in found],
    )
    for model in found:
        if model.problem:
            output.say(f"{model.name}: {model.problem}")


def _row(model: Model) -> tuple[str, ...]:
    threads = f"{model.threads}{' (gives way)' if model.giving_way else ''}"
    return (
        model.name,
        model.state,
        size(model.size_bytes),
        model.quantisation,
        str(model.context or model.context_trained),
        size(model.memory_bytes) if model.memory_bytes else "",
        threads if model.threads else "",
        f"{model.native.prefill_tps:.0f}/s" if model.native else "",
        f"{model.native.decode_tps:.0f}/s" if model.native else "",
    )


def size(count: int) -> str:
    """Bytes in decimal units, as on the box of a disk."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"
