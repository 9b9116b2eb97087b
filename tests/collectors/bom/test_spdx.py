from typing import Any

import pytest

from tests.collectors.bom.reading import collected, package, relation, spdx

SHA = "434d75c84cf86456c16193dbc53beef31eb63f3387425882ddb2ef6acb9d472c"
TERMS = "https://spdx.org/rdf/3.0.1/terms/"
DATA = {"type": "dataset_DatasetPackage", "spdxId": "urn:x:data", "name": "Applications"}


def facts(*elements: Any) -> Any:
    found = collected(spdx(*elements))
    assert found.gaps == ()
    return found.facts


def model(*elements: Any, **changes: Any) -> Any:
    (found,) = facts(package(**changes), *elements)["models"]
    return found


def test_a_type_may_be_written_as_an_address() -> None:
    assert model(type=f"{TERMS}AI/AIPackage")["id"] == "scorer"


def test_a_package_of_software_whose_purpose_is_a_model_is_one() -> None:
    assert model(type="software_Package", software_primaryPurpose="model")["id"] == "scorer"


def test_a_document_may_be_one_element() -> None:
    one = {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", **package()}

    assert [found["id"] for found in collected(one).facts["models"]] == ["scorer"]


@pytest.mark.parametrize("kind", [None, "", "AIPackage", "ai_aiPackage", "Dataset_DatasetPackage", "AI/AIPackage"])
def test_an_element_without_a_type_or_with_a_misspelt_one_may_be_a_model(kind: str | None) -> None:
    assert [gap["paths"] for gap in collected(spdx({"spdxId": "urn:x:y", "type": kind})).gaps] == [[["facts"]]]


def test_a_package_that_is_written_inside_of_another_element_is_found() -> None:
    document = {"type": "SpdxDocument", "spdxId": "urn:x:doc", "element": [package(suppliedBy={"x": [DATA]})]}
    found = facts(document)

    assert [(one["id"], one["path"]) for one in found["models"]] == [("scorer", ["@graph", 0, "element", 0])]
    assert [one["id"] for one in found["datasets"]] == ["Applications"]


def test_an_agent_is_no_training_data() -> None:
    person = {"type": "Person", "spdxId": "urn:x:kim", "name": "Kim"}

    assert model(person, relation("trainedOn", "urn:x:kim"))["training_data"][0]["found"] == "missing"


@pytest.mark.parametrize(
    ("to", "licences"),
    [
        ([], []),
        ([f"{TERMS}ExpandedLicensing/NoAssertionLicense"], ["NOASSERTION"]),
        ([f"{TERMS}Licensing/NoAssertion"], ["NOASSERTION"]),
        (["expandedlicensing_NoAssertionLicense"], ["NOASSERTION"]),
        ([f"{TERMS}ExpandedLicensing/NoneLicense"], ["NONE"]),
        ([f"{TERMS}Licensing/None"], ["NONE"]),
        (["https://spdx.org/licenses/MIT"], ["MIT"]),
    ],
)
def test_missing_none_and_not_asserted_are_three_things(to: list[str], licences: list[str]) -> None:
    relations = [relation("hasDeclaredLicense", *to)] if to else []

    assert [one["id"] for one in model(*relations)["licences"]] == licences


def test_what_a_tool_does_not_conclude_takes_back_no_declaration() -> None:
    found = model(
        relation("hasDeclaredLicense", "https://spdx.org/licenses/MIT"),
        relation("hasConcludedLicense", "expandedlicensing_NoAssertionLicense"),
    )

    assert [one["id"] for one in found["licences"]] == ["MIT"]


def test_declared_and_concluded_licences_both_count() -> None:
    found = model(
        relation("hasDeclaredLicense", "https://spdx.org/licenses/MIT"),
        relation("hasConcludedLicense", "urn:x:l"),
        {
            "type": "simplelicensing_LicenseExpression",
            "spdxId": "urn:x:l",
            "simplelicensing_licenseExpression": "MIT AND GPL-3.0-only",
        },
    )

    assert [one.get("spdx") for one in found["licences"]] == ["MIT", "MIT AND GPL-3.0-only"]


def test_a_set_of_licences_is_an_expression_and_a_custom_one_has_its_name() -> None:
    members = ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/Apache-2.0"]
    found = model(
        relation("hasDeclaredLicense", "urn:x:set", "urn:x:own"),
        {"type": "expandedlicensing_DisjunctiveLicenseSet", "spdxId": "urn:x:set", "expandedlicensing_member": members},
        {"type": "expandedlicensing_CustomLicense", "spdxId": "urn:x:own", "name": "Acme terms"},
    )

    assert found["licences"] == [
        {"id": "MIT OR Apache-2.0", "spdx": "MIT OR Apache-2.0"},
        {"id": "urn:x:own", "name": "Acme terms"},
    ]


def test_a_supplier_is_an_agent_of_the_document_or_nobody() -> None:
    acme = {"type": "Organization", "spdxId": "urn:x:acme", "name": "Acme"}

    assert model(acme, suppliedBy="urn:x:acme")["parties"] == [{"role": "supplier", "name": "Acme"}]
    assert model(suppliedBy={"type": "Organization", "name": "Acme"})["parties"] == [
        {"role": "supplier", "name": "Acme"}
    ]
    assert model(suppliedBy=f"{TERMS}Core/NoAssertionElement")["parties"] == []
    assert model(suppliedBy="urn:x:nobody")["parties"] == []


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("urn:x:data", ("listed", True)),
        ("urn:x:nothing", ("missing", False)),
        (f"{TERMS}Core/NoAssertionElement", ("not_asserted", False)),
        (f"{TERMS}Core/NoneElement", ("none", False)),
        ("urn:y:imported", ("elsewhere", False)),
    ],
)
def test_training_data_is_listed_missing_elsewhere_not_asserted_or_none(to: str, found: tuple[str, bool]) -> None:
    document = {
        "type": "SpdxDocument",
        "spdxId": "urn:x:doc",
        "import": [{"type": "ExternalMap", "externalSpdxId": "urn:y:imported"}],
    }
    (used,) = model(DATA, document, relation("trainedOn", to))["training_data"]

    assert (used["found"], used["leads"]) == found


def test_what_a_file_in_the_package_was_trained_on_is_the_models_and_cycles_end() -> None:
    file = {"type": "software_File", "spdxId": "urn:x:file", "name": "model.bin", "software_primaryPurpose": "model"}
    found = model(
        DATA,
        file,
        relation("contains", "urn:x:file"),
        relation("contains", "urn:x:model", origin="urn:x:file"),
        relation("trainedOn", "urn:x:data", origin="urn:x:file"),
    )

    assert [one["name"] for one in found["training_data"]] == ["Applications"]
    assert [one["name"] for one in found["files"]] == ["model.bin"]


def test_hashes_are_spelt_as_in_cyclonedx() -> None:
    listed = [
        {"type": "Hash", "algorithm": name, "hashValue": SHA}
        for name in ("sha1", "sha256", "sha3_512", "blake2b384", "blake3", "md5", "adler32")
    ]

    assert [one["algorithm"] for one in model(verifiedUsing=listed)["hashes"]] == [
        "SHA-1",
        "SHA-256",
        "SHA3-512",
        "BLAKE2b-384",
        "BLAKE3",
        "MD5",
        "adler32",
    ]


@pytest.mark.parametrize(
    ("word", "sensitive"), [("yes", "yes"), ("no", "no"), ("noAssertion", "not_asserted"), ("maybe", None), ("", None)]
)
def test_a_dataset_says_whether_it_holds_sensitive_data_or_not(word: str, sensitive: str | None) -> None:
    (found,) = facts({**DATA, "dataset_hasSensitivePersonalInformation": word})["datasets"]

    assert found.get("sensitive") == sensitive


def test_completeness_is_that_of_the_relationships_from_the_package() -> None:
    file = {"type": "software_File", "spdxId": "urn:x:file", "name": "model.bin"}

    assert model(file, relation("contains", "urn:x:file", completeness="complete"))["aggregates"] == ["complete"]
    assert model(file, relation("contains", "urn:x:file", completeness="noAssertion"))["aggregates"] == ["unknown"]
    assert model(file, relation("contains", "urn:x:file"))["aggregates"] == ["not_specified"]
    assert model()["aggregates"] == []


def test_wrong_references_and_identifiers_are_told() -> None:
    found = facts(package(), DATA, DATA, relation("trainedOn", "urn:x:nothing"))

    assert [(one["code"], one["ref"]) for one in found["defects"]] == [
        ("duplicate", "urn:x:data"),
        ("dangling", "urn:x:nothing"),
    ]


def test_a_document_says_who_made_it_with_what_when() -> None:
    found = facts(
        package(),
        {
            "type": "CreationInfo",
            "@id": "_:c",
            "created": "2026-11-20T08:00:00Z",
            "createdBy": ["urn:x:kim"],
            "createdUsing": ["urn:x:tool"],
        },
        {"type": "Person", "spdxId": "urn:x:kim", "name": "Kim"},
        {"type": "Tool", "spdxId": "urn:x:tool", "name": "writer"},
        {"type": "SpdxDocument", "spdxId": "https://acme.eu/boms/1", "creationInfo": "_:c"},
    )

    assert (found["serial"], found["created"], found["creators"], found["tools"]) == (
        "https://acme.eu/boms/1",
        "2026-11-20T08:00:00Z",
        ["Kim"],
        ["writer"],
    )


@pytest.mark.parametrize("to", [None, 7, [None], ["urn:x:data", 7], {}])
def test_a_relationship_that_cannot_be_read_hides_all(to: object) -> None:
    broken = {**relation("trainedOn"), "to": to}

    assert [["facts"]] in [gap["paths"] for gap in collected(spdx(package(), DATA, broken)).gaps]
