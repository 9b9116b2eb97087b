"""Empties the credentials in variables, commands, scripts and labels before anything else looks at them.

They are laid out as a Kubernetes container would have them, so that the same rules find the same credentials.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.collectors.kubernetes.masking import mask
from policyctl.model.document import Path

Variable = tuple[str, str | None, Path]
"""Name, value (None where nobody here knows it), and where it stands."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What one container is told, without credentials; `secrets` says where some stood: in which list, at which index."""

    env: list[str | None]
    arguments: list[str]
    scripts: list[str]
    secrets: dict[tuple[str, int], str]


def concealed(env: Sequence[Variable], arguments: Sequence[str], scripts: Sequence[str]) -> Texts:
    """The texts of one container with credentials emptied. A secret's value is the name that it stood under."""
    laid_out: dict[str, Any] = {
        "env": [{"name": name, "value": value} for name, value, _ in env],
        "command": list(arguments),
        "script": list(scripts),
    }
    masked = mask({"containers": [laid_out]})
    held: Mapping[str, Any] = masked.object["containers"][0]
    secrets = {(str(path[2]), int(path[3])): name for path, name in masked.emptied.items() if len(path) > 3}
    return Texts([entry["value"] for entry in held["env"]], held["command"], held["script"], secrets)


def concealed_labels(labels: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Labels without credentials, and the names of those that held one."""
    masked = mask({"labels": dict(labels)})
    return dict(masked.object["labels"]), [str(path[1]) for path in masked.emptied]
