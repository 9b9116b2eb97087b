"""Parts that components of a CycloneDX BOM share: digests, licences, and who answers for them."""

from __future__ import annotations

from typing import Final

from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.bom.values import NONE, NOT_ASSERTED, digest, licence
from policyctl.model.facts.bom import Digest, Party
from policyctl.model.facts.model_card import Licence

_UNKNOWN: Final = "unknown"
"""The licence of what has one, and does not say which."""
_GOVERNORS: Final = (("owners", "owner"), ("stewards", "steward"), ("custodians", "custodian"))


def hashes(node: Node) -> list[Digest]:
    """The digests under `hashes`. Whether they are strong, or digests at all, is for policy to say."""
    found = []
    for one in node.nodes("hashes"):
        algorithm, value = one.text("alg"), one.text("content")
        if algorithm and value:
            found.append(digest(algorithm, value))
    return found


def licences(component: Node) -> list[Licence]:
    """The licences of a component, each by id, by name, or as an expression."""
    found = []
    for choice in component.nodes("licenses"):
        named = choice.node("license")
        if not named.value and "expression" not in choice.value:
            component.faults.note(choice.path, "names no licence", component.fact)
        if "expression" in choice.value:
            found.append(licence(_word(choice, "expression") or _UNKNOWN))
        if named.value:
            found.append(licence(_word(named, "id") or _word(named, "name") or _UNKNOWN, link=named.text("url")))
    return found


def parties(component: Node) -> list[Party]:
    """Who supplies, makes, publishes or wrote a component."""
    found: list[tuple[str, str | None]] = [
        ("supplier", component.node("supplier").text("name")),
        ("manufacturer", component.node("manufacturer").text("name")),
        ("publisher", component.text("publisher")),
        ("author", component.text("author")),
    ]
    found += [("author", author.text("name") or author.text("email")) for author in component.nodes("authors")]
    return [{"role": role, "name": name} for role, name in found if name]


def governors(governance: Node) -> list[Party]:
    """Who answers for data: organisations, or people by name or address."""
    found: list[Party] = []
    for key, role in _GOVERNORS:
        for one in governance.nodes(key):
            contact = one.node("contact")
            name = one.node("organization").text("name") or contact.text("name") or contact.text("email")
            if name:
                found.append({"role": role, "name": name})
    return found


def _word(node: Node, key: str) -> str | None:
    """A licence's word. NOASSERTION and NONE say something of a licence, other placeholders nothing."""
    value = node.value.get(key)
    if isinstance(value, str) and value.strip() in (NOT_ASSERTED, NONE):
        return value.strip()
    return node.text(key)
