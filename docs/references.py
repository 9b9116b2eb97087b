"""docs/controls.md and docs/facts.md: every control and every fact, from their one home, the catalog and the facts' types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from policyctl import joining, library, opening
from policyctl.documents.schemas import schema_of
from policyctl.model.catalog import Catalog
from policyctl.model.document import KINDS

_CONTROLS = """\
# Controls

Every control of the bundle, by family: what it looks at, why, how to put right what it finds, and the clauses that it serves. *Full* and
*part* say that it shows a clause to be met, wholly or in a part; *supports* that it only helps. Written by `make docs` from
`controls_catalog/` and `mappings/`.
"""
_FACTS = """\
# Facts

What a control may read below `input.facts`, by kind of document. `policyctl gather --schema KIND` prints the JSON Schema, `policyctl gather
FILE` the facts of a file. Written by `make docs` from `src/policyctl/model/facts/`.
"""


def controls() -> str:
    """Every control, by family."""
    catalog: Catalog = library.load((library.own_root(),), opening.opa_path).bundle.catalog
    parts = [_CONTROLS]
    family = ""
    for id, control in sorted(catalog["controls"].items(), key=lambda one: (one[1]["family"], one[0])):
        if control["family"] != family:
            family = control["family"]
            parts.append(f"## {family.replace('_', ' ').capitalize()}\n")
        parts.append("\n".join(_control(id, control, joining.clauses_of(catalog, id))))
    return "\n".join(parts)


def _control(id: str, control: Mapping[str, Any], clauses: list[Any]) -> Iterator[str]:
    basis = "attested" if "statement" in control else "derived"
    yield f"### {id} {control['title']}\n"
    yield f"{control['severity']} · {basis} · {', '.join(control['kinds'])}\n"
    yield f"{control['objective'].strip()}\n"
    yield f"{control['rationale'].strip()}\n"
    yield f"```text\n{control['remediation'].rstrip()}\n```\n"
    if control["parameters"]:
        yield f"Parameters: `{json.dumps(control['parameters'], ensure_ascii=False)}`\n"
    for clause in clauses:
        yield f"- {clause['framework']} {clause['clause']} ({clause['covers']}): {clause['because']}"
    yield ""


def facts() -> str:
    """The facts of every kind, with the types inside them."""
    parts = [_FACTS]
    for kind in KINDS:
        schema = schema_of(kind)
        of_kind = schema["properties"]["facts"]
        names = list(dict.fromkeys(_named(of_kind, schema["$defs"])))
        parts.append(f"## {kind}\n")
        parts.append("\n".join(_type(of_kind)))
        for name in names:
            parts.append(f"### {kind}: {name}\n")
            parts.append("\n".join(_type(schema["$defs"][name])))
    return "\n".join(parts)


def _named(node: Any, definitions: Mapping[str, Any], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The definitions that a schema refers to, and those that they refer to."""
    if isinstance(node, list):
        for one in node:
            yield from _named(one, definitions, seen)
    elif isinstance(node, dict):
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name and name not in seen:
            yield name
            yield from _named(definitions[name], definitions, seen | {name})
        for value in node.values():
            yield from _named(value, definitions, seen)


def _type(schema: Mapping[str, Any]) -> Iterator[str]:
    if told := schema.get("description"):
        yield f"{told}\n"
    if "enum" in schema:
        yield f"{_shown(schema)}\n"
    if not (properties := schema.get("properties")):
        return
    yield "| fact | type |"
    yield "| --- | --- |"
    for name, one in properties.items():
        needed = "" if name in schema.get("required", ()) else ", may be absent"
        yield f"| `{name}` | {_shown(one)}{needed} |"
    yield ""


def _shown(schema: Mapping[str, Any]) -> str:
    """A type in words: "list of Section", "text or null", the values of an enumeration."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "anyOf" in schema:
        return " or ".join(_shown(one) for one in schema["anyOf"])
    kind = schema.get("type", "any value")
    if kind == "array":
        return f"list of {_shown(schema.get('items', {}))}"
    if kind == "object" and isinstance(below := schema.get("additionalProperties"), dict):
        return f"by name: {_shown(below)}"
    return {"string": "text", "object": "mapping"}.get(kind, kind)
