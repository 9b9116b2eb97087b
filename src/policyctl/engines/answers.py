"""Whether what OPA sent back is an answer to what was asked. Everything else is an error: nothing is allowed by
default.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from policyctl.engines.interface import DECISIONS, Document, Rule
from policyctl.model.classification import Classified
from policyctl.model.decision import Answer
from policyctl.model.errors import EngineError, EvaluationError

_REPORT = "run the command again; if it happens again, report it with the output"


def read(status: int, body: bytes, address: str) -> Mapping[str, Any]:
    """The JSON object of a 200 answer. Raises EvaluationError where OPA says that evaluating failed, or EngineError."""
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise EngineError(
            f"{address} answered {status} with something that is not JSON: {_start(body)}",
            hint="is this address an OPA, and nothing in between that answers in its place?",
        ) from error
    if not isinstance(payload, dict):
        raise EngineError(f"{address} answered {status} with {_start(body)}", hint="is this address an OPA?")
    if status != 200:
        raise _refusal(status, payload, address)
    return payload


def answers_in(
    payload: Mapping[str, Any], documents: Sequence[Document], address: str, rule: Rule = DECISIONS
) -> list[Any]:
    """One answer a document, in order: decisions are about exactly the controls that their document's profile selects."""
    if "result" not in payload:
        raise EngineError(
            f"{address} has no answer: data.{rule.package.replace('/', '.')}.{rule.name} is undefined",
            hint="is the bundle of policyctl loaded there? `policyctl bundle build FILE` writes it",
        )
    result = payload["result"]
    if not isinstance(result, list) or len(result) != len(documents):
        number = len(result) if isinstance(result, list) else "no list of"
        raise EngineError(
            f"{address} gave {number} answers to {len(documents)} documents: a rule is undefined for the others",
            hint="ask about the files one by one to find the one, then `policyctl control lint`",
        )
    read = _answer if rule == DECISIONS else _classified
    return [read(value, document, address) for value, document in zip(result, documents, strict=True)]


def revisions_in(payload: Mapping[str, Any]) -> dict[str, str]:
    """Bundle name to revision, as the provenance of the answer says. Empty when it says nothing."""
    provenance = payload.get("provenance")
    bundles = provenance.get("bundles") if isinstance(provenance, dict) else None
    if not isinstance(bundles, dict):
        return {}
    return {
        name: bundle["revision"]
        for name, bundle in bundles.items()
        if isinstance(bundle, dict) and isinstance(bundle.get("revision"), str)
    }


def version_in(payload: Mapping[str, Any]) -> str:
    """The version of the OPA that answered, as it says; empty when it does not."""
    provenance = payload.get("provenance")
    version = provenance.get("version") if isinstance(provenance, dict) else None
    return version if isinstance(version, str) else ""


def _answer(value: Any, document: Document, address: str) -> Answer:
    if (
        not isinstance(value, dict)
        or value.get("outcome") not in ("allow", "warn", "deny")
        or not all(isinstance(value.get(name), list) for name in ("expected", "evaluated"))
        or not all(isinstance(value.get(name), dict) for name in ("resources", "findings", "undetermined"))
    ):
        raise EngineError(
            f"{address} gave an answer that is no decision: {_start(json.dumps(value).encode())}", hint=_REPORT
        )
    selected = set(document.get("profile", {}).get("enforcement", {}))
    for name in ("expected", "evaluated"):
        if strange := selected.symmetric_difference(value[name]):
            raise EngineError(
                f"the controls {name} by the bundle are not those that the profile selects; they differ in "
                f"{', '.join(sorted(map(str, strange)))}",
                hint="is each of them in the bundle, for this kind of document? `policyctl control lint` tells",
            )
    return cast(Answer, value)


def _classified(value: Any, document: Document, address: str) -> Classified:
    lists = ("roles", "classes", "exemptions", "needed", "review")
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("decided"), bool)
        or value.get("as_of") != document["as_of"]
        or not all(isinstance(value.get(name), list) for name in lists)
        or not value["classes"]
    ):
        raise EngineError(
            f"{address} gave an answer that is no classification: {_start(json.dumps(value).encode())}", hint=_REPORT
        )
    return cast(Classified, value)


def _refusal(status: int, payload: Mapping[str, Any], address: str) -> EngineError:
    errors = payload.get("errors")
    failures = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    if status == 500 and failures and all(_is_evaluation(failure) for failure in failures):
        files = tuple(dict.fromkeys(file for failure in failures for file in _files(failure)))
        text = "; ".join(_with_place(failure) for failure in failures)
        return EvaluationError(
            text,
            hint="report it with the input file, or leave the control out of the profile until it is mended",
            files=files,
        )
    said = "; ".join([str(payload.get("message", "")), *(str(failure.get("message", "")) for failure in failures)])
    message = f"{address} answered {status}: {said.strip('; ') or 'no reason given'}"
    if status in (401, 403):
        return EngineError(
            message,
            hint=f"this OPA must let you POST to /v1/data/{DECISIONS.package}/{DECISIONS.name}; does it want a token?",
        )
    return EngineError(message, hint=_REPORT if status == 500 else "is this address an OPA of the tested versions?")


def _is_evaluation(failure: Mapping[str, Any]) -> bool:
    code = str(failure.get("code", ""))
    return code.startswith("eval_") and code != "eval_cancel_error"


def _files(failure: Mapping[str, Any]) -> list[str]:
    """Where it failed, then (OPA 1.22 says so, 1.19 does not) what had called that, innermost first."""
    trace = failure.get("stack_trace")
    places = [failure, *(trace if isinstance(trace, list) else [])]
    locations = [place.get("location") for place in places if isinstance(place, dict)]
    files = [str(location.get("file", "")) for location in locations if isinstance(location, dict)]
    return [file.removeprefix(".").removeprefix("/") for file in files if file]


def _with_place(failure: Mapping[str, Any]) -> str:
    location = failure.get("location")
    message = str(failure.get("message", ""))
    if not isinstance(location, dict) or not location.get("file"):
        return message
    return f"{_files(failure)[0]}:{location.get('row')}: {message}"


def _start(body: bytes) -> str:
    text = body[:120].decode(errors="replace")
    return repr(text) + (" …" if len(body) > 120 else "") if body else "nothing"
