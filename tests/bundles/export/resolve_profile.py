"""Run by Trestle's own Python: validates the exported documents, resolves the profile, and prints what came of it as JSON.

Arguments: a Trestle workspace, and the folder that `bundle export oscal` wrote, whose catalog lies at the workspace's top too.
"""

import json
import sys
from pathlib import Path

from trestle.core.catalog.catalog_interface import CatalogInterface
from trestle.core.profile_resolver import ProfileResolver

workspace, exported = map(Path, sys.argv[1:])
resolved = CatalogInterface(ProfileResolver.get_resolved_profile_catalog(workspace, exported / "profile.json"))
controls = list(resolved.get_all_controls_from_catalog(True))
json.dump(
    {
        "controls": {c.id: {p.name: p.value for p in c.props if p.name == "enforcement"} for c in controls},
        "parameters": {
            p.id: [getattr(value, "root", value) for value in p.values or []] for c in controls for p in c.params or []
        },
    },
    sys.stdout,
)
