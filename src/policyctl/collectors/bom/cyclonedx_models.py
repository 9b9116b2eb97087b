"""A model of a CycloneDX BOM: a component of type machine-learning-model with its model card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policyctl.collectors.bom.cyclonedx_data import datasets_of
from policyctl.collectors.bom.cyclonedx_parts import hashes, licences, parties
from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.bom.statements import section
from policyctl.collectors.bom.values import Names, is_address, version_in
from policyctl.collectors.model_card.results import number_of
from policyctl.model.facts.bom import BomModel, File, Metric, TrainingData
from policyctl.model.facts.model_card import Section, SectionKind

if TYPE_CHECKING:
    from policyctl.collectors.bom.cyclonedx_references import References

# Tuples: what stands as a type may be anything, and not everything can be looked up in a set.
_DATA: Final = ("file", "data")
_FILES: Final = (*_DATA, "machine-learning-model")
_SECTIONS: Final[tuple[tuple[SectionKind, tuple[str, ...]], ...]] = (
    ("intended_use", ("users", "useCases")),
    ("limitations", ("technicalLimitations", "performanceTradeoffs")),
    ("risks_and_bias", ("ethicalConsiderations", "fairnessAssessments")),
    ("environmental_impact", ("environmentalConsiderations",)),
)


def read_model(component: Node, names: Names, references: References) -> BomModel:
    """The facts of one model."""
    name = "/".join(part for part in (component.text("group"), component.text("name")) if part) or None
    card = component.node("modelCard")
    parameters = card.node("modelParameters")
    model: BomModel = {
        "id": names.of(name, component.at()),
        "path": component.at(),
        "hashes": hashes(component),
        "files": _files(component),
        "licences": licences(component),
        "parties": parties(component),
        "sections": _sections(component, card.node("considerations")),
        "training_data": [_training_data(node.about("models"), references) for node in datasets_of(component)],
        "metrics": [_metric(node) for node in card.node("quantitativeAnalysis").nodes("performanceMetrics")],
        "aggregates": references.aggregates(component),
    }
    if name:
        model["name"] = name
    if version := component.text("version") or version_in(component.text("purl")):
        model["version"] = version
    if task := parameters.text("task"):
        model["task"] = task
    if approach := parameters.node("approach").text("type"):
        model["approach"] = approach
    if architecture := parameters.text("modelArchitecture") or parameters.text("architectureFamily"):
        model["architecture"] = architecture
    return model


def _files(component: Node) -> list[File]:
    """The files that a model consists of, and what it is distributed as where that has digests."""
    parts = [part for part in component.nodes("components") if part.value.get("type") in _FILES]
    found: list[File] = [{"name": part.text("name") or "", "path": part.at(), "hashes": hashes(part)} for part in parts]
    for link in component.nodes("externalReferences"):
        if link.value.get("type") == "distribution" and link.value.get("hashes"):
            found.append({"name": link.text("url") or "", "path": link.at(), "hashes": hashes(link)})
    return found


def _sections(component: Node, considerations: Node) -> list[Section]:
    found = [section("description", component, ("description",))]
    found += [section(kind, considerations, keys) for kind, keys in _SECTIONS]
    return [one for one in found if one]


def _training_data(data: Node, references: References) -> TrainingData:
    ref = data.text("ref")
    if ref is None:
        return _inline(data)
    named: TrainingData = {"path": data.at(), "found": "missing", "leads": False, "ref": ref}
    if references.is_elsewhere(ref):
        named["found"] = "elsewhere"
    elif (component := references.by_ref.get(ref)) is not None and component.value.get("type") in _DATA:
        named["found"] = "listed"
        if name := component.text("name"):
            named["name"] = name
            named["leads"] = True
    return named


def _inline(data: Node) -> TrainingData:
    name, contents = data.text("name"), data.node("contents")
    leads = is_address(contents.text("url")) or bool(contents.node("attachment").text("content"))
    described = section("description", data, ("description",))
    found: TrainingData = {
        "path": data.at(),
        "found": "inline",
        "leads": leads or bool(described and described["words"]),
    }
    if name:
        found["name"] = name
    return found


def _metric(node: Node) -> Metric:
    metric: Metric = {"path": node.at()}
    if name := node.text("type"):
        metric["name"] = name
    if part := node.text("slice"):
        metric["slice"] = part
    if (value := number_of(node.value.get("value"))) is not None:
        metric["value"] = value[0]
    interval = node.node("confidenceInterval")
    if (lower := number_of(interval.value.get("lowerBound"))) is not None:
        metric["lower"] = lower[0]
    if (upper := number_of(interval.value.get("upperBound"))) is not None:
        metric["upper"] = upper[0]
    return metric
