"""The OSCAL documents: ids that stay, links that lead somewhere, and every clause with how far and why."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.oscal import exported
from policyctl.model.errors import UsageError
from tests.bundles.conftest import own

__all__ = ["own"]

DAY = "2026-11-21"


@pytest.fixture(scope="module")
def documents(own: Bundle) -> dict[str, Any]:
    """The documents of the baseline by file name, without their root."""
    files = exported(own, own.catalog["profiles"]["baseline"], DAY)
    return {name: next(iter(json.loads(text).values())) for name, text in files.items()}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from nodes(below)
    elif isinstance(value, list):
        for below in value:
            yield from nodes(below)


def requirements(documents: dict[str, Any]) -> list[dict[str, Any]]:
    (component,) = documents["component-definition.json"]["components"]
    (implementation,) = component["control-implementations"]
    listed: list[dict[str, Any]] = implementation["implemented-requirements"]
    return listed


def test_ids_are_of_the_fifth_version_and_each_is_used_once(documents: dict[str, Any]) -> None:
    ids = [node["uuid"] for document in documents.values() for node in nodes(document) if "uuid" in node]

    assert {uuid.UUID(id).version for id in ids} == {5}
    assert len(set(ids)) == len(ids)


def test_another_day_is_another_document_about_the_same_things(own: Bundle, documents: dict[str, Any]) -> None:
    later = exported(own, own.catalog["profiles"]["baseline"], "2026-12-01")
    changed = {name: next(iter(json.loads(text).values())) for name, text in later.items()}

    for name, document in documents.items():
        assert changed[name]["uuid"] != document["uuid"]
        assert changed[name]["metadata"]["last-modified"] == "2026-12-01T00:00:00+00:00"
    assert requirements(changed) == requirements(documents)


def test_the_catalog_holds_every_control_under_its_family(own: Bundle, documents: dict[str, Any]) -> None:
    groups = documents["catalog.json"]["groups"]

    assert {c["id"]: group["id"] for group in groups for c in group["controls"]} == {
        id: control["family"] for id, control in own.catalog["controls"].items()
    }
    for group in groups:
        for control in group["controls"]:
            told = own.catalog["controls"][control["id"]]
            (statement,) = (part["prose"] for part in control["parts"] if part["name"] == "statement")
            assert (control["title"], statement) == (told["title"], told["objective"].strip())


def test_every_clause_is_told_with_how_far_and_why_and_a_link(own: Bundle, documents: dict[str, Any]) -> None:
    frameworks = {
        one["uuid"]: one["title"] for one in documents["component-definition.json"]["back-matter"]["resources"]
    }
    for requirement in requirements(documents):
        told = {
            (p["group"], p["value"], p["class"], p["remarks"]) for p in requirement["props"] if p["name"] == "clause"
        }
        edges = {
            (framework, edge["clause"], edge["covers"], edge["because"])
            for framework, by_control in own.catalog["edges"].items()
            for edge in by_control.get(requirement["control-id"], [])
        }
        links = [
            (frameworks[link["href"].removeprefix("#")], link["resource-fragment"])
            for link in requirement.get("links", [])
        ]

        assert told == edges
        assert sorted(links) == sorted((own.catalog["frameworks"][f]["title"], clause) for f, clause, *_ in edges)


def test_every_parameter_that_is_set_is_one_of_the_catalog(documents: dict[str, Any]) -> None:
    known = {
        p["id"] for group in documents["catalog.json"]["groups"] for c in group["controls"] for p in c.get("params", [])
    }
    given = documents["profile.json"]["modify"]["set-parameters"]

    assert given
    assert {one["param-id"] for one in given} <= known


def test_what_oscal_calls_a_string_and_a_token_is_one(documents: dict[str, Any]) -> None:
    for document in documents.values():
        for node in nodes(document):
            if "ns" in node and "value" in node:
                assert re.fullmatch(r"\S(.*\S)?", node["value"]), node
            for key in ("id", "control-id", "param-id"):
                assert key not in node or re.fullmatch(r"[A-Za-z_][\w.-]*", node[key]), node


def test_a_profile_that_selects_nothing_is_not_exported(own: Bundle) -> None:
    baseline = own.catalog["profiles"]["baseline"]
    empty = {**baseline, "kinds": {kind: {**r, "enforcement": {}} for kind, r in baseline["kinds"].items()}}

    with pytest.raises(UsageError, match="selects no control"):
        exported(own, empty, DAY)
