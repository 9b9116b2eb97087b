"""What is being done, said on standard error while it lasts."""

from __future__ import annotations

import sys


def say(text: str) -> None:
    """One line to the person who waits."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
