"""References by value: two ends that the configuration does not join, but whose known names are the same.

Only for attributes that say what they name, only exact, known and non-empty text, only within one provider and, where
both are known, one region. One match is a reference; several are ambiguous ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from policyctl.collectors.terraform.changes import Instance
from policyctl.model.facts.terraform import Reference


class Rule(NamedTuple):
    """Resources of a type `source` name, at `path`, a resource of a type `target` by one of its `attributes`.

    In `source`, `target` and each step of `path` a "*" stands for any letters. (No regular expressions: compiling these takes
    longer than all else that is done with a small plan.)
    """

    source: str
    path: str
    target: str
    attributes: tuple[str, ...]


_NAME = ("name", "id")
_LOGGING = "aws_bedrock_model_invocation_logging_configuration"
_VARIANTS = "aws_sagemaker_endpoint_configuration"

RULES = (
    Rule("aws_s3_bucket_*", "bucket", "aws_s3_bucket", ("bucket", "id")),
    Rule("aws_sagemaker_endpoint", "endpoint_config_name", "aws_sagemaker_endpoint_configuration", _NAME),
    Rule(_VARIANTS, "*production_variants.model_name", "aws_sagemaker_model", _NAME),
    Rule(
        "aws_sagemaker_monitoring_schedule",
        "monitoring_schedule_config.monitoring_job_definition_name",
        "aws_sagemaker_*_job_definition",
        _NAME,
    ),
    Rule(
        "aws_sagemaker_*_job_definition",
        "*_job_input.endpoint_input.endpoint_name",
        "aws_sagemaker_endpoint",
        _NAME,
    ),
    Rule(
        "aws_sagemaker_model_package_group_policy",
        "model_package_group_name",
        "aws_sagemaker_model_package_group",
        ("model_package_group_name", "id"),
    ),
    Rule("aws_sagemaker_*", "domain_id", "aws_sagemaker_domain", ("id",)),
    Rule("aws_cloudwatch_metric_alarm", "dimensions.Endpoint", "aws_sagemaker_endpoint", _NAME),
    Rule("aws_cloudwatch_metric_alarm", "dimensions.EndpointName", "aws_sagemaker_endpoint", _NAME),
    Rule(_LOGGING, "logging_config.s3_config.bucket_name", "aws_s3_bucket", ("bucket", "id")),
    Rule(_LOGGING, "logging_config.cloudwatch_config.log_group_name", "aws_cloudwatch_log_group", _NAME),
    Rule("aws_bedrockagent_agent_*", "agent_id", "aws_bedrockagent_agent", ("agent_id", "id")),
    Rule(
        "aws_bedrockagent_agent",
        "guardrail_configuration.guardrail_identifier",
        "aws_bedrock_guardrail",
        ("guardrail_id", "guardrail_arn"),
    ),
    Rule(
        "aws_bedrockagent_agent_action_group",
        "action_group_executor.lambda",
        "aws_lambda_function",
        ("arn", "qualified_arn"),
    ),
    Rule("aws_bedrockagent_agent_action_group", "action_group_executor.lambda", "aws_lambda_alias", ("arn",)),
    Rule("aws_iam_*", "role", "aws_iam_role", _NAME),
    Rule("aws_*", "*role_arn", "aws_iam_role", ("arn",)),
    Rule("aws_ecr_*", "repository", "aws_ecr_repository", _NAME),
    Rule("aws_eks_*", "cluster_name", "aws_eks_cluster", _NAME),
    Rule("aws_*", "*key*", "aws_kms_key", ("arn", "key_id", "id")),
    Rule("aws_*", "*key*", "aws_kms_alias", ("arn", "name")),
    Rule(_VARIANTS, "data_capture_config.kms_key_id", "aws_kms_key", ("arn", "key_id", "id")),
    Rule(
        "aws_s3_bucket_server_side_encryption_configuration",
        "rule.apply_server_side_encryption_by_default.kms_master_key_id",
        "aws_kms_key",
        ("arn", "key_id", "id"),
    ),
    Rule("azurerm_*", "*_id", "azurerm_*", ("id",)),
    Rule("azurerm_*", "resource_group_name", "azurerm_resource_group", ("name",)),
    Rule("azurerm_*", "storage_account_name", "azurerm_storage_account", ("name",)),
    Rule("azurerm_*", "virtual_network_name", "azurerm_virtual_network", ("name",)),
    Rule("google_storage_bucket_*", "bucket", "google_storage_bucket", _NAME),
    Rule("google_*", "network", "google_compute_network", ("name", "id", "self_link")),
    Rule("google_*", "subnetwork", "google_compute_subnetwork", ("name", "id", "self_link")),
    Rule("google_container_node_pool", "cluster", "google_container_cluster", _NAME),
    Rule("google_bigquery_*", "dataset_id", "google_bigquery_dataset", ("dataset_id", "id")),
    Rule("google_artifact_*", "repository", "google_artifact_registry_repository", ("repository_id", "id")),
    Rule("google_vertex_ai_*", "featurestore", "google_vertex_ai_featurestore", _NAME),
    Rule("google_vertex_ai_*", "index_endpoint", "google_vertex_ai_index_endpoint", _NAME),
    Rule("google_vertex_ai_*", "endpoint", "google_vertex_ai_endpoint", _NAME),
    Rule("google_*", "*kms_key*", "google_kms_crypto_key", ("id",)),
)

_CROWD = 100
"""Where more instances than this bear one name, naming each from each would take the square of their number."""

References = dict[str, list[Reference]]
_Path = tuple[str, ...]


class Names:
    """Finds what known values name. Regions are those of the facts, by position of the instance in the list given."""

    def __init__(self, instances: Sequence[Instance], regions: Sequence[str | None]) -> None:
        self._regions = {id(one): region for one, region in zip(instances, regions, strict=True)}
        self._by_type: dict[str, list[tuple[_Path, int]]] = {}
        self._targets: list[dict[str, list[Instance]]] = [{} for _ in RULES]
        planned = [one for one in instances if one.mode == "managed" and not one.gone and not one.deposed]
        types: dict[str, list[Instance]] = {}
        for one in planned:
            types.setdefault(one.type, []).append(one)
        for index, rule in enumerate(RULES):
            for type_, members in types.items():
                if _matches(rule.target, type_):
                    self._index(index, rule, members)

    def references(self, instance: Instance) -> tuple[References, list[str]]:
        """What the instance names by value, by attribute path without indexes; and the paths whose value so many bear that it
        tells nothing.
        """
        found: References = {}
        crowded: list[str] = []
        for path, index in self._of_type(instance.type):
            for plain, value in _read(instance.values, path, ""):
                bearers = self._targets[index].get(value, ())
                if len(bearers) > _CROWD:
                    crowded.append(plain)
                    continue
                targets = [one for one in bearers if self._near(instance, one)]
                for one in targets:
                    reference = Reference(
                        address=one.address, type=one.type, attribute=_attribute(one, index, value), at=one.at
                    )
                    if len(targets) > 1:
                        reference["ambiguous"] = True
                    if reference not in found.setdefault(plain, []):
                        found[plain].append(reference)
        return {path: named for path, named in found.items() if path not in crowded}, crowded

    def _index(self, index: int, rule: Rule, members: list[Instance]) -> None:
        for one in members:
            for value in {one.values.get(attribute) for attribute in rule.attributes if _is_name(one, attribute)}:
                self._targets[index].setdefault(str(value), []).append(one)

    def _of_type(self, type_: str) -> list[tuple[_Path, int]]:
        if type_ not in self._by_type:
            self._by_type[type_] = [
                (tuple(rule.path.split(".")), index)
                for index, rule in enumerate(RULES)
                if self._targets[index] and _matches(rule.source, type_)
            ]
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


def _matches(pattern: str, word: str) -> bool:
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == word
    if not word.startswith(first) or not word.endswith(rest[-1]) or len(word) < len(first) + len(rest[-1]):
        return False
    at = len(first)
    for part in rest[:-1]:
        at = word.find(part, at, len(word) - len(rest[-1]))
        if at < 0:
            return False
        at += len(part)
    return True


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
        names = [name for name in value if _matches(step, name)] if "*" in step else [step]
        for name in names:
            yield from _read(value.get(name), path[1:], f"{plain}.{name}" if plain else name)


def _is_name(instance: Instance, attribute: str) -> bool:
    value = instance.values.get(attribute)
    return isinstance(value, str) and bool(value)


def _attribute(instance: Instance, index: int, value: str) -> str:
    return next(name for name in RULES[index].attributes if instance.values.get(name) == value)
