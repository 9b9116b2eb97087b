"""What the records that people keep of AI systems have in common: a YAML mapping each, such as that of an incident.

The collector reads a record by these types: what is not there is absent, what is misspelt or of another type is an error.
"""

from __future__ import annotations

from typing import Annotated

Day = Annotated[str, "day"]
"""An ISO 8601 day, such as 2027-03-01."""

Identifier = Annotated[str, "identifier"]
"""An id: letters, digits, and . _ / - after the first."""
