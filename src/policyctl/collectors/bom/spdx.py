"""SPDX 3 as JSON-LD: AI packages, dataset packages, what the document says of itself.

Source: SPDX specification 3.0.1, Core, AI and Dataset profiles.
"""

from __future__ import annotations

import re
from typing import Final

from policyctl.collectors.bom.nodes import Faults, Node
from policyctl.collectors.bom.recognition import contexts
from policyctl.collectors.bom.spdx_elements import type_of
from policyctl.collectors.bom.spdx_graph import Graph, referred
from policyctl.collectors.bom.spdx_packages import read_dataset, read_model
from policyctl.collectors.bom.values import Names, moment
from policyctl.model.content import Content
from policyctl.model.document import Gap
from policyctl.model.facts.bom import BomFacts

_CONTEXT: Final = re.compile(r"https://spdx\.org/rdf/(3\.0(?:\.\d+)?)/spdx-context\.jsonld")
_SERIAL: Final = re.compile(r"(?:https?://|urn:)\S+")


def read_spdx(content: Content) -> tuple[BomFacts, list[Gap]]:
    """The facts of a document that `format_of` calls SPDX. What is not as the model has it hides the facts that it may hold."""
    faults = Faults()
    document = Node(content.values[0], (), faults, "")
    versions = [match[1] for context in contexts(document.value) if (match := _CONTEXT.fullmatch(context))]
    if not versions:
        faults.note(("@context",), "is not that of SPDX 3.0, which is read", "", "bom_version")
    graph = Graph(document)
    names = Names()
    facts: BomFacts = {
        "id": content.path,
        "format": "spdx",
        "tools": [],
        "creators": [],
        "signed": False,
        "models": [read_model(node.about("models"), names, graph) for node in graph.nodes if _is_model(node)],
        "datasets": [
            read_dataset(node.about("datasets"), names, graph) for node in graph.of_type("dataset_DatasetPackage")
        ],
        "defects": graph.defects(),
    }
    if versions:
        facts["spec_version"] = versions[0]
    _say_origin(facts, graph)
    return facts, faults.gaps


def _is_model(node: Node) -> bool:
    """Whether an element is a model: an AI package, or one of software whose purpose is to be a model."""
    kind = type_of(node)
    return kind == "ai_AIPackage" or (kind == "software_Package" and node.text("software_primaryPurpose") == "model")


def _say_origin(facts: BomFacts, graph: Graph) -> None:
    """Who made the document, with what, when, and what it is called."""
    for node in [*graph.of_type("SpdxDocument"), *graph.of_type("software_Sbom", "Bom")][:1]:
        serial = node.about("serial").text("spdxId")
        if serial and _SERIAL.fullmatch(serial):
            facts["serial"] = serial
        for _, creation in referred(node.about("created"), "creationInfo", graph):
            if creation is None:
                continue
            if created := moment(creation.about("created").text("created")):
                facts["created"] = created
            facts["creators"] += _named(creation.about("creators"), "createdBy", graph)
            facts["tools"] += _named(creation.about("tools"), "createdUsing", graph)


def _named(node: Node, key: str, graph: Graph) -> list[str]:
    return [
        name for ref, found in referred(node, key, graph) if (name := graph.name(found if found is not None else ref))
    ]
