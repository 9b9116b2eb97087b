"""Whatever stands in a BOM, it is read or said not to be; in linear time."""

import time
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.collectors.bom.reading import card, collected, component, cyclonedx, entry, package, relation, spdx

VALUES: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.text(max_size=8)
    | st.sampled_from(["scorer", "urn:x:model", "yes"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["ref", "name", "bom-ref", "to", "type"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PARTS = "type name group version hashes licenses supplier authors modelCard components data externalReferences bom-ref purl".split()
ROOT = "metadata components dependencies compositions serialNumber signature specVersion".split()
ELEMENT = (
    "type spdxId name suppliedBy verifiedUsing ai_metric ai_limitation relationshipType from to creationInfo import "
    "software_packageVersion dataset_confidentialityLevel software_primaryPurpose"
).split()


@settings(max_examples=200)
@example({"components": [{"type": []}]}, {})
@given(st.dictionaries(st.sampled_from(PARTS), VALUES), st.dictionaries(st.sampled_from(ROOT), VALUES))
def test_a_cyclonedx_bom_of_anything_is_read_or_refused(part: Any, root: Any) -> None:
    found = entry({**cyclonedx(component(**{"bom-ref": "m"}), {**component(), **part}), **root})

    assert found.status in ("decided", "skipped")
    assert found.subjects or found.message


@settings(max_examples=200)
@given(st.lists(st.dictionaries(st.sampled_from(ELEMENT), VALUES), max_size=4))
def test_an_spdx_document_of_anything_is_read_or_refused(elements: list[Any]) -> None:
    found = entry(spdx(package(), relation("contains", "urn:x:model"), *elements))

    assert found.status == "decided"


def test_a_value_that_cannot_be_read_never_shortens_the_list_of_models_in_silence() -> None:
    for broken in (None, 1, "scorer", ["scorer"]):
        assert collected(cyclonedx(component(), broken)).gaps


def test_cycles_of_dependencies_end() -> None:
    parts = [component(name=f"m{i}", **{"bom-ref": f"m{i}"}) for i in range(3)]
    chain = [{"ref": f"m{i}", "dependsOn": [f"m{(i + 1) % 3}", f"m{i}"]} for i in range(3)]

    assert collected(cyclonedx(*parts, dependencies=chain)).facts["defects"] == []


def test_many_models_references_and_faults_take_linear_time() -> None:
    number = 5000
    parts = [
        component(name=f"m{i}", **{"bom-ref": f"m{i}"}, hashes="x", modelCard=card(datasets=[{"ref": f"d{i}"}]))
        for i in range(number)
    ]
    chain = [{"ref": f"m{i}", "dependsOn": [f"x{i}"]} for i in range(number)]
    compositions = [{"aggregate": "complete", "assemblies": [f"m{i}"]} for i in range(number)]
    begin = time.monotonic()
    found = collected(cyclonedx(*parts, dependencies=chain, compositions=compositions))

    assert time.monotonic() - begin < 10
    assert len(found.facts["models"]) == number
    assert len(found.facts["defects"]) <= 100
    assert len(found.gaps) <= 20


def test_packages_that_contain_each_other_take_linear_time() -> None:
    number = 3000
    files = [{"type": "software_File", "spdxId": f"urn:x:f{i}", "name": f"f{i}"} for i in range(number)]
    inside = [relation("contains", f"urn:x:f{i + 1}", "urn:x:model", origin=f"urn:x:f{i}") for i in range(number - 1)]
    begin = time.monotonic()
    found = collected(spdx(package(), relation("contains", "urn:x:f0"), *files, *inside))

    assert time.monotonic() - begin < 10
    assert len(found.facts["models"]) == 1
