"""Real cards. What is expected was written down from reading them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.model_card import ModelCardCollector
from policyctl.collectors.reading import read
from policyctl.model.document import Collected

CARDS = Path(__file__).parents[2] / "data" / "model_cards"
COLLECTOR = ModelCardCollector()


def card(name: str) -> Collected:
    (entry,) = COLLECTOR.collect([read(name, file=CARDS / name)])
    assert entry.status == "decided"
    (collected,) = entry.subjects
    return collected


def kinds_with_words(facts: Any) -> set[str]:
    return {section["kind"] for section in facts["sections"] if section["words"]}


@dataclass(frozen=True)
class Expected:
    """What a reader of the card finds. `written` and `missing` are kinds of sections with and without words."""

    name: str | None
    type: str = "model"
    licences: list[tuple[str, str | None]] = field(default_factory=list)
    base_models: list[str] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    languages: int = 0
    owners: int = 0
    contacts: int = 0
    written: str = ""
    missing: str = ""


EXPECTED = {
    "bloom.md": Expected(
        "DEPRECATED. This is now live at https://huggingface.co/bigscience/bloom . Please make additional changes there!",
        licences=[("bigscience-bloom-rail-1.0", None)],
        languages=48,
        owners=2,
        contacts=1,
        written="intended_use out_of_scope_use limitations risks_and_bias recommendations training_data evaluation",
    ),
    "clip.md": Expected(
        "CLIP",
        contacts=1,
        written="intended_use out_of_scope_use limitations risks_and_bias training_data evaluation contact",
        missing="licence environmental_impact recommendations",
    ),
    "whisper.md": Expected(
        "Whisper",
        written="intended_use limitations risks_and_bias training_data evaluation",
        missing="out_of_scope_use licence contact",
    ),
    "gpt-2.md": Expected(
        "GPT-2",
        contacts=1,
        written="intended_use out_of_scope_use limitations recommendations training_data contact",
        missing="risks_and_bias licence",
    ),
    "llama2.md": Expected(
        None,
        owners=1,
        contacts=1,
        written="intended_use out_of_scope_use limitations risks_and_bias training_data evaluation licence"
        " environmental_impact",
    ),
    "llama3_1.md": Expected(
        None,
        owners=1,
        contacts=1,
        written="intended_use out_of_scope_use limitations risks_and_bias training_data evaluation licence"
        " environmental_impact",
    ),
    "llama4.md": Expected(
        None,
        owners=1,
        contacts=1,
        written="intended_use out_of_scope_use limitations risks_and_bias training_data evaluation environmental_impact",
    ),
    "llama-guard3-8b.md": Expected(
        "Llama Guard 3-8B",
        written="training_data evaluation limitations citation intended_use",
        missing="out_of_scope_use licence risks_and_bias contact",
    ),
    "musicgen.md": Expected(
        "MusicGen",
        owners=1,
        contacts=1,
        written="intended_use out_of_scope_use limitations risks_and_bias training_data evaluation licence contact"
        " recommendations",
    ),
    "stable-diffusion-v1.md": Expected(
        "Stable Diffusion v1",
        owners=1,
        written="intended_use out_of_scope_use limitations risks_and_bias training_data evaluation environmental_impact",
        missing="contact recommendations",
    ),
    "dinov2.md": Expected(
        "DINOv2-S/B/L/g",
        owners=1,
        written="intended_use limitations risks_and_bias recommendations training_data evaluation environmental_impact",
        missing="out_of_scope_use contact",
    ),
    "opt-stub.md": Expected("OPT models", missing="intended_use limitations risks_and_bias training_data evaluation"),
    "hf-camoscio.md": Expected(
        "Camoscio: An Italian instruction-tuned LLaMA",
        licences=[("openrail", None)],
        languages=1,
        missing="intended_use limitations training_data",
    ),
    "hf-hinglish-whisper.md": Expected(
        "Hinglish Whisper Small",
        licences=[("other", None)],
        base_models=["openai/whisper-small"],
        languages=2,
        written="intended_use limitations training_data evaluation risks_and_bias personal_information licence",
        missing="out_of_scope_use",
    ),
    "hf-medqa-mistral-qlora.md": Expected(
        "MedQA-Mistral-7B-QLoRA",
        licences=[("apache-2.0", "Apache-2.0")],
        base_models=["mistralai/Mistral-7B-Instruct-v0.3"],
        datasets=["lavita/ChatDoctor-HealthCareMagic-100k"],
        languages=1,
        written="intended_use out_of_scope_use limitations training_data evaluation",
        missing="risks_and_bias contact",
    ),
    "hf-ocelot-lora.md": Expected(
        "Ocelot (LoRA) — Web page summarisation",
        licences=[("apache-2.0", "Apache-2.0")],
        base_models=["bravesoftware/Qwen3-VL-4B-Instruct-W4A16"],
        written="intended_use out_of_scope_use limitations risks_and_bias",
        missing="training_data evaluation",
    ),
    "hf-shannon-control-unit.md": Expected(
        "Shannon Control Unit (SCU) — Cruise Control for LLM Training",
        licences=[("llama3.2", None)],
        base_models=["meta-llama/Llama-3.2-1B", "meta-llama/Llama-3.2-3B"],
        languages=1,
        written="licence",
        missing="intended_use limitations risks_and_bias training_data",
    ),
    "hf-peft-php-vuln.md": Expected(
        None,
        base_models=["microsoft/codebert-base"],
        missing="intended_use out_of_scope_use limitations risks_and_bias recommendations training_data evaluation licence"
        " environmental_impact contact citation description training_procedure",
    ),
    "hf-peft-bloomberg-lora.md": Expected(
        None,
        base_models=["meta-llama/Llama-3.2-1B-instruct"],
        missing="intended_use out_of_scope_use limitations risks_and_bias recommendations training_data evaluation",
    ),
    "hf-huggingtweets-template.md": Expected(
        None, languages=1, written="training_data limitations risks_and_bias", missing="intended_use"
    ),
    "hf-fixture-windows-line-breaks.md": Expected(
        "Hello old Windows line breaks", licences=[("mit", "MIT")], languages=1, missing="intended_use"
    ),
    "dataset-c4.md": Expected(
        "C4",
        "dataset",
        licences=[("odc-by-1.0", "ODC-By-1.0")],
        languages=1,
        written="description dataset_structure dataset_creation licence citation",
        missing="personal_information annotations risks_and_bias limitations",
    ),
    "dataset-common-voice.md": Expected(
        "Common Voice",
        "dataset",
        licences=[("cc0-1.0", "CC0-1.0")],
        languages=60,
        written="personal_information licence dataset_structure",
        missing="dataset_creation annotations limitations contact",
    ),
    "dataset-medical-questions.md": Expected(
        "MedicalQuestionsPairs",
        "dataset",
        licences=[("unknown", None)],
        languages=1,
        written="description dataset_structure dataset_creation annotations citation",
        missing="personal_information risks_and_bias limitations licence",
    ),
    "dataset-science-datalake.md": Expected(
        "Science Data Lake",
        "dataset",
        licences=[
            ("cc0-1.0", "CC0-1.0"),
            ("cc-by-4.0", "CC-BY-4.0"),
            ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
            ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0"),
        ],
        languages=1,
        written="licence citation",
        missing="limitations risks_and_bias personal_information",
    ),
    "dataset-hf-fixture-simple.md": Expected(
        "Sample Segmentation",
        "dataset",
        licences=[("bsd-3-clause", "BSD-3-Clause")],
        languages=1,
        written="description",
    ),
    "mct-cats-vs-dogs.json": Expected(
        "Fine-tuned MobileNetV2 Model for Cat vs. Dogs",
        licences=[("Apache-2.0", "Apache-2.0")],
        datasets=["Training Set"],
        owners=1,
        contacts=1,
        written="description intended_use limitations risks_and_bias evaluation",
        missing="out_of_scope_use",
    ),
    "mct-considerations.json": Expected(
        "train and eval model",
        licences=[("Apache 2.0", None)],
        datasets=["train_split"],
        owners=1,
        contacts=1,
        written="intended_use limitations risks_and_bias",
        missing="evaluation description",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_facts_are_what_a_reader_finds(name: str) -> None:
    expected, facts = EXPECTED[name], card(name).facts

    assert facts.get("name") == expected.name
    assert facts["subject_type"] == expected.type
    assert [(licence["id"], licence.get("spdx")) for licence in facts["licences"]] == expected.licences
    assert [model["id"] for model in facts["base_models"]] == expected.base_models
    assert [dataset["id"] for dataset in facts["datasets"]] == expected.datasets
    assert len(facts["languages"]) == expected.languages
    assert len(facts["owners"]) == expected.owners
    assert len(facts["contacts"]) == expected.contacts
    assert set(expected.written.split()) <= kinds_with_words(facts)
    assert not set(expected.missing.split()) & kinds_with_words(facts)


@pytest.mark.parametrize("file", sorted(CARDS.iterdir()), ids=lambda file: str(file.name))
def test_every_card_is_decided_and_has_lines(file: Path) -> None:
    collected = card(file.name)
    lines = file.read_text(encoding="utf-8").splitlines()

    assert collected.subject == {"id": file.name, "path": file.name}
    for index, section in enumerate(collected.facts["sections"]):
        place = collected.locate(file.name, ("sections", index))
        assert place is not None
        first_word = section["heading"].split(".")[-1].split(" ")[0]
        assert first_word in lines[place.line - 1]


NOT_CARDS_BY_THEMSELVES = {
    "granite-3.0-readme.md",
    "hf-fixture-invalid-card-data.md",
    "hf-fixture-no-metadata.md",
}


@pytest.mark.parametrize("file", sorted(CARDS.iterdir()), ids=lambda file: str(file.name))
def test_cards_are_recognised_and_plain_readmes_are_not(file: Path) -> None:
    content = read("README" + file.suffix, file=file)

    assert COLLECTOR.recognises(content) == (file.name not in NOT_CARDS_BY_THEMSELVES)


def test_people_are_as_written() -> None:
    assert card("llama2.md").facts["owners"] == ["Meta"]
    assert card("stable-diffusion-v1.md").facts["owners"] == ["Robin Rombach, Patrick Esser"]
    assert card("clip.md").facts["contacts"] == ["Please use [this Google Form](https://forms.gle/Uv7afRH5dvY34ZEs9)"]
    assert card("bloom.md").facts["contacts"] == ["bigscience-contact@googlegroups.com"]
    assert card("mct-full.json").facts["contacts"] == ["contact1@email.com", "contact2@email.com"]


def test_results_have_values_datasets_and_lines() -> None:
    collected = card("hf-fixture-simple-model-index.md")

    assert collected.facts["results"] == [
        {
            "path": ["model-index", 0, "results", 0, "metrics", 0],
            "task": "image-classification",
            "dataset": "beans",
            "metric": "accuracy",
            "value": 0.9,
            "share": 0.9,
        },
        {
            "path": ["model-index", 0, "results", 1, "metrics", 0],
            "task": "image-classification",
            "dataset": "beans",
            "dataset_revision": "5503434ddd753f426f4b38109466949a1217c2bb",
            "metric": "f1",
            "value": 0.66,
            "share": 0.66,
        },
    ]
    place = collected.locate("", ("results", 1, "value"))
    assert place is not None
    assert place.line == 35


def test_a_result_without_its_dataset_is_kept_without_it() -> None:
    (result,) = card("hf-fixture-invalid-model-index.md").facts["results"]

    assert result["value"] == 0.9
    assert "dataset" not in result


def test_toolkit_values_are_numbers_with_their_slices() -> None:
    results = card("mct-cats-vs-dogs.json").facts["results"]

    assert [(result.get("slice"), result["value"]) for result in results] == [
        (None, 0.9781249761581421),
        ("cat", 0.9932885766029358),
        ("Dog", 0.9649122953414917),
    ]


@pytest.mark.parametrize(
    "name", ["hf-spec-modelcard.md", "dataset-spec-datasetcard.md", "hf-fixture-invalid-card-data.md"]
)
def test_front_matter_that_cannot_be_read_is_a_gap_at_what_it_hides(name: str) -> None:
    collected = card(name)

    (gap,) = collected.gaps
    assert gap["code"] == "front_matter"
    assert ["facts", "licences"] in gap["paths"]
    assert ["facts", "results"] in gap["paths"]
    assert not collected.facts["metadata_present"]


def test_a_blank_template_counts_its_placeholders() -> None:
    facts = card("hf-peft-php-vuln.md").facts

    text = (CARDS / "hf-peft-php-vuln.md").read_text()
    assert facts["placeholders"] == text.lower().count("more information needed")


def test_metadata_lines_are_those_of_the_keys() -> None:
    collected = card("hf-medqa-mistral-qlora.md")

    lines = {
        fact: collected.locate("", (fact,)) for fact in ("licences", "base_models", "datasets", "languages", "results")
    }
    assert {fact: place.line for fact, place in lines.items() if place} == {
        "licences": 4,
        "base_models": 2,
        "datasets": 13,
        "languages": 15,
        "results": 1,
    }
