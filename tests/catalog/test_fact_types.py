"""The types that rules may rely on are those of the Python types."""

from __future__ import annotations

from policyctl.catalog.fact_types import fact_types
from policyctl.model.document import KINDS

EVERYTHING = {kind: [["facts"]] for kind in KINDS}


def test_every_kind_has_its_facts() -> None:
    assert set(fact_types(EVERYTHING)) == set(KINDS)


def test_facts_that_may_be_absent_have_no_type() -> None:
    assert "namespace" not in fact_types(EVERYTHING)["kubernetes_object"]
    assert "pipeline_tag" not in fact_types(EVERYTHING)["model_card"]


def test_types_are_those_of_json() -> None:
    assert fact_types(EVERYTHING)["terraform_plan"] == {
        "carriers": "array",
        "destroy_only": "boolean",
        "format_version": "string",
        "referenced_by": "object",
        "resources": "object",
        "terraform_version": "string",
    }
    kubernetes = fact_types(EVERYTHING)["kubernetes_object"]
    assert {kubernetes[fact] for fact in ("containers", "pods", "models", "literal_secrets")} == {"array"}
    assert {kubernetes[fact] for fact in ("object", "inference", "relations", "labels")} == {"object"}
    assert kubernetes["ai_workload"] == "boolean"
    assert kubernetes["objects_in_run"] == "number"
    assert fact_types(EVERYTHING)["model_card"]["subject_type"] == "string"


def test_facts_that_nobody_reads_are_left_out() -> None:
    read = [["facts", "resources", "aws_s3_bucket"], ["system", "classes"]]
    found = fact_types({**EVERYTHING, "terraform_plan": read, "model_card": []})

    assert found["terraform_plan"] == {"resources": "object"}
    assert found["model_card"] == {}
