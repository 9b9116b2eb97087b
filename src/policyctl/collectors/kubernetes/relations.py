"""What the objects of one run say of each other: policies, accounts, budgets, bindings and monitors, found by name and
selector.

An object without a namespace goes where the command that applies it says. Two such objects are taken to go to the same
place; one with and one without are not taken to meet, so nothing is called isolated on a guess. For role bindings,
where a missed one would look good, the doubt is written down instead (`certain`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from policyctl.collectors.kubernetes.fields import Fields
from policyctl.collectors.kubernetes.selectors import selects
from policyctl.collectors.limits import Limits
from policyctl.model.facts.kubernetes import (
    Monitor,
    NetworkPolicyRelation,
    Pod,
    Relations,
    RoleBindingRelation,
)

Direction = Literal["Ingress", "Egress"]

_WANTED = {
    ("networking.k8s.io", "NetworkPolicy"),
    ("policy", "PodDisruptionBudget"),
    ("", "ServiceAccount"),
    ("", "Service"),
    ("rbac.authorization.k8s.io", "RoleBinding"),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ("rbac.authorization.k8s.io", "Role"),
    ("rbac.authorization.k8s.io", "ClusterRole"),
    ("monitoring.coreos.com", "PodMonitor"),
    ("monitoring.coreos.com", "ServiceMonitor"),
    ("trustyai.opendatahub.io", "TrustyAIService"),
}
_HIDES = ("relations",)
_ALL_ACCOUNTS = ("system:serviceaccounts", "system:authenticated")
_CHEAP, _DEAR = 3, 4
"""Comparing names costs a third of comparing labels; what is found is written, sent and read, which costs four times as much."""
_ANYWHERE = ("0.0.0.0/0", "::/0")


@dataclass(frozen=True, slots=True)
class Known:
    """One object of the run that others may be related to."""

    namespace: str | None
    name: str
    version: str
    value: Mapping[str, Any]

    @property
    def spec(self) -> Mapping[str, Any]:
        """Its spec; empty when it has none that is a mapping."""
        spec = self.value.get("spec")
        return spec if isinstance(spec, dict) else {}


class TooManyRelations(Exception):
    """The objects of a run were held against each other so often that it would take too long."""


@dataclass(slots=True)
class Run:
    """The objects of one run, by kind, and by kind and namespace. `compared` is how many were held against a pod so far."""

    count: int = 0
    compared: int = 0
    kinds: defaultdict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    near: defaultdict[tuple[str, str | None], list[Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, group: str, kind: str, known: Known) -> None:
        """Take an object into the run."""
        self.count += 1
        if (group, kind) in _WANTED:
            self.kinds[kind].append(known)
            self.near[kind, known.namespace].append(known)

    def compare(self, number: int) -> None:
        """Count what is about to be looked at. Raises TooManyRelations beyond the limit, from then on each time."""
        self.compared += number
        if self.compared > Limits.RELATED:
            raise TooManyRelations


def relate(run: Run, namespace: str | None, pods: Sequence[Pod], fields: Fields) -> Relations:
    """The relations of an object's pods. A malformed object that might be related is a gap. Raises TooManyRelations."""
    found: Relations = {}
    if not pods:
        return found
    if "NetworkPolicy" in run.kinds:
        found["network_policies"] = [
            _policy(policy, index)
            for policy in _near(run, "NetworkPolicy", namespace, pods)
            for index, pod in enumerate(pods)
            if _selected(policy, _selector(policy, "podSelector"), pod, fields)
        ]
    if "PodDisruptionBudget" in run.kinds:
        found["disruption_budgets"] = [
            {"name": budget.name, "pod": index}
            for budget in _near(run, "PodDisruptionBudget", namespace, pods)
            for index, pod in enumerate(pods)
            if _budgeted(budget, pod, fields)
        ]
    if "ServiceAccount" in run.kinds:
        found["service_accounts"] = []
        for account in _near(run, "ServiceAccount", namespace, pods):
            automount = fields.flag(
                account.value, "automountServiceAccountToken", ("ServiceAccount", account.name), _HIDES
            )
            for index, pod in enumerate(pods):
                if pod.get("service_account", "default") == account.name:
                    found["service_accounts"].append({"name": account.name, "pod": index})
                    if automount is not None:
                        found["service_accounts"][-1]["automount"] = automount
    run.compare(_DEAR * sum(map(len, (found.get("network_policies", ()), found.get("disruption_budgets", ())))))
    if "RoleBinding" in run.kinds or "ClusterRoleBinding" in run.kinds:
        found["role_bindings"] = [
            relation for index, pod in enumerate(pods) for relation in _bindings(run, namespace, pod, index, fields)
        ]
    return found


def watchers(run: Run, namespace: str | None, pods: Sequence[Pod], fields: Fields) -> Iterator[Monitor]:
    """The monitors among the run's objects that watch these pods. Raises TooManyRelations."""
    for monitor in _near(run, "PodMonitor", namespace, pods):
        if any(_selected(monitor, _selector(monitor, "selector"), pod, fields) for pod in pods):
            yield {"source": "service_monitor", "name": f"PodMonitor/{monitor.name}"}
    services = [
        service
        for service in _near(run, "Service", namespace, pods)
        if isinstance(wanted := service.spec.get("selector"), dict)
        and wanted
        and any(all(_labels(pod).get(key) == value for key, value in wanted.items()) for pod in pods)
    ]
    for monitor in _near(run, "ServiceMonitor", namespace, pods):
        run.compare(len(services))
        for service in services:
            metadata = service.value.get("metadata")
            labels = metadata.get("labels") if isinstance(metadata, dict) else None
            selector = _selector(monitor, "selector")
            if isinstance(selector, dict) and selects(selector, labels if isinstance(labels, dict) else {}):
                yield {"source": "service_monitor", "name": f"ServiceMonitor/{monitor.name}"}
                break
    for service in _near(run, "TrustyAIService", namespace, pods) if pods else ():
        yield {"source": "trustyai", "name": service.name}


def _near(run: Run, kind: str, namespace: str | None, pods: Sequence[Pod]) -> list[Known]:
    near = run.near.get((kind, namespace), [])
    run.compare(len(near) * len(pods))
    return near


def _selector(known: Known, key: str) -> Any:
    """The selector of a policy or monitor; an absent one selects everything, as the API server reads it."""
    selector = known.spec.get(key)
    return {} if selector is None else selector


def _labels(pod: Pod) -> dict[str, str]:
    return {**pod["controller_labels"], **pod["labels"]}


def _selected(known: Known, selector: Any, pod: Pod, fields: Fields) -> bool:
    readable = isinstance(known.value.get("spec"), dict) and isinstance(selector, dict)
    answer = selects(selector, _labels(pod)) if readable else None
    if answer is None:
        fields.gap(f"{known.name} of the same run has a malformed selector", _HIDES)
    return answer is True


def _policy(policy: Known, pod: int) -> NetworkPolicyRelation:
    spec = policy.spec
    written = spec.get("policyTypes")
    directions: tuple[tuple[Direction, str], ...] = (("Ingress", "ingress"), ("Egress", "egress"))
    if isinstance(written, list) and written:
        types = [direction for direction, _ in directions if direction in written]
    else:
        types = [direction for direction, key in directions if direction == "Ingress" or spec.get(key)]
    return {
        "name": policy.name,
        "pod": pod,
        "types": types,
        "unrestricted": [
            direction for direction, key in directions if direction in types and _open(spec.get(key), key)
        ],
    }


def _open(rules: Any, key: str) -> bool:
    """Whether one of the rules lets everything through: no peers and no ports, or every address."""
    peers = "from" if key == "ingress" else "to"
    for rule in rules if isinstance(rules, list) else ():
        if not isinstance(rule, dict) or rule.get("ports"):
            continue
        listed = rule.get(peers)
        if not listed:
            return True
        blocks = [peer.get("ipBlock") for peer in listed if isinstance(peer, dict)] if isinstance(listed, list) else []
        if any(
            isinstance(block, dict) and block.get("cidr") in _ANYWHERE and not block.get("except") for block in blocks
        ):
            return True
    return False


def _budgeted(budget: Known, pod: Pod, fields: Fields) -> bool:
    """An empty selector selects everything since policy/v1, nothing before; an absent one selects nothing."""
    selector = budget.spec.get("selector")
    if selector is None or (selector == {} and budget.version == "policy/v1beta1"):
        return False
    return _selected(budget, selector, pod, fields)


def _bindings(run: Run, namespace: str | None, pod: Pod, index: int, fields: Fields) -> Iterator[RoleBindingRelation]:
    account = pod.get("service_account", "default")
    kinds: tuple[Literal["RoleBinding", "ClusterRoleBinding"], ...] = ("RoleBinding", "ClusterRoleBinding")
    for kind in kinds:
        run.compare(len(run.kinds.get(kind, ())) // _CHEAP)
        for binding in run.kinds.get(kind, ()):
            reference, subjects = binding.value.get("roleRef"), binding.value.get("subjects")
            subjects = [] if subjects is None else subjects
            run.compare(len(subjects) // _CHEAP if isinstance(subjects, list) else 0)
            if not isinstance(reference, dict) or not isinstance(subjects, list):
                fields.gap(f"{kind} {binding.name} of the same run is malformed", _HIDES)
                continue
            answers = [_names(subject, account, namespace, binding.namespace) for subject in subjects]
            if not any(answers):
                continue
            relation: RoleBindingRelation = {
                "name": binding.name,
                "kind": kind,
                "pod": index,
                "service_account": account,
                "role": str(reference.get("name", "")),
                "role_kind": str(reference.get("kind", "")),
                "certain": "yes" in answers,
            }
            if (wildcards := _wildcards(run, relation["role_kind"], relation["role"], binding.namespace)) is not None:
                relation["wildcards"] = wildcards
            yield relation


def _names(subject: Any, account: str, namespace: str | None, beside: str | None) -> Literal["yes", "maybe", ""]:
    """Whether a binding's subject is this account, directly or as one of a group of accounts."""
    if not isinstance(subject, dict):
        return "maybe"
    name, kind = subject.get("name"), subject.get("kind")
    if kind == "Group":
        if name in _ALL_ACCOUNTS:
            return "yes"
        head, _, of = str(name).rpartition(":")
        return _same(of, namespace) if head == "system:serviceaccounts" else ""
    if kind == "User":
        head, _, last = str(name).rpartition(":")
        parts = head.split(":")
        return (
            _same(parts[2], namespace)
            if parts[:2] == ["system", "serviceaccount"] and len(parts) == 3 and last == account
            else ""
        )
    return _same(subject.get("namespace") or beside, namespace) if name == account else ""


def _same(left: str | None, right: str | None) -> Literal["yes", "maybe", ""]:
    if left == right:
        return "yes"
    return "maybe" if left is None or right is None else ""


def _wildcards(run: Run, kind: str, name: str, namespace: str | None) -> list[str] | None:
    if kind == "ClusterRole" and name == "cluster-admin":
        return ["apiGroups", "nonResourceURLs", "resources", "verbs"]
    run.compare(len(run.kinds.get(kind, ())) // _CHEAP)
    roles = [
        role
        for role in run.kinds.get(kind, ())
        if role.name == name and (kind == "ClusterRole" or role.namespace == namespace)
    ]
    if not roles or any(role.value.get("aggregationRule") for role in roles):
        return None
    found: set[str] = set()
    for role in roles:
        rules = [] if role.value.get("rules") is None else role.value["rules"]
        if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            return None
        for rule in rules:
            found.update(key for key, value in rule.items() if isinstance(value, list) and "*" in value)
    return sorted(found)
