"""AI packages and dataset packages of SPDX 3."""

from __future__ import annotations

from typing import Final, Literal

from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.bom.spdx_elements import individual, type_of
from policyctl.collectors.bom.spdx_graph import Graph, referred
from policyctl.collectors.bom.spdx_licences import licences_of
from policyctl.collectors.bom.statements import section
from policyctl.collectors.bom.values import NOT_ASSERTED, Names, digest, is_address, version_in
from policyctl.collectors.model_card.results import number_of
from policyctl.model.facts.bom import BomDataset, BomModel, Digest, File, Metric, Party, TrainingData
from policyctl.model.facts.model_card import Section, SectionKind

_SECTIONS: Final[tuple[tuple[SectionKind, tuple[str, ...]], ...]] = (
    ("description", ("description", "summary")),
    ("intended_use", ("ai_informationAboutApplication", "dataset_intendedUse")),
    ("limitations", ("ai_limitation",)),
    ("risks_and_bias", ("dataset_knownBias",)),
    ("training_procedure", ("ai_informationAboutTraining",)),
    ("dataset_creation", ("dataset_dataCollectionProcess",)),
    ("environmental_impact", ("ai_energyConsumption",)),
)
_DATA: Final = frozenset({"dataset_DatasetPackage", "software_File", "software_Package", "software_Snippet"})
_AGGREGATES: Final = {"complete": "complete", "incomplete": "incomplete", "noAssertion": "unknown"}
_PRESENCE: Final[dict[str, Literal["yes", "no", "not_asserted"]]] = {
    "yes": "yes",
    "no": "no",
    "noAssertion": "not_asserted",
}


def read_model(package: Node, names: Names, graph: Graph) -> BomModel:
    """The facts of one AI package."""
    id = package.text("spdxId")
    name = package.text("name")
    model: BomModel = {
        "id": names.of(name, package.at()),
        "path": package.at(),
        "hashes": _hashes(package),
        "files": _files(id, graph),
        "licences": licences_of(id, graph),
        "parties": _parties(package, graph),
        "sections": _sections(package),
        "training_data": _training_data(id, graph),
        "metrics": [_metric(entry) for entry in package.nodes("ai_metric")],
        "aggregates": sorted(
            {
                _AGGREGATES.get(relation.text("completeness") or "", "not_specified")
                for relation in graph.relationships(id, "contains", "dependsOn", "trainedOn", "testedOn")
            }
        ),
    }
    if name:
        model["name"] = name
    if version := package.text("software_packageVersion") or version_in(package.text("software_packageUrl")):
        model["version"] = version
    if kinds := package.texts("ai_typeOfModel"):
        model["approach"] = ", ".join(kinds)
    if domains := package.texts("ai_domain"):
        model["task"] = ", ".join(domains)
    return model


def read_dataset(package: Node, names: Names, graph: Graph) -> BomDataset:
    """The facts of one dataset package."""
    name = package.text("name")
    dataset: BomDataset = {
        "id": names.of(name, package.at()),
        "path": package.at(),
        "inline": False,
        "licences": licences_of(package.text("spdxId"), graph),
        "parties": _parties(package, graph),
        "sections": _sections(package),
    }
    if name:
        dataset["name"] = name
    url = package.text("software_downloadLocation")
    if url and is_address(url):
        dataset["url"] = url
    if level := package.text("dataset_confidentialityLevel"):
        dataset["classification"] = level
    presence = package.text("dataset_hasSensitivePersonalInformation")
    if presence in _PRESENCE:
        dataset["sensitive"] = _PRESENCE[presence]
    return dataset


def _hashes(artifact: Node) -> list[Digest]:
    found = []
    for one in artifact.nodes("verifiedUsing"):
        algorithm, value = one.text("algorithm"), one.text("hashValue")
        if algorithm and value:
            found.append(digest(algorithm, value))
    return found


def _files(id: str | None, graph: Graph) -> list[File]:
    """The files in a package that are models by their purpose."""
    return [
        {"name": file.text("name") or "", "path": file.at(), "hashes": _hashes(file)}
        for ref in graph.inside(id)[1:]
        if (file := graph.by_id.get(ref)) is not None and file.text("software_primaryPurpose") == "model"
    ]


def _parties(package: Node, graph: Graph) -> list[Party]:
    """Who supplies it, and where it came from. NoAssertion and None are nobody."""
    return [
        {"role": role, "name": name}
        for key, role in (("suppliedBy", "supplier"), ("originatedBy", "author"))
        for ref, agent in referred(package, key, graph)
        if not individual(ref) and (name := graph.name(agent if agent is not None else ref))
    ]


def _sections(package: Node) -> list[Section]:
    return [found for kind, keys in _SECTIONS if (found := section(kind, package, keys))]


def _training_data(id: str | None, graph: Graph) -> list[TrainingData]:
    """What the package, or a file in it, was trained on. A relationship that leads nowhere names no data."""
    return [
        _trained_on(ref, relation, graph)
        for origin in graph.inside(id)
        for ref, relation in graph.targets(origin, "trainedOn")
    ]


def _trained_on(ref: str, relation: Node, graph: Graph) -> TrainingData:
    found: TrainingData = {"path": relation.at(), "found": "missing", "leads": False, "ref": ref}
    word = individual(ref)
    if word:
        found["found"] = "not_asserted" if word == NOT_ASSERTED else "none"
    elif graph.is_elsewhere(ref):
        found["found"] = "elsewhere"
    elif (node := graph.by_id.get(ref)) is not None and type_of(node) in _DATA:
        found["found"] = "listed"
        if name := graph.name(ref):
            found["name"] = name
            found["leads"] = True
    return found


def _metric(entry: Node) -> Metric:
    metric: Metric = {"path": entry.at()}
    if name := entry.text("key"):
        metric["name"] = name
    if (value := number_of(entry.value.get("value"))) is not None:
        metric["value"] = value[0]
    return metric
