"""Workloads that an object carries where nobody here knows them: never judged, and so never good.

Looked for are manifests in texts, pods that a policy makes, and images of model servers in any field. Kyverno's
patterns for what others write (validate, verifyImages) are no workloads. Source: the API references of Kyverno
(generate, mutate), Gatekeeper (Assign), Flux (HelmRelease) and Argo CD (Application).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.collectors.kubernetes.fields import WORKLOAD, Fields, dotted
from policyctl.collectors.kubernetes.images import parse_image
from policyctl.collectors.kubernetes.intelligence import names_server
from policyctl.collectors.kubernetes.kinds import POD_KINDS, carries_nothing, holds_pods, is_core
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Container
from policyctl.model.secrets import named

_NO_WORKLOAD = names("apiVersion kind metadata status")
_PATTERNS = names(
    "validate validations verifyImages match exclude preconditions celPreconditions context matchConditions"
)
_KEY = re.compile(r"(?i)images?$|image[_.-]?(?:name|ref|reference|repository|uri|url)$|repository$|^container$")
_KIND = re.compile(r"(?:^|[\s{,])[\"']?kind[\"']?\s*:\s*[\"']?(\w+)")
_WITH_PODS = re.compile(r"containers[\"']?\s*:|image[\"']?\s*:|storageUri")
_WRITTEN = re.compile(
    r"(?i)(?:image|repository)[\w.-]*[\"']?\s*[:=]\s*(?:\w+\()?[\"']?([a-z0-9][\w.-]*(?::\d+)?(?:/[\w.-]+)+(?:[:@][\w.:-]+)?)"
)
_LONGEST = 1_000_000


def report_embedded(item: Item, root: Mapping[str, Any], containers: Sequence[Container], fields: Fields) -> None:
    """Record a gap for each place that seems to hold a workload of which no container is known."""
    if carries_nothing(item):
        return
    known = {tuple(container["path"]) for container in containers}
    search = _Search(known, policy=not holds_pods(item) and item.group != "", core=is_core(item) and holds_pods(item))
    for key, value in root.items():
        if key not in _NO_WORKLOAD:
            for path, what in search.walk(value, (key,), key):
                fields.gap(f"{dotted(path)} {what}", WORKLOAD, "unresolved")


class _Search:
    def __init__(self, known: set[Path], *, policy: bool, core: bool) -> None:
        self._known = known
        self._policy = policy
        self._core = core

    def walk(self, node: Any, path: Path, name: str, *, inside: bool = False) -> Iterator[tuple[Path, str]]:
        """The places below a value, each with what it seems to hold; `inside` a container that is known."""
        inside = inside or path in self._known
        if isinstance(node, str):
            yield from self._text(node, path, name, inside=inside)
        elif isinstance(node, list):
            for index, below in enumerate(node):
                yield from self.walk(below, (*path, index), name, inside=inside)
        elif isinstance(node, dict):
            if self._policy and _is_pod(node):
                yield path, "makes pods that nobody looks at here"
                return
            called = named(node)
            for key, below in node.items():
                if not (self._policy and key in _PATTERNS):
                    yield from self.walk(
                        below, (*path, key), called if key == "value" and called else key, inside=inside
                    )

    def _text(self, text: str, path: Path, name: str, *, inside: bool) -> Iterator[tuple[Path, str]]:
        if len(text) > _LONGEST:
            return
        kind = next((found for found in _KIND.findall(text) if found in POD_KINDS), None)
        if kind and _WITH_PODS.search(text):
            yield path, f"holds the text of a {kind} that nobody looks at here"
        elif inside or self._core:
            return
        elif (_KEY.search(name) or self._policy) and _serves(text):
            yield path, f"names the image of a model server: {text[:120]!r}"
        elif written := next((one for one in _WRITTEN.findall(text) if _serves(one)), None):
            yield path, f"writes of the image of a model server: {written[:120]!r}"


def _is_pod(node: Mapping[str, Any]) -> bool:
    containers = node.get("containers")
    return isinstance(containers, list) and any(isinstance(one, dict) and "image" in one for one in containers)


def _serves(text: str) -> bool:
    """Whether a text is the reference of a model server's image, be its digest valid or not."""
    image = parse_image(text.partition("@")[0])
    return image is not None and "/" in text and names_server(image)
