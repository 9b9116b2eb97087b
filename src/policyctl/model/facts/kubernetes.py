"""Facts of one Kubernetes object: the object itself, the pods and containers inside it, and its relations.

Every `path` is absolute in the object (`facts.object`). What the object leaves out is absent; what could not be read is
absent too and hidden by a gap. Secret values are empty, and their paths stand in the document's `masked`.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict


class Image(TypedDict):
    """An image reference taken apart. `digest` as "sha256:…"; absent parts are absent.

    `registry` and `repository` are what the runtime pulls: "nginx" is repository "library/nginx" of registry
    "docker.io".
    """

    reference: str
    registry: NotRequired[str]
    repository: str
    tag: NotRequired[str]
    digest: NotRequired[str]


class EnvVar(TypedDict):
    """One environment variable.

    `source` is "literal" when the value stands in the manifest (then `value`, unless masked).

    "reference" is a value made of other variables of the container only, such as "$(TOKEN)". `secret_like` when the
    name or the shape of the value says that it is a credential, wherever it comes from.
    """

    name: str
    path: list[str | int]
    source: Literal["literal", "secret", "config_map", "field", "reference", "empty"]
    value: NotRequired[str]
    secret_like: bool


class Quantities(TypedDict):
    """Resource quantities: `cpu` in millicores, `memory` and `ephemeral_storage` in bytes, `accelerators` the sum of
    GPU/TPU/NPU devices.

    Rounded up, as Kubernetes does.
    """

    cpu: NotRequired[int]
    memory: NotRequired[int]
    ephemeral_storage: NotRequired[int]
    accelerators: NotRequired[int]


class SecurityContext(TypedDict):
    """The fields of a pod's or container's securityContext that the restricted pod security standard asks about, as
    written.

    `sysctls` are names; `se_linux_type`, `se_linux_user`, `se_linux_role` come from seLinuxOptions.
    """

    privileged: NotRequired[bool]
    allow_privilege_escalation: NotRequired[bool]
    run_as_non_root: NotRequired[bool]
    run_as_user: NotRequired[int]
    run_as_group: NotRequired[int]
    fs_group: NotRequired[int]
    read_only_root_filesystem: NotRequired[bool]
    seccomp_profile: NotRequired[str]
    app_armor_profile: NotRequired[str]
    proc_mount: NotRequired[str]
    host_process: NotRequired[bool]
    se_linux_type: NotRequired[str]
    se_linux_user: NotRequired[str]
    se_linux_role: NotRequired[str]
    sysctls: NotRequired[list[str]]
    capabilities_add: NotRequired[list[str]]
    capabilities_drop: NotRequired[list[str]]


class ArgumentSecret(TypedDict):
    """A literal credential in a container's command or args: where, and which option gives it ("" when only its shape
    tells).
    """

    path: list[str | int]
    option: str


class Program(TypedDict):
    """What is started somewhere: an image, a command line, variables, resources. `path` is where it stands in its source.

    `id` names it for people; `arguments` is command and args together, as written.
    """

    id: str
    path: list[str | int]
    name: str
    image: NotRequired[Image]
    arguments: list[str]
    arguments_secrets: list[ArgumentSecret]
    env: list[EnvVar]
    limits: Quantities
    requests: Quantities


class Container(Program):
    """One container. `pod` is the index of its pod in `facts.pods`; `id` is "<pod path>/<container name>".

    `image_source` is "manifest" when the object names the image, "runtime" when something else will (a serving runtime,
    an operator, a base configuration), "missing" when nothing can.
    """

    pod: int
    role: Literal["container", "init", "ephemeral"]
    image_source: Literal["manifest", "runtime", "missing"]
    env_from_secrets: bool
    env_from_config_maps: bool
    security_context: SecurityContext
    host_ports: list[int]
    probes: list[Literal["liveness", "readiness", "startup"]]


class Volume(TypedDict):
    """A pod volume: its name, its source's type ("hostPath", "secret", "emptyDir" …) and, for hostPath, the path.

    `token` when the volume projects a service account token.
    """

    name: str
    path: list[str | int]
    source: str
    host_path: NotRequired[str]
    token: NotRequired[bool]


class Pod(TypedDict):
    """A pod inside the object. `path` is where it stands; `labels` are those of its template.

    `controller_labels` are those that the object's controller is documented to add; network policies and budgets may
    select by them.
    """

    path: list[str | int]
    labels: dict[str, str]
    controller_labels: dict[str, str]
    service_account: NotRequired[str]
    automount_token: NotRequired[bool]
    host_network: bool
    host_pid: bool
    host_ipc: bool
    security_context: SecurityContext
    volumes: list[Volume]


class ModelSource(TypedDict):
    """Where a workload takes a model from: a URI or hub id, and whether it names one exact version or digest.

    `pinned` is "digest", "version" (a commit, an immutable-looking version), "floating" (latest, main, a branch, a
    provider's alias), "none" (no version given at all) or "unknown" (the name comes from elsewhere: a ConfigMap, a
    parameter). `scheme` is that of the URI, "hf" for a bare hub id, "file" for a path inside the container, "ollama",
    or a provider's name for a hosted model. `revision` is the version as written. `path` is where it stands.
    """

    path: list[str | int]
    uri: str
    scheme: str
    pinned: Literal["digest", "version", "floating", "none", "unknown"]
    revision: NotRequired[str]


class UnsafeLoading(TypedDict):
    """A switch that lets a model bring its own code ("remote_code") or be unpickled ("insecure_serialization").

    `container` is the index in `facts.containers`; absent when the switch stands outside a container. `option` is as
    written.
    """

    path: list[str | int]
    container: NotRequired[int]
    option: str
    risk: Literal["remote_code", "insecure_serialization"]


class LiteralSecret(TypedDict):
    """A credential that stands in the manifest as text, outside a Secret; `name` is that of its variable, option or key."""

    path: list[str | int]
    where: Literal["env", "argument", "config_map", "annotation", "field"]
    name: str


class RequestLogging(TypedDict):
    """A configured log of requests or responses.

    `mode` "all", "request" or "response"; `sink` where it goes, when the object says.
    """

    path: list[str | int]
    source: Literal["kserve", "seldon", "kafka", "server"]
    mode: str
    sink: NotRequired[str]


class Rollout(TypedDict):
    """Traffic split between versions. `percent` is the share of the new one; absent where the object leaves it open."""

    path: list[str | int]
    source: Literal["kserve", "seldon", "knative", "argo_rollout", "inference_graph", "shadow"]
    percent: NotRequired[int]


class Replacement(TypedDict):
    """How a new version of one part of the object takes the place of the earlier one.

    `strategy` as written or the kind's documented default ("RollingUpdate", "Recreate", "OnDelete", "canary" …,
    "revisions" where the platform keeps them). `old_kept`: something of the earlier version serves until the new one is
    ready. `way_back`: the cluster keeps earlier versions to return to. Absent where the object does not tell.
    """

    path: list[str | int]
    strategy: NotRequired[str]
    old_kept: NotRequired[bool]
    way_back: NotRequired[bool]


class Monitor(TypedDict):
    """Something that watches the model or its metrics: how we know, and the name of the object or annotation."""

    path: NotRequired[list[str | int]]
    source: Literal["detector", "scrape_annotation", "service_monitor", "trustyai"]
    name: str


class Explainer(TypedDict):
    """An explainer beside the model; `type` as written where it is ("alibi", "AnchorTabular" …)."""

    path: list[str | int]
    type: NotRequired[str]


class Inference(TypedDict):
    """What surrounds the serving of a model. `replacements` is empty for kinds that are not known to say it.

    `revision_history` is revisionHistoryLimit where the object sets it: 0 means no rollback.
    """

    request_logging: list[RequestLogging]
    rollouts: list[Rollout]
    replacements: list[Replacement]
    explainers: list[Explainer]
    monitors: list[Monitor]
    revision_history: NotRequired[int]


class NetworkPolicyRelation(TypedDict):
    """A NetworkPolicy that selects a pod.

    `types` are the directions that it governs, `unrestricted` those that it opens to everything.
    """

    name: str
    pod: int
    types: list[Literal["Ingress", "Egress"]]
    unrestricted: list[Literal["Ingress", "Egress"]]


class ServiceAccountRelation(TypedDict):
    """The ServiceAccount object of a pod, where the run has it; `automount` as it says."""

    name: str
    pod: int
    automount: NotRequired[bool]


class DisruptionBudgetRelation(TypedDict):
    """A PodDisruptionBudget that selects a pod."""

    name: str
    pod: int


class RoleBindingRelation(TypedDict):
    """A binding that gives a pod's service account a role.

    `wildcards` are the fields of the role's rules that hold "*" ("apiGroups", "resources", "verbs", "nonResourceURLs");
    absent when the role is not in the run. `certain` is false where one of the two leaves its namespace open.
    """

    name: str
    kind: Literal["RoleBinding", "ClusterRoleBinding"]
    pod: int
    service_account: str
    role: str
    role_kind: str
    wildcards: NotRequired[list[str]]
    certain: bool


class Relations(TypedDict):
    """What the other objects of the same run say of this one. Absent means that no object of that kind was seen."""

    network_policies: NotRequired[list[NetworkPolicyRelation]]
    service_accounts: NotRequired[list[ServiceAccountRelation]]
    disruption_budgets: NotRequired[list[DisruptionBudgetRelation]]
    role_bindings: NotRequired[list[RoleBindingRelation]]


class KubernetesFacts(TypedDict):
    """`input.facts` of a document of kind kubernetes_object.

    `id` is "<Kind>.<group, or the version of the core group>/<namespace>/<name>" ("-" for no namespace). A
    `generated_name` ends in "*", where the server will put its suffix. `ai_reasons` says why `ai_workload` is true;
    `serving` that it answers inference requests; `literal_secrets` is empty for Secret objects, whose purpose they are.
    """

    id: str
    api_version: str
    group: str
    kind: str
    name: str
    generated_name: bool
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
    unsafe_loading: list[UnsafeLoading]
    literal_secrets: list[LiteralSecret]
    inference: Inference
    relations: Relations
    objects_in_run: int
