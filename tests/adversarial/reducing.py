"""The smallest part of a real document that may still show a defect: what the control reads of one resource and its relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def around(facts: Mapping[str, Any], address: str) -> Mapping[str, Any]:
    """A plan's facts about one resource, what it refers to, however far, and what refers to it or to one of those."""
    by_address = {resource["address"]: resource for listed in facts["resources"].values() for resource in listed}
    if address not in by_address:
        return facts
    kept: dict[str, None] = {}
    waiting = [address]
    for referrer in facts.get("referenced_by", {}).get(address, ()):
        waiting.append(referrer["address"])
    while waiting:
        current = waiting.pop()
        if current in kept or current not in by_address:
            continue
        kept[current] = None
        waiting += [r["address"] for listed in by_address[current]["references"].values() for r in listed]
    return only(facts, frozenset(kept))


def only(facts: Mapping[str, Any], addresses: frozenset[str]) -> Mapping[str, Any]:
    """A plan's facts about these resources. Positions are those of the smaller plan; what it no longer holds has none."""
    resources = {
        type: kept
        for type, listed in facts["resources"].items()
        if (kept := [resource for resource in listed if resource["address"] in addresses])
    }
    at = {resource["address"]: index for listed in resources.values() for index, resource in enumerate(listed)}
    smaller: dict[str, Any] = {
        **facts,
        "resources": {
            type: [
                {
                    **resource,
                    "references": {path: _placed(listed, at) for path, listed in resource["references"].items()},
                }
                for resource in listed
            ]
            for type, listed in resources.items()
        },
    }
    if "referenced_by" in facts:
        smaller["referenced_by"] = {
            address: [referrer for referrer in _placed(listed, at) if referrer["address"] in at]
            for address, listed in facts["referenced_by"].items()
            if address in at
        }
    return smaller


def left_open(facts: Mapping[str, Any], address: str, path: tuple[str | int, ...]) -> Mapping[str, Any]:
    """A plan's facts with one attribute of a resource, or a part of it, left to a local whose value is known after apply."""
    return {
        **facts,
        "resources": {
            type: [_left_open(resource, path) if resource["address"] == address else resource for resource in listed]
            for type, listed in facts["resources"].items()
        },
    }


def _left_open(resource: Mapping[str, Any], path: tuple[str | int, ...]) -> Mapping[str, Any]:
    dotted = ".".join(map(str, path))
    named = ".".join(step for step in path if isinstance(step, str))
    return {
        **resource,
        "values": _emptied(resource["values"], path),
        "unknown": [*resource["unknown"], dotted],
        "computed": [known for known in resource["computed"] if known != dotted],
        "references": {**resource["references"], named: [{"address": "local.later", "type": "", "attribute": ""}]},
    }


def _emptied(node: Any, path: tuple[str | int, ...]) -> Any:
    """The value without what stands at the path; a place in a list becomes null, as in the plan."""
    if isinstance(node, Mapping) and path[0] in node:
        rest = {key: value for key, value in node.items() if key != path[0]}
        return rest if len(path) == 1 else {**rest, path[0]: _emptied(node[path[0]], path[1:])}
    if isinstance(node, list) and isinstance(path[0], int) and path[0] < len(node):
        changed = None if len(path) == 1 else _emptied(node[path[0]], path[1:])
        return [*node[: path[0]], changed, *node[path[0] + 1 :]]
    return node


def size(node: Any) -> int:
    """How many nodes there are: what mutating costs."""
    members: Sequence[Any] = (
        list(node.values()) if isinstance(node, Mapping) else node if isinstance(node, list) else ()
    )
    return 1 + sum(map(size, members))


def _placed(listed: Sequence[Mapping[str, Any]], at: Mapping[str, int]) -> list[dict[str, Any]]:
    moved = [{key: value for key, value in reference.items() if key != "at"} for reference in listed]
    return [{**one, "at": at[one["address"]]} if one["address"] in at else one for one in moved]
