"""Where YAML and kubectl read a manifest differently, nothing about the object is known."""

from __future__ import annotations

from policyctl.collectors.kubernetes import KubernetesCollector
from policyctl.collectors.reading import parse

MANIFEST = """\
apiVersion: v1
kind: Pod
metadata: {name: sure}
spec: {containers: [{name: c, image: a}]}
---
apiVersion: v1
kind: Pod
metadata: {name: doubtful}
spec:
  containers:
    - name: c
      image: a
      securityContext: {privileged: false, <<: {privileged: true}}
"""


def test_all_facts_of_the_object_are_hidden_and_no_others() -> None:
    (collected,) = KubernetesCollector().collect([parse(MANIFEST, "pods.yaml", "0" * 64, len(MANIFEST))])
    gaps = {subject.facts["name"]: list(subject.gaps) for subject in collected.subjects}

    assert gaps["sure"] == []
    (gap,) = gaps["doubtful"]
    assert gap["code"] == "ambiguous_yaml"
    assert gap["paths"] == [["facts"]]
    assert "line 13" in gap["reason"]
