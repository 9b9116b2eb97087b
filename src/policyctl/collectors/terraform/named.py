"""References by value: two ends that the configuration does not join, but whose known names are the same.

Only for attributes that say what they name, only exact, known and non-empty text, only within one provider and, where
both are known, one region. One match is a reference; several are ambiguous ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.collectors.terraform.changes import Instance
from policyctl.model.facts.terraform import Reference


@dataclass(frozen=True, slots=True)
class Rule:
    """Resources of a type `source` name, at `path`, a resource of a type `target` by one of its `attributes`.

    `source`, `target` and each step of `path` are regular expressions for a whole word.
    """

    source: str
    path: str
    target: str
    attributes: tuple[str, ...]


RULES = (
    Rule(r"aws_s3_bucket_\w+", "bucket", r"aws_s3_bucket", ("bucket", "id")),
    Rule(r"aws_sagemaker_endpoint", "endpoint_config_name", r"aws_sagemaker_endpoint_configuration", ("name", "id")),
    Rule(
        r"aws_sagemaker_endpoint_configuration",
        "(shadow_)?production_variants.model_name",
        r"aws_sagemaker_model",
        ("name", "id"),
    ),
    Rule(
        r"aws_sagemaker_monitoring_schedule",
        "monitoring_schedule_config.monitoring_job_definition_name",
        r"aws_sagemaker_\w+_job_definition",
        ("name", "id"),
    ),
    Rule(
        r"aws_sagemaker_\w+_job_definition",
        r"\w+_job_input.endpoint_input.endpoint_name",
        r"aws_sagemaker_endpoint",
        ("name", "id"),
    ),
    Rule(
        r"aws_sagemaker_model_package_group_policy",
        "model_package_group_name",
        r"aws_sagemaker_model_package_group",
        ("model_package_group_name", "id"),
    ),
    Rule(r"aws_sagemaker_(user_profile|space|app)", "domain_id", r"aws_sagemaker_domain", ("id",)),
    Rule(r"aws_cloudwatch_metric_alarm", "dimensions.Endpoint(Name)?", r"aws_sagemaker_endpoint", ("name", "id")),
    Rule(
        r"aws_bedrock_model_invocation_logging_configuration",
        "logging_config.s3_config.bucket_name",
        r"aws_s3_bucket",
        ("bucket", "id"),
    ),
    Rule(
        r"aws_bedrock_model_invocation_logging_configuration",
        "logging_config.cloudwatch_config.log_group_name",
        r"aws_cloudwatch_log_group",
        ("name", "id"),
    ),
    Rule(r"aws_bedrockagent_agent_\w+", "agent_id", r"aws_bedrockagent_agent", ("agent_id", "id")),
    Rule(
        r"aws_bedrockagent_agent",
        "guardrail_configuration.guardrail_identifier",
        r"aws_bedrock_guardrail",
        ("guardrail_id", "guardrail_arn"),
    ),
    Rule(r"aws_iam_(role_policy|role_policy_attachment|instance_profile)", "role", r"aws_iam_role", ("name", "id")),
    Rule(r"aws_\w+", r"(\w+_)?role_arn", r"aws_iam_role", ("arn",)),
    Rule(r"aws_ecr_\w+", "repository", r"aws_ecr_repository", ("name", "id")),
    Rule(r"aws_eks_\w+", "cluster_name", r"aws_eks_cluster", ("name", "id")),
    Rule(r"aws_\w+", r"(\w+_)?kms_(\w+_)?(key|key_arn|key_id)", r"aws_kms_key", ("arn", "key_id", "id")),
    Rule(r"aws_\w+", r"(\w+_)?kms_(\w+_)?(key|key_arn|key_id)", r"aws_kms_alias", ("arn", "name")),
    Rule(r"azurerm_\w+", r"\w+_id", r"azurerm_\w+", ("id",)),
    Rule(r"azurerm_\w+", "resource_group_name", r"azurerm_resource_group", ("name",)),
    Rule(r"azurerm_\w+", "storage_account_name", r"azurerm_storage_account", ("name",)),
    Rule(r"azurerm_\w+", "virtual_network_name", r"azurerm_virtual_network", ("name",)),
    Rule(r"google_storage_bucket_\w+", "bucket", r"google_storage_bucket", ("name", "id")),
    Rule(r"google_\w+", "network", r"google_compute_network", ("name", "id", "self_link")),
    Rule(r"google_\w+", "subnetwork", r"google_compute_subnetwork", ("name", "id", "self_link")),
    Rule(r"google_container_node_pool", "cluster", r"google_container_cluster", ("name", "id")),
    Rule(r"google_bigquery_\w+", "dataset_id", r"google_bigquery_dataset", ("dataset_id", "id")),
    Rule(
        r"google_artifact_registry_\w+", "repository", r"google_artifact_registry_repository", ("repository_id", "id")
    ),
    Rule(
        r"google_vertex_ai_\w+",
        r"(featurestore|index|index_endpoint|endpoint)",
        r"google_vertex_ai_\w+",
        ("id", "name"),
    ),
    Rule(r"google_\w+", r"(\w+_)?kms_key(_name|_self_link)?", r"google_kms_crypto_key", ("id",)),
)

_Path = tuple[re.Pattern[str] | str, ...]
References = dict[str, list[Reference]]


class Names:
    """Finds what known values name. Regions are those of the facts, by position of the instance in the list given."""

    def __init__(self, instances: Sequence[Instance], regions: Sequence[str | None]) -> None:
        self._regions = {id(one): region for one, region in zip(instances, regions, strict=True)}
        self._rules = tuple((re.compile(rule.source), _compiled(rule.path), index) for index, rule in enumerate(RULES))
        self._by_type: dict[str, list[tuple[_Path, int]]] = {}
        self._targets: list[dict[str, list[Instance]]] = [{} for _ in RULES]
        planned = [one for one in instances if one.mode == "managed" and not one.gone and not one.deposed]
        types: dict[str, list[Instance]] = {}
        for one in planned:
            types.setdefault(one.type, []).append(one)
        for index, rule in enumerate(RULES):
            target = re.compile(rule.target)
            for type_, members in types.items():
                if target.fullmatch(type_):
                    self._index(index, rule, members)

    def references(self, instance: Instance) -> dict[str, list[Reference]]:
        """What the instance names by value, by attribute path without indexes."""
        found: dict[str, list[Reference]] = {}
        for path, index in self._of_type(instance.type):
            for plain, value in _read(instance.values, path, ""):
                targets = [one for one in self._targets[index].get(value, ()) if self._near(instance, one)]
                for one in targets:
                    reference = Reference(
                        address=one.address, type=one.type, attribute=_attribute(one, index, value), at=one.at
                    )
                    if len(targets) > 1:
                        reference["ambiguous"] = True
                    if reference not in found.setdefault(plain, []):
                        found[plain].append(reference)
        return found

    def _index(self, index: int, rule: Rule, members: list[Instance]) -> None:
        for one in members:
            for value in {one.values.get(attribute) for attribute in rule.attributes if _is_name(one, attribute)}:
                self._targets[index].setdefault(str(value), []).append(one)

    def _of_type(self, type_: str) -> list[tuple[_Path, int]]:
        if type_ not in self._by_type:
            self._by_type[type_] = [(path, index) for source, path, index in self._rules if source.fullmatch(type_)]
        return self._by_type[type_]

    def _near(self, instance: Instance, target: Instance) -> bool:
        if target is instance:
            return False
        here, there = self._regions.get(id(instance)), self._regions.get(id(target))
        return here is None or there is None or here == there


def joined(configured: References, by_value: References) -> References:
    """Both together. A value that names exactly one instance decides between ambiguous configured references."""
    result = dict(configured)
    for path, named in by_value.items():
        there = result.get(path, [])
        certain = {one["address"] for one in there if "at" in one and not one.get("ambiguous")}
        exact = {one["type"] for one in named if not one.get("ambiguous")}
        kept = [one for one in there if not (one.get("ambiguous") and one["type"] in exact)]
        types = {one["type"] for one in kept if "at" in one}
        added = [one for one in named if one["address"] not in certain and one["type"] not in types]
        result[path] = kept + added
    return result


def _compiled(path: str) -> _Path:
    return tuple(step if step.isidentifier() else re.compile(step) for step in path.split("."))


def _read(value: Any, path: _Path, plain: str) -> Iterator[tuple[str, str]]:
    """Every non-empty text at `path`, through lists, with the path at which it stands (without indexes)."""
    if isinstance(value, list):
        for one in value:
            yield from _read(one, path, plain)
    elif not path:
        if isinstance(value, str) and value:
            yield plain, value
    elif isinstance(value, dict):
        step = path[0]
        names = [step] if isinstance(step, str) else [name for name in value if step.fullmatch(name)]
        for name in names:
            yield from _read(value.get(name), path[1:], f"{plain}.{name}" if plain else name)


def _is_name(instance: Instance, attribute: str) -> bool:
    value = instance.values.get(attribute)
    return isinstance(value, str) and bool(value)


def _attribute(instance: Instance, index: int, value: str) -> str:
    return next(name for name in RULES[index].attributes if instance.values.get(name) == value)
