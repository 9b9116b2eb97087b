"""What the records that people keep of AI systems have in common: a YAML mapping each, such as that of an incident.

The collector reads a record by these types: what is not there is absent, what is misspelt or of another type is an error.
"""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

Day = Annotated[str, "day"]
"""An ISO 8601 day, such as 2027-03-01."""

Identifier = Annotated[str, "identifier"]
"""An id: letters, digits, and . _ / - after the first."""


class DecimalAmount(TypedDict):
    """A number of any size: `significand` times ten to the power of `exponent`. The significand is from 1 up to, not including, 10, or 0.

    JSON has no exact numbers of that size. A significand of at most 15 digits is a double that compares as it is written.
    """

    significand: float
    exponent: int


Amount = Annotated[DecimalAmount, "amount"]
"""A large number, written such as 3.8e25 or 38000000000000000000000000."""
