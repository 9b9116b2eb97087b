"""Services of compose files."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from policyctl.model.document import Collected, Input
from tests.collectors.container_image.conftest import hidden

Read = Callable[[str], Collected]
ReadAll = Callable[[str], dict[str, Collected]]
TOKEN = "hf_0123456789abcdefghijABCDEFGHIJ0123"


def only(found: Collected) -> Any:
    (container,) = found.facts["containers"]
    return container


def given(found: Collected) -> list[tuple[str, str, bool]]:
    return [(one["what"], one["name"], one["known"]) for one in found.facts["host_access"]]


def test_each_service_is_a_subject(services: ReadAll) -> None:
    found = services("services:\n  a: {image: 'x:1'}\n  b: {build: .}\n")

    assert {one.subject["id"] for one in found.values()} == {"compose.yaml/a", "compose.yaml/b"}
    assert only(found["a"])["image"]["tag"] == "1"
    assert only(found["b"])["image_source"] == "build"


def test_a_variable_has_its_default(services: ReadAll) -> None:
    found = services("services:\n  a: {image: 'r.example.com/${NAME:-app}:${TAG-${OTHER:-7}}'}\n")["a"]

    assert only(found)["image"]["reference"] == "r.example.com/app:7"


@pytest.mark.parametrize("written", ["x:${TAG}", "$IMAGE", "${IMAGE:?say which}", "x:${TAG:+1}"])
def test_an_image_from_a_variable_without_a_default_is_not_known(services: ReadAll, written: str) -> None:
    found = services(f"services:\n  a: {{image: '{written}'}}\n")["a"]

    assert only(found)["image_source"] == "elsewhere"
    assert {"ai_workload", "serving", "models"} <= hidden(found)


@pytest.mark.parametrize("fields", ["extends: {file: base.yaml, service: llm}", "extends: base"])
def test_what_a_service_extends_hides_all(service: Read, fields: str) -> None:
    assert {"containers", "host_access", "ports", "literal_secrets"} <= hidden(service(fields))


def test_a_part_of_a_service_hides_all(services: ReadAll) -> None:
    found = services("services:\n  a: {image: 'x:1'}\n  b: {ports: ['80:80']}\n")

    assert {"containers", "host_access", "log_driver"} <= hidden(found["b"])
    assert hidden(found["a"]) == set()


def test_variables_from_a_file_are_not_known(service: Read) -> None:
    assert {"unsafe_loading", "models"} <= hidden(service("env_file: [.env]"))


def test_what_is_included_is_said(inputs: Callable[[str, str], list[Input]]) -> None:
    found = inputs("include:\n  - path: [a.yaml, b.yaml]\n  - c.yaml\nservices: {x: {image: 'y:1'}}\n", "compose.yaml")

    assert [(one.status, one.message.split(",")[0]) for one in found] == [
        ("decided", ""),
        ("skipped", "includes a.yaml"),
        ("skipped", "includes b.yaml"),
        ("skipped", "includes c.yaml"),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("user: '1000:1000'", ("file", "1000:1000")),
        ("user: 1000", ("file", "1000")),
        ("user: ${UID:-0}", ("file", "0")),
        ("user: ${UID}", ("elsewhere", "${UID}")),
        ("restart: always", ("image", None)),
    ],
)
def test_the_user_of_a_service(service: Read, fields: str, expected: tuple[str, str | None]) -> None:
    container = only(service(fields))

    assert (container["user_source"], container.get("user")) == expected


@pytest.mark.parametrize(
    ("written", "address", "port", "known"),
    [
        ("8000:8000", "", "8000", True),
        ("8000", "", "8000", True),
        ("9000-9001:8000-8001/udp", "", "9000-9001", True),
        ("127.0.0.1:8000:8000", "127.0.0.1", "8000", True),
        ("127.0.0.1::8000", "127.0.0.1", "", True),
        ("[::1]:8000:8000", "::1", "8000", True),
        ("0.0.0.0:8000:8000", "0.0.0.0", "8000", True),
        ("${PORT:-8000}:8000", "", "8000", True),
        ("${BIND:-127.0.0.1}:8000:8000", "127.0.0.1", "8000", True),
        ("${BIND}:8000:8000", "${BIND}", "8000", False),
        ("${PORT}:8000", "${PORT}", "${PORT}", False),
    ],
)
def test_where_a_port_is_published(service: Read, written: str, address: str, port: str, known: bool) -> None:
    (found,) = service(f"ports: ['{written}']").facts["ports"]

    assert (found["host_ip"], found["port"], found["known"]) == (address, port, known)


def test_a_port_in_the_long_form(service: Read) -> None:
    text = "ports:\n  - {target: 80, published: '8080', host_ip: 127.0.0.1}\n  - {target: 81}"

    assert [(one["host_ip"], one["port"]) for one in service(text).facts["ports"]] == [
        ("127.0.0.1", "8080"),
        ("", "81"),
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("privileged: true", [("privileged", "", True)]),
        ("privileged: 'true'", [("privileged", "", True)]),
        ("privileged: ${P}", [("privileged", "${P}", False)]),
        ("privileged: false", []),
        ("use_api_socket: true", [("engine", "", True)]),
        ("network_mode: host", [("namespace", "network", True)]),
        ("pid: host", [("namespace", "pid", True)]),
        ("ipc: ${IPC}", [("namespace", "ipc", False)]),
        ("network_mode: service:other", []),
        ("cap_add: [cap_sys_admin]", [("capability", "SYS_ADMIN", True)]),
        ("security_opt: ['seccomp=unconfined']", [("security_option", "seccomp:unconfined", True)]),
        ("devices: ['/dev/mem:/dev/mem:rw']", [("device", "/dev/mem", True)]),
        ("volumes: ['/var/run/docker.sock:/s:ro']", [("path", "/var/run/docker.sock", True)]),
        ("volumes: ['${S:-/var/run/docker.sock}:/s']", [("path", "/var/run/docker.sock", True)]),
        ("volumes: ['${MODELS}:/m']", [("path", "${MODELS}", False)]),
        ("volumes: [{type: bind, source: /etc, target: /e}]", [("path", "/etc", True)]),
        ("volumes: [{type: volume, source: data, target: /d}, 'data:/d', /anonymous]", []),
    ],
)
def test_what_a_service_is_given_of_its_host(service: Read, fields: str, expected: list[tuple[str, str, bool]]) -> None:
    assert given(service(fields)) == expected


def test_a_volume_may_be_a_path_of_the_host(services: ReadAll) -> None:
    text = (
        "services: {a: {image: 'x:1', volumes: ['root:/host', 'data:/d']}}\n"
        "volumes:\n  root: {driver_opts: {type: none, o: bind, device: /}}\n  data:\n"
    )

    assert given(services(text)["a"]) == [("path", "/", True)]


@pytest.mark.parametrize(
    ("fields", "limits", "requests"),
    [
        ("deploy: {resources: {limits: {memory: 512M, cpus: '0.5'}}}", {"memory": 512 * 2**20, "cpu": 500}, {}),
        ("mem_limit: 2g\ncpus: 1.5", {"memory": 2 * 2**30, "cpu": 1500}, {}),
        ("deploy: {resources: {reservations: {cpus: 2, memory: 1gb}}}", {}, {"memory": 2**30, "cpu": 2000}),
        ("mem_limit: ${M:-1024}", {"memory": 1024}, {}),
        ("gpus: 2", {"accelerators": 2}, {"accelerators": 2}),
        (
            "deploy: {resources: {reservations: {devices: [{capabilities: [gpu], device_ids: ['0', '3']}]}}}",
            {"accelerators": 2},
            {"accelerators": 2},
        ),
    ],
)
def test_what_a_service_may_take(service: Read, fields: str, limits: dict[str, int], requests: dict[str, int]) -> None:
    found = service(fields)

    assert (only(found)["limits"], only(found)["requests"], found.gaps) == (limits, requests, ())


@pytest.mark.parametrize(
    "fields", ["mem_limit: ${M}", "mem_limit: much", "gpus: ${N}", "deploy: [1]", "mem_limit: true"]
)
def test_quantities_that_are_not_known_hide_the_containers(service: Read, fields: str) -> None:
    assert "containers" in hidden(service(fields))


def test_all_accelerators_of_a_host(service: Read) -> None:
    text = "deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: all}]}}}"

    assert service(text).facts["all_accelerators"] is True
    assert service("gpus: all").facts["all_accelerators"] is True
    assert service("gpus: 1").facts["all_accelerators"] is False


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        (f"environment: {{HF_TOKEN: {TOKEN}}}", "env"),
        (f"environment: ['HF_TOKEN={TOKEN}']", "env"),
        ("environment: {DB_PASSWORD: '${DB_PASSWORD:-hunter22}'}", "env"),
        ("environment: {DB_PASSWORD: 1234567}", "env"),
        (f"command: ['--api-key', '{TOKEN}']", "argument"),
        ("command: --requirepass ${REDIS_AUTH:-myredissecret}", "argument"),
        (f"labels: ['token={TOKEN}']", "field"),
        (f"build: {{context: ., args: {{HF_TOKEN: {TOKEN}}}}}", "field"),
        (f"healthcheck: {{test: 'curl -H \"Authorization: Bearer {TOKEN}\" localhost'}}", "argument"),
    ],
)
def test_credentials_are_found_and_emptied(service: Read, fields: str, where: str) -> None:
    found = service(fields)

    assert {one["where"] for one in found.facts["literal_secrets"]} == {where}
    told = json.dumps([found.facts, found.gaps, found.masked])
    assert not [text for text in (TOKEN, "hunter22", "1234567", "myredissecret") if text in told]


@pytest.mark.parametrize(
    "fields",
    [
        "environment: {HF_TOKEN: '${HF_TOKEN}'}",
        "environment: {HF_TOKEN: '${HF_TOKEN:?must be set}'}",
        "environment: {HF_TOKEN: '${HF_TOKEN:-}'}",
        "environment: [HF_TOKEN]",
        "environment: {POSTGRES_PASSWORD_FILE: /run/secrets/db}",
        "command: ['--token', '$${TOKEN}']",
        "secrets: [hf_token, {source: db_password, target: /p}]",
        "build: {context: ., secrets: [hf_token], ssh: [default]}",
    ],
)
def test_credentials_from_elsewhere_are_none_in_the_file(service: Read, fields: str) -> None:
    assert service(fields).facts["literal_secrets"] == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("command: ['--model', 'org/model']", [("org/model", "none")]),
        ("command: --model org/model --revision main", [("org/model", "floating")]),
        ("entrypoint: [sh, -c, 'M=${M:-llama3}; ollama pull \"$$M\"']", [("ollama://llama3", "none")]),
        ("environment: {MODEL_ID: 'org/model'}", [("org/model", "none")]),
    ],
)
def test_models_of_a_service(service: Read, fields: str, expected: list[tuple[str, str]]) -> None:
    assert [(one["uri"], one["pinned"]) for one in service(fields).facts["models"]] == expected


@pytest.mark.parametrize(
    "fields", ["command: --model ${MODEL}", "command: ${ARGS}", "command: ['/start.sh']", 'command: "a \'b"']
)
def test_commands_that_are_not_known_hide_the_models(service: Read, fields: str) -> None:
    assert "models" in hidden(service(fields))


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ("ports: '80:80'", "ports"),
        ("ports: [[80]]", "ports"),
        ("volumes: /x:/y", "host_access"),
        ("cap_add: ALL", "host_access"),
        ("environment: 7", "containers"),
        ("environment: {A: {b: c}}", "containers"),
        ("command: {a: b}", "models"),
        ("user: [1000]", "containers"),
        ("logging: none", "log_driver"),
        ("logging: {driver: '${D}'}", "log_driver"),
        ("image: 7", "ai_workload"),
        ("deploy: {resources: {reservations: {devices: [{capabilities: -1}]}}}", "containers"),
        ("deploy: {resources: {reservations: {devices: [{capabilities: gpu}]}}}", "containers"),
    ],
)
def test_what_has_another_type_is_a_gap(services: ReadAll, fields: str, fact: str) -> None:
    image = "" if fields.startswith("image") else "    image: vllm/vllm-openai:v1\n"

    assert fact in hidden(services(f"services:\n  b: {{image: 'x:1'}}\n  llm:\n{image}    {fields}\n")["llm"])


def test_a_service_that_is_no_mapping_hides_all(services: ReadAll) -> None:
    assert "containers" in hidden(services("services:\n  a: {image: 'x:1'}\n  b: nothing\n")["b"])


def test_the_log_driver(service: Read) -> None:
    assert service("logging: {driver: none}").facts["log_driver"] == "none"
    assert service("restart: always").facts["log_driver"] == ""


def test_a_service_names_its_system_in_a_label(service: Read) -> None:
    found = service("labels: {policyctl.dev/system: credit-scoring}")

    assert found.system_id == "credit-scoring"


def test_yaml_that_readers_disagree_about_hides_all(services: ReadAll) -> None:
    text = "x-base: &base {privileged: false, <<: {privileged: true}}\nservices:\n  a: {<<: *base, image: 'x:1'}\n"

    assert [(gap["code"], gap["paths"]) for gap in services(text)["a"].gaps] == [("ambiguous_yaml", [["facts"]])]


def test_facts_have_their_lines(service: Read) -> None:
    found = service("ports:\n  - '1:1'\n  - '2:2'")
    location = found.locate("", tuple(found.facts["ports"][1]["path"]))

    assert location is not None
    assert location.line == 6


@pytest.mark.parametrize(
    "fields",
    [
        "post_start: [{command: x, privileged: true}]",
        "pre_stop: [{command: x, privileged: true}]",
        "build: {context: ., privileged: true}",
    ],
)
def test_a_hook_or_a_build_may_be_privileged(service: Read, fields: str) -> None:
    assert given(service(fields)) == [("privileged", "", True)]


def test_what_others_mount_is_not_known(service: Read) -> None:
    assert "host_access" in hidden(service("volumes_from: [other]"))


def test_a_dockerfile_inside_is_not_read(service: Read) -> None:
    assert {"containers", "downloads", "models"} <= hidden(service("build: {dockerfile_inline: FROM x}"))


@pytest.mark.parametrize(
    ("model", "pinned"),
    [("ai/smollm2", "none"), ("ai/smollm2:latest", "floating"), (f"ai/smollm2@sha256:{'0' * 64}", "digest")],
)
@pytest.mark.parametrize("taken", ["models: [llm]", "models: {llm: {endpoint_var: URL}}"])
def test_models_that_the_engine_serves(services: ReadAll, model: str, pinned: str, taken: str) -> None:
    text = f"services: {{app: {{image: 'app:1', {taken}}}}}\nmodels: {{llm: {{model: '{model}'}}}}\n"
    facts = services(text)["app"].facts

    assert [(one["uri"], one["pinned"]) for one in facts["models"]] == [(f"oci://{model}", pinned)]
    assert facts["ai_workload"] is True


def test_a_model_that_is_not_defined_is_not_known(service: Read) -> None:
    assert "models" in hidden(service("models: [llm]"))


@pytest.mark.parametrize("kind", ["configs", "secrets"])
def test_a_file_inside_may_hold_a_credential(services: ReadAll, kind: str) -> None:
    text = f"services: {{a: {{image: 'x:1', {kind}: [one]}}, b: {{image: 'x:1'}}}}\n{kind}: {{one: {{content: 'token: {TOKEN}'}}}}\n"
    found = services(text)

    assert [one["path"] for one in found["a"].facts["literal_secrets"]] == [[kind, "one", "content"]]
    assert found["b"].facts["literal_secrets"] == []
