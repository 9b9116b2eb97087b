"""Facts of one Kubernetes object: the object itself, the pods and containers inside it, and its relations."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Image(TypedDict):
    """An image reference taken apart. `digest` as "sha256:…"; absent parts are absent."""

    reference: str
    registry: NotRequired[str]
    repository: str
    tag: NotRequired[str]
    digest: NotRequired[str]


class EnvVar(TypedDict):
    """One environment variable. `source` is "literal" when the value stands in the manifest (then `value`, unless masked)."""

    name: str
    path: list[str | int]
    source: Literal["literal", "secret", "config_map", "field", "empty"]
    value: NotRequired[str]
    secret_like: bool


class Quantities(TypedDict):
    """Resource quantities: `cpu` in millicores, `memory` in bytes, `accelerators` the sum of GPU/TPU/NPU devices."""

    cpu: NotRequired[int]
    memory: NotRequired[int]
    accelerators: NotRequired[int]


class SecurityContext(TypedDict):
    """The fields of a pod's or container's securityContext that the restricted pod security standard asks about, as written."""

    privileged: NotRequired[bool]
    allow_privilege_escalation: NotRequired[bool]
    run_as_non_root: NotRequired[bool]
    run_as_user: NotRequired[int]
    read_only_root_filesystem: NotRequired[bool]
    seccomp_profile: NotRequired[str]
    capabilities_add: NotRequired[list[str]]
    capabilities_drop: NotRequired[list[str]]


class Container(TypedDict):
    """One container. `path` is where it stands in the object; `pod` the index of its pod in `facts.pods`.

    `id` names it for people: "<pod path>/<container name>". `arguments` is command and args together, as written.
    """

    id: str
    path: list[str | int]
    pod: int
    role: Literal["container", "init", "ephemeral"]
    name: str
    image: NotRequired[Image]
    arguments: list[str]
    env: list[EnvVar]
    env_from_secrets: bool
    limits: Quantities
    requests: Quantities
    security_context: SecurityContext
    probes: list[Literal["liveness", "readiness", "startup"]]


class Volume(TypedDict):
    """A pod volume: its name, its source's type ("hostPath", "secret", "emptyDir" …) and, for hostPath, the path."""

    name: str
    source: str
    host_path: NotRequired[str]


class Pod(TypedDict):
    """A pod spec inside the object. `path` is where it stands; `labels` are those of its template."""

    path: list[str | int]
    labels: dict[str, str]
    service_account: NotRequired[str]
    automount_token: NotRequired[bool]
    host_network: bool
    host_pid: bool
    host_ipc: bool
    security_context: SecurityContext
    volumes: list[Volume]


class ModelSource(TypedDict):
    """Where a workload takes a model from: a URI or hub id, and whether it names one exact version or digest.

    `pinned` is "digest", "version" (a commit, an immutable-looking version), "floating" (latest, main, a branch) or "none" (no
    version given at all). `path` is where it stands.
    """

    path: list[str | int]
    uri: str
    scheme: str
    pinned: Literal["digest", "version", "floating", "none"]


class Relations(TypedDict):
    """What the other objects of the same run say of this one. Names only; absent means that no object of that kind was seen."""

    network_policies: NotRequired[list[str]]
    service_account_automount: NotRequired[bool]
    disruption_budgets: NotRequired[list[str]]
    role_bindings: NotRequired[list[str]]


class KubernetesFacts(TypedDict):
    """`input.facts` of a document of kind kubernetes_object. `id` is "<Kind>/<namespace>/<name>" ("-" for no namespace)."""

    id: str
    api_version: str
    kind: str
    name: str
    namespace: NotRequired[str]
    labels: dict[str, str]
    annotations: dict[str, str]
    ai_workload: bool
    ai_reasons: list[str]
    serving: bool
    object: dict[str, Any]
    pods: list[Pod]
    containers: list[Container]
    models: list[ModelSource]
    relations: Relations
    objects_in_run: int
