"""Results of promptfoo: what `promptfoo eval` and `promptfoo redteam eval` write with `--output results.json`.

Source: promptfoo's documentation, "Output Formats" and "Red team"; results of version 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from policyctl.collectors.results.told import Told, at, evaluation, mapping, mappings, text
from policyctl.model.facts.model import Evaluation

_ERROR: Final = 2
"""`failureReason`: 0 none, 1 an assertion, 2 an error."""

_Tests = Sequence[Mapping[str, Any]]


def read(values: Sequence[Any]) -> Told | None:
    """A pass rate for each model and, of red teaming, each plugin; None where this is no file of promptfoo.

    A test that ended with an error was neither passed nor failed: it is untold.
    """
    summary = mapping(values[0], "results") if len(values) == 1 else {}
    if not isinstance(summary.get("results"), list) or "timestamp" not in summary:
        return None
    tests = mappings(summary["results"])
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for test in tests:
        named = (mapping(test, "metadata"), mapping(test, "testCase", "metadata"))
        plugin = next((found for one in named if (found := text(one.get("pluginId")))), "")
        groups.setdefault((text(mapping(test, "provider").get("id")) or "", plugin), []).append(test)
    untold = list(_untold(groups))
    if len(tests) != len(summary["results"]):
        untold.append("some results are none that promptfoo writes")
    told = (_evaluation(target, plugin, found, summary) for (target, plugin), found in groups.items())
    return Told(tuple(one for one in told if one), untold=tuple(untold))


def _evaluation(target: str, plugin: str, tests: _Tests, summary: Mapping[str, Any]) -> Evaluation | None:
    ran = [test["success"] for test in tests if _ran(test)]
    if not ran:
        return None
    metric, aspect = (f"{plugin}/pass_rate", "safety") if plugin else ("pass_rate", "performance")
    when = at(summary["timestamp"])
    return evaluation(metric, "promptfoo", aspect, value=sum(ran) / len(ran), passed=all(ran), at=when, target=target)


def _untold(groups: Mapping[tuple[str, str], _Tests]) -> Iterator[str]:
    targets = sorted({target for target, _ in groups})
    if len(targets) > 1:
        yield f"the file has results of several models ({', '.join(targets)}), and does not say which one this is"
    for (target, plugin), tests in groups.items():
        if errors := sum(not _ran(test) for test in tests):
            yield f"{errors} of {len(tests)} tests of {plugin or target or 'the model'} ended with an error"


def _ran(test: Mapping[str, Any]) -> bool:
    # Before failureReason was written, an error was told by the absence of a grade.
    concluded = test.get("failureReason") != _ERROR if "failureReason" in test else "gradingResult" in test
    return concluded and isinstance(test.get("success"), bool)
