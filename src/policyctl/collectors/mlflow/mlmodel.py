"""Facts of the file MLmodel, which MLflow writes beside every model: `signature`.

Source: MLflow's documentation, "MLflow Model Format" and "Model Signatures".
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from policyctl.collectors.decoding import decode
from policyctl.collectors.mlflow.values import inner_json, mappings
from policyctl.collectors.yaml_values import parse_yaml
from policyctl.model.errors import InputError
from policyctl.model.facts.model import Column, Signature
from policyctl.model.gathered import Gathered, Stamp

DESCRIPTION: Final = "MLmodel"
"""The name of that file."""


def add_signature(gathered: Gathered, content: bytes, source: str, time: str = "") -> None:
    """Adds the signature that the file holds; a gap where it cannot be read."""
    try:
        described = parse_yaml(decode(content, source), source).values
        if len(described) != 1:
            raise InputError(f"{source}: describes no model, or more than one")
    except InputError as error:
        gathered.missed(source, error, ("signature",))
        return
    signature = signature_of(described[0])
    stamp = Stamp(hashlib.sha256(content).hexdigest(), time)
    gathered.add(source, stamp, {"signature": signature} if signature else {}, looked=("signature",))


def signature_of(described: Any) -> Signature | None:
    """The signature that an MLmodel file holds; None where it holds none."""
    signature = described.get("signature") if isinstance(described, dict) else None
    if not isinstance(signature, dict):
        return None
    return {"inputs": _columns(signature.get("inputs")), "outputs": _columns(signature.get("outputs"))}


def _columns(text: Any) -> list[Column]:
    columns: list[Column] = []
    for entry in mappings(inner_json(text)):
        column: Column = {"type": _type(entry)}
        if isinstance(name := entry.get("name"), str):
            column["name"] = name
        columns.append(column)
    return columns


def _type(entry: dict[str, Any]) -> str:
    tensor = entry.get("tensor-spec")
    named = tensor.get("dtype") if isinstance(tensor, dict) else entry.get("type")
    return named if isinstance(named, str) else "unknown"
