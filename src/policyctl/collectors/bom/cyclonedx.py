"""CycloneDX as JSON, 1.5 to 1.7: its models, its datasets, what it says of itself.

Source: CycloneDX specification, bom-1.5.schema.json, bom-1.6.schema.json, bom-1.7.schema.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyctl.collectors.bom.cyclonedx_data import datasets_of, inline_dataset, listed_dataset
from policyctl.collectors.bom.cyclonedx_models import read_model
from policyctl.collectors.bom.cyclonedx_references import References
from policyctl.collectors.bom.nodes import Faults, Node
from policyctl.collectors.bom.values import Names, moment
from policyctl.model.content import Content
from policyctl.model.document import Gap
from policyctl.model.facts.bom import BomFacts

_VERSIONS: Final = ("1.5", "1.6", "1.7")
_TYPES: Final = frozenset(
    "application container cryptographic-asset data device device-driver file firmware framework library "
    "machine-learning-model operating-system platform".split()
)
_SERIAL: Final = re.compile(
    r"urn:uuid:(?!0{8}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)


def read_cyclonedx(content: Content) -> tuple[BomFacts, list[Gap]]:
    """The facts of a BOM that `format_of` calls CycloneDX. What is not as the schema has it hides the facts that it may hold."""
    faults = Faults()
    bom = Node(content.values[0], (), faults, "")
    version = bom.value.get("specVersion")
    if version not in _VERSIONS:
        faults.note(("specVersion",), f"is none of {', '.join(_VERSIONS)}, which are read", "", "bom_version")
    components = list(_components(bom))
    references = References(bom, components)
    names = Names()
    facts: BomFacts = {
        "id": content.path,
        "format": "cyclonedx",
        "tools": _tools(bom.node("metadata").about("tools")),
        "creators": _creators(bom.node("metadata").about("creators")),
        "signed": isinstance(bom.value.get("signature"), dict),
        "models": [],
        "datasets": [],
        "defects": references.defects(),
    }
    for component in components:
        if _type(component) == "machine-learning-model" or "modelCard" in component.value:
            facts["models"].append(read_model(component.about("models"), names, references))
            facts["datasets"] += [
                inline_dataset(node, names) for node in datasets_of(component) if "ref" not in node.value
            ]
        elif _type(component) == "data":
            facts["datasets"] += listed_dataset(component.about("datasets"), names)
    if isinstance(version, str):
        facts["spec_version"] = version
    serial = bom.about("serial").text("serialNumber")
    if serial and _SERIAL.fullmatch(serial):
        facts["serial"] = serial
    if created := moment(bom.node("metadata").about("created").text("timestamp")):
        facts["created"] = created
    return facts, faults.gaps


def _components(bom: Node) -> Iterator[Node]:
    """Every component, those inside of others as well, in the order of the file."""
    main = bom.node("metadata").node("component")
    waiting = [*reversed(bom.nodes("components")), *([main] if main.value else [])]
    while waiting:
        component = waiting.pop()
        yield component
        waiting += reversed(component.nodes("components"))


def _type(component: Node) -> str:
    """The type of a component. What has none, or one that is not known, may be a model."""
    found = component.text("type") or ""
    if found not in _TYPES:
        component.faults.note(component.at("type"), "is no type of a component", "")
    return found


def _tools(metadata: Node) -> list[str]:
    """The tools that made the BOM, as 1.5 and later write them or as a list, which they still allow."""
    listed = metadata.value.get("tools")
    if listed is None or isinstance(listed, list):
        tools = metadata.nodes("tools")
    else:
        tools = [*metadata.node("tools").nodes("components"), *metadata.node("tools").nodes("services")]
    return [name for tool in tools if (name := tool.text("name"))]


def _creators(metadata: Node) -> list[str]:
    """The people and organisations that made the BOM."""
    authors = [name for author in metadata.nodes("authors") if (name := author.text("name") or author.text("email"))]
    makers = [metadata.node("manufacturer").text("name"), metadata.node("supplier").text("name")]
    return [*authors, *(name for name in makers if name)]
