"""Switches that let a model run code of its own when it is loaded, or load it by unpickling.

Source: the options of vLLM, SGLang, TGI, TEI, Transformers and PyTorch, and the variables that they read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from policyctl.collectors.kubernetes.options import Word, options
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Program, UnsafeLoading

Risk = Literal["remote_code", "insecure_serialization"]

_OPTIONS: dict[str, Risk] = {
    "trust-remote-code": "remote_code",
    "allow-remote-code": "remote_code",
    "hf-trust-remote-code": "remote_code",
    "enable-remote-code": "remote_code",
    "allow-custom-code": "remote_code",
    "allow-pickle": "insecure_serialization",
    "allow-dangerous-deserialization": "insecure_serialization",
    "allow-insecure-serialization": "insecure_serialization",
    "enable-pickle": "insecure_serialization",
    "unsafe-load": "insecure_serialization",
}
VARIABLES: dict[str, Risk] = {
    "TRUST_REMOTE_CODE": "remote_code",
    "HF_TRUST_REMOTE_CODE": "remote_code",
    "HF_HUB_TRUST_REMOTE_CODE": "remote_code",
    "HF_MODEL_TRUST_REMOTE_CODE": "remote_code",
    "ALLOW_REMOTE_CODE": "remote_code",
    "VLLM_TRUST_REMOTE_CODE": "remote_code",
    "VLLM_ALLOW_INSECURE_SERIALIZATION": "insecure_serialization",
    "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD": "insecure_serialization",
    "ALLOW_PICKLE": "insecure_serialization",
}
_GIVEN = re.compile(r"(?i)(?<![\w-])['\"]?(trust_remote_code)['\"]?\s*[:=]\s*['\"]?(?:true|yes|on|1)\b")
"""In the source of a program, or in JSON: an argument of Transformers and vLLM."""
_SHORTEST = len("tru")
_OFF = frozenset({"false", "0", "no", "off", "none", ""})


def is_on(value: object) -> bool:
    """Whether the value of a switch is not plainly "off"."""
    return str(value).strip().lower() not in _OFF


def unsafe_options(line: list[Word]) -> list[UnsafeLoading]:
    """The switches of one command line that are on."""
    return [
        {"path": list(option.path), "option": option.written, "risk": risk}
        for option in options(line)
        if (risk := _risk(option.name)) and is_on(option.value or "true")
    ]


def unsafe_loading(
    container: Program, index: int, line: list[Word], arguments: Sequence[tuple[Path, str]]
) -> list[UnsafeLoading]:
    """The switches of one container that are on. A value that is not plainly "off" counts as on."""
    found: list[UnsafeLoading] = [{**entry, "container": index} for entry in unsafe_options(line)]
    variables = (((*each["path"], "value"), each.get("value", "")) for each in container["env"])
    for path, text in (*arguments, *variables):
        if (given := _GIVEN.search(text)) and not any(entry["path"] == list(path) for entry in found):
            found.append({"path": list(path), "container": index, "option": given[1], "risk": "remote_code"})
    for variable in container["env"]:
        risk = VARIABLES.get(variable["name"])
        off = variable["source"] == "empty" or not is_on(variable.get("value", "on"))
        if risk and not off:
            found.append({"path": variable["path"], "container": index, "option": variable["name"], "risk": risk})
    return found


def _risk(name: str) -> Risk | None:
    """The risk of an option; argparse takes any beginning of a name that fits no other."""
    abbreviated = len(name) >= _SHORTEST and "trust-remote-code".startswith(name)
    return "remote_code" if abbreviated else _OPTIONS.get(name)
