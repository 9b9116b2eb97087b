"""Puts a server together: its run, its certificate, what watches the cluster, and what judges."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from policyctl import context, opening
from policyctl.admission.breaking import BreakGlasses
from policyctl.admission.certificates import Certificate
from policyctl.admission.cluster.api import Api
from policyctl.admission.cluster.cache import Cache
from policyctl.admission.cluster.certificate import Kept, SharedCertificate
from policyctl.admission.cluster.events import Pod, write
from policyctl.admission.cluster.kinds import break_glasses
from policyctl.admission.cluster.watching import Watches
from policyctl.admission.judging import Judging
from policyctl.admission.metrics import Metrics
from policyctl.admission.owners import Controllers
from policyctl.admission.review import Request
from policyctl.admission.serving import Address, Where, Work, serve
from policyctl.admission.spool import Spool
from policyctl.admission.subjects import nothing_known
from policyctl.admission.troubles import Saw, Troubles, unnoticed
from policyctl.pipeline import Standing
from policyctl.progress import say
from policyctl.settings import Settings

_OPA, _LEDGER = 4.0, 3.0
"""Seconds that an answer of OPA's and other writers of the ledger are waited for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a server is told beside the settings. `files` are certificate and key, or None where it makes its own: then `secret` is where
    that is kept, as namespace and name, and `hosts` are what it is called by. `cluster`: a kubeconfig, "in-cluster", or empty. `spool`: the
    folder for what the ledger cannot take. `namespace_profiles`: those that namespaces may choose. `break_glass`: the
    namespace whose ConfigMaps may be break-glasses, or empty. `pod`: the server's own, as namespace, name
    and UID, about which Events are written. `controllers`: accounts that speak for controllers, beside those of
    kube-controller-manager.
    """

    listen: Address
    status: Address | None
    files: tuple[Path, Path] | None
    clients: Path | None
    cluster: str
    secret: tuple[str, str] = ("", "")
    hosts: Sequence[str] = ()
    spool: Path | None = None
    system: str | None = None
    namespace_profiles: Sequence[str] = ()
    break_glass: str = ""
    pod: tuple[str, str, str] | None = None
    controllers: Sequence[str] = ()


def run(settings: Settings, told: Told) -> None:
    """Serves until it is told to end. Raises PolicyctlError for what keeps it from beginning, in the words of what that is."""
    with ExitStack() as stack:
        kinds, more = ["kubernetes_object"], told.namespace_profiles
        opened = stack.enter_context(opening.open_run(settings, kinds, timeout=_OPA, profiles=more))
        standing = Standing.of(opened, told.system, context.current())
        for note in (*settings.notes, *standing.systems.notes, *standing.waivers.notes):
            say(f"policyctl: {note}")
        api = Api(told.cluster) if told.cluster else None
        files, beside = told.files, list[Work]()
        if api and files is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="policyctl-tls-")))
            own = SharedCertificate(api, Kept(*told.secret, told.hosts, folder))
            files = own.first()
            beside.append(own.renew)
        assert files, "the command asks for one or the other"
        around = nothing_known
        if api:
            cache = Cache()
            stack.callback(Watches(api, cache).close)
            around = cache.run
        glasses = None
        if api and told.break_glass:
            watched = break_glasses(told.break_glass)
            own_cache = Cache([watched])
            stack.callback(Watches(api, own_cache, (watched,)).close)
            glasses = BreakGlasses(own_cache)
        metrics = Metrics()
        spool = Spool(told.spool) if told.spool else None
        if spool:
            stack.callback(spool.close)
        broken = glasses.over if glasses else _never
        controllers = Controllers(partial(_read, api), told.controllers) if api else None
        judging = Judging(standing, context.current, _LEDGER, metrics.decided, around, spool, more, broken, controllers)
        stack.callback(judging.close)
        if glasses:
            beside.append(partial(glasses.look, told.break_glass, judging.append, metrics.break_glasses.set))
        saw: Saw = unnoticed
        if api and told.pod:
            troubles = Troubles(partial(write, api, Pod(*told.pod)))
            stack.callback(troubles.close)
            troubles.start()
            saw = troubles.saw
        serve(Where(told.listen, Certificate(*files, told.clients), told.status), judging, metrics, beside, saw)


def _never(_: Request) -> None:
    """No break-glass is taken."""


def _read(api: Api, path: str, seconds: float) -> Any:
    """What stands there now. Raises ApiError."""
    return api.get(path, {}, seconds=seconds)
