"""What `bundle diff` says of one change at a time, and that it calls nothing stricter that it cannot tell."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from policyctl.bundles.build import Bundle
from policyctl.bundles.difference import Change, difference, summary
from policyctl.bundles.strictness import of_parameter

Edit = Callable[[dict[str, Any]], object]
OWN_RULES = "policyctl/controls/supply_chain/licence/licence.rego"
LIB = "policyctl/lib/terraform.rego"


def edited(bundle: Bundle, edit: Edit) -> Bundle:
    """The bundle with another catalog."""
    catalog = copy.deepcopy(bundle.catalog)
    edit(catalog)
    return replace(bundle, catalog=catalog)


def found(own: Bundle, edit: Edit) -> list[tuple[str, str, str, str]]:
    return [(one.part, one.id, one.change, one.text) for one in difference(own, edited(own, edit))]


def backwards(own: Bundle, edit: Edit) -> list[tuple[str, str, str]]:
    return [(one.part, one.id, one.change) for one in difference(edited(own, edit), own)]


def set_in(*path: str, to: Any) -> Edit:
    def edit(catalog: dict[str, Any]) -> None:
        node = catalog
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = to

    return edit


def enforce(profile: str, control: str, action: str | None) -> Edit:
    def edit(catalog: dict[str, Any]) -> None:
        for resolved in catalog["profiles"][profile]["kinds"].values():
            if control in resolved["enforcement"]:
                resolved["enforcement"].pop(control)
                if action:
                    resolved["enforcement"][control] = action

    return edit


def without_control(catalog: dict[str, Any]) -> None:
    del catalog["controls"]["SUP-005"]


def test_a_bundle_does_not_differ_from_itself(own: Bundle) -> None:
    assert difference(own, own) == []
    assert summary([]) == {}


def test_a_control_that_is_gone_is_removed_and_the_other_way_round_added(own: Bundle) -> None:
    (removed,) = found(own, without_control)

    assert removed[:3] == ("control", "SUP-005", "removed")
    assert own.catalog["controls"]["SUP-005"]["title"] in removed[3]
    assert "baseline: " in removed[3]
    assert backwards(own, without_control) == [("control", "SUP-005", "added")]


OPPOSITE = {"stricter": "looser", "looser": "stricter", "changed": "changed", "added": "removed", "removed": "added"}
EDITS: dict[str, tuple[Edit, tuple[str, str, str, str]]] = {
    "severity": (
        set_in("controls", "SUP-005", "severity", to="critical"),
        ("control", "SUP-005", "stricter", "severity high -> critical"),
    ),
    "kinds": (
        set_in("controls", "SUP-005", "kinds", to=["model_card", "bom", "system"]),
        ("control", "SUP-005", "stricter", "looks at model_card, bom -> model_card, bom, system"),
    ),
    "other kinds": (
        set_in("controls", "SUP-005", "kinds", to=["system"]),
        ("control", "SUP-005", "changed", "looks at model_card, bom -> system"),
    ),
    "text": (set_in("controls", "SUP-005", "title", to="Another"), ("control", "SUP-005", "changed", "title reworded")),
    "minimum": (
        set_in("controls", "DAT-003", "parameters", "minimum_days", "default", to=30),
        ("parameter", "DAT-003 minimum_days", "stricter", "default 1 -> 30"),
    ),
    "maximum": (
        set_in("controls", "DAT-005", "parameters", "maximum_days", "default", to=400),
        ("parameter", "DAT-005 maximum_days", "looser", "default 365 -> 400"),
    ),
    "no direction": (
        set_in("controls", "DAT-003", "parameters", "modes", "default", to=["liftable"]),
        ("parameter", "DAT-003 modes", "changed", 'default without ["locked"], with ["liftable"]'),
    ),
    "new parameter": (
        set_in("controls", "DAT-003", "parameters", "minimum_hours", to={"default": 2}),
        ("parameter", "DAT-003 minimum_hours", "added", "default 2"),
    ),
    "not selected": (
        enforce("baseline", "SUP-005", None),
        ("profile", "baseline SUP-005", "looser", "ENFORCED -> not selected"),
    ),
    "verified": (
        set_in("profiles", "baseline", "require_verified_engine", to=True),
        ("profile", "baseline", "stricter", "require_verified_engine false -> true"),
    ),
    "updates": (
        set_in("profiles", "baseline", "update_not_worse", to="deny"),
        ("profile", "baseline", "stricter", "update_not_worse warn -> deny"),
    ),
    "new profile": (set_in("profiles", "acme", to={"title": "Acme's"}), ("profile", "acme", "added", "Acme's")),
}


@pytest.mark.parametrize("name", EDITS)
def test_one_change_is_told_in_both_directions(own: Bundle, name: str) -> None:
    edit, told = EDITS[name]
    enforced = next(
        kind["enforcement"]["SUP-005"]
        for kind in own.catalog["profiles"]["baseline"]["kinds"].values()
        if "SUP-005" in kind["enforcement"]
    )
    expected = (*told[:3], told[3].replace("ENFORCED", enforced))

    assert found(own, edit) == [expected]
    assert backwards(own, edit) == [(told[0], told[1], OPPOSITE[told[2]])]


@pytest.mark.parametrize(
    ("key", "value", "word", "text"),
    [
        (
            "undetermined",
            ["critical", "high", "low", "medium"],
            "stricter",
            "could not tell counts like a fail at severity",
        ),
        (
            "waivers",
            {"critical": 14, "high": 90, "medium": 90, "low": 90},
            "stricter",
            "severity critical last at most 90 -> 14",
        ),
        (
            "waivers",
            {"critical": 90, "high": 120, "medium": 90, "low": 90},
            "looser",
            "severity high last at most 90 -> 120",
        ),
        ("framework", "iso_42001", "changed", "framework none -> iso_42001"),
    ],
)
def test_what_holds_for_a_whole_profile(own: Bundle, key: str, value: object, word: str, text: str) -> None:
    def edit(catalog: dict[str, Any]) -> None:
        for resolved in catalog["profiles"]["baseline"]["kinds"].values():
            resolved[key] = value

    (one,) = found(own, edit)

    assert one[:3] == ("profile", "baseline", word)
    assert text in one[3]


def minimum_of(profiles: Callable[[str], bool], days: int) -> Edit:
    """The least retention of buckets, as these profiles have it."""

    def edit(catalog: dict[str, Any]) -> None:
        for id, profile in catalog["profiles"].items():
            for resolved in profile["kinds"].values():
                if profiles(id) and (values := resolved["parameters"].get("data", {}).get("bucket_immutability")):
                    values["minimum_days"] = days

    return edit


def test_a_value_that_a_profile_sets_is_told(own: Bundle) -> None:
    assert found(own, minimum_of(lambda id: id == "eu-ai-act-high-risk", 30)) == [
        ("profile", "eu-ai-act-high-risk DAT-003 minimum_days", "stricter", "1 -> 30")
    ]


def test_of_profiles_that_follow_the_default_only_the_default_is_told(own: Bundle) -> None:
    def edit(catalog: dict[str, Any]) -> None:
        catalog["controls"]["DAT-003"]["parameters"]["minimum_days"]["default"] = 2
        minimum_of(lambda _: True, 2)(catalog)

    assert found(own, edit) == [("parameter", "DAT-003 minimum_days", "stricter", "default 1 -> 2")]


def test_mappings(own: Bundle) -> None:
    def drop(catalog: dict[str, Any]) -> None:
        del catalog["edges"]["eu_ai_act"]["SUP-005"][0]

    clause = own.catalog["edges"]["eu_ai_act"]["SUP-005"][0]["clause"]
    covers = own.catalog["edges"]["eu_ai_act"]["SUP-005"][0]["covers"]
    id = f"eu_ai_act {clause} SUP-005"

    def less(catalog: dict[str, Any]) -> None:
        catalog["edges"]["eu_ai_act"]["SUP-005"][0]["covers"] = "full"

    assert found(own, drop) == [("mapping", id, "removed", f"covered {covers}")]
    assert backwards(own, drop) == [("mapping", id, "added")]
    assert found(own, less) == [("mapping", id, "changed", f"covers {covers} -> full")]


def test_a_date_of_the_law(own: Bundle) -> None:
    clause = next(id for id, told in own.catalog["clauses"]["eu_ai_act"].items() if told.get("dates"))

    assert found(own, set_in("clauses", "eu_ai_act", clause, "dates", to={})) == [
        ("clause", f"eu_ai_act {clause}", "changed", "dates")
    ]


def test_rules_changed_is_all_that_is_said_of_rules(own: Bundle) -> None:
    def with_rules(path: str) -> Bundle:
        return replace(own, files={**own.files, path: own.files[path] + b"\n"})

    assert difference(own, with_rules(OWN_RULES)) == [Change("control", "SUP-005", "changed", "rules changed")]
    (shared,) = difference(own, with_rules(LIB))
    assert (shared.part, shared.id, shared.change) == ("rule", LIB, "changed")
    reached = sum(LIB in files for files in own.catalog["rules"].values())
    assert shared.text == f"reached by {reached} controls"
    assert reached > 10


@pytest.mark.parametrize(
    ("name", "was", "now", "word"),
    [
        ("minimum_percentage", {"high_risk": 100, "other": 20}, {"high_risk": 100, "other": 50}, "stricter"),
        ("minimum_percentage", {"high_risk": 100, "other": 20}, {"high_risk": 90, "other": 50}, "changed"),
        ("minimum_days", 1, True, "changed"),
        ("minimum_days", 1, "2", "changed"),
        ("maximum_accelerators", 0, 8, "changed"),
        ("maximum_accelerators", 8, 0, "changed"),
        ("maximum_accelerators", 8, 4, "stricter"),
        ("allowed", ["MIT", "BSD"], ["MIT"], "stricter"),
        ("allowed_by_name", [], ["gemma"], "looser"),
        ("allowed", ["MIT"], ["BSD"], "changed"),
        ("accuracy", 0.7, 0.8, "changed"),
        ("own_buckets", [], ["a"], "changed"),
    ],
)
def test_stricter_is_said_only_where_the_name_tells(name: str, was: object, now: object, word: str) -> None:
    assert of_parameter(name, was, now) == word


def test_the_summary_counts_by_part_and_word(own: Bundle) -> None:
    changes = difference(own, edited(own, EDITS["severity"][0]))

    assert summary(changes) == {"control": {"stricter": 1}}
