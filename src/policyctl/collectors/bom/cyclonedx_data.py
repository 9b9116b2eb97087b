"""Datasets of a CycloneDX BOM: those in a model's card, and components of type data."""

from __future__ import annotations

from policyctl.collectors.bom.cyclonedx_parts import governors, licences
from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.bom.statements import section
from policyctl.collectors.bom.values import Names, is_address
from policyctl.model.facts.bom import BomDataset


def datasets_of(component: Node) -> list[Node]:
    """What a component's model card names as datasets: descriptions, or references ({"ref": …})."""
    if not isinstance(component.value.get("modelCard"), dict):
        return []
    return component.node("modelCard").node("modelParameters").about("datasets").nodes("datasets")


def inline_dataset(data: Node, names: Names) -> BomDataset:
    """A dataset that is described inside a model's card."""
    name = data.about("datasets").text("name")
    return _described(data.about("datasets"), names.of(name, data.at()), name, inline=True)


def listed_dataset(component: Node, names: Names) -> list[BomDataset]:
    """The datasets of a component of type data: each that it describes, or itself where it describes none."""
    name = component.text("name")
    group = component.text("group")
    called = "/".join(part for part in (group, name) if part) or None
    found = []
    for data in component.nodes("data") or [component]:
        own = data.text("name") if data is not component else None
        title = own or called
        dataset = _described(data, names.of(title, data.at()), title, inline=False)
        dataset["licences"] = licences(component)
        found.append(dataset)
    return found


def _described(data: Node, id: str, name: str | None, *, inline: bool) -> BomDataset:
    dataset: BomDataset = {
        "id": id,
        "path": data.at(),
        "inline": inline,
        "licences": [],
        "parties": governors(data.node("governance")),
        "sections": [found] if (found := section("description", data, ("description",))) else [],
    }
    if name:
        dataset["name"] = name
    url = data.node("contents").text("url")
    if url and is_address(url):
        dataset["url"] = url
    if classification := data.text("classification"):
        dataset["classification"] = classification
    if "sensitiveData" in data.value:
        dataset["sensitive"] = "yes" if data.texts("sensitiveData") else "no"
    return dataset
