"""What the release record of a model states, and how much of it has effect."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from policyctl.context import Context
from policyctl.model.document import Collected, Gap, Input
from policyctl.settings import Settings

_WEIGHTY: Final = ("approvals", "base_models", "monitoring", "reviews")
"""What counts only from whom the gate trusts: that somebody else looked, and found it good."""

_REASON: Final = "a claim without effect: it counts from a release record that the trusted configuration lists"


def weighed(entry: Input, settings: Settings, context: Context) -> Input:
    """An input, each model in it with a gap over the statements that have no effect: where the tree under judgement is somebody else's,
    what its release record says of approvals and reviews is a claim.
    """
    if not (settings.trusted or context.pipeline):
        return entry
    return replace(entry, subjects=tuple(_weighed(subject, settings) for subject in entry.subjects))


def _weighed(subject: Collected, settings: Settings) -> Collected:
    stated = [key for key in _WEIGHTY if key in subject.facts.get("release", {})] if subject.kind == "model" else []
    listed = {path.resolve() for path in settings.releases} if settings.trusted else set()
    if not stated or Path(subject.subject["path"]).resolve() in listed:
        return subject
    gaps = [
        Gap(code="claim_without_effect", reason=_REASON, paths=[["facts", "release", key]], at=["release", key])
        for key in stated
    ]
    note = f"release record: {', '.join(stated)}: {_REASON}"
    return replace(subject, gaps=(*subject.gaps, *gaps), notes=(*subject.notes, note))
