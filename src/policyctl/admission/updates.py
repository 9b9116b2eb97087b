"""An update of an object that was denied before: whether it leaves the object any worse.

What a cluster runs already is not mended by refusing every change to it: controllers could no longer reconcile it, and the change that
takes away one of two defects would be refused for the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from policyctl.model.report import Decided, Located
from policyctl.reports.grouping import effect

NOT_WORSE = "allowed: no worse than before"
"""As it is recorded in a decision that denies and did not have its way."""


def no_worse(decided: Decided, before: Decided) -> bool:
    """Whether everything that denies was there before, word for word: a message holds the value that it is about."""
    return set(_denying(decided)) <= set(_denying(before))


def _denying(decided: Decided) -> Iterator[str]:
    for result in decided.results:
        for place in result.findings:
            if effect(place, result.enforcement) == "deny":
                yield _key(result.control["id"], place)
        for place in result.undetermined:
            if effect(place, result.when_untold) == "deny":
                yield _key(result.control["id"], place)


def _key(control: str, place: Located) -> str:
    return json.dumps(
        [control, {name: value for name, value in place.entry.items() if name != "metadata"}], sort_keys=True
    )
