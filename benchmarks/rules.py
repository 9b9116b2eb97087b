"""Sixty rules of one logic, in each tool's words: no container's image has the tag vN."""

from __future__ import annotations

from pathlib import Path

RULES = 60

_CONTROL = """id: BEN-{n:03}
title: No image has the tag v{n}
objective: A rule to measure with
rationale: Sixty of one logic
severity: high
kinds: [kubernetes_object]
remediation: Take another tag
evidence: The manifest
"""
_OURS = """package policyctl.controls.bench.r{n}

resources contains container.path if some container in input.facts.containers

findings contains finding if {{
	some container in input.facts.containers
	endswith(container.image.reference, ":v{n}")
	finding := {{
		"code": "tag",
		"resource": input.subject.id,
		"message": sprintf("image %s", [container.image.reference]),
		"path": container.path,
	}}
}}
"""
_CONFTEST = """
deny contains message if {{
	some container in input.spec.template.spec.containers
	endswith(container.image, ":v{n}")
	message := sprintf("%s: image %s", [input.metadata.name, container.image])
}}
"""
_PROFILE = """id: bench
title: Sixty rules of one logic
description: What conftest is asked too
select: {families: [bench]}
enforcement: {default: deny}
"""
_TEMPLATE = """apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {{name: tag{n}}}
spec:
  crd: {{spec: {{names: {{kind: Tag{n}}}}}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package tag{n}
        violation[{{"msg": message}}] {{
          container := input.review.object.spec.template.spec.containers[_]
          endswith(container.image, ":v{n}")
          message := sprintf("%s: image %s", [input.review.object.metadata.name, container.image])
        }}
---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: Tag{n}
metadata: {{name: tag{n}}}
spec: {{match: {{kinds: [{{apiGroups: ["*"], kinds: ["*"]}}]}}}}
"""


def write_ours(folder: Path) -> None:
    """A content folder, a profile and the configuration that names them."""
    for n in range(RULES):
        _write(folder / f"content/rego/policyctl/controls/bench/r{n}/r{n}.rego", _OURS.format(n=n))
        _write(folder / f"content/controls_catalog/bench/r{n}.yaml", _CONTROL.format(n=n))
    _write(folder / "bench.yaml", _PROFILE)
    _write(folder / "policyctl.yaml", "content: [content]\nprofiles: [bench.yaml]\nprofile: bench\n")


def write_conftest(folder: Path) -> None:
    """A policy folder of conftest."""
    _write(folder / "policy/main.rego", "package main\n" + "".join(_CONFTEST.format(n=n) for n in range(RULES)))


def write_gator(folder: Path) -> None:
    """Constraint templates and constraints of Gatekeeper."""
    for n in range(RULES):
        _write(folder / f"gator/tag{n}.yaml", _TEMPLATE.format(n=n))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
