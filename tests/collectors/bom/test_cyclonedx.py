from typing import Any

import pytest

from tests.collectors.bom.reading import card, collected, component, cyclonedx

SHA = "434d75c84cf86456c16193dbc53beef31eb63f3387425882ddb2ef6acb9d472c"


def facts(*components: Any, **changes: Any) -> Any:
    found = collected(cyclonedx(*components, **changes))
    assert found.gaps == ()
    return found.facts


def model(**changes: Any) -> Any:
    (found,) = facts(component(**changes))["models"]
    return found


def gap_paths(*components: Any, **changes: Any) -> set[str]:
    return {".".join(path) for gap in collected(cyclonedx(*components, **changes)).gaps for path in gap["paths"]}


def test_models_are_found_wherever_components_stand() -> None:
    inner = component(name="encoder", components=[component(name="tokenizer")])
    found = facts(
        {"type": "application", "name": "chat", "components": [inner]},
        metadata={"component": component(name="main")},
    )

    assert [one["id"] for one in found["models"]] == ["main", "encoder", "tokenizer"]
    assert [one["path"] for one in found["models"]][1:] == [
        ["components", 0, "components", 0],
        ["components", 0, "components", 0, "components", 0],
    ]


def test_a_component_with_a_model_card_is_a_model_whatever_its_type() -> None:
    assert [one["id"] for one in facts({"type": "library", "name": "x", "modelCard": {}})["models"]] == ["x"]


def test_two_of_one_name_are_told_apart_by_their_place() -> None:
    found = facts(component(group="acme"), component(group="acme"), component(name=""))

    assert [one["id"] for one in found["models"]] == ["acme/scorer", "acme/scorer (components/1)", "components/2"]


@pytest.mark.parametrize("nothing", ["", " ", "unknown", "TBD", "N/A", "NOASSERTION", "[More Information Needed]"])
def test_placeholders_are_left_out(nothing: str) -> None:
    found = model(version=nothing, publisher=nothing, supplier={"name": nothing})

    assert "version" not in found
    assert found["parties"] == []


def test_the_version_may_stand_in_the_package_url() -> None:
    assert model(purl="pkg:huggingface/acme/scorer@4f2a9c1?repository_url=x@y")["version"] == "4f2a9c1"
    assert "version" not in model(purl="pkg:huggingface/acme/scorer")


def test_hashes_are_those_of_the_model_its_parts_and_its_distribution() -> None:
    digest = {"alg": "SHA-256", "content": SHA.upper()}
    found = model(
        hashes=[digest],
        components=[
            {"type": "file", "name": "a.safetensors", "hashes": [digest]},
            {"type": "library", "name": "torch"},
        ],
        externalReferences=[
            {"type": "distribution", "url": "https://acme.eu/m", "hashes": [digest]},
            {"type": "vcs", "url": "x"},
        ],
    )

    assert found["hashes"] == [{"algorithm": "SHA-256", "value": SHA}]
    assert [file["name"] for file in found["files"]] == ["a.safetensors", "https://acme.eu/m"]


@pytest.mark.parametrize(
    ("choice", "licence"),
    [
        ({"license": {"id": "MIT"}}, {"id": "MIT", "spdx": "MIT"}),
        ({"expression": "MIT OR Apache-2.0"}, {"id": "MIT OR Apache-2.0", "spdx": "MIT OR Apache-2.0"}),
        (
            {"license": {"name": "Gemma", "url": "https://ai.google.dev/gemma/terms"}},
            {"id": "Gemma", "link": "https://ai.google.dev/gemma/terms"},
        ),
        ({"license": {"name": "NOASSERTION"}}, {"id": "NOASSERTION"}),
        ({"license": {"name": "NONE"}}, {"id": "NONE"}),
        ({"expression": "TBD"}, {"id": "unknown"}),
        ({"license": {"name": "unknown"}}, {"id": "unknown"}),
    ],
)
def test_a_licence_is_named_or_said_not_to_be(choice: Any, licence: Any) -> None:
    assert model(licenses=[choice])["licences"] == [licence]


def test_an_entry_that_names_no_licence_hides_the_licences() -> None:
    assert gap_paths(component(licenses=[{"license": {"id": "MIT"}}, {}])) == {"facts.models"}


def test_a_reference_leads_to_a_component_or_to_what_it_describes() -> None:
    data = {
        "type": "data",
        "bom-ref": "d",
        "name": "Applications",
        "data": [{"type": "dataset", "bom-ref": "d1", "name": "2024"}],
    }
    found = facts(
        component(modelCard=card(datasets=[{"ref": "d"}, {"ref": "d1"}, {"ref": "d2"}, {"ref": "urn:cdx:x/1#d"}])), data
    )
    used = found["models"][0]["training_data"]

    assert [(one["found"], one["leads"]) for one in used] == [
        ("listed", True),
        ("listed", True),
        ("missing", False),
        ("elsewhere", False),
    ]
    assert [one["code"] for one in found["defects"]] == ["dangling"]


def test_a_reference_to_a_library_leads_to_no_data() -> None:
    library = {"type": "library", "bom-ref": "numpy", "name": "numpy"}
    (found,) = facts(component(modelCard=card(datasets=[{"ref": "numpy"}])), library)["models"]

    assert found["training_data"][0]["found"] == "missing"


@pytest.mark.parametrize(
    ("data", "leads"),
    [
        ({"contents": {"url": "https://data.acme.eu/a"}}, True),
        ({"contents": {"url": "../data/a.csv"}}, False),
        ({"contents": {"url": "https://example.com/path/to/dataset"}}, False),
        ({"contents": {"url": "https://data.example/a"}}, False),
        ({"contents": {"url": "https://["}}, False),
        ({"contents": {"url": "s3://acme-data/a"}}, True),
        ({"contents": {"attachment": {"content": "YQ=="}}}, True),
        ({"description": "Applications of 2024."}, True),
        ({"description": "TBD"}, False),
        ({}, False),
    ],
)
def test_an_address_or_a_description_leads_to_data(data: Any, leads: bool) -> None:
    (used,) = model(modelCard=card(datasets=[{"type": "dataset", "name": "Applications", **data}]))["training_data"]

    assert (used["found"], used["leads"]) == ("inline", leads)


def test_a_dataset_has_owners_a_classification_and_a_word_on_sensitive_data() -> None:
    governed = {
        "type": "dataset",
        "classification": "internal",
        "governance": {
            "owners": [{"organization": {"name": "Risk"}}],
            "stewards": [{"contact": {"email": "kim@acme.eu"}}],
        },
        "sensitiveData": ["income"],
    }
    (found,) = facts(component(), {"type": "data", "name": "Applications", "data": [governed]})["datasets"]

    assert found["parties"] == [{"role": "owner", "name": "Risk"}, {"role": "steward", "name": "kim@acme.eu"}]
    assert (found["classification"], found["sensitive"], found["inline"]) == ("internal", "yes", False)


def test_an_empty_list_of_sensitive_data_says_that_there_is_none_and_silence_says_nothing() -> None:
    def sensitive(**changes: Any) -> Any:
        data = {"type": "data", "name": "x", "data": [{"type": "dataset", **changes}]}
        return facts(data)["datasets"][0].get("sensitive")

    assert sensitive(sensitiveData=[]) == "no"
    assert sensitive() is None


def test_metrics_are_numbers_or_have_no_value() -> None:
    metrics = [
        {
            "type": "F1",
            "value": "0.87",
            "slice": "under 25",
            "confidenceInterval": {"lowerBound": "0.85", "upperBound": "0.89"},
        },
        {"type": "F1", "value": "The value of the performance metric"},
    ]
    found = model(modelCard={"quantitativeAnalysis": {"performanceMetrics": metrics}})["metrics"]

    assert (found[0]["value"], found[0]["slice"], found[0]["lower"], found[0]["upper"]) == (
        0.87,
        "under 25",
        0.85,
        0.89,
    )
    assert "value" not in found[1]


def test_a_composition_is_about_the_model_the_main_component_or_the_whole() -> None:
    def aggregates(*compositions: Any) -> Any:
        main = {"component": {"type": "application", "name": "chat", "bom-ref": "main"}}
        other = {"type": "library", "name": "numpy", "bom-ref": "numpy"}
        return facts(component(**{"bom-ref": "m"}), other, metadata=main, compositions=[*compositions])["models"][0][
            "aggregates"
        ]

    assert aggregates({"aggregate": "complete", "assemblies": ["m"]}) == ["complete"]
    assert aggregates({"aggregate": "incomplete", "dependencies": ["main"]}) == ["incomplete"]
    assert aggregates({"aggregate": "complete"}) == ["complete"]
    assert aggregates({"aggregate": "complete", "assemblies": ["numpy"]}) == []
    assert aggregates({"aggregate": "unknown", "assemblies": ["m"]}) == ["not_specified"]


def test_wrong_references_are_told_with_their_place() -> None:
    found = facts(
        component(**{"bom-ref": "m"}, modelCard=card(datasets=[{"ref": "d"}])),
        {"type": "data", "bom-ref": "d", "name": "a"},
        {"type": "library", "bom-ref": "d", "name": "b"},
        dependencies=[{"ref": "m", "dependsOn": ["x"]}],
        compositions=[{"aggregate": "complete", "assemblies": ["y"]}],
    )

    assert [(one["code"], one["ref"]) for one in found["defects"]] == [
        ("duplicate", "d"),
        ("dangling", "x"),
        ("dangling", "y"),
        ("not_a_dependency", "d"),
    ]


def test_a_bom_says_of_itself_who_made_it_when() -> None:
    metadata = {
        "timestamp": "2026-11-20T08:00:00Z",
        "tools": {"components": [{"type": "application", "name": "cdxgen"}]},
        "authors": [{"name": "Kim"}],
    }
    found = facts(component(), metadata=metadata, serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79")

    assert (found["serial"][:9], found["created"], found["tools"], found["creators"]) == (
        "urn:uuid:",
        "2026-11-20T08:00:00Z",
        ["cdxgen"],
        ["Kim"],
    )
    assert facts(component(), metadata={"tools": [{"name": "old"}]})["tools"] == ["old"]


@pytest.mark.parametrize("serial", ["urn:uuid:1", "urn:uuid:00000000-0000-0000-0000-000000000000", "bom-1", ""])
def test_what_is_no_serial_number_or_time_is_left_out(serial: str) -> None:
    found = facts(component(), serialNumber=serial, metadata={"timestamp": "yesterday"})

    assert "serial" not in found
    assert "created" not in found


def test_questions_and_descriptions_of_the_schema_state_nothing() -> None:
    considerations = {
        "users": ["Who are the intended users of the model?"],
        "technicalLimitations": ["What are the known technical limitations of the model? Fails on drawings."],
        "ethicalConsiderations": [
            {"name": "The name of the risk", "mitigationStrategy": "Strategy used to address this risk"}
        ],
    }
    found = {one["kind"]: one for one in model(modelCard={"considerations": considerations})["sections"]}

    assert (found["intended_use"]["words"], found["intended_use"]["placeholder"]) == (0, True)
    assert found["limitations"]["words"] == 3
    assert (found["risks_and_bias"]["words"], found["risks_and_bias"]["placeholder"]) == (0, True)


@pytest.mark.parametrize(
    ("changes", "hidden"),
    [
        ({"hashes": "sha256:1"}, "facts.models"),
        ({"hashes": [1]}, "facts.models"),
        ({"publisher": 7}, "facts.models"),
        ({"modelCard": "card"}, "facts.models"),
        ({"modelCard": {"modelParameters": {"datasets": "all"}}}, "facts.datasets"),
        ({"components": {}}, "facts"),
    ],
)
def test_what_is_of_another_type_hides_the_facts_that_it_may_hold(changes: Any, hidden: str) -> None:
    assert hidden in gap_paths(component(**changes))


def test_a_list_of_components_that_is_none_hides_all() -> None:
    broken = {**cyclonedx(), "components": "many"}

    assert [gap["paths"] for gap in collected(broken).gaps] == [[["facts"]]]
