"""Builds the input document of one subject, and its canonical bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from policyctl.documents.masking import masked_attested, masked_facts
from policyctl.model.attestation import Attested
from policyctl.model.document import Collected, InputDocument, ResolvedProfile, System
from policyctl.model.waiver import Waiver


def build(
    collected: Collected,
    *,
    system: System,
    profile: ResolvedProfile,
    as_of: str,
    simulated: bool,
    environment: Mapping[str, str],
    attested: Attested | None = None,
    waivers: Sequence[Waiver] = (),
) -> InputDocument:
    """Everything a decision may look at. `as_of` is a UTC day (ISO 8601); secrets are emptied here, before anybody else sees them."""
    facts, masked = masked_facts(collected)
    stated, masked_there = masked_attested(attested or {})
    return {
        "kind": collected.kind,
        "subject": collected.subject,
        "system": system,
        "environment": dict(environment),
        "as_of": as_of,
        "simulated": simulated,
        "profile": profile,
        "waivers": list(waivers),
        "facts": facts,
        "attested": stated,
        "gaps": list(collected.gaps),
        "masked": sorted({*collected.masked, *masked, *masked_there}),
        "sources": list(collected.sources),
    }


def canonical(value: Any) -> bytes:
    """The bytes that are recorded and hashed: JSON with sorted keys and no white space, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()
