"""Text from elsewhere made safe for a terminal, a log line or an error message."""

from __future__ import annotations


def printable(text: str, limit: int | None = None) -> str:
    r"""`text` with everything that is not a visible character or a space written as an escape (`\x1b`, `\n`, `\u202e`,
    `\udcff`).

    Escape sequences, line breaks, marks that turn the reading direction and undecodable bytes of file names so become
    visible and lose their effect. Longer than `limit` characters, it is cut and ends in "…".
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
