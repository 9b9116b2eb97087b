"""The files of a new control: nothing passes by it, and one test fails until it is written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from policyctl.model.decision import Severity
from policyctl.model.document import Kind
from policyctl.model.errors import UsageError

_MODEL: Final = {"type": "machine-learning-model", "bom-ref": "scorer", "name": "scorer", "version": "1.4.2"}
_VERSION: Final = {"model_version": {"name": "scorer", "version": "3", "status": "READY", "source": "", "run_id": ""}}
_EXAMPLES: Final[Mapping[Kind, Mapping[str, str]]] = {
    "terraform_plan": {
        "main.tf": (
            'resource "aws_sagemaker_endpoint_configuration" "scorer" {\n  name = "scorer"\n\n  production_variants {\n'
            '    variant_name  = "all"\n    model_name    = "scorer"\n    instance_type = "ml.m5.large"\n  }\n}\n'
        )
    },
    "kubernetes_object": {
        "pod.yaml": (
            "apiVersion: v1\nkind: Pod\nmetadata: {name: scorer}\nspec:\n  containers:\n"
            "    - {name: server, image: registry.example.org/scorer:1.4.2}\n"
        )
    },
    "container_image": {"Dockerfile": 'FROM registry.example.org/python:3.12.4\nCMD ["python", "-m", "scorer"]\n'},
    "model_card": {"README.md": "---\nlicense: apache-2.0\n---\n# Scorer\n\nRanks applications for credit.\n"},
    "agent": {
        "mcp.json": (
            json.dumps(
                {"mcpServers": {"scores": {"command": "npx", "args": ["-y", "@example/scores@1.4.2"]}}}, indent=2
            )
            + "\n"
        )
    },
    "bom": {
        "bom.cdx.json": (
            json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [_MODEL]}, indent=2) + "\n"
        )
    },
    "system": {"system.yaml": "policyctl: system\nid: scorer\nowner: Retail Risk\n"},
    "competence": {"competence.yaml": "policyctl: competence\nid: scorer-people\nsystem: scorer\n"},
    "impact_assessment": {
        "impact.yaml": "policyctl: impact_assessment\nid: fria-1\nsystem: scorer\nfrequency: Each day\n"
    },
    "decommissioning": {
        "decommissioning.yaml": "policyctl: decommissioning\nid: scorer-end\nsystem: scorer\nends: 2027-03-31\n"
    },
    "gpai_model": {"gpai_model.yaml": "policyctl: gpai_model\nid: base-7b\nsystem: scorer\ntraining_compute: 3.8e24\n"},
    "incident": {"incident.yaml": "policyctl: incident\nid: 2026-014\nsystem: scorer\naware: 2026-11-03\n"},
    "model": {
        "scorer/release.yaml": (
            "policyctl: release\nid: scorer-3\nsystem: scorer\nmodel: mlflow:scorer/3\nsources: [version.json]\n"
        ),
        "scorer/version.json": json.dumps(_VERSION, indent=2) + "\n",
    },
    "supplier": {"supplier.yaml": "policyctl: supplier\nid: scorer-model\nsystem: scorer\n"},
}

_RULE = """\
package policyctl.controls.{family}.{name}

# What it looks at. Where this is empty, the control does not apply.
resources := {{input.subject.id}}

# What is wrong: {{"code", "resource", "message", "path"}}. Say what is good, and let all else be a finding.
findings := set()

# METADATA
# description: The rule is not written, and nothing passes by it.
undetermined contains entry if {{
	entry := {{"resource": input.subject.id, "path": [], "reason": "this control is not written yet"}}
}}
"""

_TEST = """\
package policyctl.controls.{family}.{name}_test

import data.policyctl.controls.{family}.{name} as control

test_until_it_is_written_it_cannot_tell if {{
	control.resources == {{"a"}} with input.subject.id as "a"
	{{entry.resource | some entry in control.undetermined}} == {{"a"}} with input.subject.id as "a"
}}

# This one fails until the rule is there: put what is wrong into the input, and the code that it shall have.
test_what_is_wrong_is_a_finding if {{
	{{finding.code | some finding in control.findings}} == {{"code_of_what_is_wrong"}} with input.subject.id as "a"
}}
"""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, as people do."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new control is called and what it is about. `covers` and `because` belong to the clause."""

    family: str
    name: str
    id: str
    title: str
    kind: Kind
    severity: Severity
    framework: str = ""
    clause: str = ""
    covers: str = "supports"
    because: str = ""


def files(control: Beginning, root: Path) -> dict[Path, str]:
    """Each file's path below a content folder, and its text. Raises UsageError where one is there already."""
    entry = {
        "id": control.id,
        "title": control.title,
        "objective": "Say what is true where the control passes, in one sentence.",
        "rationale": "Say what happens where it does not hold, and to whom.",
        "severity": control.severity,
        "kinds": [control.kind],
        "remediation": "Say what to write instead, and show it:\n    an example that can be copied\n",
        "evidence": "Name what a decision keeps: the document's digest, and the facts that were looked at.",
    }
    named = {"family": control.family, "name": control.name}
    rules = Path("rego/policyctl/controls") / control.family / control.name
    catalog = Path("controls_catalog") / control.family
    examples = catalog / control.name / "examples" / "undetermined"
    found = {
        catalog / f"{control.name}.yaml": yaml.dump(
            entry, Dumper=_Dumper, sort_keys=False, width=120, allow_unicode=True
        ),
        rules / f"{control.name}.rego": _RULE.format(**named),
        rules / f"{control.name}_test.rego": _TEST.format(**named),
        **{examples / name: text for name, text in _EXAMPLES[control.kind].items()},
    }
    if there := [str(path) for path in found if (root / path).exists()]:
        raise UsageError(
            f"{root}: there is already {', '.join(there)}", hint="choose another name, or edit what is there"
        )
    if control.clause:
        mapping = Path("mappings") / f"{control.framework}.yaml"
        found[mapping] = _mapped(control, root / mapping)
    return found


def _mapped(control: Beginning, file: Path) -> str:
    """The mapping's text with the edge in it: below its clause where that is there, else at the end."""
    text = file.read_text() if file.is_file() else f"framework: {control.framework}\nclauses:\n"
    edge = yaml.safe_dump(
        [{"control": control.id, "covers": control.covers, "because": control.because}], sort_keys=False, width=120
    )
    edge = "".join(f"    {line}\n" for line in edge.splitlines())
    clause = re.escape(control.clause)
    if line := re.search(rf"^  (['\"]?){clause}\1:[ \t]*\n", text, re.MULTILINE):
        return text[: line.end()] + edge + text[line.end() :]
    key = yaml.safe_dump({control.clause: None}, allow_unicode=True).removesuffix(" null\n")
    return f"{text}  {key}\n{edge}"


def write(root: Path, listed: Mapping[Path, str]) -> None:
    """Writes them. Raises UsageError where that is not possible."""
    for path, text in listed.items():
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        except OSError as error:
            raise UsageError(f"{root / path} cannot be written: {error.strerror}") from error
