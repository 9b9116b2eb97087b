"""Facts of a Terraform plan (`terraform show -json`, format 1.x and 0.x)."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

Action = Literal["create", "update", "replace", "delete", "read", "no-op", "forget"]
CarrierForm = Literal["aws_api", "azure_api", "template", "kubernetes", "helm", "unread"]


class Reference(TypedDict):
    """One source of a configured value, resolved through modules, locals left opaque.

    `address` is absolute, in the same module instance ("module.a[0].aws_kms_key.ml"), or the configuration's own word where it
    cannot be resolved ("local.key", "var.key", "each.value"): then `type` is empty. `attribute` is what is read ("arn"), or empty.
    `at` is the resource's position in `facts.resources[type]`; absent when the plan does not hold it. `ambiguous` when it is one of
    several instances and the plan does not tell which.
    """

    address: str
    type: str
    attribute: str
    at: NotRequired[int]
    ambiguous: NotRequired[bool]


class Referrer(TypedDict):
    """A resource whose attribute `path` (without indexes) names this one."""

    address: str
    type: str
    at: int
    path: str
    ambiguous: NotRequired[bool]


class Resource(TypedDict):
    """One resource instance as planned. Paths are dotted, with list indexes ("kms.0.key_arn"); those of `references` have none.

    `unknown`: a configured expression will give the value after apply. `computed`: only the provider may set it. `masked`: the
    value is sensitive and was emptied. A path may name a whole block: everything below it shares its state.
    `opaque`: block names that a dynamic block makes, whose expressions the plan does not hold.
    """

    address: str
    type: str
    name: str
    mode: Literal["managed", "data"]
    module: str
    provider: str
    region: NotRequired[str]
    action: Action
    reason: NotRequired[str]
    values: dict[str, Any]
    unknown: list[str]
    computed: list[str]
    masked: list[str]
    references: dict[str, list[Reference]]
    opaque: list[str]


class Carrier(TypedDict):
    """A planned resource that passes on a description in another system's words, whose content no typed attribute shows.

    `form` says in whose words; `holds` what kind of thing it is, as the plan writes it ("Microsoft.CognitiveServices/accounts@2024-10-01",
    "AWS::SageMaker::Model", "sagemaker_model", "deployment_v1"). It is absent where the plan does not tell: templates, charts, text.
    """

    address: str
    form: CarrierForm
    holds: NotRequired[str]


class TerraformFacts(TypedDict):
    """`input.facts` of a document of kind terraform_plan. `referenced_by` is keyed by absolute resource address."""

    format_version: str
    terraform_version: str
    destroy_only: bool
    resources: dict[str, list[Resource]]
    referenced_by: dict[str, list[Referrer]]
    carriers: list[Carrier]
