"""How mutants are made: the same ones every time, however long that takes."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

SAME = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
