"""Which provider a resource belongs to, and in which region it lives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from policyctl.collectors.terraform.changes import Instance
from policyctl.collectors.terraform.configuration import Block, Configuration

_SAME = {"google-beta": "google"}
_ZONE = re.compile(r"([a-z]+(?:-[a-z]+)+\d+)-[a-z]")


def provider_of(instance: Instance) -> str:
    """Short name: "aws", "azurerm". google-beta is told as google: the same resource types, an earlier schema."""
    name = instance.provider_name.rsplit("/", 1)[-1] or instance.type.split("_", 1)[0]
    return _SAME.get(name, name)


class Regions:
    """Finds a resource's region: its own value, else its provider's where that is constant or a root variable.

    Lower case without spaces, so that "West Europe" is "westeurope"; a google zone gives its region.
    """

    def __init__(self, plan: Mapping[str, Any], configuration: Configuration) -> None:
        self._variables = plan.get("variables") or {}
        self._providers = configuration.providers
        self._known: dict[str, str | None] = {}

    def region_of(self, instance: Instance, block: Block | None) -> str | None:
        """The region, or None where the plan does not tell it."""
        for name in ("region", "location", "zone"):
            value = instance.values.get(name)
            if isinstance(value, str) and value:
                return _plain(value)
        return self._of_provider(block.provider_key) if block else None

    def _of_provider(self, key: str) -> str | None:
        if key not in self._known:
            found = self._providers.get(key)
            if found is None and ":" in key:
                # Older plans name a child module's provider after the module where the parent's configuration serves.
                found = self._providers.get(key.rsplit(":", 1)[1])
            self._known[key] = self._region(found)
        return self._known[key]

    def _region(self, provider: Any) -> str | None:
        expressions = provider.get("expressions") if isinstance(provider, dict) else None
        for name in ("region", "location", "zone"):
            expression = expressions.get(name) if isinstance(expressions, dict) else None
            if not isinstance(expression, dict):
                continue
            value = expression.get("constant_value")
            references = expression.get("references")
            if value is None and isinstance(references, list) and len(references) == 1:
                variable = self._variables.get(str(references[0]).removeprefix("var."))
                value = variable.get("value") if isinstance(variable, dict) else None
            if isinstance(value, str) and value:
                return _plain(value)
        return None


def _plain(value: str) -> str:
    plain = value.rsplit("/", 1)[-1].lower().replace(" ", "")
    zone = _ZONE.fullmatch(plain)
    return zone[1] if zone else plain
