"""One bad value in one of a hundred documents costs one control of one document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyctl import deciding
from policyctl.documents.cutting import Cut, cut
from policyctl.engines.isolation import decide_isolated
from policyctl.model.decision import status_of
from tests.adversarial.ground import Ground

NUMBER = 60
ASKED = {"SEC-001": "deny", "SEC-003": "deny", "LOG-001": "deny", "SUP-002": "deny"}


def test_a_failing_built_in_costs_one_control_of_one_document(ground: Ground) -> None:
    """SEC-001 asks how the text of a key begins; a number that stands there makes OPA's own `startswith` fail."""
    documents = [_sent(ground)] * 100
    documents[NUMBER] = _with_a_number_for_a_key(documents[NUMBER])
    good = ground.engine.decide([documents[0]])[0]

    decided = decide_isolated(ground.engine, documents, deciding.control_of_file(ground.catalog))
    bad = decided[NUMBER].answer

    assert status_of(bad, "SEC-001") == "undetermined"
    assert [entry.get("code") for entry in bad["undetermined"]["SEC-001"]] == ["evaluation_error"]
    assert bad["outcome"] == "deny"
    others = [control for control in good["expected"] if control != "SEC-001"]
    assert {control: status_of(bad, control) for control in others} == {c: status_of(good, c) for c in others}
    assert all(one.answer == good for index, one in enumerate(decided) if index != NUMBER)


def _sent(ground: Ground) -> Mapping[str, Any]:
    """What OPA is sent of examples/terraform/credit-scorer, with some of the controls selected."""
    document = next(
        document
        for document in ground.documents
        if document["subject"]["path"] == "examples/terraform/credit-scorer/plan.json"
    )
    sent = cut(document, Cut.of(ground.catalog, "terraform_plan"))
    return {**sent, "profile": {**sent["profile"], "enforcement": ASKED}}


def _with_a_number_for_a_key(document: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = document["facts"]
    (configuration,) = facts["resources"]["aws_sagemaker_endpoint_configuration"]
    broken = {**configuration, "values": {**configuration["values"], "kms_key_arn": 7}}
    resources = {**facts["resources"], "aws_sagemaker_endpoint_configuration": [broken]}
    return {**document, "facts": {**facts, "resources": resources}}
