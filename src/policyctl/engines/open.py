"""Which engine a command gets: the remote one or the image that was named, this user's shared one, else a managed one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from policyctl.engines.binary import Binary, find
from policyctl.engines.interface import Engine
from policyctl.engines.managed import ManagedEngine
from policyctl.model.decision import BundleIdentity

if TYPE_CHECKING:
    from policyctl.engines.remote import Remote


def open_engine(
    archive: Path,
    bundle: BundleIdentity,
    progress: Callable[[str], None],
    *,
    remote: Remote | None = None,
    image: str = "",
    part: Callable[[], bytes] | None = None,
    timeout: float = 30,
) -> Engine:
    """An engine that answers from this bundle, started if need be, returned before it is ready. Close it.

    `image`: run OPA in a container of it. `part` makes what an OPA of our own is given in the archive's place: the same bundle
    with fewer rules. Installs OPA when there is none, saying so to `progress`. Raises UsageError or EngineError.
    """
    if remote:
        from policyctl.engines.remote import RemoteEngine

        return RemoteEngine(remote, bundle, timeout=timeout)
    if image:
        from policyctl.engines.container import ContainerEngine

        return ContainerEngine(image, archive, bundle, part=part, timeout=timeout)
    named = find(os.environ) if os.environ.get("POLICYCTL_OPA") else None
    if shared := _shared(bundle, named, timeout):
        return shared
    binary = find(os.environ)
    if binary is None:
        from policyctl.engines.install import install

        binary = install(progress)
    return ManagedEngine(binary, archive, bundle, part=part, timeout=timeout)


def _shared(bundle: BundleIdentity, named: Binary | None, timeout: float) -> Engine | None:
    """Looked for without costly imports. Where POLICYCTL_OPA names a binary, only that one serves."""
    from policyctl.engines.runtime import base_folder

    if not (base_folder(os.environ) / "shared").exists():
        return None
    from policyctl.engines.shared import attach

    return attach(bundle, named, timeout=timeout)
