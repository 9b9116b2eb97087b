"""Puts a scan together: its run, what watches the cluster, its ledger, and the reports that are left in the cluster."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

from policyctl import context, opening, recording
from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.cache import Cache
from policyctl.admission.cluster.watching import Watches
from policyctl.admission.profiles import Profiles
from policyctl.admission.scanning import policy_reports
from policyctl.admission.scanning.reading import Reading
from policyctl.admission.scanning.scan import Scan
from policyctl.admission.scanning.scanned import Scanned
from policyctl.admission.webhook import SYSTEM_NAMESPACES
from policyctl.ledger import open_ledger
from policyctl.ledger.address import masked
from policyctl.model.catalog import Catalog
from policyctl.pipeline import Standing
from policyctl.settings import Settings

_FIRST_READ = 60.0
"""Seconds to wait for the objects that say something of others; what is not read then is a gap."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a scan is told beside the settings. `namespaces`: only these; else all but the system's and those `untouched`.
    `namespace_profiles` may be chosen by a namespace's label.
    """

    cluster: str
    namespaces: Sequence[str] = ()
    untouched: Sequence[str] = ()
    record: bool = True
    reports: bool = True
    system: str | None = None
    namespace_profiles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a scan has found, and by what. `written` has a line for each report in the cluster, `left_out` the namespaces not looked at."""

    scanned: Scanned
    profiles: Sequence[str]
    catalog: Catalog
    revision: str
    kinds: int
    left_out: Sequence[str]
    recorded: str
    notes: Sequence[str]
    written: Sequence[str]


def run(settings: Settings, told: Told) -> Done:
    """One scan, recorded. Raises PolicyctlError where nothing can be read, decided or recorded."""
    with ExitStack() as stack:
        opened = stack.enter_context(
            opening.open_run(settings, ["kubernetes_object"], profiles=told.namespace_profiles)
        )
        api = stack.enter_context(closing(Api(told.cluster)))
        now = context.current()
        standing = Standing.of(opened, told.system, now)
        profiles = Profiles(standing, told.namespace_profiles)
        left_out = () if told.namespaces else tuple(sorted({*SYSTEM_NAMESPACES, *told.untouched}))
        reading = Reading(api, told.namespaces, left_out)
        address = recording.address(settings)
        recording.make_folder(address)
        ledger = stack.enter_context(open_ledger(address))
        cache = Cache()
        stack.callback(Watches(Api(told.cluster), cache).close)
        _wait_for(cache)
        scan = Scan(standing, profiles, reading, cache.run, ledger, now, record=told.record)
        scanned = Scanned(list(scan.rows()), reading.unlisted)
        bundle = opened.loaded.bundle
        # What was only tried is not what dashboards shall show.
        written = _reported(api, scanned, bundle.catalog, told) if told.reports and told.record else []
        return Done(
            scanned,
            [profile["id"] for profile in profiles.all()],
            bundle.catalog,
            bundle.identity.revision,
            reading.kinds,
            left_out,
            f"recorded in {masked(address)}" if told.record else "NOT RECORDED (--no-record)",
            scan.notes,
            written,
        )


def _reported(api: Api, scanned: Scanned, catalog: Catalog, told: Told) -> list[str]:
    """A line for each report. What has been found is told even where no report can be written."""
    written = []
    try:
        for line in policy_reports.write(api, scanned, catalog, told.namespaces):
            written.append(line)
    except ApiError as error:
        scanned.unreported = error.message
    return written


def _wait_for(cache: Cache) -> None:
    deadline = time.monotonic() + _FIRST_READ
    while not cache.is_settled and time.monotonic() < deadline:
        time.sleep(0.02)
