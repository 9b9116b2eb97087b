"""Facts of an AI system: what its description states."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from policyctl.model.document import Role, SystemClass


class SystemFacts(TypedDict):
    """`input.facts` of a document of kind system. `stated` holds the keys that the description has; dates are ISO 8601 days.

    `roles` and `classes` are empty where none is stated.
    """

    id: str
    stated: list[str]
    title: NotRequired[str]
    owner: NotRequired[str]
    purpose: NotRequired[str]
    roles: list[Role]
    classes: list[SystemClass]
    market: NotRequired[list[str]]
    placed_on_market: NotRequired[str]
    put_into_service: NotRequired[str]
    significantly_changed: NotRequired[str]
    public_authority: NotRequired[bool]
