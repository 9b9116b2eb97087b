"""What is wrong in a file that people write, in sentences: which key, what stands there, what may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_SHAPES: Final = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_type": "true or false",
    "int_type": "a whole number",
}
_FORMS: Final = {"control": "look like SEC-001", "id": "be a name such as SEC-001 (a control) or high-risk (a profile)"}


def sentence(error: Mapping[str, Any]) -> str:
    """One error of pydantic's `ValidationError.errors()` in words."""
    steps = [str(step) for step in error["loc"] if step != "[key]"]
    kind, context = error["type"], error.get("ctx", {})
    key = steps[-1] if steps else ""
    inside = f" in {'.'.join(steps[:-1])}" if len(steps) > 1 else ""
    where = ".".join(steps) or "the file"
    if kind == "missing":
        return f"the key {key!r} is missing{inside}"
    if kind == "extra_forbidden":
        return f"the key {key!r} is not one that is known{inside}"
    if kind in _SHAPES:
        return f"{where} is {_shown(error['input'])} and must be {_SHAPES[kind]}"
    if kind == "literal_error":
        return f"{where} is {_shown(error['input'])} and must be {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"{where} is {_shown(error['input'])} and must {_FORMS.get(key, 'have the form ' + context['pattern'])}"
    if kind == "string_too_short":
        return f"{where} is {_shown(error['input'])}, which says too little"
    if kind == "too_short":
        return f"{where} is empty and must name something"
    if kind == "value_error":
        said = str(context["error"])
        return f"{where} is {_shown(error['input'])} and {said}" if said.startswith("must") else f"{where}: {said}"
    return f"{where} is {_shown(error['input'])}, which cannot be used here"


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return repr(value)[:60]
