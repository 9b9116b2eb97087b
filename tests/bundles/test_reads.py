"""What a control reads is found through everything that it calls."""

from __future__ import annotations

import pytest

from policyctl.bundles.reads import reads
from policyctl.bundles.syntax import modules_of, parse

HEAD = "package policyctl.controls.f.c\n\nimport data.policyctl.lib.l\n\nfindings := set()\n\n"
LIB = """package policyctl.lib.l

plain(x) := input.facts.containers if x

nested(x) := {"told": _inner(x)}

_inner(_) := input.facts.pods

of_type(type) := input.facts.resources[type]

chosen := "a" if input.system.id == "x"

else := "b" if input.facts.models

never := input.facts.labels
"""


def read_by(opa: str, body: str) -> list[list[str]]:
    return reads(modules_of(parse(opa, {"c.rego": HEAD + body, "l.rego": LIB})))["f/c"]


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ("resources contains 1 if input.facts.object.spec", [["facts", "object", "spec"]]),
        ("resources contains x if some x in l.plain(1)", [["facts", "containers"]]),
        ("resources contains x if x := l.nested(1).told", [["facts", "pods"]]),
        ("resources contains 1 if count(l.nested(l.plain(1)).told) == 1", [["facts", "containers"], ["facts", "pods"]]),
        ("resources contains 1 if l.chosen == 1", [["facts", "models"], ["system", "id"]]),
        (
            "resources contains 1 if {\n\tevery x in l.plain(1) { x == input.facts.pods }\n}",
            [["facts", "containers"], ["facts", "pods"]],
        ),
        ("resources := [x | some x in input.facts.labels]", [["facts", "labels"]]),
        ("resources contains 1 if not input.facts.labels", [["facts", "labels"]]),
        ("resources contains input.facts[k] if some k in [1]", [["facts"]]),
        ("resources contains 1 if input.profile.parameters.f.c.x", []),
        ('resources contains 1 if l.of_type("aws_s3_bucket")', [["facts", "resources", "aws_s3_bucket"]]),
        ("resources contains 1 if input.facts.resources.aws_s3_bucket", [["facts", "resources", "aws_s3_bucket"]]),
        ("resources contains 1 if l.of_type(input.as_of)", [["facts", "resources"]]),
        ("resources contains 1 if _own\n\n_own if input.facts.pods", [["facts", "pods"]]),
    ],
)
def test_fact_paths_are_found_wherever_they_stand(opa_path: str, body: str, paths: list[list[str]]) -> None:
    assert read_by(opa_path, body) == paths
