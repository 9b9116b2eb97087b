"""Facts of what builds or runs a container image: a Dockerfile, or one service of a compose file.

A Dockerfile's `path` is ["instructions", index] and, where the instruction has several lines, the line's offset in it; a
service's is absolute in the compose file. What the file leaves out is absent; what could not be told is absent too and
hidden by a gap. Secret values are empty, and their paths stand in the document's `masked`.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.facts.kubernetes import Image, LiteralSecret, ModelSource, Program, UnsafeLoading

ImageSource = Literal["file", "stage", "scratch", "build", "elsewhere", "missing"]


class ImageContainer(Program):
    """One stage of a Dockerfile, an image that files are taken from, or the container of a service.

    `role` is "final" for the stage that is built where nobody names another. `image_source` is "file" when the image is
    named, "stage" for an earlier stage, "scratch" for nothing, "build" when compose builds it from a Dockerfile,
    "elsewhere" when a build argument or a variable without a default gives it, "missing" when what stands there is no
    image. `base` and `base_source` are those of the first of the stages that it stands on.

    `user` is as written; `user_source` is "file" when the file sets it, "image" when it is the base image's own,
    "elsewhere" when it comes from a variable.
    """

    role: Literal["stage", "final", "copied", "service"]
    image_source: ImageSource
    base: NotRequired[Image]
    base_source: ImageSource
    user: NotRequired[str]
    user_source: Literal["file", "image", "elsewhere"]


class Download(TypedDict):
    """Something that a build fetches by URL.

    `how` is "add" for the instruction, "piped" when a command hands it to an interpreter at once, "saved" otherwise.
    `verified` when the file gives its digest or signature; absent when that cannot be told. `url` is as written.
    """

    path: list[str | int]
    how: Literal["add", "piped", "saved"]
    url: str
    verified: NotRequired[bool]


class PublishedPort(TypedDict):
    """A port that a service publishes on its host. `host_ip` is the address; "" for every interface.

    `known` is false where a variable without a default may give another one.
    """

    path: list[str | int]
    port: str
    host_ip: str
    known: bool


class HostAccess(TypedDict):
    """Something of its host that a service is given.

    `what` is "privileged", "namespace" (then `name` is network, pid, ipc, uts, userns or cgroup), "path" (a path of the
    host), "capability", "security_option", "device" or "engine" (the engine's own socket). `known` is false where a variable
    without a default gives a part of `name`.
    """

    path: list[str | int]
    what: Literal["privileged", "namespace", "path", "capability", "security_option", "device", "engine"]
    name: str
    known: bool


class ContainerImageFacts(TypedDict):
    """`input.facts` of a document of kind container_image.

    `id` is the path of the Dockerfile, or "<path>/<service>". `ai_reasons` says why `ai_workload` is true; `serving` that
    what is built or run answers inference requests. `log_driver` is "" where the file names none. `all_accelerators` when a
    service reserves every device that its host has.
    """

    id: str
    source: Literal["dockerfile", "compose"]
    name: str
    labels: dict[str, str]
    ai_workload: bool
    ai_reasons: list[str]
    serving: bool
    containers: list[ImageContainer]
    models: list[ModelSource]
    unsafe_loading: list[UnsafeLoading]
    literal_secrets: list[LiteralSecret]
    downloads: list[Download]
    ports: list[PublishedPort]
    host_access: list[HostAccess]
    log_driver: str
    all_accelerators: bool
