"""`--output github`: workflow commands, which GitHub shows as annotations on the lines of a pull request.

Sources: GitHub Docs, "Workflow commands for GitHub Actions"; how the runner reads them: actions/runner, ActionCommand.cs.
"""

from __future__ import annotations

from policyctl.model.printable import printable
from policyctl.model.report import Report
from policyctl.reports.notices import RUN, Notice, notices, verdict

_COMMAND = {"error": "error", "warning": "warning", "note": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """One command a line, and last a notice with the verdict, so that a run that allows everything says so too."""
    lines = [_annotation(notice) for notice in notices(report)]
    lines.append(_command("notice", {"title": RUN}, verdict(report)))
    return "\n".join(lines) + "\n"


def _annotation(notice: Notice) -> str:
    properties = {}
    if notice.file not in ("", "-"):
        properties["file"] = notice.file
        if notice.line is not None:
            properties["line"] = str(notice.line)
    properties["title"] = f"{notice.code} {notice.title}" + (f" ({notice.severity})" if notice.code != RUN else "")
    text = "\n".join(filter(None, (printable(notice.text), notice.fix and f"fix: {printable(notice.fix)}")))
    return _command(_COMMAND[notice.level], properties, text)


def _command(name: str, properties: dict[str, str], text: str) -> str:
    """A command with its properties; `text` may have lines of ours, what others wrote in it is printable already."""
    listed = ",".join(f"{key}={printable(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {listed}::{text.translate(_DATA)}"
