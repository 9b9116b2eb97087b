"""A bundle as an OCI artefact, in the shape that OPA pulls by itself: one layer, the archive. The same bundle gives the same digest."""

from __future__ import annotations

import json

from policyctl.bundles.build import Bundle
from policyctl.bundles.reference import Reference
from policyctl.bundles.registry import MANIFEST, Registry, digest_of, require_digest
from policyctl.model.errors import RegistryError

_CONFIG = "application/vnd.cncf.openpolicyagent.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
_NOTHING = b"{}"


def push(bundle: Bundle, registry: Registry, place: Reference) -> str:
    """Uploads a bundle under the place's tag; returns the artefact's digest. Raises RegistryError."""
    if place.digest:
        raise RegistryError(f"{place}: a digest comes of what is pushed", hint="name a tag")
    manifest = json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": _described(_CONFIG, _NOTHING),
            "layers": [_described(_LAYER, bundle.archive)],
            "annotations": {
                "org.opencontainers.image.title": bundle.identity.name,
                "org.opencontainers.image.revision": bundle.identity.revision,
            },
        },
        sort_keys=True,
    ).encode()
    for content in (_NOTHING, bundle.archive):
        registry.put_blob(content)
    registry.put_manifest(place.tag, manifest)
    return digest_of(manifest)


def pull(registry: Registry, place: Reference) -> tuple[bytes, str]:
    """The archive that lies there, and the artefact's digest. Raises RegistryError, also where the bytes are not those that are named."""
    manifest = registry.manifest(place.digest or place.tag)
    if place.digest:
        require_digest(manifest, place.digest, str(place))
    try:
        layers = [one["digest"] for one in json.loads(manifest)["layers"] if one["mediaType"] == _LAYER]
        (layer,) = layers
        if not isinstance(layer, str) or not layer.startswith("sha256:"):
            raise ValueError("its layer has no digest")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RegistryError(f"{place} is no bundle", hint="policyctl bundle push puts one there") from error
    return registry.blob(layer), digest_of(manifest)


def _described(type: str, content: bytes) -> dict[str, str | int]:
    return {"mediaType": type, "digest": digest_of(content), "size": len(content)}
