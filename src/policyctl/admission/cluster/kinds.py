"""Which objects are watched: those that the collector relates pods to."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.admission.break_glass import SELECTOR


@dataclass(frozen=True, slots=True)
class Watched:
    """One kind of objects. `optional`: of an extension that a cluster need not have. `namespace`, `label`: only those in and with it."""

    group: str
    version: str
    plural: str
    kind: str
    optional: bool = False
    namespace: str = ""
    label: str = ""

    @property
    def path(self) -> str:
        """Where the API server lists it."""
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        return f"{root}/namespaces/{self.namespace}/{self.plural}" if self.namespace else f"{root}/{self.plural}"

    @property
    def api_version(self) -> str:
        """As objects say it. A list leaves it out of its items."""
        return f"{self.group}/{self.version}" if self.group else self.version


WATCHED = (
    Watched("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy"),
    Watched("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
    Watched("", "v1", "serviceaccounts", "ServiceAccount"),
    Watched("", "v1", "services", "Service"),
    Watched("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
    Watched("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding"),
    Watched("rbac.authorization.k8s.io", "v1", "roles", "Role"),
    Watched("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole"),
    Watched("monitoring.coreos.com", "v1", "podmonitors", "PodMonitor", optional=True),
    Watched("monitoring.coreos.com", "v1", "servicemonitors", "ServiceMonitor", optional=True),
    Watched("trustyai.opendatahub.io", "v1alpha1", "trustyaiservices", "TrustyAIService", optional=True),
)

CONFIG_MAP = "ConfigMap"


def break_glasses(namespace: str) -> Watched:
    """The ConfigMaps of policyctl's own namespace that are break-glasses."""
    return Watched("", "v1", "configmaps", CONFIG_MAP, namespace=namespace, label=SELECTOR)
