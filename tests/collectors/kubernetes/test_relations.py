from __future__ import annotations

import json

import pytest

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ml}
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: scorer
      containers: [{name: main, image: "app:1"}]
"""
ID = "Deployment.apps/ml/web"


def policy(spec: object, namespace: str = "ml") -> str:
    return f"""
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: isolate, namespace: {namespace}}}
spec: {json.dumps(spec)}
"""


def binding(subject: object, kind: str = "RoleBinding", role: str = "Role", namespace: str = "ml") -> str:
    return f"""
apiVersion: rbac.authorization.k8s.io/v1
kind: {kind}
metadata: {{name: bound, namespace: {namespace}}}
subjects: [{json.dumps(subject)}]
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {role}, name: r}}
"""


ROLE = """
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r, namespace: ml}
rules:
- {apiGroups: ["*"], resources: [pods], verbs: ["*"]}
"""
ACCOUNT = {"kind": "ServiceAccount", "name": "scorer", "namespace": "ml"}


def test_without_other_objects_nothing_is_said(subjects):
    assert subjects(WEB)[ID].facts["relations"] == {}


def test_an_empty_selector_selects_every_pod_of_its_namespace_across_files(subjects):
    facts = subjects(policy({"podSelector": {}}), WEB)[ID].facts

    assert facts["objects_in_run"] == 2
    assert facts["relations"]["network_policies"] == [
        {"name": "isolate", "pod": 0, "types": ["Ingress"], "unrestricted": []}
    ]


@pytest.mark.parametrize(
    "other",
    [
        policy({"podSelector": {}}, namespace="other"),
        policy({"podSelector": {"matchLabels": {"app": "api"}}}),
        policy({"podSelector": {}}).replace(", namespace: ml", ""),
    ],
)
def test_a_policy_that_does_not_select_the_pod_leaves_an_empty_list(subjects, other):
    assert subjects(WEB, other)[ID].facts["relations"]["network_policies"] == []


def test_objects_that_both_leave_the_namespace_open_meet(subjects):
    open_web, open_policy = (text.replace(", namespace: ml", "") for text in (WEB, policy({"podSelector": {}})))

    found = subjects(open_web, open_policy)["Deployment.apps/-/web"].facts["relations"]
    assert [each["name"] for each in found["network_policies"]] == ["isolate"]


@pytest.mark.parametrize(
    ("spec", "types", "unrestricted"),
    [
        ({}, ["Ingress"], []),
        ({"egress": [{"to": [{"podSelector": {}}]}]}, ["Ingress", "Egress"], []),
        ({"policyTypes": ["Egress"]}, ["Egress"], []),
        ({"policyTypes": ["Ingress", "Egress"], "ingress": [{}]}, ["Ingress", "Egress"], ["Ingress"]),
        ({"ingress": [{"from": []}]}, ["Ingress"], ["Ingress"]),
        ({"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]}, ["Ingress"], ["Ingress"]),
        ({"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]}]}, ["Ingress"], []),
        ({"ingress": [{"ports": [{"port": 80}]}]}, ["Ingress"], []),
        ({"policyTypes": ["Egress"], "ingress": [{}]}, ["Egress"], []),
    ],
)
def test_directions_of_a_policy(subjects, spec, types, unrestricted):
    (found,) = subjects(WEB, policy({"podSelector": {}, **spec}))[ID].facts["relations"]["network_policies"]

    assert (found["types"], found["unrestricted"]) == (types, unrestricted)


def test_a_policy_with_a_malformed_selector_isolates_nothing_and_is_a_gap(subjects, hidden):
    subject = subjects(WEB, policy({"podSelector": {"matchLabels": ["app"]}}))[ID]

    assert subject.facts["relations"]["network_policies"] == []
    assert "relations" in hidden(subject)


@pytest.mark.parametrize("spec", ["x", 3, [], None])
def test_a_policy_without_a_readable_spec_isolates_nothing_and_is_a_gap(subjects, hidden, spec):
    text = policy({}).replace("spec: {}", f"spec: {json.dumps(spec)}")
    subject = subjects(WEB, text)[ID]

    assert subject.facts["relations"]["network_policies"] == []
    assert "relations" in hidden(subject)


def test_a_policy_may_select_by_labels_that_the_controller_adds(subjects):
    service = """
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: iris, namespace: ml}
spec: {predictor: {sklearn: {storageUri: "s3://b/m"}}}
"""
    selector = {"podSelector": {"matchLabels": {"serving.kserve.io/inferenceservice": "iris"}}}
    facts = subjects(service, policy(selector))["InferenceService.serving.kserve.io/ml/iris"].facts

    assert len(facts["relations"]["network_policies"]) == 1


def test_the_account_of_a_pod_says_whether_it_mounts_its_token(subjects):
    account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: scorer, namespace: ml}\nautomountServiceAccountToken: false"

    assert subjects(WEB, account)[ID].facts["relations"]["service_accounts"] == [
        {"name": "scorer", "pod": 0, "automount": False}
    ]
    assert subjects(WEB, account.replace("scorer", "other"))[ID].facts["relations"]["service_accounts"] == []


def test_an_automount_that_is_text_is_a_gap(subjects, hidden):
    account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: scorer, namespace: ml}\nautomountServiceAccountToken: 'no'"

    assert "relations" in hidden(subjects(WEB, account)[ID])


@pytest.mark.parametrize(
    ("version", "selector", "selected"),
    [
        ("v1", {}, True),
        ("v1beta1", {}, False),
        ("v1", None, False),
        ("v1", {"matchLabels": {"app": "web"}}, True),
        ("v1", {"matchLabels": {"app": "api"}}, False),
    ],
)
def test_what_a_disruption_budget_selects(subjects, version, selector, selected):
    budget = f"""
apiVersion: policy/{version}
kind: PodDisruptionBudget
metadata: {{name: keep, namespace: ml}}
spec: {{minAvailable: 1, selector: {json.dumps(selector)}}}
"""
    found = subjects(WEB, budget)[ID].facts["relations"]["disruption_budgets"]
    assert found == ([{"name": "keep", "pod": 0}] if selected else [])


@pytest.mark.parametrize(
    ("subject", "certain"),
    [
        (ACCOUNT, True),
        ({"kind": "ServiceAccount", "name": "scorer"}, True),
        ({"kind": "Group", "name": "system:serviceaccounts"}, True),
        ({"kind": "Group", "name": "system:authenticated"}, True),
        ({"kind": "Group", "name": "system:serviceaccounts:ml"}, True),
        ({"kind": "User", "name": "system:serviceaccount:ml:scorer"}, True),
    ],
)
def test_a_binding_reaches_an_account_by_name_and_by_group(subjects, subject, certain):
    (found,) = subjects(WEB, binding(subject), ROLE)[ID].facts["relations"]["role_bindings"]

    assert found["certain"] is certain
    assert found["wildcards"] == ["apiGroups", "verbs"]


@pytest.mark.parametrize(
    "subject",
    [
        {**ACCOUNT, "namespace": "other"},
        {**ACCOUNT, "name": "other"},
        {"kind": "Group", "name": "system:serviceaccounts:other"},
        {"kind": "Group", "name": "system:masters"},
        {"kind": "User", "name": "scorer"},
    ],
)
def test_a_binding_of_others_is_none_of_ours(subjects, subject):
    assert subjects(WEB, binding(subject), ROLE)[ID].facts["relations"]["role_bindings"] == []


def test_a_binding_into_a_namespace_that_the_workload_leaves_open_is_uncertain(subjects):
    open_web = WEB.replace(", namespace: ml", "")

    (found,) = subjects(open_web, binding(ACCOUNT), ROLE)["Deployment.apps/-/web"].facts["relations"]["role_bindings"]
    assert found["certain"] is False


def test_the_wildcards_of_a_role_that_was_not_seen_are_not_known(subjects):
    (found,) = subjects(WEB, binding(ACCOUNT))[ID].facts["relations"]["role_bindings"]

    assert "wildcards" not in found


def test_cluster_admin_needs_no_introduction(subjects):
    text = binding(ACCOUNT, "ClusterRoleBinding", "ClusterRole").replace("name: r}", "name: cluster-admin}")

    (found,) = subjects(WEB, text)[ID].facts["relations"]["role_bindings"]
    assert "verbs" in found["wildcards"]


def test_a_role_made_of_others_is_not_known(subjects):
    role = ROLE.replace("rules:", "aggregationRule: {clusterRoleSelectors: []}\nrules:")

    (found,) = subjects(WEB, binding(ACCOUNT), role)[ID].facts["relations"]["role_bindings"]
    assert "wildcards" not in found


def test_a_malformed_binding_is_a_gap(subjects, hidden):
    text = binding(ACCOUNT).replace("subjects: [", "subjects: x\nrest: [")

    assert "relations" in hidden(subjects(WEB, text)[ID])


def test_a_service_monitor_watches_the_pods_behind_its_service(subjects):
    service = """
apiVersion: v1
kind: Service
metadata: {name: web, namespace: ml, labels: {scrape: "yes"}}
spec: {selector: {app: web}}
"""
    monitor = """
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: watch, namespace: ml}
spec: {selector: {matchLabels: {scrape: "yes"}}}
"""
    assert subjects(WEB, service, monitor)[ID].facts["inference"]["monitors"] == [
        {"source": "service_monitor", "name": "ServiceMonitor/watch"}
    ]
    assert subjects(WEB, monitor)[ID].facts["inference"]["monitors"] == []


def test_an_object_without_pods_has_no_relations(subjects):
    found = subjects("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: ml}", policy({"podSelector": {}}))

    assert found["ConfigMap.v1/ml/c"].facts["relations"] == {}
