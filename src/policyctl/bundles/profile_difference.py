"""What changes in the profiles of a bundle, about controls that were there before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.bundles.strictness import by_rank, by_sets, of_parameter, step, told

_NOT_SELECTED = "not selected"
_STRICTEST_FIRST = ("deny", "warn", "audit", _NOT_SELECTED)
_Found = tuple[str, str, str]
"""Id, word and text of a change."""


def profiles(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[_Found]:
    """The changes from one catalog's profiles to another's."""
    was, now = a["profiles"], b["profiles"]
    for id in sorted(set(was) | set(now)):
        if id not in was or id not in now:
            yield id, "added" if id in now else "removed", (was | now)[id]["title"]
            continue
        yield from _enforcement(
            id,
            _merged(was[id], "enforcement"),
            _merged(now[id], "enforcement"),
            set(a["controls"]) & set(b["controls"]),
        )
        yield from _parameters(id, a, b)
        yield from _rules(id, was[id], now[id])


def _merged(profile: Mapping[str, Any], key: str) -> dict[str, Any]:
    """What a profile says by control: it does not depend on the kind."""
    return {name: value for resolved in profile["kinds"].values() for name, value in resolved[key].items()}


def _enforcement(id: str, was: dict[str, str], now: dict[str, str], controls: set[str]) -> Iterator[_Found]:
    for control in sorted(controls):
        before, after = was.get(control, _NOT_SELECTED), now.get(control, _NOT_SELECTED)
        if before != after:
            yield f"{id} {control}", by_rank(_STRICTEST_FIRST, before, after), f"{before} -> {after}"


def _parameters(id: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[_Found]:
    """Values that the profile sets, or that it sets no longer; where it follows the default, the default's change says all."""
    was, now = _values(a, id), _values(b, id)
    for key in sorted(set(was) & set(now)):
        (before, default_before), (after, default_after) = was[key], now[key]
        if before != after and (before, after) != (default_before, default_after):
            control, name = key
            yield f"{id} {control} {name}", of_parameter(name, before, after), step(before, after)


def _values(catalog: Mapping[str, Any], id: str) -> dict[tuple[str, str], tuple[Any, Any]]:
    """By control and parameter: the profile's value, and the default."""
    found = {}
    trees = [resolved["parameters"] for resolved in catalog["profiles"][id]["kinds"].values()]
    for control, entry in catalog["controls"].items():
        for name, parameter in entry["parameters"].items():
            for tree in trees:
                values = tree.get(entry["family"], {}).get(entry["name"], {})
                if name in values:
                    found[control, name] = (values[name], parameter["default"])
    return found


def _rules(id: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[_Found]:
    """What holds for the whole profile; every kind has the same."""
    before, after = (next(iter(profile["kinds"].values())) for profile in (was, now))
    severities = set(before["undetermined"]), set(after["undetermined"])
    if severities[0] != severities[1]:
        texts = [", ".join(sorted(one)) or "none" for one in severities]
        yield id, by_sets(*severities), f"could not tell counts like a fail at severity {texts[0]} -> {texts[1]}"
    for severity, days in sorted(after["waivers"].items()):
        if (earlier := before["waivers"].get(severity, days)) != days:
            yield (
                id,
                "stricter" if days < earlier else "looser",
                f"waivers of severity {severity} last at most {earlier} -> {days} days",
            )
    verified = [bool(profile["require_verified_engine"]) for profile in (was, now)]
    if verified[0] != verified[1]:
        yield (
            id,
            "stricter" if verified[1] else "looser",
            f"require_verified_engine {told(verified[0])} -> {told(verified[1])}",
        )
    updates = [str(profile.get("update_not_worse", "warn")) for profile in (was, now)]
    if updates[0] != updates[1]:
        stricter = "stricter" if updates[1] == "deny" else "looser"
        yield id, stricter, f"update_not_worse {updates[0]} -> {updates[1]}"
    if before.get("framework") != after.get("framework"):
        yield id, "changed", f"framework {before.get('framework', 'none')} -> {after.get('framework', 'none')}"
