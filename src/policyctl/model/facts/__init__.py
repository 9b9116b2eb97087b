"""The types of `input.facts`, one file per kind. The JSON Schemas come from here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from policyctl.model.document import Kind

FACTS: Final[Mapping[Kind, str]] = {
    "terraform_plan": "terraform:TerraformFacts",
    "kubernetes_object": "kubernetes:KubernetesFacts",
    "container_image": "container_image:ContainerImageFacts",
    "model_card": "model_card:ModelCardFacts",
    "agent": "agent:AgentFacts",
    "bom": "bom:BomFacts",
    "system": "system:SystemFacts",
    "competence": "competence:CompetenceFacts",
    "impact_assessment": "impact_assessment:ImpactAssessmentFacts",
    "decommissioning": "decommissioning:DecommissioningFacts",
    "gpai_model": "gpai_model:GpaiModelFacts",
    "incident": "incident:IncidentFacts",
    "supplier": "supplier:SupplierFacts",
    "model": "model:ModelFacts",
}
"""Where the type of each kind's facts stands: module and name."""


def facts_of(kind: Kind) -> type:
    """The type of a kind's facts, imported."""
    module, _, name = FACTS[kind].partition(":")
    found: type = getattr(import_module(f"{__name__}.{module}"), name)
    return found
