"""Reads a BOM that a test writes."""

from __future__ import annotations

import json
from typing import Any

from policyctl.collectors.bom import BomCollector
from policyctl.collectors.reading import parse
from policyctl.model.document import Collected, Input


def entry(value: Any, path: str = "bom.json") -> Input:
    """What the collector makes of a JSON value, or of a text."""
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    (found,) = BomCollector().collect([parse(text, path, "0" * 64, len(text))])
    return found


def collected(value: Any) -> Collected:
    """The subject in a BOM."""
    found = entry(value)
    assert found.status == "decided", found.message
    return found.subjects[0]


def cyclonedx(*components: Any, **changes: Any) -> dict[str, Any]:
    """A CycloneDX BOM of these components."""
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": list(components), **changes}


def component(**changes: Any) -> dict[str, Any]:
    """A component that is a model."""
    return {"type": "machine-learning-model", "name": "scorer", **changes}


def card(**parameters: Any) -> dict[str, Any]:
    """A model card with these parameters."""
    return {"modelParameters": parameters}


def spdx(*elements: Any) -> dict[str, Any]:
    """An SPDX 3 document of these elements."""
    return {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": list(elements)}


def package(**changes: Any) -> dict[str, Any]:
    """An AI package."""
    return {"type": "ai_AIPackage", "spdxId": "urn:x:model", "name": "scorer", **changes}


def relation(kind: str, *to: str, origin: str = "urn:x:model", **changes: Any) -> dict[str, Any]:
    """A relationship, by default from the package."""
    return {
        "type": "Relationship",
        "spdxId": f"urn:x:{kind}{len(to)}{''.join(to)}",
        "relationshipType": kind,
        "from": origin,
        "to": list(to),
        **changes,
    }
