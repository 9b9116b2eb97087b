"""What the collectors make of one file's bytes: documents, a message, or the word that it is of no kind. Nothing else may happen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal

import jsonschema

from policyctl import plugins
from policyctl.collectors.decoding import decode
from policyctl.collectors.detection import detect
from policyctl.collectors.reading import parse
from policyctl.documents.building import build, canonical
from policyctl.documents.schemas import schema_of
from policyctl.model.content import Collector, Content
from policyctl.model.document import Collected, Input, ResolvedProfile
from policyctl.model.errors import InputError

Became = Literal["refused", "of no kind", "decided", "said why not", "partly decided"]

PROFILE: ResolvedProfile = {
    "id": "none",
    "digest": "",
    "enforcement": {},
    "undetermined": [],
    "parameters": {},
    "waivers": {},
}


def became(name: str, content: bytes) -> Became:
    """What became of a file. Raises AssertionError where a message is none, or a document is not what its schema says."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        parsed = parse(decode(content, name), name, digest, len(content))
    except InputError as error:
        refusal = error
    else:
        return _collected(parsed)
    require_told(refusal.message, refusal.hint)
    assert refusal.message.isprintable()
    assert refusal.message.startswith(f"{name}:")
    return "refused"


def _collected(parsed: Content) -> Became:
    collector = detect(parsed, collectors())
    if collector is None:
        return "of no kind"
    inputs = list(collector.collect([parsed]))
    assert inputs
    for one in inputs:
        _require_sound(one)
    statuses = {one.status for one in inputs}
    return "decided" if statuses == {"decided"} else "partly decided" if "decided" in statuses else "said why not"


def require_told(message: str, hint: str) -> None:
    """A message for people: not endless, with a next step, and without Python's own words. Reports make it printable."""
    assert message
    assert hint
    assert len(message) < 2000, message[:300]
    assert "Traceback" not in message
    assert "object has no attribute" not in message


@cache
def collectors() -> Sequence[Collector]:
    """The registered collectors."""
    return plugins.collectors()


def _require_sound(one: Input) -> None:
    if one.status == "error":
        require_told(one.message, one.hint)
    if one.status == "skipped":
        assert one.message
    for subject in one.subjects:
        _require_document(subject)


def _require_document(subject: Collected) -> None:
    document = build(subject, system={}, profile=PROFILE, as_of="2026-11-21", simulated=False, environment={})
    again: Mapping[str, Any] = json.loads(canonical(document))
    wrong = [(list(error.absolute_path), error.message[:200]) for error in _validator(subject.kind).iter_errors(again)]
    assert wrong == []
    for gap in subject.gaps:
        assert gap["code"]
        assert gap["reason"]
        for path in gap.get("paths", ()):
            subject.locate(again["subject"]["id"], tuple(path))


@cache
def _validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema_of(kind))
