"""What must be known of the decisions of a scan beside what they say: `check` says the same of its run."""

from __future__ import annotations

from policyctl import deciding, verdict
from policyctl.context import Context
from policyctl.deciding import Asked
from policyctl.model.catalog import Profile
from policyctl.model.report import Decided
from policyctl.pipeline import Standing
from policyctl.reports.grouping import waiver_line
from policyctl.waivers import Met


class Noted:
    """One scan's."""

    def __init__(self) -> None:
        self._sentences: set[str] = set()
        self._systems: set[str | None] = set()
        self._met = Met()

    def take(self, asked: Asked, decided: Decided, profile: Profile) -> None:
        """What was asked, what was decided, and the profile that did."""
        self._sentences |= {*deciding.trust_notes([decided]), *verdict.assumed([decided], profile)}
        self._systems.add(asked.subject.system_id)
        self._met.take(decided)

    def told(self, standing: Standing, context: Context) -> tuple[str, ...]:
        """A sentence each."""
        run = standing.run
        waivers = standing.waivers.told(self._met, standing.profile, run.loaded.bundle.catalog, context.today)
        return (
            *run.settings.notes,
            *([run.loaded.note] if run.loaded.note else ()),
            *standing.systems.notes,
            *standing.waivers.notes,
            *map(waiver_line, waivers),
            *standing.attestations.notes(standing.systems.known(self._systems)),
            *sorted(self._sentences),
        )
