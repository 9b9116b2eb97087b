"""Fields of pods and containers: as written when they have the right type, a gap when they have not."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("entry", "source", "secret_like"),
    [
        ({"name": "A", "value": "x"}, "literal", False),
        ({"name": "A", "value": ""}, "empty", False),
        ({"name": "A"}, "empty", False),
        ({"name": "API_KEY", "value": ""}, "empty", True),
        ({"name": "API_KEY", "value": "abc123"}, "literal", True),
        ({"name": "API_KEY", "value": "$(OTHER)"}, "reference", True),
        ({"name": "API_KEY", "value": "$HF_TOKEN"}, "literal", True),
        ({"name": "USE_TOKEN", "value": "true"}, "literal", False),
        ({"name": "TOKEN_PATH", "value": "/var/run/token"}, "literal", False),
        ({"name": "MAX_TOKENS", "value": "2048"}, "literal", False),
        ({"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}, "secret", False),
        ({"name": "A", "valueFrom": {"configMapKeyRef": {"name": "s", "key": "k"}}}, "config_map", False),
        ({"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}, "field", False),
        ({"name": "A", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}, "field", False),
    ],
)
def test_where_a_variable_comes_from(of_pod, entry, source, secret_like):
    subject = of_pod({"env": [entry]})

    (variable,) = subject.facts["containers"][0]["env"]
    assert (variable["source"], variable["secret_like"]) == (source, secret_like)
    assert variable["path"] == ["spec", "template", "spec", "containers", 0, "env", 0]
    assert subject.gaps == ()


@pytest.mark.parametrize(
    "env",
    [
        {},
        "x",
        ["x"],
        [{"value": "x"}],
        [{"name": 1}],
        [{"name": "A", "value": 1}],
        [{"name": "A", "value": True}],
        [{"name": "A", "valueFrom": "x"}],
        [{"name": "A", "valueFrom": {"vaultRef": {}}}],
        [{"name": "A", "valueFrom": {"secretKeyRef": {}, "fieldRef": {}}}],
    ],
)
def test_variables_of_the_wrong_shape_are_a_gap(of_pod, hidden, env):
    assert {"containers", "models"} <= hidden(of_pod({"env": env}))


def test_whole_secrets_and_config_maps_as_variables(of_pod):
    subject = of_pod({"envFrom": [{"secretRef": {"name": "s"}}, {"configMapRef": {"name": "c"}}]})

    container = subject.facts["containers"][0]
    assert (container["env_from_secrets"], container["env_from_config_maps"]) == (True, True)


@pytest.mark.parametrize(
    "container",
    [
        {"securityContext": "restricted"},
        {"securityContext": {"privileged": "false"}},
        {"securityContext": {"runAsNonRoot": 1}},
        {"securityContext": {"runAsUser": "1000"}},
        {"securityContext": {"runAsUser": True}},
        {"securityContext": {"capabilities": ["ALL"]}},
        {"securityContext": {"capabilities": {"drop": "ALL"}}},
        {"securityContext": {"capabilities": {"add": [1]}}},
        {"securityContext": {"seccompProfile": "RuntimeDefault"}},
        {"livenessProbe": "yes"},
        {"ports": {"http": 80}},
        {"ports": [{"hostPort": "80"}]},
        {"args": {"a": 1}},
        {"args": [1]},
        {"resources": []},
        {"envFrom": {}},
    ],
)
def test_a_field_of_the_wrong_type_is_a_gap(of_pod, hidden, container):
    assert "containers" in hidden(of_pod(container))


@pytest.mark.parametrize(
    "pod",
    [
        {"hostNetwork": "true"},
        {"hostPID": 1},
        {"automountServiceAccountToken": "no"},
        {"serviceAccountName": ["a"]},
        {"securityContext": []},
        {"securityContext": {"runAsNonRoot": "yes"}},
        {"volumes": {}},
        {"volumes": ["x"]},
        {"volumes": [{"name": "x", "hostPath": "/"}]},
        {"volumes": [{"name": "x", "emptyDir": {}, "hostPath": {"path": "/"}}]},
    ],
)
def test_a_field_of_the_pod_of_the_wrong_type_is_a_gap(of_pod, hidden, pod):
    assert "pods" in hidden(of_pod(**pod))


def test_null_is_absent(of_pod):
    subject = of_pod(
        {"securityContext": None, "env": None, "args": None, "livenessProbe": None}, volumes=None, hostNetwork=None
    )

    container = subject.facts["containers"][0]
    assert (container["security_context"], container["env"], container["probes"], subject.gaps) == ({}, [], [], ())


def test_the_fields_of_the_restricted_standard_are_read(of_pod):
    subject = of_pod(
        {
            "securityContext": {
                "privileged": False,
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "runAsNonRoot": True,
                "runAsUser": 0,
                "capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]},
                "seccompProfile": {"type": "RuntimeDefault"},
                "seLinuxOptions": {"type": "spc_t"},
                "procMount": "Default",
            },
            "ports": [{"containerPort": 1, "hostPort": 80}, {"containerPort": 2}],
        },
        securityContext={"fsGroup": 2000, "sysctls": [{"name": "kernel.shm", "value": "1"}]},
    )

    container, pod = subject.facts["containers"][0], subject.facts["pods"][0]
    assert container["security_context"] == {
        "privileged": False,
        "allow_privilege_escalation": False,
        "read_only_root_filesystem": True,
        "run_as_non_root": True,
        "run_as_user": 0,
        "capabilities_drop": ["ALL"],
        "capabilities_add": ["NET_BIND_SERVICE"],
        "seccomp_profile": "RuntimeDefault",
        "se_linux_type": "spc_t",
        "proc_mount": "Default",
    }
    assert container["host_ports"] == [80]
    assert pod["security_context"] == {"fs_group": 2000, "sysctls": ["kernel.shm"]}


def test_a_projected_token_is_seen(of_pod):
    volume = {"name": "t", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}

    assert of_pod(volumes=[volume]).facts["pods"][0]["volumes"][0]["token"] is True


def test_the_gaps_of_one_object_do_not_grow_without_end(of_pod, hidden):
    subject = of_pod({"env": [1] * 5000, "securityContext": {"runAsUser": "x"}})

    assert len(subject.gaps) == 101
    assert "containers" in hidden(subject)
