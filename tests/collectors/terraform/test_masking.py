"""Sensitive values never leave: the plan's marks, and the values of sensitive variables wherever they turn up."""

from __future__ import annotations

import json

import pytest

SECRET = "planted-secret-42"


def masked(plans, plan, address="aws_x_thing.t"):
    collected = plans.made(plan)
    resource = plans.resource(collected, address)
    return resource["values"], resource["masked"], collected


def test_marks_at_any_depth_empty_the_value_and_nothing_beside_it(plans):
    values, paths, collected = masked(
        plans,
        plans.plan(
            plans.change(
                "aws_x_thing.t",
                {"a": [{"b": SECRET, "c": "kept"}], "n": 42, "flag": False, "all": {"x": SECRET}},
                sensitive={"a": [{"b": True}], "n": True, "flag": True, "all": True},
            )
        ),
    )

    assert values == {"a": [{"b": "", "c": "kept"}], "n": None, "flag": None, "all": None}
    assert paths == ["a.0.b", "n", "flag", "all"]
    assert collected.masked[0] == "facts.resources.aws_x_thing.0.values.a.0.b"


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_what_is_not_set_hides_nothing(plans, nothing):
    values, paths, _ = masked(plans, plans.plan(plans.change("aws_x_thing.t", {"p": nothing}, sensitive={"p": True})))

    assert values == {"p": nothing}
    assert paths == []


def test_what_was_sensitive_before_stays_masked(plans):
    change = plans.change(
        "aws_x_thing.t", {"p": SECRET}, actions=("update",), before={"p": SECRET}, before_sensitive={"p": True}
    )

    values, paths, _ = masked(plans, plans.plan(change))

    assert values == {"p": ""}
    assert paths == ["p"]


def test_a_resource_that_is_sensitive_as_a_whole_is_emptied_as_a_whole(plans):
    values, paths, _ = masked(plans, plans.plan(plans.change("aws_x_thing.t", {"p": SECRET, "q": 1}, sensitive=True)))

    assert values == {"p": "", "q": None}
    assert paths == ["p", "q"]


def with_variable(plans, after, value=SECRET, **declared):
    """A plan as Terraform before 0.15 writes it: no marks, but a variable that is declared sensitive."""
    return plans.plan(
        plans.change("aws_x_thing.t", after, sensitive=None),
        root={"variables": {"token": {"sensitive": True, **declared}}},
        variables={"token": {"value": value}},
    )


@pytest.mark.parametrize(
    "text",
    [SECRET, f"Bearer {SECRET}", json.dumps({"environment": [{"name": "T", "value": SECRET}]})],
    ids=["alone", "inside a text", "inside encoded JSON"],
)
def test_a_sensitive_variables_value_is_found_without_marks(plans, text):
    values, paths, collected = masked(plans, with_variable(plans, {"env": {"T": text}, "other": "kept"}))

    assert values == {"env": {"T": ""}, "other": "kept"}
    assert paths == ["env.T"]
    assert SECRET not in json.dumps(collected.facts)


def test_its_default_counts_as_well(plans):
    values, _, _ = masked(plans, with_variable(plans, {"p": "default-secret"}, value=None, default="default-secret"))

    assert values == {"p": ""}


def test_secrets_inside_a_sensitive_object_are_looked_for(plans):
    values, _, _ = masked(plans, with_variable(plans, {"p": SECRET}, value={"db": [{"password": SECRET}]}))

    assert values == {"p": ""}


def test_a_secret_that_json_escapes_is_found_in_encoded_json(plans):
    awkward = 'quo"te\\and-more'

    values, _, _ = masked(plans, with_variable(plans, {"p": json.dumps({"s": awkward})}, value=awkward))

    assert values == {"p": ""}


@pytest.mark.parametrize(("length", "expected"), [(5, "xxxxx"), (6, "")])
def test_short_values_are_too_common_to_be_looked_for(plans, length, expected):
    values, _, _ = masked(plans, with_variable(plans, {"p": "x" * length}, value="x" * length))

    assert values == {"p": expected}


def test_a_secret_in_a_key_empties_the_map(plans):
    values, paths, _ = masked(plans, with_variable(plans, {"tags": {SECRET: "v"}}))

    assert values == {"tags": None}
    assert paths == ["tags"]


@pytest.mark.parametrize("argument", [{"constant_value": SECRET}, {"references": ["var.token"]}])
def test_a_childs_sensitive_variable_is_followed_to_its_value(plans, argument):
    child = {"variables": {"secret": {"sensitive": True}}, "resources": []}
    root = {
        "variables": {"token": {}},
        "module_calls": {"m": {"source": "./m", "expressions": {"secret": argument}, "module": child}},
    }
    plan = plans.plan(plans.change("aws_x_thing.t", {"p": SECRET}), root=root, variables={"token": {"value": SECRET}})

    assert masked(plans, plan)[0] == {"p": ""}


def test_a_data_sources_marks_are_in_the_state(plans):
    token = {
        "address": "data.aws_x_token.t",
        "mode": "data",
        "type": "aws_x_token",
        "name": "t",
        "values": {"token": SECRET},
        "sensitive_values": {"token": True},
    }
    plan = plans.plan(prior_state={"values": {"root_module": {"resources": [token]}}})

    values, paths, _ = masked(plans, plan, "data.aws_x_token.t")

    assert values == {"token": ""}
    assert paths == ["token"]


def test_variables_outputs_and_provider_settings_do_not_travel(plans):
    plan = plans.plan(
        plans.change("aws_x_thing.t", {}),
        variables={"plain": {"value": "from-a-variable"}},
        output_changes={"o": {"actions": ["create"], "after": "from-an-output", "after_sensitive": True}},
    )
    plan["planned_values"]["outputs"] = {"o": {"sensitive": True, "value": "from-an-output"}}
    plan["configuration"]["provider_config"] = {
        "aws": {"name": "aws", "expressions": {"secret_key": {"constant_value": "from-the-provider"}}}
    }

    assert "from-" not in json.dumps(plans.made(plan).facts)
