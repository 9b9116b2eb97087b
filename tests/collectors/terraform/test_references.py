"""References resolved in the same module instance."""

from __future__ import annotations

from typing import Any


def told(references: list[dict[str, Any]]) -> list[tuple[str, str, bool, bool]]:
    """address, attribute, whether the plan holds it, whether it is ambiguous."""
    return [(one["address"], one["attribute"], "at" in one, one.get("ambiguous", False)) for one in references]


def versioning(plans, refer, root: dict[str, Any], *changes: Any, address: str = "aws_s3_bucket_versioning.v") -> Any:
    collected = plans.made(plans.plan(*changes, root=root))
    return told(plans.resource(collected, address)["references"].get("bucket", []))


def test_a_reference_to_a_resource_has_its_attribute_and_position(plans, refer):
    root = {
        "resources": [
            plans.config("aws_s3_bucket.b", {}),
            plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b.id")}),
        ]
    }

    found = versioning(plans, refer, root, plans.change("aws_s3_bucket.b"), plans.change("aws_s3_bucket_versioning.v"))

    assert found == [("aws_s3_bucket.b", "id", True, False)]


def test_an_old_plan_names_resources_without_attributes(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b")})]}

    found = versioning(plans, refer, root, plans.change("aws_s3_bucket.b"), plans.change("aws_s3_bucket_versioning.v"))

    assert found == [("aws_s3_bucket.b", "", True, False)]


def test_a_literal_index_chooses_its_instance(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b[1].id")})]}

    found = versioning(
        plans,
        refer,
        root,
        plans.change("aws_s3_bucket.b[0]"),
        plans.change("aws_s3_bucket.b[1]"),
        plans.change("aws_s3_bucket_versioning.v"),
    )

    assert found == [("aws_s3_bucket.b[1]", "id", True, False)]


def test_an_instance_that_the_plan_does_not_hold_has_no_position(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b[0].id")})]}

    found = versioning(plans, refer, root, plans.change("aws_s3_bucket_versioning.v"))

    assert found == [("aws_s3_bucket.b[0]", "id", False, False)]


def test_a_deleted_resource_is_not_what_a_reference_means(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b")})]}

    found = versioning(
        plans,
        refer,
        root,
        plans.change("aws_s3_bucket.b[0]"),
        plans.change("aws_s3_bucket.b[1]", actions=("delete",)),
        plans.change("aws_s3_bucket.b[0]", actions=("delete",), deposed="1a2b3c4d"),
        plans.change("aws_s3_bucket_versioning.v"),
    )

    assert found == [("aws_s3_bucket.b[0]", "", True, False)]


def test_each_key_chooses_the_same_key_where_both_share_their_keys(plans, refer):
    root = {
        "resources": [
            plans.config("aws_s3_bucket_versioning.v", {"bucket": {"references": ["aws_s3_bucket.b", "each.key"]}})
        ]
    }
    changes = [plans.change(f'aws_s3_bucket.b["{key}"]') for key in "xyz"]
    changes += [plans.change(f'aws_s3_bucket_versioning.v["{key}"]') for key in "xyz"]

    found = versioning(plans, refer, root, *changes, address='aws_s3_bucket_versioning.v["y"]')

    assert found == [('aws_s3_bucket.b["y"]', "", True, False)]


def test_keys_that_are_not_shared_leave_every_instance_possible(plans, refer):
    root = {
        "resources": [
            plans.config("aws_s3_bucket_versioning.v", {"bucket": {"references": ["aws_s3_bucket.b", "count.index"]}})
        ]
    }
    changes = [plans.change(f"aws_s3_bucket.b[{key}]") for key in range(2)]
    changes += [plans.change(f"aws_s3_bucket_versioning.v[{key}]") for key in range(3)]

    found = versioning(plans, refer, root, *changes, address="aws_s3_bucket_versioning.v[1]")

    assert found == [("aws_s3_bucket.b[0]", "", True, True), ("aws_s3_bucket.b[1]", "", True, True)]


def test_a_splat_means_every_instance(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b")})]}
    changes = [plans.change(f"aws_s3_bucket.b[{key}]") for key in range(2)]

    found = versioning(plans, refer, root, *changes, plans.change("aws_s3_bucket_versioning.v"))

    assert found == [("aws_s3_bucket.b[0]", "", True, True), ("aws_s3_bucket.b[1]", "", True, True)]


def test_each_value_of_a_chained_for_each_is_the_instance_with_the_same_key(plans, refer):
    """`for_each = aws_s3_bucket.b` and `bucket = each.value.id`."""
    chained = plans.config(
        "aws_s3_bucket_versioning.v",
        {"bucket": refer("each.value.id")},
        for_each_expression={"references": ["aws_s3_bucket.b"]},
    )
    changes = [plans.change(f'aws_s3_bucket.b["{key}"]') for key in "xy"]
    changes += [plans.change(f'aws_s3_bucket_versioning.v["{key}"]') for key in "xy"]

    found = versioning(plans, refer, {"resources": [chained]}, *changes, address='aws_s3_bucket_versioning.v["x"]')

    assert found == [('aws_s3_bucket.b["x"]', "id", True, False)]


def test_each_value_of_a_map_of_several_resources_may_be_any_of_them(plans, refer):
    mapped = plans.config(
        "aws_s3_bucket_versioning.v",
        {"bucket": refer("each.value")},
        for_each_expression=refer("aws_s3_bucket.b.id", "aws_s3_bucket.c.id"),
    )
    changes = [plans.change("aws_s3_bucket.b"), plans.change("aws_s3_bucket.c")]
    changes += [plans.change(f'aws_s3_bucket_versioning.v["{key}"]') for key in "xy"]

    found = versioning(plans, refer, {"resources": [mapped]}, *changes, address='aws_s3_bucket_versioning.v["x"]')

    assert found == [("aws_s3_bucket.b", "id", True, True), ("aws_s3_bucket.c", "id", True, True)]


def test_each_value_of_constants_stays_a_word(plans, refer):
    mapped = plans.config(
        "aws_s3_bucket_versioning.v",
        {"bucket": refer("each.value.name")},
        for_each_expression={"constant_value": {"x": {"name": "n"}}},
    )

    found = versioning(
        plans,
        refer,
        {"resources": [mapped]},
        plans.change('aws_s3_bucket_versioning.v["x"]'),
        address='aws_s3_bucket_versioning.v["x"]',
    )

    assert found == [("each.value.name", "", False, False)]


def test_locals_and_root_variables_stay_words(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("local.b", "var.name")})]}

    found = versioning(plans, refer, root, plans.change("aws_s3_bucket_versioning.v"))

    assert found == [("local.b", "", False, False), ("var.name", "", False, False)]


def two_levels(plans, refer, argument: dict[str, Any]) -> dict[str, Any]:
    """root -> module.outer (for_each) -> module.inner, whose var.bucket is the outer's var.bucket."""
    inner = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("var.bucket")})]}
    outer = {
        "module_calls": {
            "inner": {"source": "./inner", "expressions": {"bucket": refer("var.bucket")}, "module": inner}
        }
    }
    call = {"source": "./outer", "expressions": {"bucket": argument}, "for_each_expression": {}, "module": outer}
    return {"module_calls": {"outer": call}}


def test_a_variable_is_followed_through_every_call_with_the_modules_own_key(plans, refer):
    root = two_levels(plans, refer, {"references": ["aws_s3_bucket.b", "each.key"]})
    changes = [plans.change(f'aws_s3_bucket.b["{key}"]') for key in "xy"]
    changes += [plans.change(f'module.outer["{key}"].module.inner.aws_s3_bucket_versioning.v') for key in "xy"]

    for key in "xy":
        address = f'module.outer["{key}"].module.inner.aws_s3_bucket_versioning.v'
        found = versioning(plans, refer, root, *changes, address=address)
        assert found == [(f'aws_s3_bucket.b["{key}"]', "", True, False)]


def test_what_is_read_from_a_resource_that_was_handed_down_is_its_attribute(plans, refer):
    child = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("var.bucket.id")})]}
    call = {"source": "./child", "expressions": {"bucket": refer("aws_s3_bucket.b")}, "module": child}

    found = versioning(
        plans,
        refer,
        {"module_calls": {"m": call}},
        plans.change("aws_s3_bucket.b"),
        plans.change("module.m.aws_s3_bucket_versioning.v"),
        address="module.m.aws_s3_bucket_versioning.v",
    )

    assert found == [("aws_s3_bucket.b", "id", True, False)]


def test_a_part_of_an_object_put_together_from_several_is_ambiguous(plans, refer):
    child = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("var.settings.bucket")})]}
    settings = refer("aws_s3_bucket.b.id", "aws_kms_key.k.arn")
    call = {"source": "./child", "expressions": {"settings": settings}, "module": child}

    found = versioning(
        plans,
        refer,
        {"module_calls": {"m": call}},
        plans.change("aws_s3_bucket.b"),
        plans.change("aws_kms_key.k"),
        plans.change("module.m.aws_s3_bucket_versioning.v"),
        address="module.m.aws_s3_bucket_versioning.v",
    )

    assert found == [("aws_s3_bucket.b", "id", True, True), ("aws_kms_key.k", "arn", True, True)]


def store(plans, refer) -> dict[str, Any]:
    module = {
        "resources": [plans.config("aws_s3_bucket.b", {})],
        "outputs": {"bucket_id": {"expression": refer("aws_s3_bucket.b.id")}},
    }
    return {"source": "./store", "expressions": {}, "module": module}


def test_a_modules_output_is_followed_into_the_module(plans, refer):
    root = {
        "resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("module.store.bucket_id")})],
        "module_calls": {"store": store(plans, refer)},
    }

    found = versioning(
        plans,
        refer,
        root,
        plans.change("module.store.aws_s3_bucket.b"),
        plans.change("aws_s3_bucket_versioning.v"),
    )

    assert found == [("module.store.aws_s3_bucket.b", "id", True, False)]


def test_an_output_of_one_module_instance_is_that_instances(plans, refer):
    literal = refer('module.store["eu"].bucket_id')
    root = {
        "resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": literal})],
        "module_calls": {"store": store(plans, refer)},
    }
    changes = [plans.change(f'module.store["{key}"].aws_s3_bucket.b') for key in ("eu", "us")]

    found = versioning(plans, refer, root, *changes, plans.change("aws_s3_bucket_versioning.v"))

    assert found == [('module.store["eu"].aws_s3_bucket.b', "id", True, False)]


def test_outputs_of_all_module_instances_are_ambiguous(plans, refer):
    root = {
        "resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("module.store.bucket_id")})],
        "module_calls": {"store": store(plans, refer)},
    }
    changes = [plans.change(f'module.store["{key}"].aws_s3_bucket.b') for key in ("eu", "us")]

    found = versioning(plans, refer, root, *changes, plans.change("aws_s3_bucket_versioning.v"))

    assert [(address, ambiguous) for address, _, _, ambiguous in found] == [
        ('module.store["eu"].aws_s3_bucket.b', True),
        ('module.store["us"].aws_s3_bucket.b', True),
    ]


def test_a_key_with_dots_and_quotes_is_one_key(plans, refer):
    address = 'module.m["a.b[\\"c\\"]"].aws_s3_bucket'
    child = {
        "resources": [
            plans.config("aws_s3_bucket.b", {}),
            plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b.id")}),
        ]
    }
    root = {"module_calls": {"m": {"source": "./m", "module": child}}}

    def own(type_: str, name: str) -> dict[str, Any]:
        change = plans.change(f"{type_}.{name}")
        module = address.removesuffix(".aws_s3_bucket")
        return {**change, "address": f"{module}.{type_}.{name}", "module_address": module}

    found = versioning(
        plans,
        refer,
        root,
        own("aws_s3_bucket", "b"),
        own("aws_s3_bucket_versioning", "v"),
        address=address.removesuffix("aws_s3_bucket") + "aws_s3_bucket_versioning.v",
    )

    assert found == [(f"{address}.b", "id", True, False)]


def test_outputs_and_variables_that_name_each_other_end_as_words(plans, refer):
    """No real plan does; a made one must not run for ever."""
    child = {
        "resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("var.a")})],
        "outputs": {"o": {"expression": refer("var.a")}},
    }
    root = {"module_calls": {"m": {"source": "./m", "expressions": {"a": refer("module.m.o")}, "module": child}}}

    found = versioning(
        plans,
        refer,
        root,
        plans.change("module.m.aws_s3_bucket_versioning.v"),
        address="module.m.aws_s3_bucket_versioning.v",
    )

    assert [held for _, _, held, _ in found] == [False]


def test_more_instances_than_the_limit_are_told_as_one(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b")})]}
    changes = [plans.change(f"aws_s3_bucket.b[{key}]") for key in range(101)]

    found = versioning(plans, refer, root, *changes, plans.change("aws_s3_bucket_versioning.v"))

    assert found == [("aws_s3_bucket.b", "", False, True)]


def test_who_refers_is_told_with_the_path_it_refers_from(plans, refer):
    root = {"resources": [plans.config("aws_s3_bucket_versioning.v", {"bucket": refer("aws_s3_bucket.b.id")})]}
    collected = plans.made(
        plans.plan(plans.change("aws_s3_bucket.b"), plans.change("aws_s3_bucket_versioning.v"), root=root)
    )

    assert collected.facts["referenced_by"] == {
        "aws_s3_bucket.b": [
            {
                "address": "aws_s3_bucket_versioning.v",
                "type": "aws_s3_bucket_versioning",
                "at": 0,
                "path": "bucket",
            }
        ]
    }
