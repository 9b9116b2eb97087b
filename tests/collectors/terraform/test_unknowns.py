"""Unknown or computed, at any depth; and the blocks whose expressions the plan does not hold."""

from __future__ import annotations

import pytest

ADDRESS = "aws_x_thing.t"


def state(plans, expressions, *, after=None, unknown, root=None, before=None, actions=("create",)):
    """unknown, computed and opaque of one resource."""
    resources = [] if expressions is None else [plans.config(ADDRESS, expressions)]
    change = plans.change(ADDRESS, after or {}, unknown=unknown, before=before, actions=actions)
    resource = plans.resource(plans.made(plans.plan(change, root={"resources": resources, **(root or {})})), ADDRESS)
    return resource["unknown"], resource["computed"], resource["opaque"]


def test_no_expression_is_computed(plans):
    assert state(plans, {}, unknown={"key": True}) == ([], ["key"], [])


def test_an_expression_that_names_a_resource_is_unknown(plans, refer):
    assert state(plans, {"key": refer("aws_kms_key.k.arn")}, unknown={"key": True}) == (["key"], [], [])


@pytest.mark.parametrize("word", ["local.key", "module.m.key", "data.aws_kms_key.k.arn", "self.key"])
def test_what_cannot_be_followed_is_unknown(plans, refer, word):
    assert state(plans, {"key": refer(word)}, unknown={"key": True})[0] == ["key"]


def test_a_call_of_functions_without_references_is_unknown(plans):
    """`timestamp()` leaves an empty expression."""
    assert state(plans, {"key": {}}, unknown={"key": True}) == (["key"], [], [])


def test_a_configured_null_leaves_it_to_the_provider(plans):
    assert state(plans, {"key": {"constant_value": None}}, unknown={"key": True}) == ([], ["key"], [])


def test_a_configured_constant_is_never_computed(plans):
    assert state(plans, {"key": {"constant_value": "k"}}, unknown={"key": True}) == (["key"], [], [])


@pytest.mark.parametrize("word", ["var.key", "each.key", "count.index", "path.module", "terraform.workspace"])
def test_what_was_known_when_planning_cannot_have_made_it_unknown(plans, refer, word):
    assert state(plans, {"key": refer(word)}, unknown={"key": True}) == ([], ["key"], [])


def test_one_unknown_source_among_known_ones_is_enough(plans, refer):
    assert state(plans, {"key": refer("var.create", "aws_kms_key.k.arn")}, unknown={"key": True})[0] == ["key"]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        (None, "computed"),
        ({"constant_value": "k"}, "computed"),
        ({"references": ["var.key"]}, "computed"),
        ({"references": ["local.key"]}, "unknown"),
        ({"references": ["aws_kms_key.k.arn", "aws_kms_key.k"]}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_modules_variable_is_as_known_as_its_argument(plans, refer, argument, expected):
    child = {"resources": [plans.config(ADDRESS, {"key": refer("var.key")})]}
    expressions = {} if argument is None else {"key": argument}
    root = {"module_calls": {"m": {"source": "./m", "expressions": expressions, "module": child}}}
    change = plans.change(f"module.m.{ADDRESS}", {}, unknown={"key": True})

    resource = plans.resource(plans.made(plans.plan(change, root=root)), f"module.m.{ADDRESS}")

    assert resource[expected] == ["key"]


def test_a_list_with_one_unknown_element(plans, refer):
    found = state(
        plans, {"subnets": refer("aws_subnet.a.id")}, after={"subnets": ["s-1"]}, unknown={"subnets": [False, True]}
    )

    assert found == (["subnets.1"], [], [])


def test_inside_a_block_each_attribute_has_its_own_state(plans, refer):
    found = state(
        plans,
        {"capture": [{"key": refer("aws_kms_key.k.arn")}]},
        after={"capture": [{"on": True}]},
        unknown={"capture": [{"key": True, "size": True}]},
    )

    assert found == (["capture.0.key"], ["capture.0.size"], [])


def test_two_levels_of_blocks(plans, refer):
    found = state(
        plans,
        {"rule": [{"apply": [{"key": refer("aws_kms_key.k.arn")}]}]},
        after={"rule": [{"apply": [{}]}]},
        unknown={"rule": [{"apply": [{"key": True, "id": True}]}]},
    )

    assert found == (["rule.0.apply.0.key"], ["rule.0.apply.0.id"], [])


def test_a_single_block_is_an_object(plans, refer):
    found = state(
        plans,
        {"timeouts": {"create": refer("aws_x_other.o.t")}},
        after={"timeouts": {}},
        unknown={"timeouts": {"create": True, "delete": True}},
    )

    assert found == (["timeouts.create"], ["timeouts.delete"], [])


def test_a_block_that_no_expression_explains_is_opaque_and_nothing_in_it_computed(plans):
    found = state(plans, {}, after={"capture": [{"on": True}]}, unknown={"capture": [{"key": True}]})

    assert found == (["capture.0.key"], [], ["capture"])


def test_more_blocks_than_are_written_are_opaque(plans):
    found = state(
        plans,
        {"filters": [{"type": {"constant_value": "a"}}]},
        after={"filters": [{"type": "a"}, {"type": "b"}]},
        unknown={"filters": [{}, {"strength": True}]},
    )

    assert found == (["filters.1.strength"], [], ["filters"])


def test_a_dynamic_block_inside_one_of_two_static_ones_is_found(plans):
    found = state(
        plans,
        {"rule": [{"item": [{"a": {}}, {"a": {}}]}, {}]},
        after={"rule": [{"item": [{}, {}]}, {"item": [{}]}]},
        unknown={"rule": [{"item": [{}, {}]}, {"item": [{"b": True}]}]},
    )

    assert found == (["rule.1.item.0.b"], [], ["rule.item"])


def test_static_blocks_that_are_unknown_as_a_whole_hide_a_dynamic_one(plans):
    found = state(plans, {"filters": [{"type": {"constant_value": "a"}}]}, unknown={"filters": True})

    assert found == (["filters"], [], ["filters"])


def test_a_block_that_another_new_resource_shows_as_empty_is_not_the_providers(plans):
    """A `dynamic` over something unknown is unknown as a whole; only a sibling tells that no provider computes it."""
    changes = [
        plans.change("aws_x_thing.t", {}, unknown={"capture": True, "other": True}),
        plans.change("aws_x_thing.u", {"capture": []}, unknown={"other": True}),
    ]
    resources = [plans.config("aws_x_thing.t", {}), plans.config("aws_x_thing.u", {})]

    resource = plans.resource(plans.made(plans.plan(*changes, root={"resources": resources})), "aws_x_thing.t")

    assert (resource["unknown"], resource["computed"], resource["opaque"]) == (["capture"], ["other"], ["capture"])


def test_blocks_that_an_existing_resource_keeps_are_not_opaque(plans):
    """What the provider computed once stands in the values of every later plan."""
    kept = {"identity": [{"issuer": "i"}]}

    found = state(
        plans, {}, after=kept, unknown={"version": True}, before={**kept, "version": "1"}, actions=("update",)
    )

    assert found == ([], ["version"], [])


def test_without_its_configuration_nothing_of_a_resource_is_computed(plans):
    assert state(plans, None, unknown={"key": True, "list": [{"a": True}]}) == (["key", "list.0.a"], [], [])
