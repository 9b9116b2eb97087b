"""What broken facts may do to a verdict: make it worse, or uncertain. Nothing that was wrong may be forgotten."""

from __future__ import annotations

from policyctl.model.decision import Answer, status_of


def forgotten(control: str, before: Answer, after: Answer) -> str:
    """What the second answer no longer says, in words; empty when nothing is lost.

    The status stays fail, or becomes undetermined. Where it stays fail, a finding that is gone has left another one about its resource,
    or something more that could not be told.
    """
    status = status_of(after, control)
    if status == "undetermined":
        return ""
    if status != "fail":
        return f"{status_of(before, control)} became {status}"
    told = before["undetermined"].get(control, [])
    if any(entry not in told for entry in after["undetermined"].get(control, [])):
        return ""
    lost = _defects(control, before) - _defects(control, after)
    instead = {resource for resource, _ in _defects(control, after) - _defects(control, before)}
    codes = sorted(code for resource, code in lost if resource not in instead)
    return f"the finding {', '.join(codes)} was lost" if codes else ""


def _defects(control: str, answer: Answer) -> set[tuple[str, str]]:
    return {(finding["resource"], finding["code"]) for finding in answer["findings"].get(control, [])}
