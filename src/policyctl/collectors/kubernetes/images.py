"""Image references taken apart as container runtimes do.

Source: distribution/reference grammar: [registry[:port]/]repository[:tag][@digest]; a first part is a registry only
when it has a dot or a port or is "localhost"; names without one are Docker Hub's, single ones in "library".
"""

from __future__ import annotations

import re

from policyctl.model.facts.kubernetes import Image

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_REGISTRY = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
_REFERENCE = re.compile(
    rf"(?:(?P<registry>{_REGISTRY})/)?(?P<repository>{_PART}(?:/{_PART})*)"
    r"(?::(?P<tag>[A-Za-z0-9_][\w.-]{0,127}))?(?:@(?P<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?",
    re.ASCII,
)
_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}


def parse_image(reference: str) -> Image | None:
    """The parts of a reference; None when no runtime would accept it ("<image>", upper case, a short digest)."""
    if len(reference) > 512:
        return None
    registry, slash, _ = reference.partition("/")
    is_registry = bool(slash) and (
        any(c in registry for c in ".:") or registry == "localhost" or registry != registry.lower()
    )
    found = _REFERENCE.fullmatch(reference if is_registry else f"docker.io/{reference}")
    if found is None or len(found["repository"]) > 255:
        return None
    if found["digest"] and not _is_digest(found["digest"]):
        return None
    host, repository = found["registry"] or "docker.io", found["repository"]
    if host in {"docker.io", "index.docker.io"}:
        host, repository = "docker.io", repository if "/" in repository else f"library/{repository}"
    image: Image = {"reference": reference, "registry": host, "repository": repository}
    if found["tag"]:
        image["tag"] = found["tag"]
    if found["digest"]:
        image["digest"] = found["digest"]
    return image


def _is_digest(digest: str) -> bool:
    algorithm, _, encoded = digest.partition(":")
    return len(encoded) == _LENGTHS.get(algorithm, len(encoded)) and encoded == encoded.lower()
