"""The bundle's archive, as it is given to an OPA: read once, so that what is verified is what OPA loads."""

from __future__ import annotations

import hashlib
from pathlib import Path

from policyctl.model.decision import BundleIdentity
from policyctl.model.errors import EngineError


def read_archive(path: Path, bundle: BundleIdentity) -> bytes:
    """Its bytes. Raises EngineError when it cannot be read, or has not the digest that `bundle` states."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EngineError(
            f"the bundle {path} cannot be read: {error.strerror}", hint="look at the permissions of the cache folder"
        ) from error
    digest = hashlib.sha256(content).hexdigest()
    if digest != bundle.sha256:
        raise EngineError(
            f"the bundle {path} is not the expected one: its SHA-256 is {digest}, not {bundle.sha256}",
            hint="build or pull the bundle again",
        )
    return content
