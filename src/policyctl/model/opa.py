"""What every OPA that is started here is given."""

from __future__ import annotations

MEMORY = {"GOGC": "1600", "GOMEMLIMIT": "1GiB"}
"""Variables of its environment. Collecting garbage while it compiles the bundle costs a third of OPA's start (measured: 0.34 s of
processor time with Go's default, 0.22 s so), and a quarter of parsing: it begins later, and near a gibibyte as eagerly as need be.
"""
