"""The cases of `cases.yaml` as descriptions and documents, asked of one OPA."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from policyctl.collectors.reading import parse
from policyctl.collectors.system import SystemCollector
from policyctl.documents.building import build
from policyctl.model.classification import Classified
from policyctl.opening import Opened
from policyctl.profiles import chosen_profile

_FILE: dict[str, Any] = yaml.load((Path(__file__).parent / "cases.yaml").read_text(), yaml.BaseLoader)
CASES: list[dict[str, Any]] = _FILE["cases"]
AS_OF: str = _FILE["as_of"]
Description = dict[str, Any]


def description(change: dict[str, Any]) -> Description:
    """The ordinary description with some answers, or other keys, replaced. `stated_roles` is the key `roles`; null takes a key away."""
    made: Description = copy.deepcopy(_FILE["ordinary"])
    for name, value in change.items():
        section, _, group = name.partition(".")
        if group:
            made["answers"][section][group] = value
        elif section in made["answers"]:
            made["answers"][section] = value
        elif value == "null":
            del made[section]
        else:
            made[section.removeprefix("stated_")] = value
    return made


def without_each(described: Description) -> dict[str, Description]:
    """The description without one answer or piece of evidence, by what was taken away."""
    found = {}
    for path in _leaves(described["answers"], ()):
        less = copy.deepcopy(described)
        above = less["answers"]
        for step in path[:-1]:
            above = above[step]
        del above[path[-1]]
        found[".".join(path)] = less
    return found


def _leaves(value: Any, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Each key of the answers at any depth, whole groups and sections among them. An answer's own word goes only with the answer."""
    if not isinstance(value, dict):
        return []
    return [
        leaf
        for key, below in value.items()
        if key != "answer"
        for leaf in ((*path, key), *_leaves(below, (*path, key)))
    ]


@dataclass(frozen=True)
class Asking:
    """One OPA that classifies."""

    run: Opened

    def ask(self, described: Sequence[Description], as_of: str = AS_OF) -> list[Classified]:
        """The classification of each description."""
        profile = chosen_profile(self.run.settings, self.run.loaded.bundle.catalog)["kinds"]["system"]
        documents = []
        for one in described:
            (read,) = SystemCollector().collect([parse(json.dumps(one), "system.json", "0" * 64, 0)])
            assert read.status == "decided", read.message
            documents.append(
                build(read.subjects[0], system={}, profile=profile, as_of=as_of, simulated=False, environment={})
            )
        return self.run.engine.classify(documents)


def labels(classified: Classified, status: str) -> list[str]:
    """The classes with this status, as the cases name them."""
    return sorted(f"{one['class']} {one['route']}" for one in classified["classes"] if one["status"] == status)
