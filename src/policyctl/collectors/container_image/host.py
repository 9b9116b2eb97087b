"""What of its host a service is given: privileges, namespaces, paths, the engine's socket; and the ports it publishes there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from policyctl.collectors.container_image.subject import Subject
from policyctl.collectors.container_image.variables import is_open
from policyctl.collectors.kubernetes.fields import Node
from policyctl.model.document import Path

_HIDES = ("host_access",)
_NAMESPACES = {
    "network_mode": "network",
    "pid": "pid",
    "ipc": "ipc",
    "uts": "uts",
    "userns_mode": "userns",
    "cgroup": "cgroup",
}
_VARIABLE = re.compile(r"\$\{[^}]*\}|\$\w+")
_OFF = frozenset({"false", "no", "off", "0", ""})

What = Literal["privileged", "namespace", "path", "capability", "security_option", "device", "engine"]
_SWITCHES: tuple[tuple[str, What], ...] = (("privileged", "privileged"), ("use_api_socket", "engine"))


def read_ports(subject: Subject, node: Node, path: Path) -> None:
    """The published ports of a service. Source: compose specification, "ports"."""
    value, at = node.get("ports"), (*path, "ports")
    if value is None:
        return
    if not isinstance(value, list):
        subject.fields.wrong(at, value, "a list", ("ports",))
        return
    for index, entry in enumerate(value):
        place = (*at, index)
        if isinstance(entry, dict):
            ip, port = entry.get("host_ip"), entry.get("published", entry.get("target"))
            _port(subject, place, "" if ip is None else str(ip), str(port))
        elif isinstance(entry, (str, int)) and not isinstance(entry, bool):
            _port(subject, place, *_short(str(entry)))
        else:
            subject.fields.wrong(place, entry, "text or a mapping", ("ports",))


def _short(written: str) -> tuple[str, str]:
    """Address and port of "[[IP:]HOST:]CONTAINER[/PROTOCOL]"; a variable counts as one part."""
    held: list[str] = []

    def kept(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\0{len(held) - 1}\0"

    def back(text: str) -> str:
        return re.sub("\0(\\d+)\0", lambda found: held[int(found[1])], text)

    plain = _VARIABLE.sub(kept, written.partition("/")[0])
    ip, colon, rest = plain.rpartition("]:")
    if colon:
        return back(ip.lstrip("[")), back(rest.partition(":")[0])
    parts = plain.split(":")
    if len(parts) == 2 and parts[0].startswith("\0") and parts[0].count("\0") == 2:
        # A variable in the place of the host's port may hold an address too.
        return back(parts[0]), back(parts[0])
    return (back(":".join(parts[:-2])), back(parts[-2])) if len(parts) > 2 else ("", back(parts[0]))


def _port(subject: Subject, place: Path, ip: str, port: str) -> None:
    known = not is_open(ip)
    subject.ports.append({"path": list(place), "port": port, "host_ip": ip.strip("[]"), "known": known})


def read_host_access(subject: Subject, node: Node, path: Path, volumes: Node) -> None:
    """What a service is given of its host; `volumes` are those of the file, filled in."""
    for key, what in _SWITCHES:
        value = node.get(key)
        text = value if isinstance(value, str) else ""
        if is_open(text) or (value is not None and str(value).lower() not in _OFF):
            _add(subject, (*path, key), what, text if is_open(text) else "")
    for place, holder in _privileged_parts(subject, node, path):
        if str(holder.get("privileged", "")).lower() not in _OFF:
            _add(subject, (*place, "privileged"), "privileged", "", known=not is_open(str(holder["privileged"])))
    for key, name in _NAMESPACES.items():
        value = subject.fields.text(node, key, path, _HIDES)
        if value is not None and (value.split(":")[0] == "host" or is_open(value)):
            _add(subject, (*path, key), "namespace", name, known=not is_open(value))
    for at, name in subject.fields.texts(node, "cap_add", path, _HIDES):
        _add(subject, at, "capability", name.upper().removeprefix("CAP_"), known=not is_open(name))
    for at, name in subject.fields.texts(node, "security_opt", path, _HIDES):
        _add(subject, at, "security_option", name.replace("=", ":", 1), known=not is_open(name))
    for at, source in _devices(subject, node, path):
        _add(subject, at, "device", source)
    for at, source in _mounts(subject, node, path, volumes):
        _add(subject, at, "path", source)


def _privileged_parts(subject: Subject, node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """The build of a service and its hooks, which may be privileged by themselves."""
    if isinstance(node.get("build"), dict):
        yield (*path, "build"), node["build"]
    for key in ("post_start", "pre_stop"):
        yield from subject.fields.items(node, key, path, _HIDES)


def _add(subject: Subject, path: Path, what: What, name: str, *, known: bool | None = None) -> None:
    told = not is_open(name) if known is None else known
    subject.host_access.append({"path": list(path), "what": what, "name": name, "known": told})


def _devices(subject: Subject, node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    for at, entry in _entries(subject, node, "devices", path):
        source = entry.get("source") if isinstance(entry, dict) else _source(entry)
        if isinstance(source, str):
            yield at, source


def _mounts(subject: Subject, node: Node, path: Path, volumes: Node) -> Iterator[tuple[Path, str]]:
    """The paths of the host that are mounted, by themselves or through a volume that is one."""
    for at, entry in _entries(subject, node, "volumes", path):
        written = entry.get("source") if isinstance(entry, dict) else _source(entry) if ":" in entry else None
        if not isinstance(written, str):
            continue
        bound = entry.get("type", "bind") == "bind" if isinstance(entry, dict) else written[:1] in {"/", ".", "~", "$"}
        source = written if bound else _device(volumes.get(written))
        if source:
            yield at, source


def _device(volume: Any) -> str:
    """The path of the host that a volume of the local driver is; "" for one that the engine keeps."""
    options = volume.get("driver_opts") if isinstance(volume, dict) else None
    device = options.get("device") if isinstance(options, dict) else None
    return device if isinstance(device, str) and device[:1] in {"/", ".", "~", "$"} else ""


def _source(entry: str) -> str:
    held = _VARIABLE.sub(lambda found: found[0].replace(":", "\0"), entry)
    return held.partition(":")[0].replace("\0", ":")


def _entries(subject: Subject, node: Node, key: str, path: Path) -> Iterator[tuple[Path, Any]]:
    value = node.get(key)
    if value is not None and not isinstance(value, list):
        subject.fields.wrong((*path, key), value, "a list", _HIDES)
        return
    for index, entry in enumerate(value or ()):
        if isinstance(entry, (str, dict)):
            yield (*path, key, index), entry
        else:
            subject.fields.wrong((*path, key, index), entry, "text or a mapping", _HIDES)
