"""The controls that a selector names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policyctl.model.catalog import Catalog, Control
from policyctl.model.errors import UsageError


def selected(catalog: Catalog, selectors: Sequence[str]) -> list[Control]:
    """The controls of these selectors, by id: an id in any case, a family, or family/name. All of them where there is none.

    Raises UsageError for a selector that names nothing: a misspelt one must not end as "all tests pass".
    """
    return selected_of(catalog["controls"], selectors)


def selected_of(by_id: Mapping[str, Control], selectors: Sequence[str]) -> list[Control]:
    """`selected`, of controls without the rest of a catalog."""
    controls = [control for _, control in sorted(by_id.items())]
    found: dict[str, Control] = {}
    for selector in selectors or ("",):
        named = [control for control in controls if _names(selector, control)]
        if not named:
            families = sorted({control["family"] for control in controls})
            raise UsageError(
                f"{selector!r} names no control",
                hint=f"an id, family/name, or a family: {', '.join(families)}",
            )
        found.update((control["id"], control) for control in named)
    return [control for id, control in sorted(found.items())]


def _names(selector: str, control: Control) -> bool:
    whole = f"{control['family']}/{control['name']}"
    return selector in ("", control["family"], whole) or selector.upper() == control["id"]
