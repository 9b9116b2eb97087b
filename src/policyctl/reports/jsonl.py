"""`--output jsonl`: what `json` says, one object a line, for programs that read logs: decisions, inputs, waivers, last the summary."""

from __future__ import annotations

import json

from policyctl.model.printable import quiet_json
from policyctl.model.report import Report
from policyctl.reports.json_format import plain


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """The lines, in ASCII: some programs take characters such as U+2028 for the end of a line.

    Each is `{type, …}`, type one of "decision", "input", "waiver", "summary", the rest as in `json`. A list without the summary is cut off.
    """
    whole = plain(report)
    lines = [{"type": "decision", **decision} for decision in whole["decisions"]]
    lines += [{"type": "input", **entry} for entry in whole["inputs"]]
    lines += [{"type": "waiver", **waiver} for waiver in whole["waivers"]]
    lines.append({"type": "summary", **whole["summary"]})
    return "".join(quiet_json(json.dumps(line)) + "\n" for line in lines)
