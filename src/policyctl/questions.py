"""The questions by which a system is classified, as a file to fill in and as a JSON Schema for editors."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from policyctl.model.classification import Classification, Group

_WIDTH = 110

_HEAD = """\
# Answer yes, no or unknown; what stands in an answer's place may also be {{answer: no, evidence: "Minutes 4, section 2"}}.
# An answer that lowers the class, or takes a role away, counts with evidence only: its own, or that of its group or section
# (a line `evidence: …` beside the answers). A group that does not hold can be answered as a whole: `a: no`.
policyctl: system
id: {system}
# title: Ranking of applications
# purpose: What it is meant for, in a sentence. The uses of Annex III are held against it.
answers:
"""


def description(system: str, table: Classification) -> str:
    """A description of a system with every question answered unknown, each under a comment with its clause and meaning."""
    return _HEAD.format(system=system) + "".join(f"{line}\n" for line in _lines(table))


def _lines(table: Classification) -> Iterator[str]:
    for section in table["sections"]:
        yield from ("", *_comment("  ", f"{section['title']}."))
        yield f"  {section['name']}:"
        for path in section["groups"]:
            yield from _group(path, table["groups"][path])


def _group(path: str, group: Group) -> Iterator[str]:
    yield from _comment("    ", f"{group['clause']}: {group['title']}")
    name = path.rpartition(".")[2]
    if group["single"]:
        yield f"    {name}: unknown"
        return
    yield f"    {name}:"
    for question, asked in sorted(group["questions"].items(), key=lambda item: item[1]["order"]):
        yield from _comment("      ", f"{asked['clause']}: {asked['text']}")
        yield f"      {question.rpartition('.')[2]}: unknown"


def _comment(indent: str, text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def schema(table: Classification) -> dict[str, Any]:
    """The JSON Schema of a system's description, with every question of the table."""
    from pydantic import TypeAdapter

    from policyctl.model.document import System

    described = TypeAdapter(System).json_schema()
    properties = {key: value for key, value in described["properties"].items() if key != "established"}
    sections = {
        section["name"]: _mapping(section["title"], {path: _asked(table["groups"][path]) for path in section["groups"]})
        for section in table["sections"]
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "policyctl: the description of an AI system",
        "type": "object",
        "properties": {
            "policyctl": {"const": "system"},
            **properties,
            "answers": {"type": "object", "properties": sections, "additionalProperties": False},
        },
        "required": ["policyctl", "id"],
        "additionalProperties": False,
        "$defs": {**described.get("$defs", {}), **_ANSWER},
    }


def _asked(group: Group) -> dict[str, Any]:
    text = f"{group['clause']}: {group['title']}"
    if group["single"]:
        return {"$ref": "#/$defs/Answer", "description": text}
    questions = {
        name: {"$ref": "#/$defs/Answer", "description": f"{asked['clause']}: {asked['text']}"}
        for name, asked in sorted(group["questions"].items(), key=lambda item: item[1]["order"])
    }
    return {"anyOf": [{"$ref": "#/$defs/Answer"}, _mapping(text, questions)], "description": text}


def _mapping(text: str, below: dict[str, Any]) -> dict[str, Any]:
    named = {path.rpartition(".")[2]: schema for path, schema in below.items()}
    return {
        "type": "object",
        "description": text,
        "properties": {**_EVIDENCE, **named},
        "additionalProperties": False,
    }


_EVIDENCE: dict[str, Any] = {
    "evidence": {"type": "string", "description": "What an answer rests on: a text, or where to find it."},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "The digest of the evidence."},
}
# YAML 1.1 reads yes and no as booleans.
_WORD: dict[str, Any] = {"enum": ["yes", "no", "unknown", True, False]}
_ANSWER: dict[str, Any] = {
    "Answer": {
        "anyOf": [
            _WORD,
            {
                "type": "object",
                "properties": {"answer": _WORD, **_EVIDENCE},
                "required": ["answer"],
                "additionalProperties": False,
            },
        ]
    }
}
