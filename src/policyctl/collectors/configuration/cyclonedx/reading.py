"""A CycloneDX BOM in JSON or in XML."""

from __future__ import annotations

from policyctl.collectors.configuration.notations import read_json
from policyctl.collectors.configuration.parsed import Parsed, plain
from policyctl.model.errors import InputError
from policyctl.model.printable import printable


def read_cyclonedx(text: str, path: str) -> Parsed:
    """The BOM. Raises InputError for what is none, and for what stands in XML and cannot be given in Conftest's shape."""
    if text.lstrip().startswith("<"):
        return _in_xml(text, path)
    parsed = read_json(text, path)
    first = parsed.values[0] if parsed.values else None
    if not isinstance(first, dict) or first.get("bomFormat") != "CycloneDX":
        raise InputError(f"{printable(path)}: this is no CycloneDX BOM", hint='it has "bomFormat": "CycloneDX"')
    return parsed


def _in_xml(text: str, path: str) -> Parsed:
    """Conftest has no format of a BOM in XML, and of each the same version."""
    # Who reads none in XML does without the tables.
    from policyctl.collectors.configuration.cyclonedx.elements import read_elements
    from policyctl.collectors.configuration.cyclonedx.values import value

    root = read_elements(text, path)
    return Parsed(
        (plain({"bomFormat": "", "specVersion": "SpecVersion(0)", **value("bom", root)}),), lambda _index: root.line
    )
