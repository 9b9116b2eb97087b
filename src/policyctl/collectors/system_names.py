"""Tags and labels that name an AI system, as people spell them."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES = {"policyctlsystem", "aisystem", "aisystemid", "system"}


@lru_cache(maxsize=1024)
def names_a_system(tag: str) -> bool:
    """Whether a tag or label is one of those: `policyctl:system`, `ai-system`, `AiSystemId` …"""
    return re.sub(r"[^a-z0-9]", "", tag.lower()) in _NAMES
