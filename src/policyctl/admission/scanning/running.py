"""Puts a scan together: its run, what watches the cluster, its ledger, and the reports that are left in the cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from policyctl import context, opening, recording
from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.cache import Cache
from policyctl.admission.cluster.watching import Watches
from policyctl.admission.profiles import Profiles
from policyctl.admission.scanning import policy_reports
from policyctl.admission.scanning.following import Following
from policyctl.admission.scanning.reading import Reading, Unlisted
from policyctl.admission.scanning.scan import Scan
from policyctl.admission.scanning.scanned import Row, Scanned
from policyctl.admission.webhook import SYSTEM_NAMESPACES
from policyctl.context import Context
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


@contextmanager
def running(settings: Settings, told: Told) -> Iterator[Running]:
    """A scan that is ready to begin. Raises PolicyctlError where nothing could be read, decided or recorded."""
    with ExitStack() as stack:
        yield Running(settings, told, stack)


def run(settings: Settings, told: Told) -> Done:
    """One scan. Raises PolicyctlError where nothing can be read, decided or recorded."""
    with running(settings, told) as scan:
        return scan.once()


class Running:
    """A scan that is ready to begin."""

    def __init__(self, settings: Settings, told: Told, stack: ExitStack) -> None:
        """`stack` closes what is opened. Raises as `running` does."""
        opened = stack.enter_context(
            opening.open_run(settings, ["kubernetes_object"], profiles=told.namespace_profiles)
        )
        self._told, self._stack = told, stack
        self._bundle = opened.loaded.bundle
        self.api = stack.enter_context(closing(Api(told.cluster)))
        now = context.current()
        standing = Standing.of(opened, told.system, now)
        self._profiles = Profiles(standing, told.namespace_profiles)
        self._left_out = () if told.namespaces else tuple(sorted({*SYSTEM_NAMESPACES, *told.untouched}))
        self._reading = Reading(self.api, told.namespaces, self._left_out)
        self._address = recording.address(settings)
        recording.make_folder(self._address)
        ledger = stack.enter_context(open_ledger(self._address))
        self._related: SimpleQueue[str] = SimpleQueue()
        cache = Cache(changed=self._related.put)
        stack.callback(Watches(Api(told.cluster), cache).close)
        _wait_for(cache)
        self._scan = Scan(standing, self._profiles, self._reading, cache.run, ledger, now, record=told.record)

    def once(self) -> Done:
        """One look at everything."""
        rows: dict[str, Row] = {}
        places = self._reading.places()
        for place in places:
            for page in self._reading.pages(place):
                rows |= {row.path: row for row in self._scan.rows(page)}
        return self.done(rows, len({one.kind for one, _ in places}))

    def following(self, today: Callable[[], Context] = context.current) -> Following:
        """What looks at everything and goes on to look."""
        watches = Api(self._told.cluster)
        following = Following(self._scan, self._reading, watches, self._related, today)
        self._stack.callback(following.close)
        return following

    def done(self, rows: Mapping[str, Row], kinds: int) -> Done:
        """What was found, with the reports of it in the cluster."""
        scanned = self.scanned(rows)
        written = self.report(scanned)
        return Done(
            scanned,
            [profile["id"] for profile in self._profiles.all()],
            self._bundle.catalog,
            self._bundle.identity.revision,
            kinds,
            self._left_out,
            f"recorded in {masked(self._address)}" if self._told.record else "NOT RECORDED (--no-record)",
            self._scan.notes,
            written,
        )

    def scanned(self, rows: Mapping[str, Row]) -> Scanned:
        """What is known now, by these rows."""
        return Scanned(list(rows.values()), self.unlisted)

    @property
    def unlisted(self) -> list[Unlisted]:
        """What could not be listed when it was last tried."""
        return self._reading.unlisted

    def report(self, scanned: Scanned, namespaces: Sequence[str] | None = None) -> list[str]:
        """A line for each report that was written, of these namespaces or of all that are looked at. What has been found is told even
        where no report can be written.
        """
        written: list[str] = []
        if not (self._told.reports and self._told.record):  # what is only tried is not what dashboards shall show
            return written
        try:
            for line in policy_reports.write(
                self.api, scanned, self._bundle.catalog, namespaces or self._told.namespaces
            ):
                written.append(line)
        except ApiError as error:
            scanned.unreported = error.message
        return written


def _wait_for(cache: Cache) -> None:
    deadline = time.monotonic() + _FIRST_READ
    while not cache.is_settled and time.monotonic() < deadline:
        time.sleep(0.02)
