"""Documents are what their schemas say: collectors write no other facts and no other types."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest

from policyctl import context, pipeline, settings
from policyctl.documents.schemas import rego_schema, schema_of
from policyctl.model.document import KINDS, InputDocument
from policyctl.model.errors import UsageError
from tests.conftest import DATA, EXAMPLES, Run


@cache
def documents() -> tuple[InputDocument, ...]:
    """The documents of all real files that the tests have."""
    folders = [
        str(EXAMPLES),
        *(
            str(DATA / name)
            for name in ("agents", "terraform", "kubernetes", "model_cards", "bom", "systems", "records", "releases")
        ),
    ]
    found, _ = pipeline.gathered(folders, settings.load({}), pipeline.Options(), context.current())
    return tuple(found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_real_document_is_valid_by_its_schema(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(schema_of(kind))
    of_kind = [document for document in documents() if document["kind"] == kind]
    wrong = [
        (document["subject"]["path"], list(error.absolute_path), error.message[:200])
        for document in of_kind
        for error in validator.iter_errors(json.loads(json.dumps(document)))
    ]

    assert len(of_kind) >= 5
    assert wrong == []


@pytest.mark.parametrize(
    "change",
    [
        {"facts": {}},
        {"as_of": 5},
        {"kind": "model"},
        {"unheard_of": 1},
        {"subject": {"id": "x"}},
    ],
)
def test_a_document_of_another_shape_is_not(change: dict[str, Any]) -> None:
    document: dict[str, Any] = {**documents()[0], **change}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema_of(documents()[0]["kind"])).validate(json.loads(json.dumps(document)))


def test_gather_prints_the_schema_of_a_kind(run: Run) -> None:
    schema = json.loads(run("gather", "--schema", "model_card").out)

    assert schema["properties"]["kind"]["const"] == "model_card"
    assert run("gather", "--schema", "card").code == 2


def test_a_fact_may_be_called_what_annotations_are_called() -> None:
    gpai_model = rego_schema([])["anyOf"][KINDS.index("gpai_model")]["properties"]["facts"]["properties"]

    assert set(gpai_model["description"]["properties"]) >= {"tasks", "licence"}
    assert "title" in gpai_model
    assert "description" not in gpai_model["description"]


def test_an_unknown_kind_has_no_schema() -> None:
    with pytest.raises(UsageError, match="no kind"):
        schema_of("terraform")


def test_gather_prints_what_would_be_asked(run: Run) -> None:
    ran = run("gather", str(EXAMPLES / "model_cards" / "bloom.md"))
    document = json.loads(ran.out)

    assert ran.code == 0
    assert document["kind"] == "model_card"
    assert document["profile"]["id"] == "baseline"
    jsonschema.Draft202012Validator(schema_of("model_card")).validate(document)


def test_a_fact_that_is_called_title_is_known_to_the_rules() -> None:
    facts = [one["properties"]["facts"] for one in rego_schema([])["anyOf"] if "facts" in one["properties"]]

    assert any("title" in one.get("properties", {}) for one in facts)
