"""The resource instances of a plan: from `resource_changes`, and from the states where a change is not recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from policyctl.collectors.terraform.addresses import Key, ModulePath, index_text, module_path, resource_address
from policyctl.collectors.terraform.carriers import hidden
from policyctl.model.document import Gap, Path
from policyctl.model.errors import InputError
from policyctl.model.facts.terraform import Action

_ACTIONS: dict[tuple[str, ...], Action] = {
    ("create",): "create",
    ("update",): "update",
    ("delete",): "delete",
    ("read",): "read",
    ("no-op",): "no-op",
    ("forget",): "forget",
    ("delete", "create"): "replace",
    ("create", "delete"): "replace",
    ("create", "forget"): "replace",
}
GONE: frozenset[Action] = frozenset({"delete", "forget"})
_SETTLED: frozenset[Action] = GONE | {"no-op"}


@dataclass(slots=True)
class Instance:
    """One resource instance. `at` is its position among those of its type; `origin` where its values stand in the plan.

    `unknown` and `sensitive` are Terraform's marks: true, or an object or list of marks shaped like the values.
    """

    address: str
    type: str
    name: str
    mode: Literal["managed", "data"]
    module: str
    path: ModulePath
    key: Key
    provider_name: str
    action: Action
    reason: str | None
    values: dict[str, Any]
    before: Any
    unknown: dict[str, Any]
    sensitive: tuple[Any, ...]
    origin: Path
    deposed: bool = False
    at: int = -1

    @property
    def gone(self) -> bool:
        """Whether nothing of it is left after apply."""
        return self.action in GONE


@dataclass(slots=True)
class Instances:
    """All instances in the plan's order, and what could not be read."""

    found: list[Instance] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def add(self, instance: Instance) -> None:
        self.found.append(instance)

    def malformed(self, where: str, type_: object, why: str, code: str = "malformed_resource") -> None:
        self.gaps.append({"code": code, "reason": f"{where}: {why}", "paths": hidden(type_)})


class _Malformed(Exception):
    """Why one resource cannot be read."""


def instances(plan: Mapping[str, Any]) -> Instances:
    """Every resource instance that the plan names, once. Malformed ones are gaps, the rest is read.

    Raises InputError for one address with two changes, or an address of another type than its resource's: then nothing in the plan
    says which of the two is true.
    """
    result = Instances()
    deleted: dict[str, bool] = {}
    for index, change in enumerate(plan.get("resource_changes") or ()):
        origin: Path = ("resource_changes", index)
        where = f"resource_changes[{index}]"
        try:
            instance = _changed(change, (*origin, "change", "after"))
        except _Malformed as problem:
            result.malformed(where, change.get("type") if isinstance(change, dict) else None, str(problem))
            continue
        if instance.address in deleted:
            raise _contradiction(f"{where}: {instance.address} occurs twice")
        deleted[instance.address] = instance.action == "delete"
        result.add(instance)
    for state in ("prior_state", "planned_values"):
        for origin, module, resource in _state(plan, state):
            where = ".".join(str(step) for step in origin)
            try:
                instance = _kept(resource, module, (*origin, "values"))
            except _Malformed as problem:
                type_ = resource.get("type") if isinstance(resource, dict) else None
                result.malformed(where, type_, str(problem))
                continue
            if instance.address in deleted:
                if deleted[instance.address] and state == "planned_values":
                    result.malformed(where, instance.type, f"{instance.address} is deleted, and yet planned")
                continue
            if state == "planned_values":
                result.malformed(instance.address, instance.type, "planned without a recorded change", "no_change")
            deleted[instance.address] = instance.action == "delete"
            result.add(instance)
    return result


def _changed(change: Any, origin: Path) -> Instance:
    instance = _identity(change, None, origin)
    body = change.get("change")
    if not isinstance(body, dict):
        raise _Malformed("change is not an object")
    actions = body.get("actions")
    if not isinstance(actions, list) or not all(isinstance(one, str) for one in actions):
        raise _Malformed("change.actions is not a list of words")
    if tuple(actions) not in _ACTIONS:
        raise _Malformed(f"unknown actions {'/'.join(actions)[:80] or '(none)'}")
    instance.action = _ACTIONS[tuple(actions)]
    reason = change.get("action_reason")
    instance.reason = reason if isinstance(reason, str) else None
    after = body.get("after")
    if instance.gone:
        if after is not None:
            raise _Malformed(f"{instance.action} leaves nothing, and yet change.after holds values")
        after = {}
    if not isinstance(after, dict):
        raise _Malformed("change.after is not an object")
    instance.values = after
    instance.before = body.get("before")
    unknown = body.get("after_unknown")
    if not isinstance(unknown, dict) and not (unknown in (None, False) and instance.action in _SETTLED):
        raise _Malformed("change.after_unknown is not an object")
    instance.unknown = unknown if isinstance(unknown, dict) and not instance.gone else {}
    instance.sensitive = (body.get("after_sensitive"), body.get("before_sensitive"))
    if deposed := change.get("deposed"):
        if not isinstance(deposed, str):
            raise _Malformed("deposed is not text")
        instance.deposed = True
        instance.address = f"{instance.address} (deposed object {deposed})"
    return instance


def _kept(resource: Any, module: str, origin: Path) -> Instance:
    instance = _identity(resource, module, origin)
    # Before Terraform 0.13 a state's addresses begin at their module, not at the root, and may lack their index.
    if module and not instance.address.startswith(module + "."):
        instance.address = f"{module}.{instance.address}"
    if instance.key is not None and not instance.address.endswith("]"):
        instance.address += index_text(instance.key)
    values = resource.get("values")
    if values is not None and not isinstance(values, dict):
        raise _Malformed("values is not an object")
    instance.values = values or {}
    instance.before = instance.values
    instance.action = "read" if instance.mode == "data" else "no-op"
    instance.sensitive = (resource.get("sensitive_values"),)
    return instance


def _identity(entry: Any, module: str | None, origin: Path) -> Instance:
    if not isinstance(entry, dict):
        raise _Malformed("not an object")
    for key in ("address", "type", "name"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise _Malformed(f"{key} is missing or not text")
    mode = entry.get("mode")
    if mode != "managed" and mode != "data":
        raise _Malformed("mode is neither managed nor data")
    index = entry.get("index")
    if index is not None and (isinstance(index, bool) or not isinstance(index, str | int)):
        raise _Malformed("index is neither text nor a number")
    own = (entry.get("module_address") or "") if module is None else module
    if not isinstance(own, str):
        raise _Malformed("module_address is not text")
    try:
        path = module_path(own)
    except ValueError as error:
        raise _Malformed(str(error)) from error
    if not _fits(entry["address"], resource_address((), mode, entry["type"], entry["name"], None)):
        raise _contradiction(f"{entry['address'][:200]} has the type or name of another resource")
    provider = entry.get("provider_name")
    return Instance(
        address=entry["address"],
        type=entry["type"],
        name=entry["name"],
        mode="data" if mode == "data" else "managed",
        module=own,
        path=path,
        key=index,
        provider_name=provider if isinstance(provider, str) else "",
        action="no-op",
        reason=None,
        values={},
        before=None,
        unknown={},
        sensitive=(),
        origin=origin,
    )


def _fits(address: str, own: str) -> bool:
    """Whether an address ends with a resource's own, before its index."""
    before_index = address[: address.rindex("[")] if address.endswith("]") and "[" in address else address
    return before_index == own or before_index.endswith(f".{own}")


def _contradiction(what: str) -> InputError:
    return InputError(
        f"the plan contradicts itself: {what}", hint="run terraform show -json PLANFILE again, and change nothing in it"
    )


def _state(plan: Mapping[str, Any], name: str) -> Iterator[tuple[Path, str, Any]]:
    state = plan.get(name)
    origin: Path = (name,)
    if name == "prior_state" and isinstance(state, dict):
        state = state.get("values")
        origin = (*origin, "values")
    if not isinstance(state, dict):
        return
    waiting: list[tuple[Path, Any]] = [((*origin, "root_module"), state.get("root_module"))]
    while waiting:
        at, module = waiting.pop(0)
        if not isinstance(module, dict):
            continue
        address = module.get("address")
        resources = module.get("resources")
        for index, resource in enumerate(resources if isinstance(resources, list) else ()):
            yield (*at, "resources", index), address if isinstance(address, str) else "", resource
        children = module.get("child_modules")
        for index, child in enumerate(children if isinstance(children, list) else ()):
            waiting.append(((*at, "child_modules", index), child))
