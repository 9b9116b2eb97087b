"""Tells a bill of materials from other files, cheaply: nothing that reads one is imported for it."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from policyctl.model.content import Content

Format = Literal["cyclonedx", "spdx", "cyclonedx_xml", "spdx_2"]

_SPDX_3: Final = "https://spdx.org/rdf/3"
_XML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?bom\s[^>]*cyclonedx\.org/schema/bom/", re.DOTALL
)
_SPDX_2_TAGS: Final = re.compile(r"^SPDXVersion:\s*SPDX-2", re.MULTILINE)
_BEGINNING: Final = 4000


def format_of(content: Content) -> Format | None:
    """Which of the formats `content` is in, those included that are only known to be refused; None for another file."""
    if content.syntax != "json":
        beginning = content.text[:_BEGINNING]
        if _XML.match(beginning):
            return "cyclonedx_xml"
        return "spdx_2" if content.syntax in ("text", "yaml") and _SPDX_2_TAGS.search(beginning) else None
    value = content.values[0] if len(content.values) == 1 else None
    if not isinstance(value, dict):
        return None
    if value.get("bomFormat") == "CycloneDX":
        return "cyclonedx"
    if any(context.startswith(_SPDX_3) for context in contexts(value)):
        return "spdx"
    version = value.get("spdxVersion")
    return "spdx_2" if isinstance(version, str) and version.startswith("SPDX-2") else None


def contexts(value: dict[str, Any]) -> list[str]:
    """The addresses of a JSON-LD document's contexts."""
    context = value.get("@context")
    return [one for one in (context if isinstance(context, list) else [context]) if isinstance(one, str)]
