"""Label selectors, with all of their operators.

Source: Kubernetes API reference, "LabelSelector": an empty one selects everything, all requirements must hold, NotIn
and DoesNotExist hold for labels that are not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool | None:
    """Whether the selector selects something with these labels; None when the selector is malformed."""
    if set(selector) - {"matchLabels", "matchExpressions"}:
        return None
    wanted, expressions = selector.get("matchLabels"), selector.get("matchExpressions")
    wanted = {} if wanted is None else wanted
    expressions = [] if expressions is None else expressions
    if not isinstance(wanted, dict) or not isinstance(expressions, list):
        return None
    if not all(isinstance(value, str) for value in wanted.values()):
        return None
    answers = [labels.get(key) == value for key, value in wanted.items()]
    for expression in expressions:
        answer = _holds(expression, labels)
        if answer is None:
            return None
        answers.append(answer)
    return all(answers)


def _holds(expression: Any, labels: Mapping[str, str]) -> bool | None:
    if not isinstance(expression, dict) or not isinstance(expression.get("key"), str):
        return None
    key, values = expression["key"], expression.get("values")
    values = [] if values is None else values
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return None
    match expression.get("operator"), bool(values):
        case "In", True:
            return labels.get(key) in values
        case "NotIn", True:
            return labels.get(key) not in values
        case "Exists", False:
            return key in labels
        case "DoesNotExist", False:
            return key not in labels
        case _:
            return None
