"""What OPA's container may do: answer on one port of the loopback, read its bundle, and nothing else."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from typing import Any

import docker
from docker.models.containers import Container
from docker.types import LogConfig

from policyctl.engines.container_host import translated
from policyctl.engines.container_image import Image
from policyctl.engines.container_owner import labels, remove
from policyctl.engines.process import command_line
from policyctl.model.errors import EngineError
from policyctl.model.opa import MEMORY

FOLDER = "/policyctl"
PORT = "8181/tcp"
PUBLISHED = ("127.0.0.1", 0)
"""Address and port on this machine; 0: the engine chooses a free one."""

MEMORY_LIMIT = "2g"
"""OPA begins to save memory at half of it."""

_NOBODY = "65532:65532"


def create(client: docker.DockerClient, image: Image) -> Container:
    """A container of exactly that image, not started. Raises EngineError."""
    with translated(f"creating a container of {image.name}"):
        container = client.containers.create(
            image.id,
            # The image's entrypoint is OPA.
            command_line("opa", f":{PORT.partition('/')[0]}", with_token=True)[1:],
            environment=MEMORY,
            working_dir=FOLDER,
            # The bundle is copied in: the engine may not see this machine's folders, and Docker copies nothing into a
            # read-only root filesystem but into a volume.
            volumes=[FOLDER],
            read_only=True,
            user=_NOBODY,
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            network_mode="bridge",
            ports={PORT: PUBLISHED},
            dns=["127.0.0.1"],
            use_config_proxy=False,
            mem_limit=MEMORY_LIMIT,
            memswap_limit=MEMORY_LIMIT,
            pids_limit=256,
            # It has nothing to save.
            stop_signal="SIGKILL",
            log_config=LogConfig(type=LogConfig.types.JSON, config={"max-size": "1m"}),
            labels=labels(),
        )
    if container.attrs.get("Image", image.id).removeprefix("sha256:") != image.id.removeprefix("sha256:"):
        remove(container)
        raise EngineError(
            f"the container engine took the image {container.attrs.get('Image')} in place of {image.id}",
            hint="look at the container engine: it does not do what it is told",
        )
    return container


def start(container: Container, files: Mapping[str, bytes]) -> None:
    """Copy the files into OPA's working directory, belonging to root, and start OPA. Raises EngineError."""
    with translated("copying the bundle into OPA's container"):
        container.put_archive(FOLDER, _tar(files))
    with translated(
        "starting OPA's container",
        hint="where a port was taken meanwhile, run the command again: another one is chosen",
    ):
        container.start()


def port_of(attributes: Mapping[str, Any]) -> int:
    """The port of 127.0.0.1 that was published. Raises EngineError when there is none, or another address."""
    published = (attributes["NetworkSettings"].get("Ports") or {}).get(PORT) or []
    if [place["HostIp"] for place in published] != [PUBLISHED[0]]:
        raise EngineError(
            "the container engine did not publish OPA's port on 127.0.0.1",
            hint="has it a bridge network? `docker network inspect bridge` (or `podman network inspect podman`) tells",
        )
    return int(published[0]["HostPort"])


def _tar(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as tar:
        folders = sorted({name[:end] for name in files for end, letter in enumerate(name) if letter == "/"})
        for folder in folders:
            member = tarfile.TarInfo(folder)
            member.type, member.mode = tarfile.DIRTYPE, 0o555
            tar.addfile(member)
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o444
            tar.addfile(member, io.BytesIO(content))
    return written.getvalue()
