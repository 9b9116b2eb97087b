"""Where absence is good: the few places at which taking the offending thing away, and nothing else, takes the offence away.

Wrong types and nesting are never excepted. What is said of a kind is said of all its controls.
"""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.model.document import Path


@dataclass(frozen=True, slots=True)
class Absence:
    """`about` is a control or a kind, `path` a path in the facts, or from "attested" on: "*" for any one step, "a|b" for one of several.

    `how` are the mutations that may do it, of those after which there is nothing left.
    """

    about: str
    path: str
    how: tuple[str, ...]
    reason: str

    def covers(self, path: Path, how: str) -> bool:
        """Whether exactly this is meant."""
        steps = self.path.split(".")
        return (
            how in self.how
            and len(steps) == len(path)
            and all(step == "*" or str(given) in step.split("|") for step, given in zip(steps, path, strict=True))
        )


REMOVED = ("removed",)
LIST = ("empty list",)

ABSENCE_IS_GOOD = (
    Absence(
        "terraform_plan", "resources", ("empty object",), "A plan without resources is a good plan: it builds nothing."
    ),
    Absence("terraform_plan", "resources.*", REMOVED + LIST, "A plan that holds no resource of a type builds none."),
    Absence("terraform_plan", "resources.*.*", REMOVED, "A resource that the plan does not hold is not built."),
    Absence("GOV-003", "carriers", LIST, "A plan in which nothing passes on what others describe."),
    Absence("GOV-003", "carriers.*", REMOVED, "A resource that the plan does not hold is not built."),
    Absence("kubernetes_object", "containers.*", REMOVED, "A container that the object does not hold does not run."),
    Absence(
        "EVA-002",
        "results.*",
        REMOVED,
        "What the card does not report is below nothing; EVA-001 asks that it reports enough.",
    ),
    Absence(
        "GOV-006", "classes.*", REMOVED, "A class that is not stated needs no reason; that one is stated is asked for."
    ),
    Absence("GOV-008", "attested", ("empty object",), "What nobody attests needs no evidence."),
    Absence("GOV-008", "attested.*", (*REMOVED, "empty object"), "What nobody attests needs no evidence."),
    Absence("GOV-008", "attested.*.*", REMOVED, "What nobody attests needs no evidence."),
    Absence(
        "GOV-008",
        "attested.*.*.evidence",
        LIST,
        "Evidence that is not named cannot change; that it is named, the attested control asks.",
    ),
    Absence("GOV-008", "attested.*.*.evidence.*", REMOVED, "Evidence that is not named cannot change."),
    Absence("SUP-005", "licence_statements", LIST, "What the card says nowhere else contradicts nothing."),
    Absence("SUP-005", "licence_statements.*", REMOVED, "What the card does not say contradicts nothing."),
    Absence(
        "OPS-002",
        "containers.*.requests.accelerators",
        REMOVED,
        "A container that asks for no accelerators needs no limit.",
    ),
    Absence(
        "SEC-004",
        "resources.*.*.values.managed_policy_arns",
        LIST,
        "A role without managed policies is granted nothing by them.",
    ),
    Absence(
        "SEC-004",
        "resources.*.*.values.managed_policy_arns.*",
        REMOVED,
        "A policy that is not attached grants nothing.",
    ),
    Absence(
        "SEC-008",
        "containers.*.security_context.app_armor_profile|host_process|privileged|proc_mount|run_as_user|se_linux_type",
        (*REMOVED, "empty text"),
        "What is not set is the platform's default: the runtime's AppArmor profile and SELinux type, /proc masked, no privileges, no "
        "process of the node, and the image's own user, whom runAsNonRoot keeps from being root. An empty SELinux type is none.",
    ),
    Absence(
        "SEC-008",
        "pods.*.security_context.seccomp_profile",
        REMOVED,
        "The pod that switches it off for all is at fault; without it each container answers for its own profile.",
    ),
    Absence(
        "SEC-008",
        "containers|pods.*.security_context.capabilities_add|sysctls",
        REMOVED + LIST,
        "Nothing is added and no kernel parameter set by default.",
    ),
    Absence(
        "SEC-008",
        "containers|pods.*.security_context.capabilities_add|sysctls.*",
        REMOVED,
        "What is not listed is not set.",
    ),
    Absence(
        "SEC-008",
        "containers|pods.*.host_ports|volumes",
        LIST,
        "The list of all: there is no port of the node, no volume.",
    ),
    Absence(
        "SEC-008",
        "containers|pods.*.host_ports|volumes.*",
        REMOVED,
        "A port or a volume that is not listed is not there.",
    ),
    Absence(
        "bom",
        "models|datasets",
        LIST,
        "A BOM that lists none is not about any; the collector passes over one that lists neither.",
    ),
    Absence("bom", "models|datasets.*", REMOVED, "What the BOM does not list is in nobody's BOM."),
    Absence("BOM-008", "defects", LIST, "All that is wrong with the references: there is nothing wrong."),
    Absence("SUP-004", "models.*", REMOVED, "A model that the object does not name is not loaded."),
    Absence("SEC-009", "containers.*.env", LIST, "A container without variables reads no credential from a ConfigMap."),
    Absence("SEC-009", "containers.*.env.*", REMOVED, "A variable that is not there holds no credential."),
    Absence(
        "SEC-011", "relations.network_policies.*.unrestricted", LIST, "A policy that opens no direction to everything."
    ),
    Absence(
        "SEC-011", "relations.network_policies.*.unrestricted.*", REMOVED, "A direction that is not listed is not open."
    ),
    Absence(
        "SEC-013", "host_access", LIST, "The list of all: a service that is given nothing of its host is kept apart."
    ),
    Absence("SEC-013", "host_access.*", REMOVED, "What a service is not given it does not have."),
    Absence("SEC-014", "ports", LIST, "The list of all: a service that publishes nothing is reached by no other host."),
    Absence("SEC-014", "ports.*", REMOVED, "A port that is not listed is not published."),
    Absence(
        "SUP-009", "downloads", LIST, "The list of all: a build that fetches nothing by URL has nothing to verify."
    ),
    Absence("SUP-009", "downloads.*", REMOVED, "What a build does not fetch does not become part of it."),
    Absence(
        "LOG-005", "log_driver", ("empty text",), "A file that names no driver leaves the engine's, which keeps logs."
    ),
)
