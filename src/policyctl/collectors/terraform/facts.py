"""A plan's facts, put together: one `Resource` an instance, with what is unknown, masked and named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from policyctl.collectors.limits import Limits
from policyctl.collectors.terraform import masking
from policyctl.collectors.terraform.carriers import carrier
from policyctl.collectors.terraform.changes import Instance, instances
from policyctl.collectors.terraform.configuration import Block, Configuration, configuration
from policyctl.collectors.terraform.named import Names, joined
from policyctl.collectors.terraform.references import Resolver
from policyctl.collectors.terraform.regions import Regions, provider_of
from policyctl.collectors.terraform.settled import Settled
from policyctl.collectors.terraform.unknowns import unknowns
from policyctl.model.document import Gap
from policyctl.model.errors import InputError
from policyctl.model.facts.terraform import Reference, Referrer, Resource, TerraformFacts


@dataclass(slots=True)
class Read:
    """What was read from one plan."""

    facts: TerraformFacts
    gaps: list[Gap]
    masked: list[str]
    instances: list[Instance]
    configuration: Configuration


def read(plan: Mapping[str, Any]) -> Read:
    """All facts of a checked plan. Raises InputError for one that contradicts itself, or is too large to be decided about."""
    found = instances(plan)
    if len(found.found) > Limits.PLAN_RESOURCES:
        raise InputError(
            f"the plan has {len(found.found):,} resources, more than the {Limits.PLAN_RESOURCES:,} that are decided about at once",
            hint="split the configuration, and plan each part",
        )
    configured = configuration(plan)
    positions: dict[str, int] = {}
    for instance in found.found:
        instance.at = positions.get(instance.type, 0)
        positions[instance.type] = instance.at + 1

    blocks = [_block(configured, instance) for instance in found.found]
    regions = Regions(plan, configured)
    places = [regions.region_of(one, block) for one, block in zip(found.found, blocks, strict=True)]
    resolver = Resolver(configured, found.found)
    names = Names(found.found, places)
    settled = Settled(configured)
    never_computed = _never_computed(found.found, blocks)
    secrets = masking.secrets(plan, configured)

    resources: dict[str, list[Resource]] = {type_: [] for type_ in sorted(positions)}
    masked: list[str] = []
    for instance, block, region in zip(found.found, blocks, places, strict=True):
        resource = _resource(instance, block, region)
        if not instance.gone:
            state = unknowns(
                instance.unknown,
                instance.values,
                instance.before,
                block.expressions if block else None,
                partial(_settles, settled, instance, block),
                never_computed.get(instance.type, frozenset()),
            )
            resource["unknown"], resource["computed"], resource["opaque"] = state.unknown, state.computed, state.opaque
            by_value, crowded = names.references(instance)
            resource["references"] = joined(resolver.references(instance, block) if block else {}, by_value)
            resource["unknown"] = _with_crowded(resource, crowded)
            resource["values"], resource["masked"] = masking.masked(instance.values, instance.sensitive, secrets)
            masked.extend(f"facts.resources.{instance.type}.{instance.at}.values.{one}" for one in resource["masked"])
        resources[instance.type].append(resource)

    facts = TerraformFacts(
        format_version=plan["format_version"],
        terraform_version=_text(plan.get("terraform_version")),
        destroy_only=not found.gaps and _destroys_only(found.found),
        resources=resources,
        referenced_by=_referenced_by(resources),
        carriers=[one for members in resources.values() for resource in members if (one := carrier(resource))],
    )
    return Read(facts, [*found.gaps, *configured.gaps], masked, found.found, configured)


def _resource(instance: Instance, block: Block | None, region: str | None) -> Resource:
    resource = Resource(
        address=instance.address,
        type=instance.type,
        name=instance.name,
        mode=instance.mode,
        module=instance.module,
        provider=provider_of(instance),
        action=instance.action,
        values={},
        unknown=[],
        computed=[],
        masked=[],
        references={},
        opaque=[],
    )
    if region is not None:
        resource["region"] = region
    if instance.reason is not None:
        resource["reason"] = instance.reason
    return resource


def _with_crowded(resource: Resource, crowded: list[str]) -> list[str]:
    """The unknown paths, and among them those whose value does not tell which resource it names, unless the configuration does."""
    named = {path for path, listed in resource["references"].items() if any(not one.get("ambiguous") for one in listed)}
    return [*resource["unknown"], *(path for path in dict.fromkeys(crowded) if path not in named)]


def _block(configured: Configuration, instance: Instance) -> Block | None:
    module = configured.modules.get(tuple(name for name, _ in instance.path))
    return module.resources.get((instance.mode, instance.type, instance.name)) if module else None


def _settles(settled: Settled, instance: Instance, block: Block | None, path: str) -> bool:
    words = next((one.words for one in block.named if one.path == path), ()) if block else ()
    return settled.known(tuple(name for name, _ in instance.path), words, block)


def _never_computed(found: list[Instance], blocks: list[Block | None]) -> dict[str, frozenset[str]]:
    """By type, the blocks that a new resource without them shows as empty: the provider does not compute these."""
    seen: dict[str, set[str]] = {}
    for instance, block in zip(found, blocks, strict=True):
        if block is not None and instance.action in {"create", "replace"}:
            empty = {name for name, value in instance.values.items() if value == [] and name not in block.expressions}
            seen.setdefault(instance.type, set()).update(empty)
    return {type_: frozenset(names) for type_, names in seen.items()}


def _referenced_by(resources: Mapping[str, list[Resource]]) -> dict[str, list[Referrer]]:
    found: dict[str, list[Referrer]] = {}
    for type_, members in resources.items():
        for at, resource in enumerate(members):
            for path, references in resource["references"].items():
                for one in references:
                    if "at" in one:
                        _refer(found, one, Referrer(address=resource["address"], type=type_, at=at, path=path))
    return dict(sorted(found.items()))


def _refer(found: dict[str, list[Referrer]], reference: Reference, referrer: Referrer) -> None:
    if reference.get("ambiguous"):
        referrer["ambiguous"] = True
    there = found.setdefault(reference["address"], [])
    if referrer not in there[-8:]:
        there.append(referrer)


def _destroys_only(found: list[Instance]) -> bool:
    managed = [one for one in found if one.mode == "managed"]
    return any(one.action == "delete" for one in managed) and all(one.gone for one in managed)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
