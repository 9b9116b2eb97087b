"""What nobody marked as sensitive is emptied before the document leaves this process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from policyctl.documents.masking import masked_facts
from policyctl.model.document import Collected

TOKEN = "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ"


def masked(facts: Mapping[str, Any], kind: Any = "model_card") -> tuple[Mapping[str, Any], list[str]]:
    return masked_facts(Collected(kind, {"id": "x", "path": "x"}, facts, ()))


def plan(values: dict[str, Any]) -> dict[str, Any]:
    return {"resources": {"google_thing": [{"address": "google_thing.a", "values": values, "masked": []}]}}


def test_a_value_is_called_what_the_name_beside_it_says() -> None:
    blocks = [{"name": "API_KEY", "value": "hunter22"}, {"name": "LOG_LEVEL", "value": "info"}]
    facts, paths = masked(plan({"env": blocks}), "terraform_plan")
    (resource,) = facts["resources"]["google_thing"]

    assert resource["values"]["env"] == [{"name": "API_KEY", "value": ""}, {"name": "LOG_LEVEL", "value": "info"}]
    assert resource["masked"] == ["env.0.value"]
    assert paths == ["facts.resources.google_thing.0.values.env.0.value"]


@pytest.mark.parametrize("key", ["owner", "owners", "contact", "contacts", "approver", "actor"])
def test_who_answers_stays_readable_and_a_token_that_stands_there_does_not(key: str) -> None:
    facts, _ = masked({key: [f"someone@example.org {TOKEN}", "password@example.org"]})

    assert facts[key] == ["someone@example.org ", "password@example.org"]


def test_the_collectors_own_facts_stay_as_they_are() -> None:
    given = plan({"env": [{"name": "API_KEY", "value": "hunter22"}]})

    masked(given, "terraform_plan")

    assert given == plan({"env": [{"name": "API_KEY", "value": "hunter22"}]})
