"""What a control says of its examples, through the flow that every check takes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from policyctl import deciding, pipeline, settings
from policyctl.attesting import Attestations
from policyctl.catalog.files import ProfileFile
from policyctl.catalog.profiles import of_catalog
from policyctl.context import Context
from policyctl.engines.interface import Engine
from policyctl.gathering import gather, subjects
from policyctl.model.catalog import Catalog, Profile
from policyctl.model.decision import Answer, status_of
from policyctl.model.document import Collected, Input, InputDocument
from policyctl.model.errors import InputError
from policyctl.systems import Systems
from policyctl.workbench.examples import Example
from policyctl.workbench.excerpt import plan_of
from policyctl.workbench.messages import faults
from policyctl.workbench.outcome import Tested


def judge(
    examples: Sequence[Example], engine: Engine, catalog: Catalog, context: Context, as_of: str
) -> Iterator[Tested]:
    """Decides about each example as the control's default parameters have it, as of that day or the one that the example says.

    A `policyctl.yaml` in an example's folder gives its systems and attestations. Raises EngineError where OPA does not decide.
    """
    profile = every_control(catalog)
    for example in examples:
        began = time.monotonic()
        message = _judged(example, engine, catalog, only(profile, example.control), context, as_of)
        yield Tested(example.control, "example", example.name, str(example.path), message, time.monotonic() - began)


def _judged(example: Example, engine: Engine, catalog: Catalog, profile: Profile, context: Context, as_of: str) -> str:
    try:
        documents = documents_of(example, catalog, profile, context, as_of)
    except InputError as error:
        return f"cannot be read: {error.message}"
    asked = list(deciding.decide(engine, catalog, documents))
    return _difference(example, [one.answer for one in asked]) or _misworded(example.control, asked)


def documents_of(
    example: Example, catalog: Catalog, profile: Profile, context: Context, as_of: str
) -> list[tuple[Collected, InputDocument]]:
    """The documents of an example's subjects. Raises InputError where something in it cannot be read, or nothing is."""
    folder = example.path if example.path.is_dir() else example.path.parent
    own = settings.load({}, {}, folder) if (folder / settings.FILE).is_file() else settings.Settings()
    with _source(example.path) as source:
        inputs = gather([str(source)], cwd=source if source.is_dir() else source.parent)
    collected = subjects(inputs)
    if not collected or any(entry.status == "error" for entry in inputs):
        raise InputError(_unread(inputs))
    return pipeline.build_documents(
        collected,
        profile,
        Systems(own, None),
        Attestations(own, catalog, context),
        pipeline.Options(as_of=example.as_of or as_of, record=False),
        context,
    )


@contextmanager
def _source(path: Path) -> Iterator[Path]:
    """What is read: the example itself, or the plan of its HCL."""
    if path.suffix != ".tf":
        yield path
        return
    with TemporaryDirectory(prefix="policyctl-") as folder:
        plan = Path(folder, "plan.json")
        plan.write_text(json.dumps(plan_of(path)))
        yield plan


def every_control(catalog: Catalog) -> Profile:
    """A profile that selects all controls, with their default parameters."""
    every = ProfileFile(id="every", title="Every control", description="Every control, enforced.")
    return of_catalog(every, {}, catalog)


def only(profile: Profile, control: str) -> Profile:
    """The profile with one control. Kinds that it does not look at have none."""
    kinds: dict[Any, Any] = {
        kind: {**resolved, "enforcement": {control: "deny"} if control in resolved["enforcement"] else {}}
        for kind, resolved in profile["kinds"].items()
    }
    return {**profile, "kinds": kinds}


def _difference(example: Example, answers: Sequence[Answer]) -> str:
    """Empty where the example shows what it must. Of several subjects the worst status counts, and the codes of all."""
    statuses = {status_of(answer, example.control) for answer in answers}
    status = next(s for s in ("fail", "undetermined", "pass", "not_applicable") if s in statuses)
    findings = [finding for answer in answers for finding in answer["findings"].get(example.control, ())]
    codes = {finding["code"] for finding in findings}
    if status == example.status and codes == example.codes:
        return ""
    untold = [entry for answer in answers for entry in answer["undetermined"].get(example.control, ())]
    return f"must be {_told(example.status, example.codes)}, is {_told(status, codes)}{_said([*findings, *untold])}"


def _misworded(control: str, asked: Sequence[deciding.Asked]) -> str:
    """Empty where each message of the control can be understood and acted on."""
    wrong = [
        f"{finding['code']}: its message {fault}: {finding['message']}"
        for one in asked
        for finding in one.answer["findings"].get(control, ())
        for fault in faults(finding, one.document)
    ]
    return "\n".join(dict.fromkeys(wrong))


def _told(status: str, codes: set[str] | frozenset[str]) -> str:
    return f"{status} ({', '.join(sorted(codes))})" if codes else status


def _said(entries: Sequence[Mapping[str, Any]]) -> str:
    told = [f"{e['resource']}: {e.get('message') or e.get('reason')}" for e in entries[:5]]
    return "".join(f"\n{line}" for line in told)


def _unread(inputs: Sequence[Input]) -> str:
    return "; ".join(entry.message for entry in inputs if entry.message) or "nothing in it is of a kind that is read"
