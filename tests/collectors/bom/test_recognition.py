import json
from pathlib import Path

import pytest

from policyctl import plugins
from policyctl.collectors.bom import BomCollector
from policyctl.collectors.reading import parse
from tests.collectors.bom.reading import collected, component, cyclonedx, entry, spdx
from tests.conftest import DATA

BOMS = sorted((DATA / "bom").glob("*.json"))


@pytest.mark.parametrize("path", BOMS, ids=lambda path: path.name)
def test_every_bom_of_the_corpus_is_recognised(path: Path) -> None:
    text = path.read_text()

    assert BomCollector().recognises(parse(text, path.name, "", len(text)))


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", '{"bomFormat": "SPDX"}', '{"@context": "https://schema.org", "@graph": []}', "# A BOM\n", "a: 1\n"],
)
def test_other_files_are_not(text: str) -> None:
    assert not BomCollector().recognises(parse(text, "x", "", len(text)))


def test_xml_is_told_with_the_way_out() -> None:
    path = DATA / "bom/cyclonedx-1.6-considerations-env.xml"
    found = entry(path.read_text(), path.name)

    assert (found.status, found.kind) == ("skipped", "bom")
    assert "as JSON, not as XML" in found.message
    assert "cyclonedx convert" in found.hint


@pytest.mark.parametrize("text", ['{"spdxVersion": "SPDX-2.3"}', "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n"])
def test_spdx_2_is_told_to_have_no_place_for_models(text: str) -> None:
    assert "SPDX 2 says nothing of models" in entry(text, "sbom.spdx").message


def test_a_bom_of_software_alone_holds_nothing_to_decide() -> None:
    found = entry(cyclonedx({"type": "library", "name": "numpy"}))

    assert (found.status, found.hint != "") == ("skipped", True)


def test_a_bom_of_software_whose_parts_cannot_be_read_is_not_passed_over() -> None:
    gaps = collected(cyclonedx({"type": "library", "name": "numpy"}, "scorer")).gaps

    assert [gap["paths"] for gap in gaps] == [[["facts"]]]


@pytest.mark.parametrize("kind", [None, 1, ["machine-learning-model"], "machine learning model", "Model"])
def test_what_has_no_known_type_may_be_a_model(kind: object) -> None:
    gaps = collected(cyclonedx({"type": kind, "name": "scorer"})).gaps

    assert [["facts"]] in [gap["paths"] for gap in gaps]


@pytest.mark.parametrize("version", ["1.4", "1.8", "2.0", None, 1.6])
def test_another_version_is_not_known(version: object) -> None:
    gaps = collected(cyclonedx(component(), specVersion=version)).gaps

    assert [(gap["code"], gap["paths"]) for gap in gaps] == [("bom_version", [["facts"]])]


def test_another_version_of_spdx_is_not_known() -> None:
    document = {
        **spdx({"type": "ai_AIPackage", "name": "x"}),
        "@context": "https://spdx.org/rdf/3.1/spdx-context.jsonld",
    }

    assert [gap["code"] for gap in collected(document).gaps] == ["bom_version"]


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}}, "kubernetes_object"),
        (
            {"format_version": "1.2", "planned_values": {}, "resource_changes": [], "terraform_version": "1.9"},
            "terraform_plan",
        ),
    ],
)
def test_a_manifest_or_plan_that_claims_to_be_a_bom_is_judged_as_what_it_is(mark: dict[str, object], kind: str) -> None:
    text = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", **mark})
    content = parse(text, "x.json", "", len(text))

    assert next(one.kind for one in plugins.collectors() if one.recognises(content)) == kind


def test_a_signature_is_told_not_to_be_verified() -> None:
    signed = collected(cyclonedx(component(), signature={"algorithm": "ES256", "value": "x"}))

    assert signed.facts["signed"]
    assert "not verified" in signed.notes[0]
