"""Parts of the machine that a configuration gives away: roots of a file system server, volumes, sockets and switches of a container.

Sources: the README of the file system server; docker run reference, "Filesystem mounts" and "Runtime privilege".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from policyctl.collectors.agent.launching import Launch
from policyctl.collectors.agent.pins import has_variable
from policyctl.model.facts.agent import Grant

Extent = Literal["all", "home", "part", "unknown"]

_FILE_SERVERS: Final = re.compile(
    r"(?:^|[/@])(?:server-filesystem|mcp-server-filesystem|mcp/filesystem|filesystem-mcp\S*)$"
)
_SOCKET: Final = re.compile(
    r"(?:docker|podman|containerd|crio|buildkitd?)[\w.-]*\.sock(?:et)?$|^/?/\./pipe/docker_engine$"
)
_ALL: Final = re.compile(r"/+|[A-Za-z]:[\\/]?|/(?:etc|var|usr|root|proc|sys|dev|boot|run|mnt|host|private|opt)/?|/\*+")
_HOME: Final = re.compile(
    r"~[\\/]?|\$\{?(?:env:)?HOME\}?[\\/]?|\$\{userHome\}[\\/]?|/(?:home|Users)(?:/[^/]+)?/?|[A-Za-z]:[\\/]+Users(?:[\\/]+[^\\/]+)?[\\/]*"
    r"|%USERPROFILE%[\\/]?"
)
_OWN: Final = re.compile(r"\$\{(?:workspaceFolder|PWD|CLAUDE_PROJECT_DIR)\}|\$PWD\b|\$\(pwd\)")
_NAMESPACES: Final = ("--pid", "--ipc", "--network", "--net", "--userns", "--uts")


def extent(target: str) -> Extent:
    """How much of the machine a path opens."""
    text = target.strip()
    if _HOME.fullmatch(text):
        return "home"
    own = _OWN.sub(".", text)
    if has_variable(own):
        return "unknown"
    if _ALL.fullmatch(own):
        return "all"
    return "unknown" if ".." in re.split(r"[/\\]", own) else "part"


def serves_files(launch: Launch) -> bool:
    """Whether this is the file system server, which is told what it may touch. In a container its roots are those of the container."""
    return launch.run is None and any(_FILE_SERVERS.search(name) for name in launch.names)


def directory(target: str, path: list[str | int]) -> Grant:
    """A directory that is given away."""
    return {"path": path, "what": "directory", "target": target, "extent": extent(target)}


def roots(launch: Launch, arguments: Sequence[object], path: list[str | int]) -> Iterator[Grant]:
    """The roots that a file system server is given as arguments."""
    for index in range(launch.after, len(arguments)):
        argument = arguments[index]
        if isinstance(argument, str) and not argument.startswith("-"):
            yield directory(argument, [*path, index])


def of_container(launch: Launch, path: list[str | int]) -> Iterator[Grant]:
    """What the options of a container runtime's run open of the machine."""
    run = launch.run
    if run is not None and not run.known:
        yield {
            "path": [*path, run.rest],
            "what": "directory",
            "target": "an option that is not known",
            "extent": "unknown",
        }
    for name, value, index in run.options if run else ():
        place = [*path, index]
        if name == "--privileged" and value.lower() != "false":
            yield {"path": place, "what": "privileged", "target": name, "extent": "all"}
        elif name in _NAMESPACES and value == "host":
            yield {"path": place, "what": "namespace", "target": f"{name}={value}", "extent": "all"}
        elif name == "--cap-add" and value.upper().removeprefix("CAP_") in ("ALL", "SYS_ADMIN"):
            yield {"path": place, "what": "privileged", "target": f"{name}={value}", "extent": "all"}
        elif (source := _source(name, value)) is not None:
            yield _mounted(source, place)


def _source(name: str, value: str) -> str | None:
    """The path of the machine that an option mounts; None for named volumes and other options."""
    if name in ("-v", "--volume"):
        found = re.match(r"(?:[A-Za-z]:[\\/][^:]*|[^:]*(?:\$\{[^}]*\}[^:]*)?)(?=:)", value)
        source = found[0] if found else ""
        return source if re.match(r"[/~.$%\\]|[A-Za-z]:[\\/]", source) else None
    if name == "--mount":
        fields = dict(part.partition("=")[::2] for part in value.split(","))
        source = fields.get("source", fields.get("src", ""))
        return source if fields.get("type", "volume") == "bind" else None
    return None


def _mounted(source: str, place: list[str | int]) -> Grant:
    if _SOCKET.search(source):
        return {"path": place, "what": "socket", "target": source, "extent": "all"}
    return directory(source, place)
