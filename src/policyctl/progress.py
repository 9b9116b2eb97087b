"""What is being done, said on standard error while it lasts."""

from __future__ import annotations

import sys
from contextlib import suppress


def say(text: str) -> None:
    """One line to the person who waits. Where standard error cannot be written, nobody does: the work goes on."""
    with suppress(OSError):
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
