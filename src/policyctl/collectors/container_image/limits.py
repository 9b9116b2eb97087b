"""What a service may take and what is kept for it. Source: compose specification, "deploy" and the older keys of services."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from typing import Any

from policyctl.collectors.container_image.subject import Subject
from policyctl.collectors.container_image.variables import is_open
from policyctl.collectors.kubernetes.fields import Node, dotted
from policyctl.model.document import Path
from policyctl.model.facts.container_image import ImageContainer
from policyctl.model.facts.kubernetes import Quantities

_HIDES = ("containers",)
_BYTES = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([kmgtp]?)(?:i?b)?", re.IGNORECASE)
_SCALE = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40, "p": 2**50}
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")


def read_resources(subject: Subject, node: Node, path: Path, container: ImageContainer) -> None:
    """The limits and reservations of a service."""
    fields = subject.fields
    resources = fields.mapping(fields.mapping(node, "deploy", path, _HIDES), "resources", (*path, "deploy"), _HIDES)
    at = (*path, "deploy", "resources")
    limits, requests = container["limits"], container["requests"]
    for quantities, name, key, older in (
        (limits, "memory", "limits", "mem_limit"),
        (limits, "cpus", "limits", "cpus"),
        (requests, "memory", "reservations", "mem_reservation"),
        (requests, "cpus", "reservations", ""),
    ):
        value, place = fields.mapping(resources, key, at, _HIDES).get(name), (*at, key, name)
        if value is None and older:
            value, place = node.get(older), (*path, older)
        if value is not None:
            _quantity(subject, quantities, name, value, place)
    reserved = fields.mapping(resources, "reservations", at, _HIDES)
    devices = list(fields.items(reserved, "devices", (*at, "reservations"), _HIDES))
    count = 0
    for place, device in devices:
        if {text for _, text in fields.texts(device, "capabilities", place, _HIDES)} & {"gpu", "tpu", "npu"}:
            count += _count(subject, device, place)
    gpus = node.get("gpus")
    if gpus is not None:
        count += _gpus(subject, gpus, (*path, "gpus"))
    if count:
        container["limits"]["accelerators"] = container["requests"]["accelerators"] = count


def _quantity(subject: Subject, quantities: Quantities, name: str, value: Any, place: Path) -> None:
    text = str(value)
    if isinstance(value, bool) or is_open(text):
        subject.fields.gap(f"{dotted(place)} comes from a variable: {text[:80]!r}", _HIDES, "unresolved", place)
    elif name == "cpus" and _NUMBER.fullmatch(text):
        quantities["cpu"] = int((Decimal(text) * 1000).to_integral_value(ROUND_CEILING))
    elif name == "memory" and (found := _BYTES.fullmatch(text)):
        quantities["memory"] = int((Decimal(found[1]) * _SCALE[found[2].lower()]).to_integral_value(ROUND_CEILING))
    else:
        subject.fields.gap(f"{dotted(place)} is no quantity: {text[:80]!r}", _HIDES, at=place)


def _count(subject: Subject, device: Node, place: Path) -> int:
    ids, count = device.get("device_ids"), device.get("count")
    if isinstance(ids, list):
        return len(ids)
    if count is None or str(count) == "all":
        subject.all_accelerators = True
        return 0
    return _number(subject, count, (*place, "count"))


def _gpus(subject: Subject, gpus: Any, place: Path) -> int:
    if gpus == "all":
        subject.all_accelerators = True
        return 0
    if isinstance(gpus, list):
        return sum(_count(subject, device, place) for device in gpus if isinstance(device, dict))
    return _number(subject, gpus, place)


def _number(subject: Subject, value: Any, place: Path) -> int:
    text = str(value)
    if text.isdecimal():
        return int(text)
    subject.fields.gap(f"{dotted(place)} is no number of devices: {text[:80]!r}", _HIDES, "unresolved", place)
    return 1
