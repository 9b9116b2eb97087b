"""AdmissionReview v1: what an API server asks, and what it is answered.

Source: Kubernetes API reference, admission.k8s.io/v1; Kubernetes documentation, "Dynamic Admission Control".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, Field, PrivateAttr, ValidationError

from policyctl.collectors.json_values import parse_json
from policyctl.model.errors import InputError

API_VERSION = "admission.k8s.io/v1"
_WORD = Field(max_length=1024)
_LONGEST_MESSAGE, _LONGEST_WARNING, _ALL_WARNINGS = 4_000, 256, 4_096
"""In characters, and bytes of all: a server cuts off what is longer, in the middle of a word. Our own limit for a message."""


class Kind(BaseModel):
    """Group, version and kind, or resource, of what a request is about."""

    group: str = _WORD
    version: str = _WORD
    kind: str = Field("", max_length=1024)
    resource: str = Field("", max_length=1024)

    @property
    def api_version(self) -> str:
        """As an object of it writes it: "apps/v1", "v1"."""
        return f"{self.group}/{self.version}" if self.group else self.version


class User(BaseModel):
    """Who asks the API server, as it has authenticated them."""

    username: str = Field("", max_length=4096)
    groups: list[str] = Field(default_factory=list)


class Request(BaseModel):
    """One request. `object` and `oldObject` are JSON values as the cluster would keep them; what a request has not is None."""

    _chosen: str = PrivateAttr("")

    uid: str = Field(min_length=1, max_length=256)
    kind: Kind
    resource: Kind
    subResource: str = Field("", max_length=1024)
    operation: Literal["CREATE", "UPDATE", "DELETE", "CONNECT"]
    name: str = Field("", max_length=1024)
    namespace: str = Field("", max_length=1024)
    userInfo: User
    object: dict[str, Any] | None = None
    oldObject: dict[str, Any] | None = None
    dryRun: bool = False

    @property
    def chosen(self) -> str:
        """What its namespace has chosen as its profile, by the path that was asked at: nothing in the review says it."""
        return self._chosen

    @property
    def about(self) -> str:
        """The resource that is asked about: "deployments.apps", "pods/exec"."""
        return ".".join(filter(None, (self.resource.resource, self.resource.group))) + (
            f"/{self.subResource}" if self.subResource else ""
        )


class _Review(BaseModel):
    apiVersion: Literal["admission.k8s.io/v1"]
    kind: Literal["AdmissionReview"]
    request: Request


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `code` and `message` are for the user where it is not allowed; `audit` is for the API server's own audit log."""

    allowed: bool
    code: int = 200
    message: str = ""
    warnings: tuple[str, ...] = ()
    audit: Mapping[str, str] = field(default_factory=dict)


def parse(body: bytes, chosen: str = "") -> Request:
    """The request of an AdmissionReview, about a namespace that has chosen this profile. Raises InputError for what is none, quoting no
    value.
    """
    try:
        value = parse_json(body.decode(), "the review")
    except UnicodeDecodeError as error:
        raise InputError("the review is not UTF-8", hint="send the JSON of an AdmissionReview") from error
    try:
        request = _Review.model_validate(value, strict=True).request
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(map(str, first["loc"])) or "the whole"
        raise InputError(
            f"this is no AdmissionReview of {API_VERSION}: {at}: {first['msg']}",
            hint="is the webhook called by an API server?",
        ) from error
    request._chosen = chosen
    return request


def rendered(uid: str, answer: Answer) -> bytes:
    """The review that is sent back."""
    response: dict[str, Any] = {"uid": uid, "allowed": answer.allowed}
    if not answer.allowed:
        reason = "Forbidden" if answer.code == 403 else "Invalid"
        message = cut(answer.message, _LONGEST_MESSAGE)
        response["status"] = {"code": answer.code, "reason": reason, "message": message}
    if warnings := _fitting(answer.warnings):
        response["warnings"] = warnings
    if answer.audit:
        response["auditAnnotations"] = dict(answer.audit)
    review = {"apiVersion": API_VERSION, "kind": "AdmissionReview", "response": response}
    return json.dumps(review, ensure_ascii=False, separators=(",", ":")).encode()


def cut(text: str, longest: int) -> str:
    """The text, at most so many characters of it."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _fitting(warnings: tuple[str, ...]) -> list[str]:
    """As many as an API server passes on, the last of them saying how many it does not."""
    cuts = [cut(warning, _LONGEST_WARNING) for warning in warnings]
    kept: list[str] = []
    left = _ALL_WARNINGS - _LONGEST_WARNING
    for index, warning in enumerate(cuts):
        left -= len(warning.encode())
        if left < 0:
            return [*kept, f"and {len(cuts) - index} more warnings"]
        kept.append(warning)
    return kept
