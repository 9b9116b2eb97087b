"""How much a reader takes in before it refuses. Together they bound time and memory: see docs/decisions/reading.md."""

from __future__ import annotations

from typing import Final


class Limits:
    """Sizes are in bytes as they lie on disk, depth in nested lists and mappings, nodes in values of any kind.

    `PLAN_RESOURCES` are the instances of one plan: OPA is asked about a plan in one question. `RELATED` is how often an object of a
    run is held against a pod, to see whether it is about it.

    Measured on two cores: the slowest file within the limits takes under ten seconds and under 1 GiB.
    """

    JSON_BYTES: Final = 64 * 1024 * 1024
    YAML_BYTES: Final = 16 * 1024 * 1024
    TEXT_BYTES: Final = 16 * 1024 * 1024
    DEPTH: Final = 200
    JSON_NODES: Final = 5_000_000
    YAML_NODES: Final = 1_000_000
    PLAN_RESOURCES: Final = 15_000
    RELATED: Final = 500_000
    ALIAS_NODES: Final = 100_000
    ALIAS_CHARACTERS: Final = 4 * 1024 * 1024


def in_mebibytes(size: int) -> str:
    """A size in bytes as people read it: "64 MiB"."""
    return f"{size // (1024 * 1024)} MiB"
