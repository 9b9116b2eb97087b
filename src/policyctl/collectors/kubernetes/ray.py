"""What Ray will run: its application configuration, which is YAML inside a text field, and the entrypoint of its jobs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.collectors.kubernetes.fields import MODELS, Fields, dotted
from policyctl.collectors.kubernetes.loading import is_on, unsafe_options
from policyctl.collectors.kubernetes.models import line_models
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.options import split
from policyctl.collectors.kubernetes.pinning import model_source
from policyctl.collectors.kubernetes.unresolved import unresolved
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import ModelSource, UnsafeLoading

_TEXTS = ("serveConfigV2", "runtimeEnvYAML")
_MODEL_KEYS = frozenset(
    {"MODEL_ID", "MODEL", "model_source", "model_path", "model_name_or_path", "HF_MODEL_ID", "MODEL_URI"}
)
_TRUST = frozenset({"trust_remote_code", "trust-remote-code", "TRUST_REMOTE_CODE", "HF_TRUST_REMOTE_CODE"})
_LONGEST = 262_144
_ANCHOR = re.compile(r"(?:^|[\s\[{,])&\w")


def ray_models(item: Item, root: Mapping[str, Any], fields: Fields) -> tuple[list[ModelSource], list[UnsafeLoading]]:
    """The models, and the switches that let them run code, in the texts of a Ray object."""
    models: list[ModelSource] = []
    unsafe: list[UnsafeLoading] = []
    spec = root.get("spec")
    if item.group != "ray.io" or not isinstance(spec, dict):
        return models, unsafe
    if entrypoint := fields.text(spec, "entrypoint", ("spec",), (*MODELS, "unsafe_loading")):
        line = split(entrypoint, ("spec", "entrypoint"))
        models.extend(line_models(line))
        unsafe.extend(unsafe_options(line))
        for reason in unresolved(line):
            fields.gap(reason, ("models", "unsafe_loading"), "unresolved")
    for key in _TEXTS:
        path: Path = ("spec", key)
        text = fields.text(spec, key, ("spec",), (*MODELS, "unsafe_loading"))
        if not text:
            continue
        for name, value, beside in _entries(_parsed(text, path, fields)):
            if name in _MODEL_KEYS and isinstance(value, str) and value:
                revision = beside.get("revision")
                models.append(model_source(value, path, revision=revision if isinstance(revision, str) else None))
            elif name == "model_id" and isinstance(value, str) and "model_source" not in beside:
                models.append(model_source(value, path))
            elif name in _TRUST and is_on(value):
                unsafe.append({"path": list(path), "option": "trust_remote_code", "risk": "remote_code"})
    return models, unsafe


def _parsed(text: str, path: Path, fields: Fields) -> Any:
    import yaml

    if len(text) <= _LONGEST and not _ANCHOR.search(text):
        try:
            return yaml.load(text, Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            fields.gap(
                f"{dotted(path)} is not YAML: {str(error).splitlines()[0]}", (*MODELS, "unsafe_loading"), "unread"
            )
            return None
    fields.gap(f"{dotted(path)} is too long, or has anchors: it was not read", (*MODELS, "unsafe_loading"), "unread")
    return None


def _entries(node: Any) -> Iterator[tuple[Any, Any, Mapping[Any, Any]]]:
    if isinstance(node, list):
        for below in node:
            yield from _entries(below)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key, value, node
            yield from _entries(value)
