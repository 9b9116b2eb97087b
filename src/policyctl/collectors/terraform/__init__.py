"""Terraform plans, as `terraform show -json` prints them (formats 0.x and 1.x).

Facts written (`model.facts.terraform`): every resource instance of every module with its action, its values, what is
unknown, computed and masked, its references in the same module instance, and who refers to it; what passes on descriptions
in another system's words.

Source: HashiCorp, "JSON Output Format" (plan, state and configuration representation).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.model.content import Content
from policyctl.model.document import Collected, Input, Kind, Source
from policyctl.model.errors import InputError


class TerraformPlanCollector:
    """Reads plans. What resembles a plan (a state, log lines) is an error that says how to get one."""

    kind: Kind = "terraform_plan"

    def recognises(self, content: Content) -> bool:
        """Whether this is a plan, or something of Terraform's that a user may take for one."""
        from policyctl.collectors.terraform.plan import resembles_plan

        return resembles_plan(content.values)

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One subject a plan; `id` is its path."""
        for content in contents:
            try:
                yield Input(content.path, "decided", self.kind, subjects=(self._collected(content),))
            except InputError as error:
                yield Input(content.path, "error", self.kind, error.message, error.hint)
            except RecursionError:
                yield Input(content.path, "error", self.kind, "values are nested too deeply", "no real plan is")

    def _collected(self, content: Content) -> Collected:
        from policyctl.collectors.terraform.dynamic import uncover
        from policyctl.collectors.terraform.facts import read
        from policyctl.collectors.terraform.lines import Locator
        from policyctl.collectors.terraform.plan import checked_plan, plan_gaps
        from policyctl.collectors.terraform.systems import system_ids

        plan = checked_plan(content.values)
        found = read(plan)
        resources = [one for members in found.facts["resources"].values() for one in members]
        locate = Locator(content, found.instances, found.configuration)
        by_address = {one.address: one for one in found.instances}
        uncover(((one, by_address[one["address"]]) for one in resources), locate.written)
        systems = system_ids(resources)
        notes = []
        if found.facts["destroy_only"]:
            deleted = sum(1 for one in resources if one["action"] == "delete")
            notes.append(f"the plan only destroys: {deleted} resources are deleted, nothing is created or kept")
        if len(systems) > 1:
            notes.append(f"tags name {len(systems)} systems ({', '.join(sorted(systems)[:5])}): none is taken")
        return Collected(
            kind=self.kind,
            subject={"id": content.path, "path": content.path},
            facts=found.facts,
            sources=(Source(path=content.path, sha256=content.sha256),),
            gaps=(*plan_gaps(plan), *found.gaps),
            masked=tuple(found.masked),
            locate=locate,
            system_id=systems.pop() if len(systems) == 1 else None,
            notes=tuple(notes),
        )
