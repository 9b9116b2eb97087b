"""What is checked: many small manifests, some large ones, one large plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

TAGS = 80
"""Of so many tags that images have, sixty are forbidden."""

NAMES = ("cv-screening", "sagemaker-admin")
"""What the plan that is multiplied calls its resources."""

TYPES = ("aws_iam_role", "aws_sagemaker_model", "aws_sagemaker_endpoint", "aws_sagemaker_endpoint_configuration")
"""Types that it holds one of."""


def deployment(number: int, settings: int = 2) -> dict[str, Any]:
    """A Deployment of one container with so many variables: about 100 bytes each."""
    labels = {"app": f"model-{number}"}
    container = {
        "name": "server",
        "image": f"registry.example/vllm:v{number % TAGS}",
        "args": ["--model", "org/model", "--port", "8000"],
        "env": [{"name": f"SETTING_{n}", "value": "x" * 40} for n in range(settings)],
        "resources": {"limits": {"cpu": "2", "memory": "8Gi"}},
        "ports": [{"containerPort": 8000}],
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": f"model-{number}", "namespace": f"team-{number % 20}", "labels": {**labels, "team": "ml"}},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}},
        },
    }


def write_manifests(folder: Path, count: int, *, as_json: bool = False, settings: int = 2) -> int:
    """So many files with a Deployment each; how many of them have a forbidden tag."""
    folder.mkdir(parents=True)
    for number in range(count):
        made = deployment(number, settings)
        text = json.dumps(made) if as_json else yaml.safe_dump(made)
        (folder / f"m{number}.{'json' if as_json else 'yaml'}").write_text(text)
    return sum(number % TAGS < 60 for number in range(count))


def write_plan(file: Path, source: Path, resources: int) -> int:
    """The plan of `source` as a module that is called for so many teams that there are `resources`; how many there are."""
    plan = json.loads(source.read_text())
    listed = plan["resource_changes"]
    teams = -(-resources // len(listed))
    root = plan["planned_values"]["root_module"]
    plan["resource_changes"] = [_placed(change, team) for team in range(teams) for change in listed]
    plan["planned_values"]["root_module"] = {
        "child_modules": [
            {"address": _module(team), "resources": [_placed(resource, team) for resource in root["resources"]]}
            for team in range(teams)
        ]
    }
    module = plan["configuration"]["root_module"]
    call = {"source": "./team", "for_each_expression": {}, "module": module, "expressions": {}}
    plan["configuration"]["root_module"] = {"module_calls": {"team": call}}
    plan["output_changes"], plan["planned_values"]["outputs"], plan["relevant_attributes"] = {}, {}, []
    file.write_text(json.dumps(plan))
    return len(plan["resource_changes"])


def _placed(entry: dict[str, Any], team: int) -> dict[str, Any]:
    """The same resource in a team's module, under a name of its own."""
    text = json.dumps(entry)
    for name in NAMES:
        text = text.replace(f'"{name}"', f'"{name}-t{team}"')
    made: dict[str, Any] = json.loads(text)
    made["address"] = f"{_module(team)}.{entry['address']}"
    if "change" in entry:
        made["module_address"] = _module(team)
    return made


def _module(team: int) -> str:
    return f'module.team["t{team}"]'
