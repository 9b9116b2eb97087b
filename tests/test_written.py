"""The schemas for editors say what the readers of the same files say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from policyctl import written
from policyctl.collectors import attestations, evidence, waivers
from policyctl.model.classification import Classification
from policyctl.model.errors import UsageError
from policyctl.settings import KEYS
from tests.conftest import ROOT, Run


def never() -> Classification:
    raise AssertionError("the questions are asked for")


def schema(name: str) -> Any:
    found = written.schema(name, never)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def files() -> Iterator[tuple[str, Path]]:
    """Files of ours of each kind."""
    catalog = ROOT / "controls_catalog"
    yield from (("profile", file) for file in sorted(catalog.glob("profiles/*.yaml")))
    yield from (("control", file) for file in sorted(catalog.glob("governance/*.yaml")))
    yield from (("mapping", file) for file in sorted((ROOT / "mappings").glob("*.yaml")))
    yield from (("attestations", file) for file in sorted(catalog.glob("*/*/examples/*/*/attestations.yaml")))
    yield from (("configuration", file) for file in sorted(catalog.glob("*/*/examples/*/*/policyctl.yaml")))


def as_editors_read(file: Path) -> Any:
    """Days are texts to an editor."""
    return json.loads(json.dumps(yaml.safe_load(file.read_text()), default=str))


@pytest.mark.parametrize("name", ["profile", "control", "mapping", "attestations", "configuration"])
def test_files_that_are_read_are_as_the_schema_says(name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(name))
    listed = [file for kind, file in files() if kind == name]
    wrong = {file: error.message for file in listed for error in validator.iter_errors(as_editors_read(file))}

    assert len(listed) >= 3
    assert wrong == {}


@pytest.mark.parametrize("name", written.NAMES)
def test_a_key_that_there_is_not_is_wrong(name: str, run: Run) -> None:
    """With the key that each kind must not have, beside what it must."""
    found = json.loads(run("schema", name).out)
    (error,) = [
        error
        for error in jsonschema.Draft202012Validator(found).iter_errors({"misspelt": 1})
        if error.validator == "additionalProperties"
    ]

    assert "misspelt" in error.message


def test_attestations_have_the_keys_that_their_reader_knows() -> None:
    found = schema("attestations")
    entry = found["properties"]["attestations"]["items"]

    assert set(entry["properties"]) == set(attestations._READERS)
    assert set(entry["required"]) == set(attestations._READERS) - {"evidence"}
    assert set(found["$defs"]["Evidence"]["properties"]) == set(evidence._READERS)


def test_waivers_have_the_keys_that_their_reader_knows() -> None:
    entry = schema("waivers")["properties"]["waivers"]["items"]

    assert set(entry["properties"]) == set(waivers._READERS)
    assert set(entry["required"]) == set(waivers._READERS) - {"code"}


def test_the_configuration_has_the_keys_that_are_read() -> None:
    assert set(schema("configuration")["properties"]) == set(KEYS)


def test_a_name_that_is_none_is_an_error() -> None:
    with pytest.raises(UsageError, match="no schema 'rego'"):
        written.schema("rego", never)
