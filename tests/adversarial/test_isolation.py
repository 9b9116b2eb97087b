"""One bad value in one of a hundred documents costs one control of one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from policyctl import deciding
from policyctl.catalog.reading import read_controls
from policyctl.documents.cutting import Cut, cut
from policyctl.engines.isolation import decide_isolated
from policyctl.library import own_root
from policyctl.model.decision import Answer, status_of
from policyctl.model.document import Path
from policyctl.workbench.breaking import Mutation
from tests.adversarial.fixtures import Fixture, ask
from tests.adversarial.ground import Ground

CONTROLS = sorted(read_controls((own_root(),)))
INSIDE = {"evaluation_error", "misshapen"}
"""What is said of a control whose evaluation failed, or that reads a fact which is not of its type."""
NUMBER = 60
ASKED = {"SEC-001": "deny", "SEC-003": "deny", "SEC-006": "deny", "LOG-001": "deny", "SUP-002": "deny"}


def test_a_failing_built_in_costs_one_control_of_one_document(ground: Ground) -> None:
    """SEC-006 takes an environment for an object; a text that stands there makes a built-in of OPA's own fail."""
    documents = [_sent(ground)] * 100
    documents[NUMBER] = _with_a_text_for_an_environment(documents[NUMBER])
    good = ground.engine.decide([documents[0]])[0]

    decided = decide_isolated(ground.engine, documents, deciding.control_of_file(ground.catalog))
    bad = decided[NUMBER].answer

    assert status_of(bad, "SEC-006") == "undetermined"
    assert [entry.get("code") for entry in bad["undetermined"]["SEC-006"]] == ["evaluation_error"]
    assert bad["outcome"] == "deny"
    others = [control for control in good["expected"] if control != "SEC-006"]
    assert {control: status_of(bad, control) for control in others} == {c: status_of(good, c) for c in others}
    assert all(one.answer == good for index, one in enumerate(decided) if index != NUMBER)


@pytest.mark.parametrize("control", CONTROLS)
def test_a_bad_value_costs_its_control_of_its_document(ground: Ground, control: str) -> None:
    """A value of another type in a generated document: for each thing that may come of it, one among ninety-nine good ones.

    The bad one and the first are asked about every control of their kind, the others about this one: that is what costs time.
    """
    tried = 0
    for fixture, mutation, broken in bad_values(ground, control):
        whole = of_all(ground, fixture.document)
        documents = [whole, *[fixture.document] * 99]
        documents[NUMBER] = of_all(ground, broken)
        good = ground.engine.decide([whole])[0]

        decided = [
            one.answer for one in decide_isolated(ground.engine, documents, deciding.control_of_file(ground.catalog))
        ]
        bad = decided[NUMBER]

        assert decided[:NUMBER] + decided[NUMBER + 1 :] == [good, *[fixture.answer] * 98]
        assert status_of(bad, control) in ("undetermined", "fail"), str(mutation)
        assert bad["evaluated"] == bad["expected"] == good["expected"]
        if said(bad, control) & INSIDE:
            assert bad["outcome"] == "deny", str(mutation)
        assert {id: told(bad, id) for id in untouched(ground, good, mutation)} == {
            id: told(good, id) for id in untouched(ground, good, mutation)
        }
        tried += 1

    assert tried


def bad_values(ground: Ground, control: str) -> Iterator[tuple[Fixture, Mutation, Mapping[str, Any]]]:
    """For each word that a control has for a bad value in its generated documents, the first document that has it say so."""
    seen: set[frozenset[str]] = set()
    for fixture in ground.fixtures[control]:
        listed = [
            one for one in ground.broken(control, fixture) if one[0].how in ("number", "text", "in a list", "emptied")
        ]
        answers = ask(ground.engine, ground.catalog, [document for _, document in listed])
        for (mutation, document), answer in zip(listed, answers, strict=True):
            word = frozenset(said(answer, control) & INSIDE)
            if word not in seen:
                seen.add(word)
                yield fixture, mutation, document


def said(answer: Answer, control: str) -> set[str]:
    """The codes under which a control could not tell."""
    return {entry.get("code", "") for entry in answer["undetermined"].get(control, [])}


def told(answer: Answer, control: str) -> Sequence[Any]:
    """All that an answer says about one control."""
    return [answer[part].get(control) for part in ("resources", "findings", "undetermined")]


def of_all(ground: Ground, document: Mapping[str, Any]) -> dict[str, Any]:
    """The document, asked about every control of its kind."""
    enforcement = {id: "deny" for id in CONTROLS if document["kind"] in ground.catalog["controls"][id]["kinds"]}
    return {**document, "profile": {**document["profile"], "enforcement": enforcement}}


def untouched(ground: Ground, answer: Answer, mutation: Mutation) -> list[str]:
    """The controls that read nothing of what was changed."""
    place: Path = mutation.path if mutation.path[:1] == ("attested",) else ("facts", *mutation.path)
    reads = ground.catalog["reads"]
    return [id for id in answer["expected"] if not any(_overlap(read, place) for read in reads[id])]


def _overlap(read: Sequence[str], place: Path) -> bool:
    shared = min(len(read), len(place))
    return tuple(read[:shared]) == place[:shared]


def _sent(ground: Ground) -> Mapping[str, Any]:
    """What OPA is sent of examples/terraform/credit-scorer, with some of the controls selected."""
    document = next(
        document
        for document in ground.documents
        if document["subject"]["path"] == "examples/terraform/credit-scorer/plan.json"
    )
    sent = cut(document, Cut.of(ground.catalog, "terraform_plan"))
    return {**sent, "profile": {**sent["profile"], "enforcement": ASKED}}


def _with_a_text_for_an_environment(document: Mapping[str, Any]) -> Mapping[str, Any]:
    facts = document["facts"]
    (model,) = facts["resources"]["aws_sagemaker_model"]
    (container,) = model["values"]["primary_container"]
    broken = {**model, "values": {**model["values"], "primary_container": [{**container, "environment": "x"}]}}
    return {**document, "facts": {**facts, "resources": {**facts["resources"], "aws_sagemaker_model": [broken]}}}
