"""Planted secrets, looked for with a plain search in everything that leaves the program: the ledger's files, what OPA is sent and
writes, every report, and every command that prints a document.
"""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines import batches
from policyctl.engines.batches import Batch
from policyctl.engines.interface import Document
from policyctl.engines.runtime import remove_tree
from policyctl.model.decision import Answer
from tests.conftest import EXAMPLES, Run

FORMATS = sorted(entry_points(group="policyctl.reports").names)
HUB = "hf_" + "PlantedHubToken" + "aBcDeFgHiJkLmNo"
GITHUB = "ghp_" + "PlantedGithubToken" + "aBcDeFgHiJkLmNoP"
"""Recognised by their shape, wherever they stand. The others have no shape: their place or their name tells."""

PLAN = {
    "sensitive variable": "planted-variable-3f9a",
    "sensitive attribute": "planted-attribute-77c1",
    "sensitive output": "planted-output-51d0",
    "named in an environment": "planted-environment-a04b",
    "JSON-encoded": 'planted-"encoded"-c9e2',
    "inside JSON, by its name": 'planted-"inside"-json-08fa',
    "in a block, by its name": "planted-block-cd02",
    "tag": "planted-tag-6d21",
    "in a script": "planted-script-be55",
    "in an address": "planted-address-1b7d",
    "state": "planted-state-97aa",
    "constant of the configuration": "planted-constant-2288",
}
MANIFEST = {
    "variable": "planted-env-literal-4e61",
    "argument": "planted-argument-9b3c",
    "argument with =": "planted-equals-0d6f",
    "script": "planted-command-f0b8",
    "data of a Secret": "planted-data-7a5d",
    "stringData of a Secret": "planted-string-data-c3c3",
    "last-applied annotation": "planted-last-applied-e4f7",
    "ConfigMap": "planted-config-map-5ae9",
    "file in a ConfigMap": "planted-file-aa10",
    "number": "4815162342",
    "label": "planted-label-d7d4",
}
IMAGE = {
    "variable": "planted-image-variable-1d0c",
    "build argument": "planted-image-argument-2e7b",
    "replaced": "planted-image-replaced-38fa",
    "script": "planted-image-script-49c5",
    "command": "planted-image-command-5ab2",
    "label": "planted-image-label-6b91",
    "address": "planted-image-address-7c80",
    "not understood": "planted-image-malformed-8d6f",
    "variable of a service": "planted-service-variable-9e5e",
    "default": "planted-service-default-0f4d",
    "argument of a service": "planted-service-argument-a03c",
    "file of a service": "planted-service-file-b12b",
}
CARD = {"assignment": "planted-assignment-6cc6"}
BROKEN = {"YAML": "planted-yaml-31f5", "JSON": "planted-json-b2d9", "front matter": "planted-front-matter-84ce"}
SECRETS = (HUB, GITHUB, *PLAN.values(), *MANIFEST.values(), *IMAGE.values(), *CARD.values(), *BROKEN.values())


def spellings(secret: str) -> Iterator[bytes]:
    """How a secret may stand in a file: as it is, inside JSON once or twice, in base64."""
    once = json.dumps(secret)[1:-1]
    yield from {text.encode() for text in (secret, once, json.dumps(once)[1:-1])}
    yield base64.b64encode(secret.encode()).rstrip(b"=")[:-1]


def found_in(content: bytes) -> list[str]:
    return [secret for secret in SECRETS if any(spelling in content for spelling in spellings(secret))]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A plan, its configuration, manifests, image files, cards and broken files, with all the secrets in them."""
    _write_plan(tmp_path)
    (tmp_path / "k8s.yaml").write_text(_manifests())
    (tmp_path / "README.md").write_text(_card())
    (tmp_path / "Dockerfile").write_text(_dockerfile())
    (tmp_path / "compose.yaml").write_text(_compose())
    (tmp_path / "broken.yaml").write_text(f"apiVersion: v1\nkind: Pod\nspec: {{password: {BROKEN['YAML']}, ]\n")
    (tmp_path / "broken.json").write_text(f'{{"format_version": "1.2", "password": "{BROKEN["JSON"]}" "x"}}')
    (tmp_path / "broken.md").write_text(f"---\nlicense: mit\ntoken: [{BROKEN['front matter']}\n---\n# A model\n")
    return tmp_path


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where OPA's files lie, its log among them; short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="pc"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    yield folder
    remove_tree(folder)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every request body for OPA."""
    bodies: list[bytes] = []
    decide = batches.decide_in_batches

    def recording(documents: Sequence[Document], ask: Callable[[Batch], list[Answer]], parallel: int) -> list[Answer]:
        def asked(batch: Batch) -> list[Answer]:
            bodies.append(batch.body)
            return ask(batch)

        return decide(documents, asked, parallel)

    monkeypatch.setattr(batches, "decide_in_batches", recording)
    return bodies


def test_the_secrets_are_there_to_be_found(tree: Path) -> None:
    everything = b"".join(path.read_bytes() for path in tree.iterdir())

    assert set(found_in(everything)) == set(SECRETS)


@pytest.mark.parametrize("format", FORMATS)
def test_no_report_shows_a_secret(run: Run, tree: Path, format: str) -> None:
    ran = run("check", str(tree), "--output", format, "--profile", "eu-ai-act-high-risk")

    assert ran.code == 2, "the broken files are errors"
    assert "SEC-009" in ran.out, "the findings about the secrets are in the report"
    assert found_in((ran.out + ran.err).encode()) == []


def test_opa_is_sent_no_secret(run: Run, tree: Path, sent: list[bytes]) -> None:
    run("check", str(tree))

    assert len(b"".join(sent)) > 10_000
    assert found_in(b"".join(sent)) == []


def test_opa_writes_no_secret(run: Run, tree: Path, runtime: Path) -> None:
    """An OPA that stays, so that its log and whatever else it has written can be read while it runs."""
    assert run("engine", "start").code == 0
    try:
        run("check", str(tree))
        files = [path for path in runtime.rglob("*") if path.is_file()]
        content = b"".join(path.read_bytes() for path in files)
    finally:
        run("engine", "stop")

    assert any(path.suffix == ".log" for path in files)
    assert found_in(content) == []


def test_the_ledgers_files_hold_no_secret(run: Run, tree: Path, own_home: Path) -> None:
    run("check", str(tree))
    files = [path for path in own_home.rglob("*") if path.is_file()]
    database = next(path for path in files if path.suffix == ".db")

    assert found_in(b"".join(path.read_bytes() for path in files)) == []
    unpacked = b"".join(_unpacked(database))
    assert b"with-secrets" in unpacked, "the documents are among the blobs"
    assert found_in(unpacked) == []


def test_no_command_prints_a_secret(run: Run, tree: Path) -> None:
    decisions = json.loads(run("check", str(tree), "--output", "json").out)["decisions"]
    commands = [["gather", str(tree)], ["ledger", "list", "--output", "json"], ["ledger", "export", "--blobs"]]
    for decision in decisions:
        commands += [["ledger", "show", decision["id"]], ["ledger", "show", decision["id"], "--document"]]
        commands += [["ledger", "replay", decision["id"], "--output", "json"]]
    findings = {finding["id"] for d in decisions for result in d["results"] for finding in result["findings"]}
    commands += [["explain", finding] for finding in sorted(findings)]

    leaks = {}
    for command in commands:
        ran = run(*command)
        content = (ran.out + ran.err).encode()
        if found := found_in(content + b"".join(_decoded(content))):
            leaks[" ".join(command)] = found

    assert len(findings) > 10
    assert leaks == {}


def _unpacked(database: Path) -> Iterator[bytes]:
    """Every body and blob as plain bytes."""
    with sqlite3.connect(database) as connection:
        for (body,) in connection.execute("SELECT body FROM entries"):
            yield body
        for encoding, content in connection.execute("SELECT encoding, content FROM blobs"):
            yield zlib.decompress(content) if encoding == "zlib" else content


def _decoded(content: bytes) -> Iterator[bytes]:
    """What stands in an export in base64: blobs, compressed or not."""
    for text in re.findall(rb'"([A-Za-z0-9+/]{200,}={0,2})"', content):
        yield base64.b64decode(text)


def _write_plan(folder: Path) -> None:
    example = EXAMPLES / "terraform/credit-scorer"
    plan: dict[str, Any] = json.loads((example / "plan.json").read_text())
    plan["variables"]["hf_token"] = {"value": PLAN["sensitive variable"]}
    plan["output_changes"] = {
        "token": {"actions": ["create"], "before": None, "after": PLAN["sensitive output"], "after_sensitive": True}
    }
    plan["prior_state"] = {
        "values": {
            "root_module": {
                "resources": [
                    {
                        "address": "data.aws_secretsmanager_secret_version.hub",
                        "mode": "data",
                        "name": "hub",
                        "schema_version": 0,
                        "type": "aws_secretsmanager_secret_version",
                        "provider_name": "registry.terraform.io/hashicorp/aws",
                        "values": {"secret_string": PLAN["state"]},
                        "sensitive_values": {"secret_string": True},
                    }
                ]
            }
        }
    }
    plan["configuration"]["provider_config"]["aws"]["expressions"]["secret_key"] = {
        "constant_value": PLAN["constant of the configuration"]
    }
    for change in plan["resource_changes"]:
        after = change["change"]["after"]
        if change["type"] == "aws_sagemaker_model":
            after["primary_container"][0]["environment"] = {
                "HF_TOKEN": HUB,
                "DATABASE_PASSWORD": PLAN["named in an environment"],
                "UNMARKED": f"prefix {PLAN['sensitive variable']} suffix",
                "SETTINGS": json.dumps({"name": "x", "db": {"password": PLAN["inside JSON, by its name"]}}),
                "ENCODED": json.dumps({"x": PLAN["JSON-encoded"]}),
                "SCRIPT": f"export API_TOKEN={PLAN['in a script']}; ./serve",
                "DATABASE_URL": f"postgres://ml:{PLAN['in an address']}@db/ml",
            }
            change["change"]["after_sensitive"]["primary_container"] = [{"environment": {"ENCODED": True}}]
            after["tags"] = {"api-key": PLAN["tag"], "note": f"ask {GITHUB}"}
        if change["type"] == "aws_iam_role":
            after["description"] = PLAN["sensitive attribute"]
            change["change"]["after_sensitive"]["description"] = True
    plan["resource_changes"].append(
        {
            "address": "aws_ecs_task_definition.app",
            "mode": "managed",
            "type": "aws_ecs_task_definition",
            "name": "app",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {
                "actions": ["update"],
                "before": {"family": "app", "container_definitions": _containers()},
                "after": {"family": "app", "container_definitions": _containers()},
                "after_unknown": {},
                "before_sensitive": {},
                "after_sensitive": {},
            },
        }
    )
    plan["resource_changes"].append(
        {
            "address": "google_cloud_run_v2_service.app",
            "mode": "managed",
            "type": "google_cloud_run_v2_service",
            "name": "app",
            "provider_name": "registry.terraform.io/hashicorp/google",
            "change": {
                "actions": ["create"],
                "before": None,
                "after": {"template": [{"containers": [{"env": _block()}]}]},
                "after_unknown": {},
                "before_sensitive": False,
                "after_sensitive": {},
            },
        }
    )
    (folder / "plan.json").write_text(json.dumps(plan))
    (folder / "main.tf").write_text(
        (example / "main.tf").read_text() + f'\nlocals {{ password = "{PLAN["named in an environment"]}" }}\n'
    )


def _block() -> list[dict[str, Any]]:
    return [{"name": "DB_PASSWORD", "value": PLAN["in a block, by its name"], "value_source": []}]


def _containers() -> str:
    """ECS writes its containers as JSON in a text."""
    environment = [{"name": "API_KEY", "value": PLAN["inside JSON, by its name"]}, {"name": "HUB", "value": HUB}]
    return json.dumps([{"name": "app", "image": "app:1", "environment": environment}])


def _manifests() -> str:
    applied = {"spec": {"containers": [{"env": [{"name": "API_TOKEN", "value": MANIFEST["last-applied annotation"]}]}]}}
    command = f"export DB_PASSWORD={MANIFEST['script']} && vllm serve m --api-key={MANIFEST['argument with =']}"
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": "with-secrets",
            "labels": {"password": MANIFEST["label"], "owner": HUB},
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": json.dumps(applied)},
        },
        "spec": {
            "containers": [
                {
                    "name": "vllm",
                    "image": "vllm/vllm-openai:latest",
                    "command": ["sh", "-c", command],
                    "args": ["--model", "m", "--api-key", MANIFEST["argument"], "--hf-token", HUB],
                    "env": [
                        {"name": "HF_TOKEN", "value": HUB},
                        {"name": "DB_PASSWORD", "value": MANIFEST["variable"]},
                        {"name": "PIN_TOKEN", "value": int(MANIFEST["number"])},
                    ],
                }
            ],
        },
    }
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "hub"},
        "data": {"plain": base64.b64encode(MANIFEST["data of a Secret"].encode()).decode()},
        "stringData": {"anything": MANIFEST["stringData of a Secret"]},
    }
    settings = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "settings"},
        "data": {
            "api_token": MANIFEST["ConfigMap"],
            "app.yaml": f"db:\n  password: {MANIFEST['file in a ConfigMap']}\n",
            "hub": HUB,
        },
    }
    return "\n---\n".join(json.dumps(item, indent=1) for item in (pod, secret, settings))


def _dockerfile() -> str:
    return f"""\
ARG API_TOKEN={IMAGE["build argument"]}
FROM vllm/vllm-openai:v1
ENV DB_PASSWORD={IMAGE["replaced"]}
ENV DB_PASSWORD={IMAGE["variable"]} HUB={HUB}
LABEL password={IMAGE["label"]}
ADD https://user:{IMAGE["address"]}@hub.example/model.tar /models/
RUN export API_KEY={IMAGE["script"]} && hf auth login --token {HUB}
ENV A=1 "API_KEY={IMAGE["not understood"]}
CMD ["serve", "--api-key", "{IMAGE["command"]}"]
"""


def _compose() -> str:
    return f"""\
services:
  llm:
    image: vllm/vllm-openai:v1
    environment: {{DB_PASSWORD: {IMAGE["variable of a service"]}, API_TOKEN: "${{TOKEN:-{IMAGE["default"]}}}"}}
    command: ["--model", "m", "--api-key", "{IMAGE["argument of a service"]}"]
    configs: [settings]
configs:
  settings: {{content: "password: {IMAGE["file of a service"]}"}}
"""


def _card() -> str:
    return f"""---
license: mit
tags: [lora, {GITHUB}]
base_model: {HUB}
datasets: ["https://user:{CARD["assignment"]}@hub.example/data"]
model-index:
  - name: scorer
    results:
      - task: {{type: text-classification}}
        dataset: {{name: "x {HUB}", type: x}}
        metrics: [{{type: accuracy, value: "{GITHUB}"}}]
---
# Scorer {HUB}

## Intended use {GITHUB}

Log in with `huggingface-cli login --token {HUB}` first, or set HF_TOKEN={CARD["assignment"]}.

## Contact

Ask {HUB} or write to someone@example.org, password={CARD["assignment"]}
"""
