"""The bundle's archive, as it is given to an OPA: read once, so that what is verified is what OPA loads."""

from __future__ import annotations

from pathlib import Path

from policyctl.model.decision import BundleIdentity
from policyctl.model.errors import EngineError


def read_archive(path: Path) -> bytes:
    """Its bytes. Raises EngineError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise EngineError(
            f"the bundle {path} cannot be read: {error.strerror}", hint="look at the permissions of the cache folder"
        ) from error


def verify_archive(path: Path, content: bytes, bundle: BundleIdentity) -> None:
    """Raises EngineError unless these bytes have the digest that `bundle` states."""
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    if digest != bundle.sha256:
        raise EngineError(
            f"the bundle {path} is not the expected one: its SHA-256 is {digest}, not {bundle.sha256}",
            hint="build or pull the bundle again",
        )
