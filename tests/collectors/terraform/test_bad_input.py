"""What resembles a plan is named; what is malformed in one is a gap, and the rest is read."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from policyctl.collectors.limits import Limits
from policyctl.collectors.terraform import TerraformPlanCollector
from policyctl.model.content import Content

BAD = Path(__file__).parents[2] / "data" / "terraform" / "bad"


def content(*values, path="state.json"):
    return Content(path, "0" * 64, "json", "", values)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("terraform-state-not-plan.json", "this is a Terraform state, not a plan"),
        ("terraform-show-state.json", "this is a Terraform state, not a plan"),
        ("plan-log-lines.json", "these are log lines of terraform plan -json, not a plan"),
        ("plan-future-format-version.json", "plan format 9.0 is not understood"),
        ("plan-wrong-types.json", "format_version is not text such as 1.2"),
    ],
)
def test_each_is_recognised_and_told_what_it_is(name, message):
    lines = (BAD / name).read_text(encoding="utf-8")
    values = [json.loads(line) for line in lines.splitlines()] if "log-lines" in name else [json.loads(lines)]
    collector = TerraformPlanCollector()

    assert collector.recognises(content(*values))
    (result,) = collector.collect([content(*values)])
    assert (result.status, result.kind, result.message) == ("error", "terraform_plan", message)
    assert result.hint


def test_a_state_is_told_the_next_step():
    (result,) = TerraformPlanCollector().collect([content(json.loads((BAD / "terraform-show-state.json").read_text()))])

    assert result.hint == "run terraform show -json PLANFILE"


def test_a_newer_format_is_told_which_ones_are_understood():
    (result,) = TerraformPlanCollector().collect([content({"format_version": "2.0", "resource_changes": []})])

    assert "0.x and 1.x" in result.hint


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.2", "1.99"])
def test_all_formats_before_2_are_read(plans, version):
    assert plans.made({**plans.plan(), "format_version": version}).facts["format_version"] == version


@pytest.mark.parametrize("version", [None, 1, 1.2, "", "1", "one.two", "1.2\n", "٣.١", ["1.2"]])
def test_a_version_that_is_none_is_an_error(plans, version):
    result = plans.input({**plans.plan(), "format_version": version})

    assert result.status == "error"


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "plan",
        [],
        {},
        {"apiVersion": "v1", "kind": "List", "items": []},
        {"apiVersion": "x/v1", "format_version": "1.2", "configuration": {}},
        {"version": 4},
        {"configuration": {}},
    ],
)
def test_other_documents_are_not_taken_for_plans(value):
    assert not TerraformPlanCollector().recognises(content(value))


def test_a_content_without_values_is_not_taken_for_a_plan():
    assert not TerraformPlanCollector().recognises(content())


def test_two_plans_in_one_file_are_an_error(plans):
    (result,) = TerraformPlanCollector().collect([content(plans.plan(), plans.plan())])

    assert (result.status, result.message) == ("error", "holds 2 JSON values, a plan is one")


@pytest.mark.parametrize("key", ["planned_values", "configuration", "prior_state", "variables", "resource_changes"])
@pytest.mark.parametrize("value", ["text", 1, True])
def test_a_part_of_the_wrong_type_is_an_error(plans, key, value):
    result = plans.input({**plans.plan(), key: value})

    assert result.status == "error"
    assert key in result.message


def test_bad_plans_among_good_ones_do_not_stop_them(plans):
    results = list(
        TerraformPlanCollector().collect(
            [
                content(plans.plan(), path="a"),
                content({"format_version": "7.0"}, path="b"),
                content(plans.plan(), path="c"),
            ]
        )
    )

    assert [(one.path, one.status) for one in results] == [("a", "decided"), ("b", "error"), ("c", "decided")]


def test_a_plan_of_more_resources_than_can_be_decided_about_is_an_error(plans):
    buckets = [plans.change(f"aws_s3_bucket.b{number}", {}) for number in range(Limits.PLAN_RESOURCES + 1)]

    assert plans.input(plans.plan(*buckets[1:])).status == "decided"
    result = plans.input(plans.plan(*buckets))
    assert (result.status, result.message.split(",")[0]) == ("error", "the plan has 15")
    assert result.hint


def damage(change, path, value):
    damaged = copy.deepcopy(change)
    target = damaged
    for step in path[:-1]:
        target = target[step]
    if value is ...:
        del target[path[-1]]
    else:
        target[path[-1]] = value
    return damaged


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["address"], ...),
        (["address"], 3),
        (["name"], ""),
        (["mode"], "sideways"),
        (["index"], 1.5),
        (["index"], True),
        (["module_address"], 1),
        (["module_address"], "not.a.module"),
        (["change"], ...),
        (["change"], "create"),
        (["change", "actions"], ...),
        (["change", "actions"], []),
        (["change", "actions"], ["destroy"]),
        (["change", "actions"], [1]),
        (["change", "actions"], "create"),
        (["change", "after"], None),
        (["change", "after"], ["a"]),
        (["change", "after_unknown"], ...),
        (["change", "after_unknown"], None),
        (["change", "after_unknown"], True),
        (["change", "after_unknown"], ["key"]),
        (["deposed"], 7),
    ],
)
def test_one_malformed_resource_is_a_gap_of_its_type_and_the_rest_is_read(plans, path, value):
    bad = damage(plans.change("aws_s3_bucket.bad", {"bucket": "b"}), path, value)

    collected = plans.made(plans.plan(bad, plans.change("aws_kms_key.good", {})))

    assert [one["address"] for one in plans.all(collected)] == ["aws_kms_key.good"]
    (gap,) = collected.gaps
    assert gap["paths"] == [["facts", "resources", "aws_s3_bucket"]]
    assert gap["reason"].startswith("resource_changes[0]: ")


@pytest.mark.parametrize("bad", [None, 3, "x", [], {}, {"type": 5}])
def test_a_resource_without_a_type_hides_all_types(plans, bad):
    collected = plans.made(plans.plan(bad, plans.change("aws_kms_key.good", {})))

    assert [gap["paths"] for gap in collected.gaps] == [[["facts", "resources"], ["facts", "carriers"]]]


@pytest.mark.parametrize("second", [{}, {"a": 1}])
def test_one_address_twice_is_an_error(plans, second):
    result = plans.input(plans.plan(plans.change("aws_kms_key.k", {}), plans.change("aws_kms_key.k", second)))

    assert (result.status, result.message) == (
        "error",
        "the plan contradicts itself: resource_changes[1]: aws_kms_key.k occurs twice",
    )
    assert result.hint


@pytest.mark.parametrize("more", [{"type": "aws_vpc"}, {"name": "other"}, {"mode": "data"}])
@pytest.mark.parametrize("address", ["aws_kms_key.k", "module.a.aws_kms_key.k", "aws_kms_key.k[0]"])
def test_an_address_of_another_resource_is_an_error(plans, address, more):
    change = plans.change(address, {})
    assert plans.input(plans.plan(change)).status == "decided"

    result = plans.input(plans.plan({**change, **more}))

    assert (result.status, result.message) == (
        "error",
        f"the plan contradicts itself: {address} has the type or name of another resource",
    )


def test_a_planned_address_of_another_resource_is_an_error(plans):
    """What a change says of an address would hide what is planned there."""
    vpc = {"address": "aws_kms_key.k", "mode": "managed", "type": "aws_vpc", "name": "k", "values": {}}

    result = plans.input({**plans.plan(), "planned_values": {"root_module": {"resources": [vpc]}}})

    assert result.status == "error"


def test_a_resource_that_is_planned_without_a_change_is_read_and_a_gap(plans):
    resource = {"address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "values": {"a": 1}}

    collected = plans.made({**plans.plan(), "planned_values": {"root_module": {"resources": [resource]}}})

    assert plans.resource(collected, "aws_kms_key.k")["action"] == "no-op"
    assert [(gap["code"], gap["paths"]) for gap in collected.gaps] == [
        ("no_change", [["facts", "resources", "aws_kms_key"]])
    ]


@pytest.mark.parametrize(
    "root",
    [
        "text",
        {"resources": "text"},
        {"resources": ["text"]},
        {"module_calls": {"m": "text"}},
        {"module_calls": {"m": {"module": []}}},
    ],
)
def test_a_malformed_configuration_hides_everything(plans, root):
    plan = {**plans.plan(plans.change("aws_kms_key.k", {})), "configuration": {"root_module": root}}

    collected = plans.made(plan)

    assert [(gap["code"], gap["paths"]) for gap in collected.gaps] == [("malformed_configuration", [["facts"]])]


@pytest.mark.parametrize(
    "expressions", [[], "x", {"key": 3}, {"key": [3]}, {"key": {"references": "x"}}, {"key": {"references": [3]}}]
)
def test_malformed_expressions_make_nothing_computed_known_or_referred_to(plans, expressions):
    root = {"resources": [{**plans.config("aws_x_thing.t", {}), "expressions": expressions}]}

    resource = plans.resource(
        plans.made(plans.plan(plans.change("aws_x_thing.t", {}, unknown={"key": True}), root=root)), "aws_x_thing.t"
    )

    assert resource["values"] == {}
    assert resource["references"] == {}
    assert resource["unknown"] + resource["computed"] == ["key"]


@pytest.mark.parametrize(
    ("more", "code", "paths"),
    [
        ({"errored": True}, "errored_plan", ["facts"]),
        ({"errored": "no"}, "errored_plan", ["facts"]),
        ({"complete": False}, "incomplete_plan", ["facts"]),
        ({"complete": None}, "incomplete_plan", ["facts"]),
        (
            {"deferred_changes": [{"reason": "absent_prereq", "resource_change": {"type": "aws_s3_bucket"}}]},
            "deferred_change",
            ["facts", "resources", "aws_s3_bucket"],
        ),
        ({"deferred_changes": ["x"]}, "deferred_change", ["facts", "resources"]),
        ({"configuration": {}}, "no_configuration", ["facts", "referenced_by"]),
    ],
)
def test_what_the_plan_says_of_its_limits_is_a_gap(plans, more, code, paths):
    collected = plans.made({**plans.plan(plans.change("aws_kms_key.k", {})), **more})

    assert [(gap["code"], gap["paths"][0]) for gap in collected.gaps] == [(code, paths)]


def test_a_complete_plan_has_no_gaps(plans):
    collected = plans.made(
        plans.plan(plans.change("aws_kms_key.k", {}), complete=True, errored=False, applyable=False, root={"a": 1})
    )

    assert collected.gaps == ()


def test_null_where_objects_are_expected_is_read_as_nothing(plans):
    plan = dict.fromkeys(
        ["planned_values", "configuration", "prior_state", "variables", "resource_changes", "output_changes"]
    )

    collected = plans.made({"format_version": "1.2", **plan})

    assert collected.facts["resources"] == {}
    assert [gap["code"] for gap in collected.gaps] == ["no_configuration"]


def test_the_plan_with_null_fields_is_read(plans):
    collected = plans.made(json.loads((BAD / "plan-null-fields.json").read_text()))

    assert plans.resource(collected, "null_resource.empty")["values"] == {"triggers": None}
    assert plans.resource(collected, "null_resource.empty")["computed"] == ["id"]


def test_values_nested_beyond_reason_are_an_error_without_a_traceback(plans):
    deep: object = True
    for _ in range(3000):
        deep = {"a": deep}

    (result,) = TerraformPlanCollector().collect([content(plans.plan(plans.change("a_b.c", {}, unknown={"k": deep})))])

    assert (result.status, result.message) == ("error", "values are nested too deeply")


@pytest.mark.parametrize("action", ["delete", "forget"])
def test_a_change_that_leaves_nothing_and_has_values_after_it_is_a_gap(plans, action):
    bad = plans.change("aws_s3_bucket.kept", {"bucket": "b"}, actions=(action,), before={"bucket": "b"})
    gone = plans.change("aws_kms_key.gone", actions=("delete",), before={})

    collected = plans.made(plans.plan(bad, gone))

    assert [(gap["code"], gap["paths"]) for gap in collected.gaps] == [
        ("malformed_resource", [["facts", "resources", "aws_s3_bucket"]])
    ]
    assert not collected.facts["destroy_only"]


def test_a_resource_that_is_deleted_and_yet_planned_is_a_gap(plans):
    bucket = {"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "values": {}}
    plan = plans.plan(plans.change("aws_s3_bucket.b", actions=("delete",), before={}))
    assert plans.made(plan).facts["destroy_only"]

    collected = plans.made({**plan, "planned_values": {"root_module": {"resources": [bucket]}}})

    assert [(gap["code"], gap["paths"]) for gap in collected.gaps] == [
        ("malformed_resource", [["facts", "resources", "aws_s3_bucket"]])
    ]
    assert not collected.facts["destroy_only"]


def test_a_deposed_object_that_is_deleted_contradicts_nothing(plans):
    bucket = {"address": "aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "name": "b", "values": {}}
    old = plans.change("aws_s3_bucket.b", actions=("delete",), before={}, deposed="c0ffee00")
    plan = plans.plan(plans.change("aws_s3_bucket.b", {}, actions=("no-op",)), old)

    assert plans.made({**plan, "planned_values": {"root_module": {"resources": [bucket]}}}).gaps == ()
