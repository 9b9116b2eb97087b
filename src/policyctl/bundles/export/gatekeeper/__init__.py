"""A bundle's portable controls for OPA Gatekeeper: a ConstraintTemplate for each, and Constraints that do what the profile says.

What a Constraint looks at are Kubernetes' own workloads; the control's rules are unchanged but for the packages' names, which
Gatekeeper wants below `lib`. Source: https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates
"""

from __future__ import annotations

from policyctl.bundles.build import Bundle, require_catalog
from policyctl.bundles.export.folder import as_json
from policyctl.bundles.export.gatekeeper.constraint import constraints
from policyctl.bundles.export.gatekeeper.template import template
from policyctl.bundles.export.gatekeeper.written import as_yaml
from policyctl.bundles.portable import KIND, NOT_PORTABLE, left_out
from policyctl.model.catalog import Catalog, Profile
from policyctl.model.errors import UsageError

LEFT_OUT = "left-out.json"


def exported(bundle: Bundle, profile: Profile) -> dict[str, bytes]:
    """The files, by path: templates/, constraints/, and which controls of Kubernetes objects are left out, with the reason.

    Raises UsageError for a profile that decides by dates, and for one that selects no portable control.
    """
    require_catalog(bundle, ("controls", "reads", "rules", "frameworks", NOT_PORTABLE))
    catalog: Catalog = bundle.catalog
    resolved = profile["kinds"][KIND]
    framework = resolved.get("framework")
    if framework and catalog["frameworks"][framework]["dated"]:
        raise UsageError(
            f"profile {profile['id']} decides by the dates of a law and by what the system is, which Gatekeeper does not know",
            hint="name a profile without dates, such as baseline",
        )
    without = left_out(bundle.files, catalog)
    chosen = [catalog["controls"][id] for id in sorted(resolved["enforcement"]) if id not in without]
    if not chosen:
        raise UsageError(f"profile {profile['id']} selects no portable control", hint="name another profile: --profile")
    files = {f"templates/{one['id'].lower()}.yaml": as_yaml(template(bundle, one)) for one in chosen}
    for one in chosen:
        for made in constraints(one, resolved):
            files[f"constraints/{made['metadata']['name']}.yaml"] = as_yaml(made)
    selected = {id: reason for id, reason in sorted(without.items()) if id in resolved["enforcement"]}
    return {**files, LEFT_OUT: as_json(selected)}
