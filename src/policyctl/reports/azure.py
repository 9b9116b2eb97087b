"""`--output azure`: logging commands, which Azure Pipelines shows as issues of the run.

Sources: Microsoft Learn, "Logging commands"; how the agent reads them: microsoft/azure-pipelines-agent, Command.cs and
docs/design/percentEncoding.md.
"""

from __future__ import annotations

from policyctl.model.printable import printable
from policyctl.model.report import Report
from policyctl.reports.notices import RUN, Notice, notices, verdict

_ESCAPED = str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A", "]": "%5D", ";": "%3B"})


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """One issue a line, and last the verdict as plain text. Notes are plain text too: an issue is an error or a warning."""
    return "\n".join([*(_line(notice) for notice in notices(report)), f"{RUN}: {printable(verdict(report))}"]) + "\n"


def _line(notice: Notice) -> str:
    said = f"{notice.title}: {notice.text}" + (f" (fix: {notice.fix})" if notice.fix else "")
    if notice.level == "note":
        line = f":{notice.line}" if notice.line is not None else ""
        return printable(f"note {notice.code} {notice.file}{line} {said}")
    properties: dict[str, str] = {"type": notice.level}
    if notice.file not in ("", "-"):
        properties["sourcepath"] = notice.file
        if notice.line is not None:
            properties["linenumber"] = str(notice.line)
    properties["code"] = notice.code
    listed = "".join(f"{key}={_escaped(value)};" for key, value in properties.items())
    return f"##vso[task.logissue {listed}]{_escaped(said)}"


def _escaped(text: str) -> str:
    return printable(text).translate(_ESCAPED)
