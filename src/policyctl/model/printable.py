"""Text from elsewhere made safe for a terminal, a log line, an error message, or a build agent that reads commands in logs."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"#(?=#(?:vso)?\[)|:(?=:[a-z][a-z-]*(?: .*?)?::)", re.IGNORECASE)
"""Where a command for a build agent begins: Azure's `##vso[` and GitHub's older `##[` anywhere in a line, GitHub's `::word::` at
the beginning of one, where a wrapped line may put it.

Sources: microsoft/azure-pipelines-agent, Command.cs; actions/runner, ActionCommand.cs.
"""

_UNSEEN = re.compile("[\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\uffff]")
"""What JSON may hold as it is, and a terminal may act on or a reader may take for the end of a line."""

_COMMAND_IN_JSON = re.compile(r"#(?=[^ -\"$-~])")
"""A `#` before another one, or before a character outside ASCII, which an agent may ignore when it compares."""


def printable(text: str, limit: int | None = None) -> str:
    r"""`text` with everything that is not a visible character or a space written as an escape (`\x1b`, `\n`, `\u202e`,
    `\udcff`), and the first character of what a build agent takes for a command (`\x23#vso[`).

    Escape sequences, line breaks, marks that turn the reading direction and undecodable bytes of file names so become
    visible and lose their effect. Longer than `limit` characters, it is cut and ends in "…".
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    if "##" in text or "::" in text:
        text = _COMMAND.sub(lambda mark: f"\\x{ord(mark[0]):02x}", text)
    return text


def quiet_json(text: str) -> str:
    """A JSON text that says the same, in which no terminal sees a control character and no build agent a command."""
    text = _UNSEEN.sub(lambda unseen: f"\\u{ord(unseen[0]):04x}", text)
    return _COMMAND_IN_JSON.sub(r"\\u0023", text)
