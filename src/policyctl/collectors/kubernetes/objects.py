"""Which objects a content holds: documents, Lists and lists in Lists; and what in it is no Kubernetes object, with the
reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.collectors.kubernetes.fields import dotted, type_name
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.content import Content
from policyctl.model.document import Path

_DEEPEST_LIST = 8
_KUSTOMIZATIONS = frozenset({"kustomization.yaml", "kustomization.yml", "kustomization"})
_KUSTOMIZE = "kustomize.config.k8s.io"
_CONFIGURATIONS = names(
    "kubeadm.k8s.io kubelet.config.k8s.io kubeproxy.config.k8s.io kubescheduler.config.k8s.io "
    "apiserver.config.k8s.io apiserver.k8s.io audit.k8s.io kind.x-k8s.io k3d.io skaffold "
    "client.authentication.k8s.io controller-runtime.sigs.k8s.io config.kubernetes.io eksctl.io ctlptl.dev "
    "abac.authorization.kubernetes.io"
)
_REVIEWS = frozenset({"admission.k8s.io", "imagepolicy.k8s.io"})


@dataclass(frozen=True, slots=True)
class Item:
    """One object in a content: where it stands, and what it calls itself."""

    content: Content
    document: int
    prefix: Path
    value: Mapping[str, Any]
    api_version: str
    kind: str

    @property
    def group(self) -> str:
        """The API group; "" for the core group."""
        group, slash, _ = self.api_version.partition("/")
        return group if slash else ""

    @property
    def line(self) -> int | None:
        """The line at which the object begins."""
        return self.content.line_of(self.document, self.prefix)


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a content that is no object. `skipped` when it does not claim to be one that a cluster would run."""

    message: str
    hint: str
    skipped: bool = False


def recognises(content: Content) -> bool:
    """Whether something in the content is, or tries to be, a Kubernetes object."""
    if content.syntax not in {"yaml", "json"}:
        return False
    return any(_claims(value) or _is_kustomization(content, value) for value in content.values)


def items(content: Content) -> Iterator[Item | Problem]:
    """The objects of a content in their order, and its problems where they stand."""
    for index, value in enumerate(content.values):
        if _is_kustomization(content, value):
            yield _kustomization(content, index)
        else:
            yield from _items(content, index, (), value, None, 0)


def _is_kustomization(content: Content, value: Any) -> bool:
    """Whether a document is a kustomization, told by its type, or by the file's name where it has none.

    What holds `items` is a list to kubectl, whatever type it claims.
    """
    if not isinstance(value, dict) or "items" in value:
        return False
    version, kind = value.get("apiVersion"), value.get("kind")
    if isinstance(version, str) and version.startswith(f"{_KUSTOMIZE}/"):
        return True
    return version is None and kind is None and content.path.rpartition("/")[2] in _KUSTOMIZATIONS


def _kustomization(content: Content, document: int) -> Problem:
    what = "a kustomization, not the objects that it makes"
    folder = content.path.rpartition("/")[0] or "."
    return Problem(
        f"{_Place(content, document, ())} is {what}" if len(content.values) > 1 else what,
        f"pipe what it makes: kustomize build {folder} | policyctl check -",
        skipped=True,
    )


def _claims(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    version, kind = value.get("apiVersion"), value.get("kind")
    if isinstance(version, str) and isinstance(kind, str):
        return True
    if "apiVersion" not in value and "kind" not in value:
        return False
    body = any(isinstance(value.get(key), dict) for key in ("spec", "metadata", "data")) or isinstance(
        value.get("items"), list
    )
    return body or ("apiVersion" in value and "kind" in value and ("spec" in value or "metadata" in value))


def _items(
    content: Content, document: int, prefix: Path, value: Any, inherited: tuple[str, str] | None, depth: int
) -> Iterator[Item | Problem]:
    at = _Place(content, document, prefix)
    if not isinstance(value, dict):
        yield Problem(f"{at} is {type_name(value)}, not an object", "remove it, or give it apiVersion and kind")
        return
    version, kind = value.get("apiVersion"), value.get("kind")
    if inherited and version is None and kind is None:
        version, kind = inherited
        value = {"apiVersion": version, "kind": kind, **value}
    if not isinstance(version, str) or not isinstance(kind, str) or not version or not kind:
        words = (("apiVersion", version), ("kind", kind))
        wrong = [
            f"its {name} is {type_name(word)}, not text"
            for name, word in words
            if word is not None and not isinstance(word, str)
        ]
        absent = [f"it has no {name}" for name, word in words if word is None or word == ""]
        message = f"{at} is no Kubernetes object: {', '.join(wrong + absent)}"
        yield Problem(message, "give it apiVersion and kind, or move it elsewhere")
        return
    if kind.endswith("List") and "items" in value:
        yield from _list(content, document, prefix, value, (version, kind), depth)
        return
    item = Item(content, document, prefix, value, version, kind)
    if problem := _unnamed(item, at):
        yield problem
    else:
        yield item


def _list(
    content: Content, document: int, prefix: Path, value: Mapping[str, Any], of: tuple[str, str], depth: int
) -> Iterator[Item | Problem]:
    listed = value["items"]
    at = _Place(content, document, (*prefix, "items"))
    if depth >= _DEEPEST_LIST:
        yield Problem(f"{at} is a list in more than {_DEEPEST_LIST} lists", "write the objects one after the other")
    elif listed is None or listed == []:
        yield Problem(f"{at} is a {of[1]} without objects", "", skipped=True)
    elif not isinstance(listed, list):
        yield Problem(f"{at} is {type_name(listed)}, not a list", "write a list of objects")
    else:
        inherited = (of[0], of[1].removesuffix("List")) if of[1] != "List" else None
        for index, below in enumerate(listed):
            yield from _items(content, document, (*prefix, "items", index), below, inherited, depth + 1)


def _unnamed(item: Item, at: _Place) -> Problem | None:
    """Objects have names; what has none is a configuration file of a tool, or broken."""
    group = item.api_version.partition("/")[0]
    if group in _REVIEWS:
        return Problem(
            f"{at} is {_article(item.kind)}, not an object of a cluster",
            "name the object itself, or leave it out",
            skipped=True,
        )
    if group in _CONFIGURATIONS or (item.api_version, item.kind) == ("v1", "Config"):
        return Problem(
            f"{at} is {_article(item.kind)}, a tool's configuration, not an object of a cluster", "", skipped=True
        )
    metadata = item.value.get("metadata")
    if metadata is not None and not isinstance(metadata, dict):
        return Problem(
            f"{at}: metadata of this {item.kind} is {type_name(metadata)}, not a mapping", "write metadata: {name: …}"
        )
    names = [(metadata or {}).get(key) for key in ("name", "generateName")]
    if any(isinstance(name, str) and name for name in names):
        return None
    wrong = next((name for name in names if name is not None and name != ""), None)
    what = f"metadata.name is {type_name(wrong)}, not text" if wrong is not None else "metadata.name is missing"
    return Problem(f"{at}: {what} in this {item.kind}", "give the object a name; quote it when it looks like a number")


def _article(kind: str) -> str:
    return f"{'an' if kind[:1] in 'AEIOU' else 'a'} {kind}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an object stands, in words: made when there is something to say of it, for lines take a second reading."""

    content: Content
    document: int
    prefix: Path

    def __str__(self) -> str:
        line = self.content.line_of(self.document, self.prefix)
        where = f"document {self.document + 1}" if len(self.content.values) > 1 else "the document"
        inside = f" at {dotted(self.prefix)}" if self.prefix else ""
        return f"{where}{inside}" + (f" (line {line})" if line else "")
