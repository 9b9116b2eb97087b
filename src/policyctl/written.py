"""The JSON Schemas of the files that people write, for their editors: made from the types that read those files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from policyctl.model.classification import Classification
from policyctl.model.errors import UsageError

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str, classification: Callable[[], Classification]) -> dict[str, Any]:
    """The schema of one kind of file. `classification` is asked only for a system's description, which holds its questions.

    Raises UsageError for a name that is none of NAMES.
    """
    if name == "system":
        from policyctl.questions import schema as of_system

        return of_system(classification())
    if name not in _MAKERS:
        raise UsageError(f"no schema {name!r}", hint=f"one of {', '.join(NAMES)}")
    title, make = _MAKERS[name]
    return {"$schema": _DIALECT, **make(), "title": f"policyctl: {title}"}


def _control() -> dict[str, Any]:
    from policyctl.catalog.files import ControlFile

    return ControlFile.model_json_schema()


def _mapping() -> dict[str, Any]:
    from policyctl.catalog.files import MappingFile

    return MappingFile.model_json_schema()


def _profile() -> dict[str, Any]:
    from policyctl.catalog.files import ProfileFile

    return ProfileFile.model_json_schema()


def _attestations() -> dict[str, Any]:
    """As people write them: for controls and systems; what is derived from that when it is read is left out."""
    from pydantic import TypeAdapter

    from policyctl.model.attestation import Attestation

    read = TypeAdapter(Attestation).json_schema()
    about = {"control": {"type": "string"}, "systems": {"type": "array", "items": {"type": "string"}, "minItems": 1}}
    evidence = _without(read["$defs"]["Evidence"], "state")
    entry = _without(read, "days", "$defs", optional=("evidence",))
    entry["properties"] = {**about, **entry["properties"]}
    entry["required"] = [*about, *entry["required"]]
    people = _closed(read["$defs"]["Person"])
    return _list_of("attestations", entry, {"Evidence": _closed(evidence), "Person": people})


def _waivers() -> dict[str, Any]:
    from pydantic import TypeAdapter

    from policyctl.model.waiver import Waiver

    read = TypeAdapter(Waiver).json_schema()
    return _list_of("waivers", _without(read, "self_approved", "source", "$defs"), {})


def _configuration() -> dict[str, Any]:
    from policyctl.settings import KEYS

    texts = {"type": "array", "items": {"type": "string"}}
    patterns = {"file": {"type": "string"}, "paths": texts}
    system = {"type": "object", "properties": patterns, "required": ["file"], "additionalProperties": False}
    shapes: Mapping[type, dict[str, Any]] = {
        str: {"type": "string"},
        int: {"type": "integer", "minimum": 0},
        list: texts,
        dict: {"type": "object", "additionalProperties": {"type": "string"}},
    }
    properties = {key: shapes[kind] for key, kind in KEYS.items()}
    properties["systems"] = {"type": "array", "items": {"anyOf": [{"type": "string"}, system]}}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _list_of(mark: str, entry: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A file that names itself by its mark and holds a list of these under the same name."""
    return {
        "type": "object",
        "properties": {"policyctl": {"const": mark}, mark: {"type": "array", "items": _closed(entry)}},
        "required": ["policyctl", mark],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _without(schema: dict[str, Any], *names: str, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    kept = {key: value for key, value in schema.items() if key not in names}
    kept["properties"] = {key: value for key, value in schema["properties"].items() if key not in names}
    kept["required"] = [key for key in schema["required"] if key not in (*names, *optional)]
    return kept


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "additionalProperties": False}


_MAKERS: Final[Mapping[str, tuple[str, Callable[[], dict[str, Any]]]]] = {
    "control": ("an entry of the catalog, controls_catalog/<family>/<control>.yaml", _control),
    "mapping": ("which controls serve the clauses of a framework, mappings/<framework>.yaml", _mapping),
    "profile": ("which controls apply, and how strictly", _profile),
    "attestations": ("what named persons attest", _attestations),
    "waivers": ("what is accepted for a time, and why", _waivers),
    "configuration": ("policyctl.yaml", _configuration),
}
NAMES: Final = (*_MAKERS, "system")
