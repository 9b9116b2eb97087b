"""A bundle in OSCAL 1.1.3: its controls as a catalog, the profile's selection, and what policyctl does about each as a component.

The same bundle, profile and day give the same bytes. Source: https://pages.nist.gov/OSCAL-Reference/models/v1.1.3/
"""

from __future__ import annotations

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.folder import as_json
from policyctl.bundles.export.oscal import catalog, component, selection
from policyctl.bundles.export.oscal.document import Documents
from policyctl.model.catalog import Profile
from policyctl.model.errors import UsageError


def exported(bundle: Bundle, profile: Profile, day: str) -> dict[str, bytes]:
    """The three documents, by file name. `day` (ISO 8601) is told as the one on which they were last modified.

    Raises UsageError for a profile that selects no control: OSCAL cannot say that.
    """
    documents = Documents(bundle, profile, day)
    if not documents.selected:
        raise UsageError(f"profile {profile['id']} selects no control", hint="name another profile: --profile")
    return {
        document.FILE: as_json({document.ROOT: document.of(documents)}) for document in (catalog, selection, component)
    }
