"""Opens a run: finds its bundle and starts the OPA that will decide, before what the rest needs is imported.

OPA takes longer to compile the bundle than Python to import and parse: whatever starts it sooner is the time that people wait.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Self

from policyctl import library
from policyctl.engines.binary import find
from policyctl.engines.interface import Engine
from policyctl.engines.open import open_engine
from policyctl.library import Loaded
from policyctl.progress import say
from policyctl.settings import Settings

if TYPE_CHECKING:
    from policyctl.engines.remote import Remote


@dataclass(frozen=True, slots=True)
class Opened:
    """A run's settings, its bundle, and its engine, which may still be starting. `started` is `time.monotonic()`."""

    settings: Settings
    loaded: Loaded
    engine: Engine
    started: float = field(default_factory=time.monotonic)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.close()


def open_run(settings: Settings) -> Opened:
    """The run of these settings. Close it. Raises ContentError for content that is inconsistent, EngineError where OPA is not to be had."""
    loaded = library.load((library.own_root(), *settings.content), opa_path, from_cache=not settings.trusted)
    return Opened(settings, loaded, start(settings, loaded))


def opa_path() -> str:
    """The OPA of this machine, installed first where there is none. Raises EngineError where it cannot be had."""
    if found := find(os.environ):
        return found.path
    from policyctl.engines.install import install

    return install(say).path


def start(settings: Settings, loaded: Loaded) -> Engine:
    """The engine of this run, not waited for: a remote OPA, this user's shared one for this bundle, or one of our own."""
    return open_engine(loaded.archive, loaded.bundle.identity, say, remote=_remote(settings.opa))


def _remote(url: str) -> Remote | None:
    """A remote OPA, with its credentials from the environment: POLICYCTL_OPA_TOKEN, _CA, _CERT and _KEY (files but for the token)."""
    if not url:
        return None
    from policyctl.engines.remote import Remote

    env = os.environ
    return Remote(
        url,
        token=env.get("POLICYCTL_OPA_TOKEN", ""),
        ca_file=env.get("POLICYCTL_OPA_CA", ""),
        certificate=env.get("POLICYCTL_OPA_CERT", ""),
        key=env.get("POLICYCTL_OPA_KEY", ""),
    )
