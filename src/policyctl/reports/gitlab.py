"""`--output gitlab`: a Code Quality report, which GitLab shows in the merge request.

Source: GitLab Docs, "Code Quality", report format.
"""

from __future__ import annotations

import json
from typing import Any

from policyctl.model.printable import printable, quiet_json
from policyctl.model.report import Report
from policyctl.reports.notices import Notice, notices

_ERROR = {"critical": "blocker", "high": "critical", "medium": "major", "low": "major"}
_OTHER = {"warning": "minor", "note": "info"}


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """A JSON list with an entry for each thing to tell."""
    return quiet_json(json.dumps([_violation(notice) for notice in notices(report)], indent=2)) + "\n"


def _violation(notice: Notice) -> dict[str, Any]:
    """What denies is "major" at least and a warning is "minor", so that the severity alone tells them apart.

    GitLab wants a path and a line for everything: the run as a whole has the folder in which it ran.
    """
    said = f"{notice.title}: {notice.text}" + (f" (fix: {notice.fix})" if notice.fix else "")
    return {
        "description": printable(said),
        "check_name": notice.code,
        "fingerprint": notice.identity,
        "severity": _ERROR[notice.severity] if notice.level == "error" else _OTHER[notice.level],
        "location": {"path": notice.file or ".", "lines": {"begin": notice.line or 1}},
    }
