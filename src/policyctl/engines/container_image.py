"""Which image an OPA container runs: looked up once, and from then on known by its digest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import docker
from docker.errors import ImageNotFound

from policyctl.engines.container_host import translated
from policyctl.model.errors import EngineError

_PINNED = re.compile(r"(?:.+@)?(sha256:[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Image:
    """An image of this machine. `id` is what the engine calls it; `name` says it for the record, with the digest.

    `digest` (sha256:…) is the one that was named; else that of the repository; else, for an image that was built here, the id.
    `pinned`: the digest was named, so that nobody could have put another image in its place.
    """

    id: str
    digest: str
    name: str
    pinned: bool


def look_up(client: docker.DockerClient, reference: str) -> Image:
    """The image of that name, of those that are here: nothing is ever pulled.

    Raises EngineError where there is none.
    """
    try:
        with translated(f"looking for the image {reference}", hint="is that the name of an image?"):
            found = client.images.get(reference)
    except EngineError as error:
        if not isinstance(error.__cause__, ImageNotFound):
            raise
        raise EngineError(
            f"the container engine has no image {reference}, and policyctl pulls none",
            hint=f"`docker pull {reference}` (or podman) gets it",
        ) from error
    return described(reference, found.attrs)


def described(reference: str, attributes: Mapping[str, Any]) -> Image:
    """The image that the engine described in answer to `reference`. Raises EngineError where that is another one."""
    identity = str(attributes["Id"])
    identity = identity if identity.startswith("sha256:") else f"sha256:{identity}"
    known = {digest: name for name, _, digest in (text.partition("@") for text in attributes.get("RepoDigests") or ())}
    if match := _PINNED.fullmatch(reference):
        if match[1] != identity and match[1] not in known:
            raise EngineError(
                f"the container engine gave the image {identity} for {reference}, which has another digest",
                hint="remove that image and pull it again",
            )
        digest = match[1]
    else:
        repository = _without_tag(reference)
        digest = next((digest for digest, name in known.items() if name.endswith(repository)), identity)
    name = f"{known[digest]}@{digest}" if digest in known else digest
    return Image(identity, digest, name, pinned=match is not None)


def _without_tag(reference: str) -> str:
    """A colon after the last slash begins a tag; one before it, a registry's port."""
    path, slash, last = reference.rpartition("/")
    return path + slash + last.partition(":")[0]
