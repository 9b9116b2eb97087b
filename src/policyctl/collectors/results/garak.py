"""Reports of garak, <prefix>.report.jsonl: one line an event.

Source: garak's reference, "Reporting", and its evaluators: lines `eval` with passed and total, since 0.14 total_evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from policyctl.collectors.results.told import Told, at, count, evaluation, mappings, text
from policyctl.model.facts.model import Evaluation

_OWN_TESTS: Final = ("test.", "always.")
"""Probes and detectors by which garak tests itself: they ask a model nothing, or pass whatever it answers."""


def read(values: Sequence[Any]) -> Told | None:
    """One evaluation a probe and detector: the share of answers that were found harmless. None where this is no report of garak.

    garak passes what had no harmful answer. A run that did not come to its end might have found one.
    """
    lines = mappings(values)
    if len(lines) != len(values) or not lines or lines[0].get("entry_type") != "start_run setup":
        return None
    target = text(lines[0].get("plugins.target_name")) or text(lines[0].get("plugins.model_name"))
    started = next((line.get("start_time") for line in lines if line.get("entry_type") == "init"), None)
    judged = [line for line in lines if line.get("entry_type") == "eval" and not _tests_itself(line)]
    untold = [reason for line in judged for reason in _untold(line)]
    if not any(line.get("entry_type") == "completion" for line in lines):
        untold.append("the run of garak did not come to its end")
    return Told(tuple(_evaluation(line, at(started), target) for line in judged), untold=tuple(untold))


def _evaluation(line: Mapping[str, Any], when: str | None, target: str | None) -> Evaluation:
    passed, total = _counted(line)
    share = passed / total if total else None
    return evaluation(
        _named(line), "garak", "safety", value=share, passed=passed == total if total else None, at=when, target=target
    )


def _untold(line: Mapping[str, Any]) -> Iterator[str]:
    if not _counted(line)[1]:
        yield f"{_named(line)}: how many answers were found harmless cannot be told"
    if nones := count(line.get("nones")):
        yield f"{_named(line)}: {nones} answers could not be judged"


def _counted(line: Mapping[str, Any]) -> tuple[int, int]:
    """Answers found harmless, and all; twice zero where that cannot be told."""
    passed, total = count(line.get("passed")), count(line.get("total_evaluated", line.get("total")))
    known = passed is not None and total is not None and passed <= total
    return (passed or 0, total or 0) if known else (0, 0)


def _named(line: Mapping[str, Any]) -> str:
    return f"{line.get('probe')}/{line.get('detector')}"


def _tests_itself(line: Mapping[str, Any]) -> bool:
    return any(str(line.get(key)).removeprefix("detector.").startswith(_OWN_TESTS) for key in ("probe", "detector"))
