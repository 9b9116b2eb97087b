"""JSON Schemas of input documents, made from the Python types: for people, for editors, and for `opa check --schema`."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any

from policyctl.model.document import KINDS, InputDocument, Kind
from policyctl.model.errors import UsageError
from policyctl.model.facts import facts_of


def schema_of(kind: str) -> dict[str, Any]:
    """The JSON Schema of the documents of one kind. Raises UsageError for an unknown one."""
    from pydantic import TypeAdapter

    known: dict[str, Kind] = {one: one for one in KINDS}
    if kind not in known:
        raise UsageError(f"no kind {kind!r}", hint=f"one of {', '.join(KINDS)}")
    facts = TypeAdapter(facts_of(known[kind])).json_schema()
    document = deepcopy(_document_schema())
    definitions = {**document.pop("$defs", {}), **facts.pop("$defs", {})}
    document["properties"]["kind"] = {"const": kind, "type": "string"}
    document["properties"]["facts"] = facts
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"policyctl input document: {kind}",
        **_closed({**document, "$defs": definitions}),
    }


@cache
def _document_schema() -> dict[str, Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(InputDocument).json_schema()


def rego_schema(resource_types: Iterable[str]) -> dict[str, Any]:
    """One schema for `opa check --schema`: any kind's document, or the list that `decisions` is asked about.

    `anyOf`, because OPA does not check a discriminated `oneOf`. The resource types that rules ask for are named properties, and no
    others are there, so that a misspelt one is a build error.
    """
    kinds = []
    for kind in KINDS:
        schema = _inlined(schema_of(kind))
        schema["properties"]["kind"] = {"type": "string"}
        kinds.append(schema)
    resources = kinds[0]["properties"]["facts"]["properties"]["resources"]
    of_type = resources.pop("additionalProperties")
    resources["properties"] = dict.fromkeys(resource_types, of_type)
    documents = {"type": "object", "properties": {"documents": {"type": "array"}}, "additionalProperties": False}
    return {"$schema": "http://json-schema.org/draft-07/schema", "anyOf": [*kinds, documents]}


def _closed(schema: Any) -> Any:
    """The schema with `additionalProperties: false` wherever properties are listed: what no collector writes is not there."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without `$ref`: OPA follows references, but not those below `anyOf`."""
    definitions = schema.pop("$defs", {})

    def resolve(node: Any) -> Any:
        if isinstance(node, list):
            return [resolve(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return resolve(definitions[node["$ref"].rsplit("/", 1)[-1]])
        # A fact may be called title.
        return {
            key: {name: resolve(one) for name, one in value.items()} if key == "properties" else resolve(value)
            for key, value in node.items()
            if key not in ("title", "description", "default")
        }

    inlined: dict[str, Any] = resolve(schema)
    return inlined
