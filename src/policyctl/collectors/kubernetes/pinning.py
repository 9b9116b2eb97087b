"""Whether a model's URI names one exact version.

"digest" is the content's own hash; "version" a commit or something that looks immutable (1.4.2, v3, 2024-05-01);
"floating" a name that moves (latest, main, a branch, an alias); "none" nothing at all. Source: KServe storage providers
(hf://org/model:revision, oci://, pvc://), MLflow model URIs, Azure ML and W&B references.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from policyctl.collectors.kubernetes.images import parse_image
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import ModelSource

Pinned = Literal["digest", "version", "floating", "none", "unknown"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_HUB = re.compile(r"[\w.-]+/[\w.-]+(?:[:@][\w./-]+)?")
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_VERSION = re.compile(
    r"v?\d+(?:[._]\d+)*(?:[-+.]?(?:rc|alpha|beta|b|post|build)[-.]?\d*)?|r\d{2}\.\d{2}", re.IGNORECASE
)
_NAMED_VERSION = re.compile(r"[A-Za-z][A-Za-z0-9]*[_-]v?\d+\.\d+\.\d+")
_DATE = re.compile(r"(?:19|20)\d{2}-?\d{2}-?\d{2}(?:[T_-]?\d{4,6}Z?)?")
_FRAMEWORK = re.compile(
    r"(?:sklearn|scikit-?learn|xgboost|lightgbm|tensorflow|tf|pytorch|torch|torchserve|triton|tritonserver|onnx|paddle|pmml|"
    r"mlflow|huggingface|transformers|mlserver|spark|keras|jax)",
    re.IGNORECASE,
)
_MOVING = names(
    "latest main master head dev develop nightly stable prod production staging current default canary edge"
)
_DIGEST = re.compile(r"sha256[:-]?[0-9a-f]{64}|[0-9a-f]{64}")
_UNRESOLVED = re.compile(r"\$[({A-Za-z_]|\{\{|^[<$]|<[^>]*>|^\s*\{[^}]*\}")


def model_source(uri: str, path: Path, *, revision: str | None = None) -> ModelSource:
    """The source that a URI, hub id or path names; `revision` where it is given beside it."""
    if _UNRESOLVED.search(uri):
        return ModelSource(path=list(path), uri=uri, scheme="unresolved", pinned="unknown")
    scheme, pinned, version = _read(uri)
    if revision and scheme in {"hf", "modelscope", "unknown"}:
        version, pinned = revision, "unknown" if _UNRESOLVED.search(revision) else pin(revision)
    source = ModelSource(path=list(path), uri=uri, scheme=scheme, pinned=pinned)
    if version:
        source["revision"] = version
    return source


def pin(revision: str) -> Pinned:
    """How exact a revision is; "none" for an empty one.

    A name that looks like no version may be a branch, and so may move.
    """
    if not revision:
        return "none"
    if _DIGEST.fullmatch(revision):
        return "digest"
    if revision.lower() in _MOVING:
        return "floating"
    return "version" if _is_version(revision) or _COMMIT.fullmatch(revision) else "floating"


def _read(uri: str) -> tuple[str, Pinned, str]:
    found = _SCHEME.fullmatch(uri)
    if found is None:
        return _bare(uri)
    scheme, rest = found[1].lower(), found[2]
    match scheme:
        case "hf" | "huggingface" | "modelscope":
            _, revision = _split_revision(rest)
            return ("hf" if scheme == "huggingface" else scheme), pin(revision), revision
        case "oci" | "docker" | "oci+native" | "modelcar":
            image = parse_image(rest)
            digest, tag = (image.get("digest", ""), image.get("tag", "")) if image else ("", "")
            return scheme, "digest" if digest else pin(tag), digest or tag
        case "wandb":
            _, revision = _split_revision(rest)
            return scheme, pin(revision), revision
        case "ollama":
            return "ollama", *_tag(rest)
        case "azureml":
            return scheme, *_after(rest, "versions", "labels")
        case "models":
            return _mlflow(rest)
        case "http" | "https":
            return scheme, *_web(rest)
        case _:
            return scheme, *_segments(rest.partition("/")[2] if "/" in rest else "")


def _bare(uri: str) -> tuple[str, Pinned, str]:
    if uri.startswith("models:/"):
        return _mlflow(uri.removeprefix("models:/"))
    if uri.startswith("runs:/"):
        return "mlflow", "version", uri.removeprefix("runs:/").partition("/")[0]
    if uri.startswith(("azureml:", "azureml/")):
        name, _, version = uri.partition(":")[2].rpartition(":")
        return "azureml", pin(version) if name else "none", version if name else ""
    if uri.startswith(("/", "./", "../", "~")):
        return "file", *_segments(uri)
    if _HUB.fullmatch(uri):
        _, revision = _split_revision(uri)
        return "hf", pin(revision), revision
    return ("", "none", "") if not uri else ("file" if "/" in uri else "unknown", *_segments(uri if "/" in uri else ""))


def _mlflow(rest: str) -> tuple[str, Pinned, str]:
    name, at, alias = rest.strip("/").partition("@")
    if at:
        return "mlflow", "floating", alias
    _, slash, version = name.partition("/")
    if slash:
        return "mlflow", "version" if version.isdigit() else "floating", version
    return ("mlflow", "version", name) if re.fullmatch(r"m-[0-9a-f]{32}", name) else ("mlflow", "none", "")


def _split_revision(rest: str) -> tuple[str, str]:
    for mark in "@:":
        name, found, revision = rest.partition(mark)
        if found:
            return name, revision
    return rest, ""


def _tag(name: str) -> tuple[Pinned, str]:
    """An Ollama tag: only a digest is fixed, its maintainers move the others."""
    head, at, digest = name.partition("@")
    if at:
        return pin(digest), digest
    tag = head.rpartition("/")[2].partition(":")[2]
    return ("floating" if tag else "none"), tag


def _after(rest: str, fixed: str, moving: str) -> tuple[Pinned, str]:
    parts = rest.strip("/").split("/")
    for part, following in pairwise(parts):
        if part in {fixed, moving}:
            return ("version" if part == fixed else "floating"), following
    return "none", ""


def _web(rest: str) -> tuple[Pinned, str]:
    host, _, path = rest.partition("/")
    if host in {"huggingface.co", "hf.co", "modelscope.cn"}:
        parts = path.split("/")
        for part, following in pairwise(parts):
            if part in {"resolve", "blob", "raw", "tree"}:
                return pin(following), following
        return "none", ""
    return _segments(path)


def _segments(path: str) -> tuple[Pinned, str]:
    """By the parts of an object's path: one that moves decides, then one that looks like a version."""
    path, _, query = path.partition("?")
    for parameter in query.split("&"):
        name, _, value = parameter.partition("=")
        if name in {"versionId", "generation", "version", "versionid", "snapshot"} and value:
            return "version", value
    path, mark, generation = path.partition("#")
    if mark and generation.isdigit():
        return "version", generation
    parts = [part for part in path.split("/") if part]
    digests = [part for part in parts if _DIGEST.fullmatch(part)]
    moving = [part for part in parts if part.lower() in _MOVING]
    versions = [
        part
        for before, part in zip(["", *parts], parts, strict=False)
        if (_is_version(part) and not _of_framework(before, part)) or (len(part) >= 12 and _COMMIT.fullmatch(part))
    ]
    if digests:
        return "digest", digests[-1]
    if moving:
        return "floating", moving[-1]
    return ("version", versions[-1]) if versions else ("none", "")


def _of_framework(before: str, part: str) -> bool:
    """Whether a version is that of the framework or server that the model was made for ("sklearn/1.0",
    "mlserver_1.3.5").
    """
    return any(_FRAMEWORK.fullmatch(name) for name in (before, re.split(r"[_-]", part)[0]))


def _is_version(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_VERSION, _DATE, _NAMED_VERSION))
