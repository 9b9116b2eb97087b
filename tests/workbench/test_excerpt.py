"""An example in HCL is the plan that Terraform would make of it, as far as that can be told without a provider."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policyctl.model.errors import ContentError
from policyctl.workbench.excerpt import plan_of

TEXT = """\
resource "aws_s3_bucket" "data" {
  bucket = "training\\nset"
  tags   = { team = "ml", "owner" = "a.b" }
  sizes  = [1, 2.5, true, null]
  versioning { enabled = false }
}

resource "aws_s3_bucket_policy" "data" {
  bucket = aws_s3_bucket.data.id
  policy = <<EOT
{"Version": "2012-10-17"}
EOT
  name   = "a-${aws_s3_bucket.data.arn}"
  rule {
    on   = true
    arns = ["x", aws_s3_bucket.data.arn]
  }
}
"""


def changes(tmp_path: Path, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    file = tmp_path / "main.tf"
    file.write_text(text)
    plan = plan_of(file)
    configured = {entry["address"]: entry["expressions"] for entry in plan["configuration"]["root_module"]["resources"]}
    return {entry["address"]: entry["change"] for entry in plan["resource_changes"]}, configured


def test_literal_values_are_known(tmp_path: Path) -> None:
    found, configured = changes(tmp_path, TEXT)

    assert found["aws_s3_bucket.data"]["after"] == {
        "bucket": "training\nset",
        "tags": {"team": "ml", "owner": "a.b"},
        "sizes": [1, 2.5, True, None],
        "versioning": [{"enabled": False}],
    }
    assert found["aws_s3_bucket.data"]["after_unknown"] == {"id": True}
    assert configured["aws_s3_bucket.data"]["versioning"] == [{"enabled": {"constant_value": False}}]


def test_what_refers_to_another_resource_is_known_after_apply(tmp_path: Path) -> None:
    found, configured = changes(tmp_path, TEXT)
    policy = found["aws_s3_bucket_policy.data"]

    assert policy["after"] == {"policy": '{"Version": "2012-10-17"}\n', "rule": [{"on": True}]}
    assert policy["after_unknown"] == {"id": True, "bucket": True, "name": True, "rule": [{"arns": True}]}
    references = ["aws_s3_bucket.data", "aws_s3_bucket.data.id"]
    assert configured["aws_s3_bucket_policy.data"]["bucket"] == {"references": references}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('resource "a" {', "is no HCL that can be read"),
        ("", "there is no resource in it"),
        ('module "m" { source = "./m" }', "holds resources, not module"),
        ('resource "a_b" "c" {\n  count = 2\n}', "a_b.c has count"),
        ('resource "a_b" "c" {\n  dynamic "d" {\n    for_each = [1]\n    content {}\n  }\n}', "a_b.c has dynamic"),
    ],
)
def test_what_cannot_be_told_without_terraform_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        changes(tmp_path, text)
