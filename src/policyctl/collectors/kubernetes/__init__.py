"""Kubernetes manifests: each object in them with its pods, containers, models and relations.

Facts written: those of `policyctl.model.facts.kubernetes`. Read are multi-document YAML, JSON, and Lists; objects of
any kind. The objects of all contents of a run are related to each other; a Secret's values, and credentials anywhere
else, are emptied first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.collectors.kubernetes.objects import recognises
from policyctl.model.content import Content
from policyctl.model.document import Input, Kind


class KubernetesCollector:
    """Collects facts about every object in manifests."""

    kind: Kind = "kubernetes_object"

    def recognises(self, content: Content) -> bool:
        """Whether one of the documents is, or tries to be, a Kubernetes object, or the content is a kustomization."""
        return recognises(content)

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """For each content its objects as one decided `Input`, then one more for each part of it that is no object.

        A content without any object yields at least one "skipped" or "error".
        """
        # What reads objects is imported when there are some: a run over plans and cards does without.
        from policyctl.collectors.kubernetes.collecting import collect

        yield from collect(contents)
