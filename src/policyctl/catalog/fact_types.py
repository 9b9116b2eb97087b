"""The JSON types of the facts that every document of a kind has, from the Python types: what `policyctl.shapes` compares with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from policyctl.model.catalog import Catalog
from policyctl.model.document import KINDS, Kind
from policyctl.model.errors import ContentError
from policyctl.model.facts import facts_of

_SCALARS = {str: "string", bool: "boolean", int: "number", float: "number", list: "array", dict: "object"}


def fact_types(read: Mapping[Kind, Iterable[Sequence[str]]]) -> dict[Kind, dict[str, str]]:
    """For each kind the facts that are never absent, each with its type as Rego's `type_name` says it.

    Only those at or below a path that is `read`: what nobody reads is not sent, and would be missed for nothing.
    """
    return {kind: _read(_types(facts_of(kind)), [path for path in read[kind] if path[0] == "facts"]) for kind in KINDS}


def _types(facts: type) -> dict[str, str]:
    hints = get_type_hints(facts, include_extras=True)
    return {name: _type(hint) for name, hint in sorted(hints.items()) if not _may_be_absent(hint)}


def _read(types: dict[str, str], paths: list[Sequence[str]]) -> dict[str, str]:
    return {name: type for name, type in types.items() if any(path[1:2] in ([], [name]) for path in paths)}


def _may_be_absent(hint: Any) -> bool:
    origin: Any = get_origin(hint)
    return origin is NotRequired


def _type(hint: Any) -> str:
    if is_typeddict(hint):
        return "object"
    origin = get_origin(hint) or hint
    if origin is Annotated:
        return _type(get_args(hint)[0])
    return _SCALARS[type(get_args(hint)[0]) if origin is Literal else origin]


def require_known(catalog: Catalog) -> None:
    """Raises ContentError where a bundle's rules expect other kinds or facts than this program gathers: what is never there, or has
    another shape, could pass in silence.
    """
    if set(catalog["index"]) != set(KINDS) or any(set(p["kinds"]) != set(KINDS) for p in catalog["profiles"].values()):
        raise _built_elsewhere("it knows other kinds of documents")
    # Of any kind: a lib that a control uses for the one kind also reads facts of others.
    known = {name for kind in KINDS for name in get_type_hints(facts_of(kind), include_extras=True)}
    for id, paths in catalog["reads"].items():
        read = {path[1] for path in paths if path[0] == "facts" and len(path) > 1}
        if strange := sorted(read - known):
            raise _built_elsewhere(f"{id} reads {strange[0]}, which nobody gathers")
    for kind, types in catalog["facts"].items():
        own = _types(facts_of(kind))
        if other := sorted(name for name, type in types.items() if own.get(name) != type):
            raise _built_elsewhere(f"{other[0]} of {kind} has another shape")


def _built_elsewhere(why: str) -> ContentError:
    return ContentError(
        f"this bundle was built by another version of policyctl: {why}", hint="build it with this version"
    )
