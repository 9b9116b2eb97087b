"""Resources that pass on a description written in another system's words: a manifest, a template, a chart, another cloud API's type.

A plan shows that such a resource is created, and at most what kind of thing it is; no attribute of it has the name that the typed
resource's has. Types are told by their provider's prefix, because these providers have one for nearly every type of the API behind them.

Sources: the documentation of the providers in the Terraform registry: hashicorp/aws 5.100, hashicorp/awscc 1, azure/azapi 2,
hashicorp/azurerm 4, hashicorp/google 6, hashicorp/kubernetes 2, hashicorp/helm 2 and 3, gavinbunney/kubectl 1,
kbst/kustomization 0.9, databricks/databricks 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.model.facts.terraform import Carrier, CarrierForm, Resource

_TYPES: Mapping[str, CarrierForm] = {
    "argocd_application": "kubernetes",
    "aws_cloudcontrolapi_resource": "aws_api",
    "aws_cloudformation_stack": "template",
    "aws_cloudformation_stack_instances": "template",
    "aws_cloudformation_stack_set": "template",
    "aws_cloudformation_stack_set_instance": "template",
    "aws_serverlessapplicationrepository_cloudformation_stack": "template",
    "aws_servicecatalog_provisioned_product": "template",
    "azurerm_arc_kubernetes_flux_configuration": "kubernetes",
    "azurerm_kubernetes_flux_configuration": "kubernetes",
    "azurerm_management_group_template_deployment": "template",
    "azurerm_resource_group_template_deployment": "template",
    "azurerm_subscription_template_deployment": "template",
    "azurerm_template_deployment": "template",
    "azurerm_tenant_template_deployment": "template",
    "databricks_model_serving": "unread",
    "databricks_model_serving_provisioned_throughput": "unread",
    "google_deployment_manager_deployment": "template",
}
_PREFIXES: Mapping[str, CarrierForm] = {
    "awscc_": "aws_api",
    "azapi_": "azure_api",
    "helm_": "helm",
    "kubectl_": "kubernetes",
    "kubernetes_": "kubernetes",
    "kustomization_": "kubernetes",
}
_KIND: Mapping[str, str] = {
    "aws_cloudcontrolapi_resource": "type_name",
    "azapi_data_plane_resource": "type",
    "azapi_resource": "type",
    "azapi_resource_action": "type",
    "azapi_update_resource": "type",
}
"""The attribute that says what kind of thing a resource carries. A manifest's kind says little: anybody may define a Service."""
_TYPED = ("awscc_", "kubernetes_")
"""Providers whose own types say it."""


def carrier(resource: Resource) -> Carrier | None:
    """What a planned resource passes on; None if it is gone, read only, or one whose attributes say what it is."""
    form = _form(resource["type"])
    if form is None or resource["mode"] == "data" or resource["action"] in {"delete", "forget"}:
        return None
    found = Carrier(address=resource["address"], form=form)
    if holds := _holds(resource):
        found["holds"] = holds
    return found


def hidden(type_: object) -> list[list[str]]:
    """The fact paths that a resource which cannot be read hides; all resources, where not even its type can be told."""
    if not isinstance(type_, str):
        return [["facts", "resources"], ["facts", "carriers"]]
    resources = ["facts", "resources", type_]
    return [resources, ["facts", "carriers"]] if _form(type_) else [resources]


def _form(type_: str) -> CarrierForm | None:
    return _TYPES.get(type_) or next((form for prefix, form in _PREFIXES.items() if type_.startswith(prefix)), None)


def _holds(resource: Resource) -> str:
    type_ = resource["type"]
    if attribute := _KIND.get(type_):
        value = resource["values"].get(attribute)
        return value if isinstance(value, str) else ""
    prefix = next((one for one in _TYPED if type_.startswith(one) and type_ != "kubernetes_manifest"), None)
    return type_.removeprefix(prefix) if prefix else ""
