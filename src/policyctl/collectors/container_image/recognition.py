"""Tells Dockerfiles and compose files from others, cheaply."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from policyctl.collectors.image_file_names import is_dockerfile_name
from policyctl.model.content import Content

_FIRST = re.compile(r"\ufeff?(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(FROM|ARG)[ \t]+(\S[^\n]*)", re.IGNORECASE)
_FROM = re.compile(
    r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*\S+(?:[ \t]+AS[ \t]+\S+)?[ \t]*(?:[\\`][ \t]*)?$", re.IGNORECASE | re.MULTILINE
)
_OTHERS = re.compile(r"^(?:RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|ARG|USER|WORKDIR|LABEL|EXPOSE|FROM)[ \t]", re.MULTILINE)
_STARTS = ("image", "build", "extends")


def is_dockerfile(content: Content) -> bool:
    """Whether the first instruction is FROM or ARG, as in every Dockerfile, and the name or the other lines agree."""
    if content.syntax not in {"text", "markdown"}:
        return False
    first = _FIRST.match(content.text)
    if first is None:
        return False
    if is_dockerfile_name(PurePath(content.path).name):
        return True
    return first[1].isupper() and _FROM.search(content.text) is not None and len(_OTHERS.findall(content.text)) > 1


def is_compose(content: Content) -> bool:
    """Whether a document has services of which one says what it runs."""
    return content.syntax in {"yaml", "json"} and any(map(has_services, content.values))


def has_services(value: Any) -> bool:
    """Whether a YAML value is a compose file, or a part of one."""
    if not isinstance(value, dict) or "apiVersion" in value or not isinstance(value.get("services"), dict):
        return False
    return any(
        isinstance(service, dict) and any(key in service for key in _STARTS) for service in value["services"].values()
    )
