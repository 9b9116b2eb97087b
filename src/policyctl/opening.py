"""Opens a run: finds its bundle and starts the OPA that will decide, before what the rest needs is imported.

OPA takes longer to compile the bundle than Python to import and parse: whatever starts it sooner is the time that people wait.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from policyctl import bundle_access
from policyctl.bundles.parts import classification_part, part, whole
from policyctl.collectors.agent_file_names import is_list_name, settings_of
from policyctl.collectors.image_file_names import is_compose_name, is_dockerfile_name
from policyctl.engines.binary import find
from policyctl.engines.interface import Engine
from policyctl.engines.open import open_engine
from policyctl.library import Loaded
from policyctl.model.errors import UsageError
from policyctl.progress import say
from policyctl.settings import Settings

if TYPE_CHECKING:
    from policyctl.engines.remote import Remote
    from policyctl.model.catalog import Catalog
    from policyctl.policies import Policies


_LIKELY = {
    ".json": "terraform_plan",
    ".md": "model_card",
    ".markdown": "model_card",
    ".yaml": "kubernetes_object",
    ".yml": "kubernetes_object",
}
"""What a named file probably is. Its content decides: a wrong guess costs the start of another OPA."""

_MODEL = frozenset({"model", "model_card"})
"""A version of a model comes with its card."""

_BOM = (".cdx.json", ".spdx.json", ".spdx3.json", "bom.json")
"""How names of bills of materials end."""

TIMEOUT = 30.0
"""Seconds that OPA may take for an answer."""

_CONTAINER = "container:"
"""Begins a setting `opa` that names an image in place of a URL."""


@dataclass(slots=True)
class Opened:
    """A run's settings, its bundle, and its engine, which may still be starting. `started` is `time.monotonic()`.

    `controls`: those whose rules the engine has; empty when it has all.
    """

    settings: Settings
    loaded: Loaded
    engine: Engine
    controls: frozenset[str] = frozenset()
    started: float = field(default_factory=time.monotonic)
    timeout: float = TIMEOUT
    _changing: Lock = field(default_factory=Lock, repr=False)

    def engine_for(self, controls: Collection[str]) -> Engine:
        """The engine, or another in its place where it has not the rules of all these controls."""
        with self._changing:
            if self.controls and not self.controls.issuperset(controls):
                self.engine.close()
                self.engine, self.controls = start(self.settings, self.loaded, timeout=self.timeout), frozenset()
            return self.engine

    def restart(self) -> None:
        """Another engine in the place of one that failed, not waited for. Raises EngineError where none can be started."""
        with self._changing:
            self.engine.close()
            self.engine = start(self.settings, self.loaded, self.controls, self.timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.close()


def open_run(
    settings: Settings, kinds: Collection[str] = (), timeout: float = TIMEOUT, profiles: Collection[str] = ()
) -> Opened:
    """The run of these settings, about documents that are probably of these kinds (any, where none is given). Close it. `timeout`:
    seconds to wait for an answer of OPA's; `profiles` that documents may be decided under beside that of the settings.

    Raises ContentError for content that is inconsistent, UntrustedBundle for a bundle that is not the signer's, EngineError where OPA is
    not to be had.
    """
    loaded = _loaded(settings)
    catalog = loaded.bundle.catalog
    likely = frozenset().union(*(_selected(catalog, name, kinds) for name in {settings.profile, *profiles}))
    return Opened(settings, loaded, start(settings, loaded, likely, timeout), likely, timeout=timeout)


def open_policies(settings: Settings, policies: Policies, judged: Sequence[str]) -> Opened:
    """The run of policies written for Conftest, in place of the library's controls. Close it.

    What the configuration says about the library's controls, their profile, waivers and attestations, has no effect on these.
    Raises ContentError for policies that cannot be used, UsageError for an OPA that runs elsewhere, which does not have them, and
    under a trusted configuration for policies that lie in what is `judged`.
    """
    from policyctl.bundles.policies.making import PROFILE
    from policyctl.policies import load, require_trusted

    if settings.opa and not settings.opa.startswith(_CONTAINER):
        raise UsageError(
            f"{settings.opa} has not these policies: with --policy, policyctl starts OPA itself",
            hint="leave out --opa, POLICYCTL_OPA_SERVER and opa: in policyctl.yaml, or start one with --opa container:IMAGE",
        )
    require_trusted(policies, settings, judged)
    loaded = load(policies, opa_path())
    unheard = [key for key in ("profile", "waivers", "attestations", "bundle", "bundle_key") if key in settings.stated]
    said = f"{', '.join(unheard)} of the configuration: without effect on --policy, whose rules say what denies"
    notes = (*settings.notes, said) if unheard else settings.notes
    own = replace(settings, profile=PROFILE, waivers=(), waiver_key=None, attestations=(), notes=notes)
    return Opened(own, loaded, start(own, loaded))


def open_classifying(settings: Settings) -> Opened:
    """A run that classifies systems and decides nothing. Close it. Raises as `open_run` does."""
    loaded = _loaded(settings)
    return Opened(settings, loaded, _start(settings, loaded, partial(classification_part, loaded.bundle)))


def likely_kinds(paths: Sequence[str], kind: str | None) -> frozenset[str]:
    """What the documents of these paths probably are: empty where a path is a folder, or a file that may be anything."""
    if kind:
        return frozenset({kind})
    asked = _asked_of_registries(paths) if any(":" in path for path in paths) else []
    kinds = {_likely(path) if os.path.isfile(path) else "" for path in paths if path not in asked}
    if "" in kinds:
        return frozenset()
    return frozenset((kinds - {"model"}) | (_MODEL if asked or "model" in kinds else frozenset()))


def _asked_of_registries(paths: Sequence[str]) -> list[str]:
    from policyctl.registries import split  # 30 ms, which few runs need

    return split(paths)[1]


def _likely(path: str) -> str:
    if settings_of(path) or is_list_name(path):
        return "agent"
    name = os.path.basename(path).lower()
    if name.endswith(_BOM):
        return "bom"
    if name.startswith("release") and name.endswith((".yaml", ".yml")):
        return "model"
    if is_dockerfile_name(name) or is_compose_name(name):
        return "container_image"
    return _LIKELY.get(os.path.splitext(name)[1], "")


def _selected(catalog: Catalog, profile: str, kinds: Collection[str]) -> frozenset[str]:
    """The controls of these kinds that the profile selects; all of them, where it is not one of the bundle's."""
    known = catalog["profiles"].get(profile)
    by_kind: Mapping[Any, Any] = (
        {kind: told["enforcement"] for kind, told in known["kinds"].items()} if known else catalog["index"]
    )
    return frozenset(id for kind in kinds for id in by_kind.get(kind, ()))


def _loaded(settings: Settings) -> Loaded:
    return bundle_access.load(settings, opa_path, from_cache=not settings.trusted)


def opa_path() -> str:
    """The OPA of this machine, installed first where there is none. Raises EngineError where it cannot be had."""
    if found := find(os.environ):
        return found.path
    from policyctl.engines.install import install

    return install(say).path


def start(
    settings: Settings, loaded: Loaded, controls: frozenset[str] = frozenset(), timeout: float = TIMEOUT
) -> Engine:
    """The engine of this run, not waited for: a remote OPA, one in a container, this user's shared one for this
    bundle, or one of our own.

    Our own is given the rules of these controls only, where some are named.
    """
    only: Callable[[], bytes] | None = None
    if controls:
        only = partial(part, loaded.bundle, controls)
    elif loaded.given:
        only = partial(whole, loaded.bundle)
    return _start(settings, loaded, only, timeout)


def _start(settings: Settings, loaded: Loaded, only: Callable[[], bytes] | None, timeout: float = TIMEOUT) -> Engine:
    identity = loaded.bundle.identity
    if settings.opa.startswith(_CONTAINER):
        return open_engine(loaded.archive, identity, say, image=_image(settings.opa), part=only, timeout=timeout)
    remote = _remote(settings.opa) if settings.opa else None
    return open_engine(loaded.archive, identity, say, remote=remote, part=only, timeout=timeout)


def _image(opa: str) -> str:
    """The image of `container:IMAGE`."""
    image = opa.removeprefix(_CONTAINER)
    if image.strip():
        return image
    raise UsageError(
        f"{opa!r} names no image", hint="write container:NAME@sha256:…, such as the one of openpolicyagent/opa"
    )


def _remote(url: str) -> Remote:
    """A remote OPA, with its credentials from the environment: POLICYCTL_OPA_TOKEN, _CA, _CERT and _KEY (files but for the token)."""
    from policyctl.engines.remote import Remote

    env = os.environ
    return Remote(
        url,
        token=env.get("POLICYCTL_OPA_TOKEN", ""),
        ca_file=env.get("POLICYCTL_OPA_CA", ""),
        certificate=env.get("POLICYCTL_OPA_CERT", ""),
        key=env.get("POLICYCTL_OPA_KEY", ""),
    )
