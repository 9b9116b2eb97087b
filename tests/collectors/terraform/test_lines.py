"""File and line of resources and attributes, in the .tf files beside a plan or in the plan itself."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from policyctl.collectors.terraform import TerraformPlanCollector, attributes, sources
from policyctl.model.content import Content
from policyctl.model.document import Location

DATA = Path(__file__).parents[2] / "data" / "terraform"
FLEET = DATA / "hcl" / "model-fleet"
SERVICE = FLEET / "modules" / "model-service" / "main.tf"
ENDPOINT = DATA / "hcl" / "sagemaker-endpoint" / "compliant" / "main.tf"
CONFIGURATION = "aws_sagemaker_endpoint_configuration.this"


def shown(location: Location | None) -> tuple[Path, str]:
    """The file, and the text of the line."""
    assert location is not None
    return Path(location.file), Path(location.file).read_text().splitlines()[location.line - 1].strip()


@pytest.mark.parametrize(
    ("address", "path", "text"),
    [
        (CONFIGURATION, (), 'resource "aws_sagemaker_endpoint_configuration" "this" {'),
        (CONFIGURATION, ("values", "kms_key_arn"), "kms_key_arn = aws_kms_key.ml.arn"),
        (
            CONFIGURATION,
            ("values", "production_variants", 0, "model_name"),
            "model_name             = aws_sagemaker_model.this.name",
        ),
        (
            CONFIGURATION,
            ("values", "data_capture_config", 0, "capture_options", 1, "capture_mode"),
            'capture_mode = "Output"',
        ),
        (CONFIGURATION, ("values", "data_capture_config.0.capture_options.0.capture_mode"), 'capture_mode = "Input"'),
        (
            CONFIGURATION,
            ("references", "data_capture_config.kms_key_id"),
            "kms_key_id                  = aws_kms_key.ml.arn",
        ),
        (CONFIGURATION, ("values", "data_capture_config", 0, "not_set"), "data_capture_config {"),
        (CONFIGURATION, ("values", "not_set"), 'resource "aws_sagemaker_endpoint_configuration" "this" {'),
        (
            "data.aws_iam_policy_document.execution",
            ("values", "statement", 3, "resources", 0),
            "resources = [aws_kms_key.ml.arn]",
        ),
    ],
)
def test_an_attribute_has_its_own_line_else_that_of_what_holds_it(plans, address, path, text):
    locate = plans.read("hcl/sagemaker-endpoint/compliant/plan.json").locate

    assert shown(locate(address, path)) == (ENDPOINT, text)


@pytest.mark.parametrize(
    ("resource", "path", "text"),
    [
        ("aws_kms_key.this[0]", (), 'resource "aws_kms_key" "this" {'),
        (
            "aws_sagemaker_endpoint_configuration.this",
            ("values", "data_capture_config"),
            'dynamic "data_capture_config" {',
        ),
        (
            "aws_sagemaker_endpoint_configuration.this",
            ("values", "data_capture_config", 0, "capture_options", 0, "capture_mode"),
            'capture_mode = "InputAndOutput"',
        ),
    ],
)
def test_lines_are_found_through_local_module_calls_and_in_dynamic_blocks(plans_once, resource, path, text):
    locate = plans_once.read("hcl/model-fleet/plan.json").locate

    assert shown(locate(f'module.service["claims-ocr"].{resource}', path)) == (SERVICE, text)


def test_two_module_calls_deep_with_for_each(plans):
    locate = plans.read("hcl/model-fleet/plan.json").locate
    address = 'module.service["claims-ocr"].module.alarms.aws_cloudwatch_metric_alarm.this["ModelLatency"]'

    file, text = shown(locate(address, ("values", "threshold")))

    assert file == FLEET / "modules" / "model-service" / "modules" / "alarms" / "main.tf"
    assert text == "threshold           = each.value"


def test_files_of_another_configuration_are_not_used(plans):
    """A plan of the non-compliant root, beside nothing that matches it."""
    name = "hcl/bedrock-agent/plan-compliant-to-noncompliant.json"

    location = plans.read(name).locate("aws_bedrock_guardrail.customer", ("values", "kms_key_arn"))

    assert location == Location(str(DATA / name), 1)


def located(plans, tmp_path, files: dict[str, str], plan, address, path=(), plan_in=".") -> Location | None:
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    where = tmp_path / plan_in / "plan.json"
    where.parent.mkdir(parents=True, exist_ok=True)
    content = Content(str(where), "0" * 64, "json", json.dumps(plan), (plan,))
    (result,) = TerraformPlanCollector().collect([content])
    return result.subjects[0].locate(address, path)


KEY = 'resource "aws_kms_key" "k" {\n  description = "x"\n}\n'


def key_plan(plans):
    return plans.plan(plans.change("aws_kms_key.k", {}), root={"resources": [plans.config("aws_kms_key.k", {})]})


def test_a_directory_above_the_plan_is_looked_at(plans, tmp_path):
    found = located(plans, tmp_path, {"keys.tf": "\n" + KEY}, key_plan(plans), "aws_kms_key.k", plan_in="out/plans")

    assert found == Location(str(tmp_path / "keys.tf"), 2)


def test_a_repositorys_root_is_the_last_one_looked_at(plans, tmp_path):
    (tmp_path / "repository" / ".git").mkdir(parents=True)

    found = located(plans, tmp_path, {"keys.tf": KEY}, key_plan(plans), "aws_kms_key.k", plan_in="repository")

    assert found is not None
    assert found.file.endswith("plan.json")


def test_every_resource_of_the_root_must_be_there(plans, tmp_path):
    root = {"resources": [plans.config("aws_kms_key.k", {}), plans.config("aws_kms_key.other", {})]}
    plan = plans.plan(plans.change("aws_kms_key.k", {}), root=root)

    found = located(plans, tmp_path, {"keys.tf": KEY}, plan, "aws_kms_key.k")

    assert found == Location(str(tmp_path / "plan.json"), 1)


def test_a_module_from_elsewhere_is_found_at_its_call(plans, tmp_path):
    child = {"resources": [plans.config("aws_kms_key.k", {})]}
    call = {"source": "example/kms/aws", "module": child}
    plan = plans.plan(plans.change("module.kms.aws_kms_key.k", {}), root={"module_calls": {"kms": call}})

    found = located(
        plans,
        tmp_path,
        {"main.tf": '\nmodule "kms" {\n  source = "example/kms/aws"\n}\n'},
        plan,
        "module.kms.aws_kms_key.k",
        ("values", "description"),
    )

    assert found == Location(str(tmp_path / "main.tf"), 2)


def test_a_block_that_cannot_be_parsed_still_has_its_header(plans, tmp_path):
    broken = 'resource "aws_kms_key" "k" {\n  description = = "x"\n  description = "y"\n}\n'

    found = located(plans, tmp_path, {"a.tf": broken}, key_plan(plans), "aws_kms_key.k", ("values", "description"))

    assert found == Location(str(tmp_path / "a.tf"), 1)


def test_files_that_are_not_text_are_left_out(plans, tmp_path):
    (tmp_path / "binary.tf").write_bytes(b"\xff\xfe\x00\x80")

    found = located(plans, tmp_path, {"keys.tf": KEY}, key_plan(plans), "aws_kms_key.k", ("values", "description"))

    assert found == Location(str(tmp_path / "keys.tf"), 2)


def test_heredocs_comments_and_one_line_blocks(plans, tmp_path):
    text = (
        'resource "aws_kms_key" "k" {\n'
        "  # description = not this one\n"
        "  policy = <<-EOT\n"
        "    description = nor this\n"
        "  EOT\n"
        '  timeouts { create = "1m" }\n'
        '  description = "this"\n'
        "}\n"
    )

    for path, line in (
        (("values", "description"), 7),
        (("values", "timeouts", "create"), 6),
        (("values", "policy"), 3),
    ):
        assert located(plans, tmp_path, {"k.tf": text}, key_plan(plans), "aws_kms_key.k", path) == Location(
            str(tmp_path / "k.tf"), line
        )


def test_an_attribute_of_another_nested_block_is_not_taken(plans, tmp_path):
    text = (
        'resource "aws_kms_key" "k" {\n  boot {\n    source = "a"\n  }\n  attached {\n    mode = "READ_WRITE"\n  }\n}\n'
    )

    for path, line in ((("values", "boot", 0, "mode"), 2), (("values", "attached", 0, "mode"), 6)):
        assert located(plans, tmp_path, {"k.tf": text}, key_plan(plans), "aws_kms_key.k", path) == Location(
            str(tmp_path / "k.tf"), line
        )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '\n/*resource "aws_kms_key" "old" {\n}\n\n# no more\nresource "aws_kms_key" "older" {\n}\n*/\n'),
        ('/*\nresource "aws_kms_key" "k" {\n  description = "old"\n}\n*/\n', ""),
        ('locals {\n  text = <<EOT\nresource "aws_kms_key" "k" {\n}\nEOT\n}\n', ""),
        ('# resource "aws_kms_key" "k" {\n', '// }\n# "\n'),
        ('output "o" {\n  value = "${"{"} }"\n}\n', ""),
    ],
)
def test_comments_and_heredocs_around_a_block_are_no_part_of_it(plans, tmp_path, before, after):
    files = {"k.tf": before + KEY + after}

    found = located(plans, tmp_path, files, key_plan(plans), "aws_kms_key.k", ("values", "description"))

    assert found == Location(str(tmp_path / "k.tf"), before.count("\n") + 2)


@pytest.mark.parametrize("piece", ['resource "a" "b" {\n', "x = <<a\n", "/*\n", '"', "{", 'resource "a" "b" {}\n'])
def test_a_hostile_file_takes_no_long_time(tmp_path, piece):
    (tmp_path / "a.tf").write_text(piece * (1_900_000 // len(piece)))
    began = time.perf_counter()

    sources.blocks(str(tmp_path))

    assert time.perf_counter() - began < 10


def test_a_plan_of_many_lines_has_lines_of_its_own(plans):
    plan = plans.plan(plans.change("aws_kms_key.j", {}), plans.change("aws_kms_key.k", {"description": "x"}))
    asked = []

    def line_of(document, path):
        asked.append((document, path))
        return 77

    content = Content("somewhere/plan.json", "0" * 64, "json", json.dumps(plan, indent=1), (plan,), line_of)
    (result,) = TerraformPlanCollector().collect([content])

    assert result.subjects[0].locate("aws_kms_key.k", ("values", "description")) == Location("somewhere/plan.json", 77)
    assert asked == [(0, ("resource_changes", 1, "change", "after", "description"))]


def test_a_resource_that_is_not_in_the_plan_is_found_at_its_beginning(plans):
    assert plans.made(plans.plan()).locate("aws_kms_key.nowhere", ()) == Location("plan.json", 1)


def test_the_plan_from_standard_input_finds_the_files_of_the_working_directory(plans, tmp_path, monkeypatch):
    shutil.copy(ENDPOINT, tmp_path)
    monkeypatch.chdir(tmp_path)
    plan = json.loads((ENDPOINT.parent / "plan.json").read_text())
    (result,) = TerraformPlanCollector().collect([Content("-", "0" * 64, "json", "", (plan,))])

    location = result.subjects[0].locate(CONFIGURATION, ("values", "kms_key_arn"))

    assert location is not None
    assert location.file == "main.tf"


def paths(values, prefix=()):
    for name, value in values.items():
        yield (*prefix, name)
        nested = [((name,), value)] if isinstance(value, dict) else []
        if isinstance(value, list):
            nested = [((name, at), one) for at, one in enumerate(value) if isinstance(one, dict)]
        for step, inner in nested:
            yield from paths(inner, (*prefix, *step))


@pytest.mark.parametrize(
    "root", ["sagemaker-endpoint/compliant", "sagemaker-endpoint/noncompliant", "bedrock-agent/compliant"]
)
def test_the_layout_tells_the_lines_that_the_parser_tells(plans, root):
    """Every attribute of real files, once as they are and once with a comment that sends each question to the parser."""
    blocks = sources.blocks(str(DATA / "hcl" / root))
    compared = 0
    for resource in plans.all(plans.read(f"hcl/{root}/plan.json")):
        kind = "data" if resource["mode"] == "data" else "resource"
        text = blocks[kind, resource["type"], resource["name"]].text
        for path in paths(resource["values"]):
            assert attributes.line_of(text, path) == attributes.line_of(text + "/* */", path), (
                resource["address"],
                path,
            )
            compared += 1
    assert compared > 50


def test_an_attribute_that_is_not_written_needs_no_parser():
    assert attributes.line_of('resource "a" "b" { = = }', ("key",)) == 0
