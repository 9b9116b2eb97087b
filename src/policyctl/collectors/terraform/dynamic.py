"""Dynamic blocks over something unknown, told by the `.tf` files at hand.

A plan holds no expression of a dynamic block. Where its collection is known only after apply, the whole block is, and the plan shows it
as it shows a block that the provider computes. The configuration's text tells them apart: whoever writes `dynamic "grant"` gives grants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from policyctl.collectors.terraform.changes import Instance
from policyctl.model.facts.terraform import Resource

_DYNAMIC = re.compile(r'^[ \t]*dynamic[ \t]+"?([\w-]+)"?[ \t]*\{', re.MULTILINE)

Written = Callable[[Instance], str | None]
"""The text of an instance's block in the configuration; None where it is not at hand."""


def uncover(pairs: Iterable[tuple[Resource, Instance]], written: Written) -> None:
    """Turn what is computed in a dynamic block into unknown. Changes the resources."""
    for resource, instance in pairs:
        if not resource["computed"]:
            continue
        names = _names(written(instance) or "")
        moved = [path for path in resource["computed"] if names.intersection(path.split("."))] if names else []
        if moved:
            resource["computed"] = [path for path in resource["computed"] if path not in moved]
            resource["unknown"] = [*resource["unknown"], *moved]
            resource["opaque"] = sorted({*resource["opaque"], *(_block(path, names) for path in moved)})


# Instances of one resource share their text.
@lru_cache(maxsize=256)
def _names(text: str) -> frozenset[str]:
    return frozenset(_DYNAMIC.findall(text))


def _block(path: str, names: frozenset[str]) -> str:
    """The path without indexes, as far as the dynamic block."""
    steps = [step for step in path.split(".") if not step.isdecimal()]
    last = next(at for at, step in enumerate(steps) if step in names)
    return ".".join(steps[: last + 1])
