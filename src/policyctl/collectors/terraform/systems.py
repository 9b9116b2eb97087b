"""The AI system that a plan's own tags and labels name."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.collectors.system_names import names_a_system
from policyctl.model.facts.terraform import Resource

_BAGS = ("tags", "tags_all", "labels", "effective_labels")


def system_ids(resources: Iterable[Resource]) -> set[str]:
    """Every system named by a tag or label of a resource that stays: `policyctl:system`, `ai-system`, `AiSystemId` …"""
    found: set[str] = set()
    for resource in resources:
        if resource["action"] in {"delete", "forget"} or resource["mode"] == "data":
            continue
        for bag in _BAGS:
            tags = resource["values"].get(bag)
            for name, value in tags.items() if isinstance(tags, dict) else ():
                if isinstance(value, str) and value and names_a_system(name):
                    found.add(value)
    return found
