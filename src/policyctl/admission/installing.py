"""What an installation in a cluster is made of: the manifests of deploy/kubernetes, and the webhook configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from policyctl.admission import webhook
from policyctl.admission.cluster.api import Api
from policyctl.admission.cluster.applying import Object, apply, delete, found, named
from policyctl.admission.doors import UNKNOWN, profile_at
from policyctl.library import own_root

NAMESPACE = "policyctl"
_ORDER = "namespace service-account roles ledger service network-policy deployment"
_OPTION = "--namespace-profile="
_KEPT = ("Namespace", "PersistentVolumeClaim")
"""What `uninstall` leaves: the ledger, and the namespace, with which it would be gone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The image to run, what the server is told beside what the manifests say, namespaces that are never asked about, how many seconds
    an API server waits, and the profiles that a namespace may choose.
    """

    image: str = NAMESPACE
    arguments: Sequence[str] = ()
    untouched: Sequence[str] = ()
    seconds: int = 5
    profiles: Sequence[str] = ()


def objects(wanted: Wanted) -> list[Object]:
    """What an installation is made of, in the order in which it is applied: last what has the API server ask.

    The CA is left to the server, which writes it in.
    """
    asked = webhook.by_service(NAMESPACE, NAMESPACE, 443)
    untouched = [NAMESPACE, *wanted.untouched]
    return [
        *(_filled(value, wanted) for value in _manifests()),
        webhook.configuration(asked, b"", untouched=untouched, seconds=wanted.seconds, profiles=wanted.profiles),
    ]


def install(api: Api, wanted: Wanted, *, dry_run: bool = False) -> Iterator[str]:
    """Applies all of it; a line for each object once it is done. Raises ApiError; then what came before is in place."""
    for value in objects(wanted):
        # Nothing goes into a namespace that is not there, not even on trial.
        if dry_run and value["metadata"].get("namespace") == NAMESPACE and not _is_there(api):
            yield f"{named(value)}: would be applied, once there is a namespace {NAMESPACE}"
            continue
        apply(api, _settled(api, value) if value["kind"] == webhook.KIND else value, dry_run=dry_run)
        yield f"{named(value)}: {'would be applied' if dry_run else 'applied'}"


def _settled(api: Api, wanted: Object) -> Object:
    """The webhook configuration, with what an earlier one knows of the server's CA: until the server has written it into a webhook that
    is new, nobody would be asked.
    """
    if (kept := found(api, wanted)) is None:
        return wanted
    known = {one["name"]: one["clientConfig"].get("caBundle") for one in kept["webhooks"]}
    one_of_them = next(filter(None, known.values()), None)
    webhooks = [
        {**one, "clientConfig": {**one["clientConfig"], "caBundle": ca}} if ca else one
        for one in wanted["webhooks"]
        for ca in [known.get(one["name"]) or one_of_them]
    ]
    version = kept["metadata"]["resourceVersion"]  # refused, should a server write another CA meanwhile
    return {**wanted, "metadata": {**wanted["metadata"], "resourceVersion": version}, "webhooks": webhooks}


def uninstall(api: Api) -> Iterator[str]:
    """Takes all of it away but the ledger and its namespace; first what has the API server ask. Raises ApiError."""
    for value in reversed(objects(Wanted())):
        yield f"{named(value)}: {'left, with the ledger' if value['kind'] in _KEPT else delete(api, value)}"


@dataclass(frozen=True, slots=True)
class Status:
    """What of an installation is there. `problems` keep it from deciding; `closed` are the namespaces that fail closed."""

    objects: dict[str, bool]
    problems: tuple[str, ...]
    closed: tuple[str, ...]


def status(api: Api) -> Status:
    """How an installation stands. Raises ApiError."""
    kept = {named(value): found(api, value) for value in objects(Wanted())}
    key, value = webhook.LABEL
    namespaces = api.get("/api/v1/namespaces", {"labelSelector": f"{key}={value}"})["items"]
    return Status(
        {name: one is not None for name, one in kept.items()},
        tuple(_problems(kept)),
        tuple(sorted(one["metadata"]["name"] for one in namespaces)),
    )


def _problems(kept: dict[str, dict[str, Any] | None]) -> Iterator[str]:
    unused = _unused(kept.values())
    yield from (f"{name} is not there" for name, one in kept.items() if one is None and name not in unused)
    for one in filter(None, kept.values()):
        if one["kind"] == "Deployment":
            wanted, available = one["spec"].get("replicas", 1), one.get("status", {}).get("availableReplicas", 0)
            if available < wanted:
                yield f"{named(one)}: {available} of {wanted} replicas are available"
        if one["kind"] == webhook.KIND and not all(hook["clientConfig"].get("caBundle") for hook in one["webhooks"]):
            yield f"{named(one)}: names no CA yet: no server has written its own in"
    asked, told = _asked(kept), _told(kept)
    if asked is not None and told is not None and asked != told:
        yield f"namespaces may choose {_listed(told)} by the server's arguments, {_listed(asked)} by the webhook configuration"


def _asked(kept: dict[str, dict[str, Any] | None]) -> set[str] | None:
    """The profiles that the webhook configuration names; None where there is none."""
    for one in filter(None, kept.values()):
        if one["kind"] == webhook.KIND:
            paths = (hook["clientConfig"].get("service", {}).get("path", "") for hook in one["webhooks"])
            return {chosen for path in paths if (chosen := profile_at(path)) and chosen != UNKNOWN}
    return None


def _told(kept: dict[str, dict[str, Any] | None]) -> set[str] | None:
    """The profiles that the server lets namespaces choose; None where there is no server."""
    for one in filter(None, kept.values()):
        if one["kind"] == "Deployment":
            arguments = one["spec"]["template"]["spec"]["containers"][0].get("args", [])
            return {word.removeprefix(_OPTION) for word in arguments if word.startswith(_OPTION)}
    return None


def _listed(profiles: set[str]) -> str:
    return ", ".join(sorted(profiles)) or "no profile"


def _unused(kept: Iterable[dict[str, Any] | None]) -> set[str]:
    """The ledger's volume, where the server that is installed keeps its ledger elsewhere: in PostgreSQL."""
    (volume,) = (named(value) for value in _manifests() if value["kind"] == "PersistentVolumeClaim")
    pods = [one["spec"]["template"]["spec"] for one in kept if one and one["kind"] == "Deployment"]
    keeps = any("persistentVolumeClaim" in mounted for pod in pods for mounted in pod.get("volumes", ()))
    return {volume} if pods and not keeps else set()


def _is_there(api: Api) -> bool:
    return found(api, next(value for value in _manifests() if value["kind"] == "Namespace")) is not None


def _manifests() -> Iterator[dict[str, Any]]:
    for name in _ORDER.split():
        yield from yaml.safe_load_all((own_root() / "deploy" / "kubernetes" / f"{name}.yaml").read_text())


def _filled(value: dict[str, Any], wanted: Wanted) -> Object:
    if value["kind"] == "Deployment":
        (container,) = value["spec"]["template"]["spec"]["containers"]
        container["image"] = wanted.image
        chosen = [f"{_OPTION}{profile}" for profile in wanted.profiles]
        container["args"] = [*container["args"], *wanted.arguments, *chosen]
    return value
