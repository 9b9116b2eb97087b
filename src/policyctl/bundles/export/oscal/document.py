"""What the three OSCAL documents have in common: ids, metadata, properties and the frameworks that they refer to."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policyctl.bundles.build import Bundle
from policyctl.model.catalog import Catalog, Control, Profile

VERSION = "1.1.3"
NAMESPACE = "https://policyctl.dev/ns/oscal"
"""Says whose words the names of our properties are."""

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)


@dataclass(frozen=True, slots=True)
class Documents:
    """What the documents are made of."""

    bundle: Bundle
    profile: Profile
    day: str

    @property
    def catalog(self) -> Catalog:
        """The bundle's."""
        catalog: Catalog = self.bundle.catalog
        return catalog

    @property
    def selected(self) -> list[str]:
        """The controls that the profile selects for a kind of documents, sorted."""
        return sorted({id for resolved in self.profile["kinds"].values() for id in resolved["enforcement"]})

    def id(self, *named: str) -> str:
        """A UUID (version 5) that this revision always has for what is named so."""
        return str(uuid.uuid5(_OURS, "/".join((self.bundle.identity.revision, *named))))

    def head(self, what: str, title: str) -> dict[str, Any]:
        """How a document begins. Its own id is another one under another profile or on another day."""
        contents = sorted(resolved["digest"] for resolved in self.profile["kinds"].values())
        return {
            "uuid": self.id(what, self.profile["id"], *contents, self.day),
            "metadata": {
                "title": title,
                "last-modified": f"{self.day}T00:00:00+00:00",
                "version": self.bundle.identity.revision,
                "oscal-version": VERSION,
            },
        }

    def framework_resource(self, framework: str) -> str:
        """The id under which a framework stands in the back matter."""
        return self.id("framework", framework)

    def frameworks(self) -> dict[str, Any]:
        """The back matter: every framework with where its text is."""
        listed = [
            {
                "uuid": self.framework_resource(id),
                "title": framework["title"],
                **({"rlinks": [{"href": framework["link"]}]} if "link" in framework else {}),
            }
            for id, framework in sorted(self.catalog["frameworks"].items())
        ]
        return {"resources": listed}


def prop(name: str, value: str, **more: str) -> dict[str, str]:
    """One property of our own."""
    return {"name": name, "ns": NAMESPACE, "value": value, **more}


def parameter_id(control: Control, name: str) -> str:
    """A parameter's id in OSCAL, where all parameters of a catalog share one space of names."""
    return f"{control['id']}_{name}"


def values(given: Any) -> list[str]:
    """A parameter's value as OSCAL has them, as texts: each entry of a list, any other structure as JSON. Empty where it is empty."""
    listed: Iterable[Any] = given if isinstance(given, list) else [given]
    return [one if isinstance(one, str) else json.dumps(one, sort_keys=True) for one in listed if one not in ("", None)]
