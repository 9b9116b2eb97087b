"""What one test of a control said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sort = Literal["unit", "example", "missing"]


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of a control, or one that is missing, which fails.

    `place` is "file" or "file:line"; `message` is empty where it passed; `seconds` is the time it took.
    """

    control: str
    sort: Sort
    name: str
    place: str
    message: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether it says what it should."""
        return not self.message
